"""A contract's text as the text view shows it: pending changes, comments and tables in place, offsets kept. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.text import ContractText, Mark, MarkKind, Scalar
from app.ui.offsets import Utf16Map
from app.ui.shown_inserts import Insert, change_tip, inserts, who_changed
from app.ui.shown_tables import ShownTable, tables

_SENTENCE = re.compile(r"[A-Za-z)]{3}[.:](?=\s)")
WITH_RANGE = {
    MarkKind.INSERTED: "inserted", MarkKind.COMMENT: "commented", MarkKind.HIDDEN: "hidden",
    MarkKind.HEADING: "heading", MarkKind.LOW_CONFIDENCE: "doubtful", MarkKind.MOVED: "moved",
    MarkKind.FORMAT: "format",
}  # fmt: skip


CHANGES = ("inserted", "deleted", "moved", "moved away")
LONGEST_HEADING = 90  # characters: whole paragraphs carry heading styles for their numbers


@dataclass(frozen=True, slots=True)
class Styled:
    """A range of the shown string, in UTF-16 units, and how it looks."""

    start: int
    end: int
    style: str  # inserted, deleted, moved, moved away, commented, comment, hidden, heading, doubtful, format, aside
    tip: str = ""
    author: int = 0  # of a change: the order in which its author comes first in the text
    note: dict[str, Scalar] = field(default_factory=dict)  # of a format: see MarkKind.FORMAT


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Where a paragraph that is not plain begins, in UTF-16 units, and its indents and alignment."""

    start: int
    note: dict[str, Scalar]


@dataclass(frozen=True, slots=True)
class Shown:
    """The string to show, its styled ranges, and the way between its UTF-16 units and the text's code points."""

    string: str
    styled: tuple[Styled, ...]
    _at: list[int] = field(repr=False)  # code points of the text where something was put in, sorted
    _total: list[int] = field(repr=False)  # characters put in up to and including each
    units: Utf16Map = field(repr=False)
    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[ShownTable, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()  # unit, number of the page that begins there (0: unknown)
    authors: tuple[str, ...] = ()  # of the changes

    @property
    def changed(self) -> bool:
        """Whether a pending change is shown."""
        return any(part.style in CHANGES for part in self.styled)

    def to_shown(self, offset: int, end: bool = False) -> int:
        """A code point of the text as a UTF-16 unit of the string; an end stays before what was put in there."""
        return self.units.to_utf16(self.to_string(offset, end))

    def to_string(self, offset: int, end: bool = False) -> int:
        """The same as a code point of the string."""
        index = bisect_left(self._at, offset) if end else bisect_right(self._at, offset)
        return offset + (self._total[index - 1] if index else 0)

    def to_text(self, unit: int) -> int:
        """A UTF-16 unit of the string as a code point of the text; inside something put in: its place."""
        point = self.units.to_points(unit)
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


def _heading_end(text: str, mark: Mark) -> int:
    """Where a heading's bold print ends: a whole paragraph in a heading style is bold in its first sentence only."""
    if mark.end - mark.start <= LONGEST_HEADING:
        return mark.end
    stop = _SENTENCE.search(text, mark.start, mark.start + LONGEST_HEADING)
    return stop.end() if stop else mark.start


def build(text: ContractText, markup: bool = True) -> Shown:
    """The shown form of a view; without `markup` its words alone, changes and comments left out."""
    authors = who_changed(text.marks) if markup else ()
    put = inserts(text, authors, markup)
    pieces: list[str] = []
    at: list[int] = []
    totals: list[int] = []
    spans: list[tuple[int, int, Insert]] = []
    done = total = 0
    for insert in put:
        pieces += [text.text[done : insert.place], insert.words]
        start = insert.place + total
        total += len(insert.words)
        spans.append((start, start + len(insert.words), insert))
        if at and at[-1] == insert.place:
            totals[-1] = total
        else:
            at.append(insert.place)
            totals.append(total)
        done = insert.place
    pieces.append(text.text[done:])
    string = "".join(pieces)
    units = Utf16Map(string)
    shown = Shown(string, (), at, totals, units)
    styled = [
        Styled(units.to_utf16(s), units.to_utf16(e), i.style, i.tip, i.author) for s, e, i in spans if i.style
    ] + _ranges(text, shown, authors, markup)
    styled.sort(key=lambda s: (s.style not in {"format", "heading"}, s.start))
    drawn = tables(text, shown.to_string, string, spans, units)
    return Shown(
        string, tuple(styled), at, totals, units, _paragraphs(text, shown, spans), drawn, _pages(text, shown), authors
    )


def _ranges(text: ContractText, shown: Shown, authors: tuple[str, ...], markup: bool) -> list[Styled]:
    """The marks that style words of the text itself."""
    drawn = any(mark.kind in {MarkKind.FORMAT, MarkKind.PARAGRAPH} for mark in text.marks)  # it is known what is bold
    styled = []
    for mark in text.marks:
        style = WITH_RANGE.get(mark.kind, "")
        if not style or mark.start >= mark.end or (style == "heading" and drawn):
            continue
        if not markup and style in {*CHANGES, "commented"}:
            continue
        stop = _heading_end(text.text, mark) if mark.kind is MarkKind.HEADING else mark.end
        author = str(mark.note.get("author") or "")
        number = authors.index(author) if author in authors else 0
        start, end = shown.to_shown(mark.start), shown.to_shown(stop, end=True)
        tip = change_tip(style, mark) if style in CHANGES else author
        styled.append(Styled(start, end, style, tip, number, mark.note if style == "format" else {}))
    return styled


def _paragraphs(text: ContractText, shown: Shown, put: Sequence[tuple[int, int, Insert]]) -> tuple[Paragraph, ...]:
    """What stands otherwise than at the left margin, those too that pending changes take away."""
    own = (mark for mark in text.marks if mark.kind is MarkKind.PARAGRAPH)
    found = [Paragraph(shown.to_shown(mark.start), mark.note) for mark in own]
    return tuple(found + [Paragraph(shown.units.to_utf16(s), i.indents) for s, _, i in put if i.indents])


def _pages(text: ContractText, shown: Shown) -> tuple[tuple[int, int], ...]:
    """Where pages begin: as Word last laid them out, else where the author broke them."""
    if text.page_source == "word-layout":
        return tuple((shown.to_shown(page.start), page.number) for page in text.pages[1:])
    broken = (m for m in text.marks if m.kind is MarkKind.PARAGRAPH and m.note.get("page_break") and m.start)
    return tuple((shown.to_shown(mark.start), 0) for mark in broken)
