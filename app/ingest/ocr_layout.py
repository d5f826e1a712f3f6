"""Recognised words put into paragraphs as those of a text layer are. Runs in the sandboxed child."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from app.ingest.furniture import mark_furniture
from app.ingest.ocr_vote import Recognised, Word
from app.ingest.pdf_lines import Line
from app.ingest.pdf_order import in_reading_order, same_row
from app.ingest.pdf_tables import mark_aligned
from app.ingest.pdf_text import Joiner, vocabulary_of

Size = tuple[float, float]
_HIGH = 0.7  # of the usual distance between two lines that a line's box is given, so that gaps compare with its height
_WIDE = 2.2  # times the height of the words: white at which a line is cut into cells or columns
_NUMBER = re.compile(r"(?:[(\[]?[A-Za-z0-9]{1,4}[.)\]]{1,2}|\d{1,3}(?:\.\d{1,3})+\.?|[\u2022\u00b7*\u2014\u2013-])$")
BULLET = "\u2022"
_BULLETS = "\u00b0\u00b7\u00a9\u00ae\u00ab\u00bb\u00a2:.,*"
_LEAD = 90.0  # points between a clause's number and its first word


def set_in_paragraphs(
    recognised: Mapping[int, Recognised], sizes: Mapping[int, Size]
) -> tuple[dict[int, Recognised], dict[int, list[Line]]]:
    """Each page with its words in the order of reading, and the lines that are headers, footers or page numbers."""
    numbers = sorted(recognised)
    lines: list[list[Line]] = []
    words: list[dict[int, list[tuple[Word, int]]]] = []
    heights: list[float] = []
    for number in numbers:
        found, own, height = _lines(recognised[number], sizes[number])
        lines.append(found)
        words.append(own)
        heights.append(height)
    mark_furniture(lines, heights)
    vocabulary = vocabulary_of(lines)
    pages: dict[int, Recognised] = {}
    aside: dict[int, list[Line]] = {}
    for number, found, own in zip(numbers, lines, words, strict=True):
        body = [line for line in found if line.furniture is None]
        pages[number] = _joined(recognised[number], body, own, vocabulary)
        aside[number] = [line for line in found if line.furniture is not None]
    return pages, aside


def _lines(page: Recognised, size: Size) -> tuple[list[Line], dict[int, list[tuple[Word, int]]], float]:
    """Lines in the order of reading; the words of each, by the line's index, with their offset in it; the height."""
    width, height = size if page.turn in (0, 180) else size[::-1]
    boxes = _straight(page, size)
    rows: dict[int, list[int]] = {}
    for at, word in enumerate(page.words):
        rows.setdefault(word.line, []).append(at)
    high = median([box[3] - box[1] for box in boxes]) if boxes else 10.0
    cuts = [part for row in rows.values() for part in _cut(row, boxes, high)]
    pitch = _pitch([_middle(part, boxes) for part in cuts], high)
    lines: list[Line] = []
    own: dict[int, list[tuple[Word, int]]] = {}
    for index, part in enumerate(cuts):
        middle, parts, length = _middle(part, boxes), [], 0
        for at in part:
            token = page.text[page.words[at].start : page.words[at].end]
            own.setdefault(index, []).append((page.words[at], length))
            parts.append(token)
            length += len(token) + 1
        left, right = min(boxes[at][0] for at in part), max(boxes[at][2] for at in part)
        half, block = _HIGH * pitch / 2, page.words[part[0]].block
        lines.append(Line(" ".join(parts), left, middle - half, right, middle + half, high, block, index))
    _name_bullets(lines)
    return mark_aligned(in_reading_order(_numbers_first(lines), width)), own, height


def _name_bullets(lines: list[Line]) -> None:
    """A lone sign with words far to its right is a bullet, whatever it was taken for."""
    for line in lines:
        if (
            len(line.text) == 1
            and line.text in _BULLETS
            and any(other.x0 > line.x1 and same_row(line, other) for other in lines)
        ):
            line.text = BULLET


def _cut(row: Sequence[int], boxes: Sequence[Sequence[float]], high: float) -> list[list[int]]:
    """A line's words, apart where the white between them is that of cells or columns."""
    parts: list[list[int]] = []
    for at in row:
        if parts and boxes[at][0] - boxes[parts[-1][-1]][2] < _WIDE * high:
            parts[-1].append(at)
        else:
            parts.append([at])
    return parts


def _middle(part: Sequence[int], boxes: Sequence[Sequence[float]]) -> float:
    return float(median((boxes[at][1] + boxes[at][3]) / 2 for at in part))


def _pitch(middles: Sequence[float], high: float) -> float:
    """The usual distance between the middles of lines that follow each other."""
    steps = [b - a for a, b in zip(middles, middles[1:], strict=False) if 0.9 * high < b - a < 4 * high]
    return max(1.1 * high, float(np.percentile(steps, 30))) if steps else 1.5 * high


def _numbers_first(lines: list[Line]) -> list[Line]:
    """Numbers that were taken for a column of their own, each before the words of its clause."""
    ordered = list(lines)
    for line in lines:
        if not _NUMBER.match(line.text):
            continue
        right = [other for other in lines if other is not line and same_row(line, other) and other.x0 >= line.x1 - 1]
        first = min(right, key=lambda other: other.x0, default=None)
        if first is not None and first.x0 - line.x1 < _LEAD:
            ordered.remove(line)
            ordered.insert(next(i for i, other in enumerate(ordered) if other is first), line)
    return ordered


def _straight(page: Recognised, size: Size) -> list[tuple[float, float, float, float]]:
    """The words' boxes on the page set upright and level; widths and heights stay as they are."""
    width, height = size
    wide, high = size if page.turn in (0, 180) else size[::-1]
    radians = np.deg2rad(page.angle)
    cosine, sine = float(np.cos(radians)), float(np.sin(radians))
    found = []
    for word in page.words:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        across, down = word.x1 - word.x0, word.y1 - word.y0
        if page.turn == 90:
            x, y = y, width - x
        elif page.turn == 270:
            x, y = height - y, x
        elif page.turn == 180:
            x, y = width - x, height - y
        if page.turn in (90, 270):
            across, down = down, across
        x, y = x - wide / 2, y - high / 2
        x, y = x * cosine + y * sine + wide / 2, -x * sine + y * cosine + high / 2
        found.append((x - across / 2, y - down / 2, x + across / 2, y + down / 2))
    return found


def _joined(
    page: Recognised, body: Sequence[Line], own: Mapping[int, Sequence[tuple[Word, int]]], vocabulary: set[str]
) -> Recognised:
    """The page's text in paragraphs, line-end hyphens undone, and its words at their new places."""
    joiner = Joiner(vocabulary)
    joiner.begin_page(body)
    for line in body:
        joiner.put(line, 0)
    text = joiner.assembly.text
    words: list[Word] = []
    for piece in joiner.assembly.pieces:
        for word, offset in own[piece.index]:
            start = piece.start + offset - piece.offset
            end = min(piece.end, start + word.end - word.start)
            if piece.start <= start < end:
                words.append(replace(word, start=start, end=end))
    return replace(page, text=text, words=tuple(words))
