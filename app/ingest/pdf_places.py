"""Spans of a PDF's text back to rectangles on its pages, and rectangles to spans. Runs in the sandboxed child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pymupdf

from app.domain.text import PageRect, WordBox
from app.ingest.pdf_lines import FLAGS
from app.ingest.pdf_text import Piece

Quad = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the text came from: what `rectangles` needs."""

    pieces: tuple[Piece, ...]


def rectangles(
    document: pymupdf.Document, layout: Layout, boxes: Sequence[WordBox], start: int, end: int
) -> list[PageRect]:
    """One rectangle per line under [start, end) of the text."""
    lines: dict[tuple[int, int, int], list[Quad]] = {}
    cache: dict[int, list[list[list[Quad]]]] = {}
    for piece in layout.pieces:
        if piece.end <= start or piece.start >= end:
            continue
        if piece.page not in cache:
            cache[piece.page] = _character_boxes(document[piece.page])
        characters = cache[piece.page][piece.block][piece.index]
        first = piece.offset + max(start, piece.start) - piece.start
        last = piece.offset + min(end, piece.end) - piece.start
        lines.setdefault((piece.page, piece.block, piece.index), []).extend(characters[first:last])
    found = [rect for (page, _, _), quads in lines.items() for rect in _union(page + 1, quads)]
    rows: dict[tuple[int, int], list[Quad]] = {}
    for box in boxes:
        if box.end > start and box.start < end:
            rows.setdefault((box.page, round((box.y0 + box.y1) / 12)), []).append((box.x0, box.y0, box.x1, box.y1))
    for (page, _), row in rows.items():
        found += _union(page, row)
    return found


def span_under(page: pymupdf.Page, pieces: Sequence[Piece], areas: Sequence[pymupdf.Rect]) -> tuple[int, int] | None:
    """The span of the text whose characters lie in the areas of a page; None where there are none."""
    characters = _character_boxes(page)
    under = [
        piece.start + at
        for piece in pieces
        for at in range(piece.end - piece.start)
        if _inside(characters[piece.block][piece.index][piece.offset + at], areas)
    ]
    return (min(under), max(under) + 1) if under else None


def _inside(box: Quad, areas: Sequence[pymupdf.Rect]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(area.x0 <= x <= area.x1 and area.y0 <= y <= area.y1 for area in areas)


def _character_boxes(page: pymupdf.Page) -> list[list[list[Quad]]]:
    """Boxes by block, line and character, in the same order as `page_lines` saw them; made on demand."""
    data = page.get_text("rawdict", flags=FLAGS)
    return [
        [[char["bbox"] for span in line["spans"] for char in span["chars"]] for line in block.get("lines", ())]
        for block in data["blocks"]
    ]


def _union(page: int, boxes: Sequence[Quad]) -> list[PageRect]:
    if not boxes:
        return []
    x0, y0 = min(b[0] for b in boxes), min(b[1] for b in boxes)
    return [PageRect(page, x0, y0, max(b[2] for b in boxes), max(b[3] for b in boxes))]
