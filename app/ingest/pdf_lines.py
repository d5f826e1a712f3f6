"""The lines of a PDF page as MuPDF gives them, set upright and in reading order. Runs in the sandboxed child."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pymupdf

from app.ingest.pdf_order import in_reading_order

FLAGS = pymupdf.TEXT_PRESERVE_LIGATURES | pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP
TINY_POINTS = 3.0
WHITE = 0xF8
CONTRAST = 60  # grey levels between words and ground from which they can be read
ASIDE = "aside"  # a line that runs another way than the page's words: a stamp in the margin, a watermark
_SMALL_PRINT = 0.3  # share of a page's lines
_DRAWN = 16 | 32  # MuPDF: the characters are filled or stroked
_LEVEL = 0.26  # sine of the slope up to which a line counts as level: a scan's text layer may be askew


@dataclass(slots=True)
class Line:
    """A line of a page: raw text, box in the upright page, size in points.

    `block` and `index` find it again in MuPDF's own output; -1 for what stands on no page, such as an empty box.
    """

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
    furniture: str | None = None  # "header", "footer", "number", "aside" once recognised
    raised: tuple[tuple[int, int], ...] = ()  # where a small raised number or sign stands in the text
    cell: tuple[int, int, int] | None = None  # table of the page, row, column, from 1
    layer: bool = False  # invisible words over a scan: another program's recognition
    moved: bool = False  # a clause's number that the file has elsewhere, put before its words
    page_end: bool = False  # a page number amid the page: there the page of an earlier print ended
    fresh: bool = False  # the first line after such a number
    way: int = 0  # quarter turns to the right by which the line must be turned to be upright


def page_lines(page: pymupdf.Page) -> tuple[list[Line], float]:
    """Every line with a word on it, in reading order, and the height of the page as it is read."""
    lines: list[Line] = []
    data = page.get_text("dict", flags=FLAGS)
    for number, block in enumerate(data["blocks"]):
        for index, raw in enumerate(block.get("lines", ())):
            line = _line(raw, number, index)
            if line is not None:
                lines.append(line)
    _unflag_visible(page, lines)
    width, height = _upright(lines, page.rect.width, page.rect.height)
    body = [line for line in lines if line.furniture is None]
    return in_reading_order(body, width) + [line for line in lines if line.furniture is not None], height


def image_share(page: pymupdf.Page) -> float:
    """The part of the page that its largest image covers, 0 to 1."""
    whole = page.rect.get_area() or 1.0
    shares = [(pymupdf.Rect(info["bbox"]) & page.rect).get_area() / whole for info in page.get_image_info()]
    return max(shares, default=0.0)


def _upright(lines: list[Line], width: float, height: float) -> tuple[float, float]:
    """Turn the boxes so that most words are level, put the others aside; the page's width and height then."""
    letters: Counter[int] = Counter()
    for line in lines:
        letters[line.way] += len(line.text)
    way = letters.most_common(1)[0][0] if letters else 0
    if way < 0:
        way = 0
    for line in lines:
        if line.way != way:
            line.furniture = ASIDE
        elif way == 1:  # the words run upwards
            line.x0, line.y0, line.x1, line.y1 = height - line.y1, line.x0, height - line.y0, line.x1
        elif way == 2:
            line.x0, line.y0, line.x1, line.y1 = width - line.x1, height - line.y1, width - line.x0, height - line.y0
        elif way == 3:
            line.x0, line.y0, line.x1, line.y1 = line.y0, width - line.x1, line.y1, width - line.x0
    return (height, width) if way in {1, 3} else (width, height)


def _unflag_visible(page: pymupdf.Page, lines: list[Line]) -> None:
    """White words on a dark ground can be seen; invisible words over a full-page image are a scan's text layer."""
    for line in lines:
        if line.hidden == "white":
            box = pymupdf.Rect(line.x0, line.y0, line.x1, line.y1) & page.rect
            shades = page.get_pixmap(clip=box, colorspace=pymupdf.csGRAY, alpha=False).samples if box.width > 0 else b""
            if shades and max(shades) - min(shades) > CONTRAST:
                line.hidden = None
    tiny = [line for line in lines if line.hidden == "tiny"]
    if len(tiny) > _SMALL_PRINT * len(lines) and len(tiny) >= 10:  # a sheet scaled down to the page hides nothing
        for line in tiny:
            line.hidden = None
    unseen = [line for line in lines if line.hidden == "invisible"]
    if unseen and len(unseen) > 0.5 * len(lines) and image_share(page) > 0.6:
        for line in unseen:
            line.hidden, line.layer = None, True


def _line(raw: dict[str, Any], block: int, index: int) -> Line | None:
    spans = raw["spans"]
    text = "".join(span["text"] for span in spans)
    if not text.strip():
        return None
    main = max(spans, key=lambda span: len(span["text"]))
    x0, y0, x1, y1 = raw["bbox"]
    bold = bool(main["flags"] & pymupdf.TEXT_FONT_BOLD)
    line = Line(text, x0, y0, x1, y1, float(main["size"]), block, index, _hidden(main), bold)
    line.raised = _raised(spans) if len(spans) > 1 else ()
    line.way = _way(*raw["dir"])
    return line


def _way(cosine: float, sine: float) -> int:
    """Quarter turns to the right that make a line level; -1 where none does."""
    if abs(sine) < _LEVEL:
        return 0 if cosine > 0 else 2
    if abs(cosine) < _LEVEL:
        return 1 if sine < 0 else 3
    return -1


def _raised(spans: list[dict[str, Any]]) -> tuple[tuple[int, int], ...]:
    """Where a footnote's number or sign is set high and small."""
    found, at = [], 0
    for span in spans:
        text = span["text"]
        mark = text.strip()
        if (
            span["flags"] & pymupdf.TEXT_FONT_SUPERSCRIPT
            and 0 < len(mark) <= 3
            and (mark.isdigit() or not mark.isalnum())
        ):
            start = at + len(text) - len(text.lstrip())
            found.append((start, start + len(mark)))
        at += len(text)
    return tuple(found)


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
