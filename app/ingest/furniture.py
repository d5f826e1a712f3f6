"""Running headers, footers, page numbers and line numbers: on the page, but not in any sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from app.ingest.pdf_lines import Line

_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_PAGE_NUMBER = re.compile(
    r"^(?:page\s*\|?\s*)?[-\u2013\u2014\[( ]*(?:[A-Z]{1,2}-)?(?:\d{1,4}|[ivxl]{1,6})[-\u2013\u2014\]) ]*"
    r"(?:(?:of|/)\s*\d{1,4})?$",
    re.IGNORECASE,
)
_LABEL = re.compile(  # a clause's own number: never furniture, however often its shape stands at an edge
    r"^(?:\(?[a-z]{1,5}[.)]|\(?\d{1,3}\)|\d{1,3}(?:\.\d{0,3})+\)?|(?:article|section|schedule|exhibit|annex|part)\s+\S{1,6})$",
    re.IGNORECASE,
)
_FILING = re.compile(r"^Source:\s.*\b(?:8-K|10-K|10-Q|S-1|\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)
EDGE = 0.12  # part of the page's height, above and below, in which furniture stands
_FEWEST, _FEWEST_FIFTHS = 12, 4  # numbers in a column of line numbers: of each line, of every fifth
_INNER = re.compile(
    r"\s*(?P<page>page\s+)?[-\u2013\u2014]?\s*(?P<number>\d{1,3})\s*[-\u2013\u2014]?(?:\s+of\s+\d{1,3})?\s*$",
    re.IGNORECASE,
)
_FEWEST_PAGES, _FEWEST_APART = 3, 10  # page numbers amid the pages; lines between two of them
DEPTH = 6  # lines looked at from either edge


def mark_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> None:
    """Set `furniture` on the lines that are no part of the contract's own words. Order of lines does not matter."""
    pages = [[line for line in lines if line.furniture is None and line.cell is None] for lines in pages]
    edges = [_edge_lines(lines, height) for lines, height in zip(pages, heights, strict=True)]
    counts: Counter[tuple[str, str]] = Counter()
    for edge in edges:
        counts.update({(kind, _shape(line.text)) for kind, line in edge})
    needed = max(2, min(4, len(pages) // 2 + 1))
    for lines, edge, height in zip(pages, edges, heights, strict=True):
        for kind, line in edge:
            text = line.text.strip()
            outer = line.y0 < EDGE * height or line.y1 > (1 - EDGE) * height
            count = counts[kind, _shape(text)]
            repeated = count >= needed and (len(text) < 100 or count > 3) and not text.endswith((";", ","))
            numbered = bool(_PAGE_NUMBER.match(text)) and len(text) < 16 and not _leads(line, lines)
            if _FILING.match(text) or (outer and not _LABEL.match(text) and (numbered or (repeated and len(text) > 4))):
                line.furniture = kind
    for lines in pages:
        _mark_line_numbers(lines)
    _mark_earlier_pages(pages)


def _mark_earlier_pages(pages: Sequence[Sequence[Line]]) -> None:
    """Page numbers of an earlier print, amid the pages of this one: they count up, a page's worth of lines apart."""
    best: dict[int, list[tuple[int, Line]]] = {}
    longest: list[tuple[int, Line]] = []
    count = 0
    for lines in pages:
        for line in lines:
            count += 1
            found = _INNER.match(line.text)
            if found is None or line.furniture == "number" or not _stands_alone(line, lines, bool(found["page"])):
                continue
            number = int(found["number"])
            before = max((best.get(number - step, []) for step in (1, 2)), key=len)
            chain = [*before, (count, line)] if before and count - before[-1][0] >= _FEWEST_APART else [(count, line)]
            if len(chain) > len(best.get(number, ())):
                best[number] = chain
            longest = max(longest, best[number], key=len)
    first = _INNER.match(longest[0][1].text) if longest else None
    if first is None or len(longest) < _FEWEST_PAGES - (first["number"] == "1"):
        return
    for _, line in longest:
        if line.furniture is None:
            line.furniture, line.page_end = "footer", True


def _stands_alone(line: Line, lines: Sequence[Line], says_page: bool) -> bool:
    """Whether nothing else is in its row, and a bare number stands not at the left, where clauses have theirs."""
    middle = (line.y0 + line.y1) / 2
    if any(other is not line and other.y0 < middle < other.y1 for other in lines):
        return False
    left, right = min(other.x0 for other in lines), max(other.x1 for other in lines)
    return says_page or line.x1 > left + 0.2 * (right - left)  # its box may begin with blanks


def _leads(line: Line, lines: Sequence[Line]) -> bool:
    """Whether words follow close by in the same row: then it is the number of a clause, not of a page."""
    middle = (line.y0 + line.y1) / 2
    return any(other is not line and other.y0 < middle < other.y1 and 0 <= other.x0 - line.x1 < 90 for other in lines)


def _edge_lines(lines: Sequence[Line], height: float) -> list[tuple[str, Line]]:
    ordered = sorted(lines, key=lambda line: line.y0)
    top = [("header", line) for line in ordered[:DEPTH] if line.y0 < 0.2 * height]
    bottom = [("footer", line) for line in ordered[-DEPTH:] if line.y1 > 0.6 * height]
    return top + [entry for entry in bottom if entry[1] not in [line for _, line in top]]


def _shape(text: str) -> str:
    """The text with numbers made alike, so that "Page 3" and "Page 4" count as one."""
    return _DIGITS.sub("#", _SPACE.sub(" ", text.strip()).casefold())


def _mark_line_numbers(lines: Sequence[Line]) -> None:
    """Pleading paper: a column of ascending numbers left of the words, each line's or every fifth's."""
    numbers = [line for line in lines if line.text.strip().isdigit() and len(line.text.strip()) <= 4]
    if len(numbers) < _FEWEST_FIFTHS:
        return
    left = min(line.x0 for line in numbers)
    column = sorted((line for line in numbers if line.x0 - left < 15), key=lambda line: line.y0)
    values = [int(line.text) for line in column]
    steps = {b - a for a, b in zip(values, values[1:], strict=False)}
    each = steps == {1} and len(column) >= _FEWEST
    fifth = steps == {5} and len(column) >= _FEWEST_FIFTHS and values[0] % 5 == 0
    words = [line.x0 for line in lines if line not in column]
    if (each or fifth) and words and max(line.x1 for line in column) < sorted(words)[len(words) // 10]:
        for line in column:
            line.furniture = "number"
