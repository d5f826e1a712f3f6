"""The order in which the lines of a page are read: columns one after the other, rows from left to right."""

from __future__ import annotations

from typing import Protocol, TypeVar

_LEAST = 10  # lines that make a column
_GUTTER = 6.0  # points of white between columns
_UNEVEN = 1.6  # times that a column of prose is wider than another
_PROSE = 0.55  # part of its column's width that a line of prose fills; a table's cell fills less


class Box(Protocol):
    """What has a place on the page."""

    x0: float
    y0: float
    x1: float
    y1: float


Placed = TypeVar("Placed", bound=Box)


def in_reading_order(lines: list[Placed], width: float) -> list[Placed]:
    """The given order, but columns read one after the other and rows of one line read from left to right."""
    columns = _columns(lines, width)
    if columns is not None:
        return columns
    ordered: list[Placed] = []
    row: list[Placed] = []
    for line in lines:
        if row and not same_row(row[-1], line):
            ordered.extend(row)
            row = []
        row.append(line)
    ordered.extend(row)
    if _backward_steps(ordered) > len(ordered) // 4 and len(ordered) > 8:  # written in no order at all
        ordered.sort(key=lambda line: (round((line.y0 + line.y1) / 2 / 4), line.x0))
    return ordered


def same_row(a: Box, b: Box) -> bool:
    """Whether two boxes stand beside each other."""
    height = min(a.y1 - a.y0, b.y1 - b.y0)
    return height > 0 and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.6 * height


def _backward_steps(lines: list[Placed]) -> int:
    return sum(b.y1 < a.y0 - 1 for a, b in zip(lines, lines[1:], strict=False))


def _columns(lines: list[Placed], width: float) -> list[Placed] | None:
    """Columns from left to right, between lines that span several; None where the page is not set in columns."""
    edges = _gutters(lines, width)
    if not edges:
        return None
    bounds = list(zip([float("-inf"), *edges], [*edges, float("inf")], strict=True))
    sides: list[list[Placed]] = [[] for _ in bounds]
    across: list[Placed] = []
    for line in lines:
        home = next((i for i, (a, b) in enumerate(bounds) if line.x0 >= a - 4 and line.x1 <= b + 4), None)
        (across if home is None else sides[home]).append(line)
    if min(map(len, sides)) < _LEAST or len(across) > 0.2 * len(lines) or not all(map(_prose, sides)):
        return None
    widths = [max(line.x1 for line in side) - min(line.x0 for line in side) for side in sides]
    if max(widths) > _UNEVEN * min(widths):
        return None  # terms beside their definitions, numbers beside their clauses
    ordered: list[Placed] = []
    for stop in [*sorted(across, key=lambda line: line.y0), None]:
        limit = stop.y0 if stop is not None else float("inf")
        for side in sides:
            taken = [line for line in side if line.y0 < limit]
            ordered += sorted(taken, key=lambda line: (line.y0, line.x0))
            side[:] = [line for line in side if line.y0 >= limit]
        if stop is not None:
            ordered.append(stop)
    return ordered


def _prose(side: list[Placed]) -> bool:
    """Whether most lines fill their column, as sentences do and cells do not."""
    left, right = min(line.x0 for line in side), max(line.x1 for line in side)
    return sum(line.x1 - line.x0 > _PROSE * (right - left) for line in side) > 0.5 * len(side)


def _gutters(lines: list[Placed], width: float) -> list[float]:
    """The middles of the white strips, from top to bottom of the page, that hardly a line crosses."""
    if len(lines) < 2 * _LEAST:
        return []
    size = int(width) + 2
    cover = [0] * (size + 1)
    for line in lines:
        cover[min(size, max(0, int(line.x0)))] += 1
        cover[min(size, max(0, int(line.x1) + 1))] -= 1
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    found, begin, depth = [], None, 0
    for x in range(size):
        depth += cover[x]
        free = depth <= 0.15 * len(lines) and left < x < right
        if free and begin is None:
            begin = x
        elif not free and begin is not None:
            if x - begin >= _GUTTER and x < right:
                found.append((begin + x) / 2)
            begin = None
    return found if len(found) <= 3 else []
