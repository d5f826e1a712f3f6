"""A contract's text as the text view shows it: pending changes and comments in place, offsets kept. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from app.domain.text import ContractText, Mark, MarkKind
from app.ui.offsets import Utf16Map

_SENTENCE = re.compile(r"[A-Za-z)]{3}[.:](?=\s)")
WITH_RANGE = {
    MarkKind.INSERTED: "inserted", MarkKind.COMMENT: "commented", MarkKind.HIDDEN: "hidden",
    MarkKind.HEADING: "heading", MarkKind.LOW_CONFIDENCE: "doubtful", MarkKind.MOVED: "moved",
}  # fmt: skip


CHANGES = ("inserted", "deleted", "moved")
LONGEST_HEADING = 90  # characters: whole paragraphs carry heading styles for their numbers


@dataclass(frozen=True, slots=True)
class Styled:
    """A range of the shown string, in UTF-16 units, and how it looks."""

    start: int
    end: int
    style: str  # inserted, deleted, moved, commented, comment, hidden, heading, doubtful
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The string to show, its styled ranges, and the way between its UTF-16 units and the text's code points."""

    string: str
    styled: tuple[Styled, ...]
    _at: list[int] = field(repr=False)  # code points of the text where something was put in, sorted
    _total: list[int] = field(repr=False)  # characters put in up to and including each
    _units: Utf16Map = field(repr=False)

    def to_shown(self, offset: int, end: bool = False) -> int:
        """A code point of the text as a UTF-16 unit of the string; an end stays before what was put in there."""
        index = bisect_left(self._at, offset) if end else bisect_right(self._at, offset)
        return self._units.to_utf16(offset + (self._total[index - 1] if index else 0))

    def to_text(self, unit: int) -> int:
        """A UTF-16 unit of the string as a code point of the text; inside something put in: its place."""
        point = self._units.to_points(unit)
        low, high = 0, len(self._at)
        while low < high:  # the last insertion that starts at or before the point
            middle = (low + high) // 2
            before = self._total[middle - 1] if middle else 0
            if self._at[middle] + before <= point:
                low = middle + 1
            else:
                high = middle
        if low == 0:
            return point
        return max(self._at[low - 1], point - self._total[low - 1])


def _inserts(marks: tuple[Mark, ...]) -> list[tuple[int, str, str, str]]:
    """(place, words, style, tip) of what the string shows besides the text."""
    found = []
    for mark in marks:
        words, author = str(mark.note.get("text") or ""), str(mark.note.get("author") or "")
        if not words:
            continue
        if mark.kind is MarkKind.DELETED:
            found.append((mark.start, words, "deleted", author))
        elif mark.kind is MarkKind.COMMENT:
            found.append((mark.end, f" [{author + ': ' if author else ''}{words}] ", "comment", author))
    return sorted(found, key=lambda f: f[0])


def _heading_end(text: str, mark: Mark) -> int:
    """Where a heading's bold print ends: a whole paragraph in a heading style is bold in its first sentence only."""
    if mark.end - mark.start <= LONGEST_HEADING:
        return mark.end
    stop = _SENTENCE.search(text, mark.start, mark.start + LONGEST_HEADING)
    return stop.end() if stop else mark.start


def build(text: ContractText) -> Shown:
    """The shown form of the accepted view."""
    pieces: list[str] = []
    at: list[int] = []
    totals: list[int] = []
    spans: list[tuple[int, int, str, str]] = []
    done = total = 0
    for place, words, style, tip in _inserts(text.marks):
        pieces += [text.text[done:place], words]
        start = place + total
        total += len(words)
        spans.append((start, start + len(words), style, tip))
        if at and at[-1] == place:
            totals[-1] = total
        else:
            at.append(place)
            totals.append(total)
        done = place
    pieces.append(text.text[done:])
    string = "".join(pieces)
    units = Utf16Map(string)
    styled = [Styled(units.to_utf16(s), units.to_utf16(e), style, tip) for s, e, style, tip in spans]
    shown = Shown(string, (), at, totals, units)
    for mark in text.marks:
        if mark.kind in WITH_RANGE and mark.start < mark.end:
            stop = _heading_end(text.text, mark) if mark.kind is MarkKind.HEADING else mark.end
            start, end = shown.to_shown(mark.start), shown.to_shown(stop, end=True)
            styled.append(Styled(start, end, WITH_RANGE[mark.kind], str(mark.note.get("author") or "")))
    styled.sort(key=lambda s: (s.style != "heading", s.start))
    return Shown(string, tuple(styled), at, totals, units)
