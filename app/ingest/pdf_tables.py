"""Tables of a PDF page: by their rules, or by columns that stand under each other. Runs in the sandboxed child."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Sequence

import pymupdf

from app.ingest.pdf_lines import Line
from app.ingest.pdf_order import same_row

_UPRIGHTS = 4  # upright rules or boxes from which a search is worth its time
_GAP = 1.6  # times the size of its words: white between two cells
_ALIGNED = 4.0  # points by which cells under each other may differ
_ROWS = 3
_LABEL = re.compile(  # of a clause, a list, a line of pleading paper
    r"\s*(?:[(\[]?[\w.]{1,7}[).\]]|\d{1,3}(?:\.\d{1,3})*|[\u2022\u25cf\u25aa\u00b7*\u2013-]|(?:article|section)\s\S+)\s*$",
    re.IGNORECASE,
)


def mark_tables(page: pymupdf.Page, lines: list[Line]) -> list[Line]:
    """The lines with those of tables in the order of their cells, each with its `cell`."""
    body = [line for line in lines if line.furniture is None and line.way == 0]
    if len(body) < 4:
        return lines
    return _marked(lines, [*(_ruled(page, body) if _has_rules(page) else ()), *_aligned(body)])


def mark_aligned(lines: list[Line]) -> list[Line]:
    """As mark_tables, where rules cannot be seen: words recognised from an image."""
    return _marked(lines, _aligned([line for line in lines if line.furniture is None]))


def _marked(lines: list[Line], tables: Sequence[Sequence[Sequence[Sequence[Line]]]]) -> list[Line]:
    number = 0
    for rows in tables:
        if any(line.cell for row in rows for cell in row for line in cell):
            continue
        number += 1
        lines = _in_cell_order(lines, rows, number)
    return lines


def _in_cell_order(lines: list[Line], rows: Sequence[Sequence[Sequence[Line]]], number: int) -> list[Line]:
    ordered: list[Line] = []
    for row_number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            for line in sorted(cell, key=lambda line: (round((line.y0 + line.y1) / 4), line.x0)):
                line.cell = (number, row_number, column)
                ordered.append(line)
    mine = set(map(id, ordered))
    first = next(index for index, line in enumerate(lines) if id(line) in mine)
    return [*lines[:first], *ordered, *(line for line in lines[first:] if id(line) not in mine)]


def _has_rules(page: pymupdf.Page) -> bool:
    upright = level = 0
    for kind, (x0, y0, x1, y1) in page.get_bboxlog():
        if "path" not in kind:
            continue
        width, height = x1 - x0, y1 - y0
        box = kind == "stroke-path" and width >= 20 and height >= 8
        upright += box or (width < 3 and height > 8)
        level += box or (height < 3 and width > 20)
    return upright >= _UPRIGHTS and level >= 2


def _ruled(page: pymupdf.Page, lines: Sequence[Line]) -> list[list[list[list[Line]]]]:
    """Tables with rules around their cells."""
    with contextlib.redirect_stdout(io.StringIO()):  # it recommends another package
        found = page.find_tables().tables
    tables = []
    for table in found:
        rows = []
        cut = False
        for row in table.rows:
            cells = []
            for box in row.cells:
                inside = [line for line in lines if box is not None and _within(line, box)]
                cut = cut or any(line.x1 > box[2] + 6 or line.x0 < box[0] - 6 for line in inside)
                cells.append(inside)
            rows.append(cells)
        filled = sum(bool(cell) for row in rows for cell in row)
        rows = [row for row in rows if any(row)]
        if not cut and len(rows) >= 2 and table.col_count >= 2 and filled >= 4:
            tables.append(rows)
    return tables


def _within(line: Line, box: Sequence[float]) -> bool:
    x, y = (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _aligned(lines: Sequence[Line]) -> list[list[list[list[Line]]]]:
    """Tables without rules: at least three rows in a run whose cells begin under each other."""
    rows: list[list[Line]] = []
    for line in lines:
        if line.cell is None and rows and same_row(rows[-1][-1], line) and line.x0 > rows[-1][-1].x1:
            rows[-1].append(line)
        else:
            rows.append([line])
    tables: list[list[list[list[Line]]]] = []
    run: list[list[Line]] = []
    for row in [*rows, []]:
        if len(row) > 1 and _apart(row) and (not run or _under(run[-1], row)):
            run.append(row)
            continue
        if len(run) >= _ROWS:
            tables.append([[[line] for line in entry] for entry in run])
        run = [row] if len(row) > 1 and _apart(row) else []
    return tables


def _apart(row: Sequence[Line]) -> bool:
    """Whether there is white between the cells, and the first is no clause's number."""
    if row[0].cell is not None or (len(row) == 2 and _LABEL.match(row[0].text)):
        return False
    return all(b.x0 - a.x1 > _GAP * a.size for a, b in zip(row, row[1:], strict=False))


def _under(above: Sequence[Line], row: Sequence[Line]) -> bool:
    """Whether the rows have as many cells that begin, or end, under each other, with no wide space between."""
    if len(above) != len(row) or row[0].y0 - above[0].y1 > 2.5 * row[0].size or row[0].y0 < above[0].y0:
        return False
    return all(abs(a.x0 - b.x0) <= _ALIGNED or abs(a.x1 - b.x1) <= _ALIGNED for a, b in zip(above, row, strict=True))
