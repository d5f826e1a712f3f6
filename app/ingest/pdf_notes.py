"""Footnotes of a PDF page: told by a raised number, kept out of the sentence that runs over the page. In the child."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.ingest.pdf_lines import Line

_SMALL = 0.95  # of the size of the page's words: notes are smaller
_LOWEST = 0.25  # part of the page's height above which no footnote begins
_MARKER = re.compile(r"\s*(\d{1,3}|[*\u2020\u2021\u00a7]{1,3})(?=[\s.)\"\u201c]|[A-Z])")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number or sign, where that stands in the first line, and its lines."""

    marker: str
    start: int
    end: int
    lines: tuple[Line, ...]


def split_notes(lines: Sequence[Line], height: float) -> tuple[list[Line], list[Note]]:
    """The words of the page, and its footnotes. What no raised number refers to is no note."""
    if not any(line.raised for line in lines):
        return list(lines), []
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    usual = sizes.most_common(1)[0][0]
    low = sorted(lines, key=lambda line: -line.y0)
    small: list[Line] = []
    for line in low:
        if line.size > _SMALL * usual or line.y0 < _LOWEST * height:
            break
        small.append(line)
    tail = set(map(id, small))
    body = [line for line in lines if id(line) not in tail]
    referred = {line.text[a:b] for line in body for a, b in line.raised}
    notes = _notes([line for line in lines if id(line) in tail], referred)
    kept = {id(line) for note in notes for line in note.lines}
    return [line for line in lines if id(line) not in kept], notes


def _notes(lines: Sequence[Line], referred: set[str]) -> list[Note]:
    found: list[tuple[str, int, int, list[Line]]] = []
    for line in lines:
        match = _MARKER.match(line.text)
        if match and match[1] in referred:
            found.append((match[1], match.start(1), match.end(1), [line]))
        elif found:
            found[-1][3].append(line)
    return [Note(marker, start, end, tuple(own)) for marker, start, end, own in found]


def references(line: Line, notes: Sequence[Note]) -> list[tuple[int, int]]:
    """Where the line refers to one of the page's notes."""
    markers = {note.marker for note in notes}
    return [(a, b) for a, b in line.raised if line.text[a:b] in markers]
