"""The lines of a PDF page as MuPDF gives them, in reading order. Runs in the sandboxed child."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pymupdf

FLAGS = pymupdf.TEXT_PRESERVE_LIGATURES | pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP
TINY_POINTS = 3.0
WHITE = 0xF8
CONTRAST = 60  # grey levels between words and ground from which they can be read
_DRAWN = 16 | 32  # MuPDF: the characters are filled or stroked


@dataclass(slots=True)
class Line:
    """A line of a page: raw text, box, size in points. `block` and `index` find it again in MuPDF's own output."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    block: int
    index: int
    hidden: str | None = None
    bold: bool = False
    furniture: str | None = None  # "header", "footer", "number" once recognised
    cells: list[int] = field(default_factory=list)


def page_lines(page: pymupdf.Page) -> list[Line]:
    """Every horizontal line with a word on it, in reading order."""
    lines: list[Line] = []
    data = page.get_text("dict", flags=FLAGS)
    for number, block in enumerate(data["blocks"]):
        for index, raw in enumerate(block.get("lines", ())):
            line = _line(raw, number, index)
            if line is not None:
                lines.append(line)
    _unflag_visible(page, lines)
    return in_reading_order(lines, page.rect.width)


def image_share(page: pymupdf.Page) -> float:
    """The part of the page that its largest image covers, 0 to 1."""
    whole = page.rect.get_area() or 1.0
    shares = [(pymupdf.Rect(info["bbox"]) & page.rect).get_area() / whole for info in page.get_image_info()]
    return max(shares, default=0.0)


def _unflag_visible(page: pymupdf.Page, lines: list[Line]) -> None:
    """White words on a dark ground can be seen; invisible words over a full-page image are a scan's text layer."""
    for line in lines:
        if line.hidden == "white":
            box = pymupdf.Rect(line.x0, line.y0, line.x1, line.y1) & page.rect
            shades = page.get_pixmap(clip=box, colorspace=pymupdf.csGRAY, alpha=False).samples if box.width > 0 else b""
            if shades and max(shades) - min(shades) > CONTRAST:
                line.hidden = None
    unseen = [line for line in lines if line.hidden == "invisible"]
    if unseen and len(unseen) > 0.5 * len(lines) and image_share(page) > 0.6:
        for line in unseen:
            line.hidden = None


def _line(raw: dict[str, Any], block: int, index: int) -> Line | None:
    spans = raw["spans"]
    text = "".join(span["text"] for span in spans)
    if not text.strip():
        return None
    main = max(spans, key=lambda span: len(span["text"]))
    x0, y0, x1, y1 = raw["bbox"]
    hidden = _hidden(main)
    bold = bool(main["flags"] & pymupdf.TEXT_FONT_BOLD)
    return Line(text, x0, y0, x1, y1, float(main["size"]), block, index, hidden, bold)


def _hidden(span: dict[str, Any]) -> str | None:
    """Why nobody could see these words, or None."""
    if span.get("alpha", 255) == 0 or not span.get("char_flags", _DRAWN) & _DRAWN:
        return "invisible"
    if span["size"] < TINY_POINTS:
        return "tiny"
    color = span["color"]
    if min(color >> 16 & 255, color >> 8 & 255, color & 255) >= WHITE:
        return "white"
    return None


def in_reading_order(lines: list[Line], width: float) -> list[Line]:
    """MuPDF's order, but columns read one after the other and rows of one line read from left to right."""
    columns = _columns(lines, width)
    if columns is not None:
        return columns
    ordered: list[Line] = []
    row: list[Line] = []
    for line in lines:
        if row and not _same_row(row[-1], line):
            ordered.extend(row)
            row = []
        row.append(line)
    ordered.extend(row)
    if _backward_steps(ordered) > len(ordered) // 4 and len(ordered) > 8:  # written in no order at all
        ordered.sort(key=lambda line: (round((line.y0 + line.y1) / 2 / 4), line.x0))
    return ordered


def _same_row(a: Line, b: Line) -> bool:
    height = min(a.y1 - a.y0, b.y1 - b.y0)
    return height > 0 and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.6 * height


def _backward_steps(lines: list[Line]) -> int:
    return sum(b.y1 < a.y0 - 1 for a, b in zip(lines, lines[1:], strict=False))


def _columns(lines: list[Line], width: float) -> list[Line] | None:
    """Left column, then right, between lines that span both; None where the page is not set in two columns."""
    middle = width / 2
    left = [line for line in lines if line.x1 <= middle + 4]
    right = [line for line in lines if line.x0 >= middle - 4]
    if min(len(left), len(right)) < 12 or len(left) + len(right) < 0.8 * len(lines):
        return None
    wide = sum(line.x1 - line.x0 > 0.3 * width for line in left + right)
    if wide < 0.5 * (len(left) + len(right)):
        return None  # a table, not columns of prose
    across = sorted((line for line in lines if line.x0 < middle - 4 and line.x1 > middle + 4), key=lambda line: line.y0)
    ordered: list[Line] = []
    for stop in [*across, None]:
        limit = stop.y0 if stop is not None else float("inf")
        for side in (left, right):
            taken = [line for line in side if line.y0 < limit]
            ordered += sorted(taken, key=lambda line: (line.y0, line.x0))
            side[:] = [line for line in side if line.y0 >= limit]
        if stop is not None:
            ordered.append(stop)
    return ordered
