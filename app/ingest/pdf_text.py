"""Lines to one text: paragraphs, line-end hyphens undone, pages joined where a sentence runs on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.ingest.pdf_lines import Line

_LABEL = re.compile(
    r"\s*(?:\(?(?:[a-z]{1,2}|[A-Z]|[ivxlIVXL]{1,6}|\d{1,3})\)|\d{1,3}(?:\.\d{1,3})*\.?\s|[A-Z]\.(?:\s|(?=[a-z]{3}))|\u2022|\u00b7|[*\u25cf\u25aa]\s"
    r"|(?:ARTICLE|Article|SECTION|Section|SCHEDULE|Schedule|EXHIBIT|Exhibit)\s+[\dIVXA-Z])"
)
ENDS = re.compile(r"[.;:?!][\"'\u201d\u2019)\]]*\s*$")
_ENOUGH = 8  # gaps between lines that tell the page's usual one
_RUNS_ON = re.compile(r"[a-z]{2,}[\s,]")
_OPEN = frozenset("abcdefghijklmnopqrstuvwxyz,")  # what a sentence that goes on may have at a line's end
_HYPHEN = re.compile(r"([A-Za-z]{2,})-\s*$")
_FIRST = re.compile(r"\s*([a-z]+)")
_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters [start, end) of the text are characters [offset, ...) of a line's raw text on a page (from 0)."""

    start: int
    end: int
    page: int
    block: int
    index: int
    offset: int


@dataclass
class Assembly:
    """The text under construction, with the way back to the lines."""

    parts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    length: int = 0

    def put(self, text: str) -> None:
        """Characters that stand on no page: separators."""
        self.parts.append(text)
        self.length += len(text)

    def put_line(self, line: Line, page: int, offset: int, end: int) -> None:
        """Characters [offset, end) of the line."""
        if line.block < 0:  # it stands on no page
            self.put(line.text[offset:end])
            return
        self.pieces.append(Piece(self.length, self.length + end - offset, page, line.block, line.index, offset))
        self.put(line.text[offset:end])

    def drop_last(self, count: int) -> None:
        """Take the last characters of the last piece away: an undone hyphen."""
        last = self.pieces.pop()
        if last.end - count > last.start:
            self.pieces.append(Piece(last.start, last.end - count, last.page, last.block, last.index, last.offset))
        self.parts[-1] = self.parts[-1][:-count]
        self.length -= count

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.parts)


class Joiner:
    """Puts the lines of a document together, page by page."""

    def __init__(self, vocabulary: set[str]) -> None:
        self.assembly = Assembly()
        self.vocabulary = vocabulary
        self._last: tuple[int, Line] | None = None
        self._width = 0.0  # right margin of the page's prose
        self._leading = 0.0  # white between two lines of its paragraphs

    def begin_page(self, lines: Sequence[Line]) -> None:
        """Learn the page's right margin, which tells full lines from the last ones of paragraphs."""
        rights = sorted(line.x1 for line in lines)
        self._width = rights[int(0.9 * (len(rights) - 1))] if rights else 0.0
        pairs = zip(lines, lines[1:], strict=False)
        gaps = sorted(b.y0 - a.y1 for a, b in pairs if a.block == b.block and 0 <= b.y0 - a.y1 < a.y1 - a.y0)
        self._leading = gaps[len(gaps) // 2] if len(gaps) >= _ENOUGH else 0.0

    def put(self, line: Line, page: int, references: Sequence[tuple[int, int]] = ()) -> int:
        """Append a line, footnote numbers in brackets; returns where it begins in the text."""
        raw = line.text
        offset = len(raw) - len(raw.lstrip())
        end = len(raw.rstrip())
        if self._last is not None:
            self._join(line, page, raw[offset:])
        begin = self.assembly.length
        for first, last in references:
            if offset < first:
                self.assembly.put_line(line, page, offset, first)
            self.assembly.put("[")
            self.assembly.put_line(line, page, first, last)
            self.assembly.put("]" if first or raw[last : last + 1].isspace() else "] ")
            offset = last
        if offset < end:
            self.assembly.put_line(line, page, offset, end)
        self._last = (page, line)
        return begin

    def place(self) -> tuple[int, int, int, tuple[int, Line] | None]:
        """Where the text stands, for back_to()."""
        return len(self.assembly.parts), len(self.assembly.pieces), self.assembly.length, self._last

    def back_to(self, place: tuple[int, int, int, tuple[int, Line] | None]) -> None:
        """Take back what was put since; right only after a paragraph break."""
        parts, pieces, self.assembly.length, self._last = place
        del self.assembly.parts[parts:], self.assembly.pieces[pieces:]

    def break_paragraph(self) -> None:
        """What comes next is a paragraph of its own."""
        if self._last is not None:
            self.assembly.put("\n\n")
            self._last = None

    def _join(self, line: Line, page: int, body: str) -> None:
        assert self._last is not None
        last_page, last = self._last
        if line.cell is not None or last.cell is not None:
            self._beside(last, line, body, page == last_page)
        elif page != last_page or line.fresh:
            runs_on = not ENDS.search(last.text) and not _LABEL.match(body) and not _is_heading(last, line)
            runs_on = runs_on and not _is_title(last, line)
            self._glue(last, body) if runs_on else self.assembly.put("\n\n")
        elif self._new_paragraph(last, line, body):
            self.assembly.put("\n\n")
        else:
            self._glue(last, body)

    def _beside(self, last: Line, line: Line, body: str, same_page: bool) -> None:
        """Cells of a row are apart by a tab, rows by a line end."""
        if not same_page or line.cell is None or last.cell is None or line.cell[0] != last.cell[0]:
            self.assembly.put("\n\n")
        elif line.cell[1] != last.cell[1]:
            self.assembly.put("\n")
        elif line.cell[2] != last.cell[2]:
            self.assembly.put("\t" * min(20, line.cell[2] - last.cell[2]))
        else:
            self._glue(last, body)

    def _new_paragraph(self, last: Line, line: Line, body: str) -> bool:
        height = max(last.y1 - last.y0, 1.0)
        if abs(line.y0 - last.y0) < 0.5 * height and line.x0 >= last.x1 - 2:
            return False  # the same row: cells of a table, or a number and its text
        gap = line.y0 - last.y1
        if line.moved or last.moved:
            return not last.moved  # a number begins a paragraph, and its words follow it
        if _RUNS_ON.match(body) and not last.moved and last.text.rstrip()[-1:] in _OPEN and -height < gap < 2 * height:
            return False
        full = last.x1 > self._width - 0.15 * max(self._width, 1.0)
        ended = bool(ENDS.search(last.text))
        if line.block != last.block:
            return (
                gap > max(0.45 * height, 1.2 * self._leading)
                or gap < -2 * height
                or ended
                or not full
                or bool(_LABEL.match(body))
            )
        if gap > 0.8 * height:
            return True
        if _LABEL.match(body) and (ended or not full):
            return True
        return (ended and line.x0 > last.x0 + 12) or (not full and ended) or _is_heading(last, line)

    def _glue(self, last: Line, body: str) -> None:
        """One space, or none where a line-end hyphen is undone."""
        stem, follow = _HYPHEN.search(last.text), _FIRST.match(body)
        if last.text.rstrip().endswith("\u00ad"):
            self.assembly.drop_last(1)
        elif stem and follow:
            joined = stem[1].lower() + follow[1]
            if joined in self.vocabulary and f"{stem[1].lower()}-{follow[1]}" not in self.vocabulary:
                self.assembly.drop_last(1)
        elif last.text.rstrip().endswith(("\u2013", "\u2014")) or body.startswith("-"):
            self.assembly.put(" ")
        else:
            self.assembly.put(" ")


def _is_heading(last: Line, line: Line) -> bool:
    return last.bold and not line.bold and last.text.strip().isupper() and len(last.text) < 80


def _is_title(last: Line, line: Line) -> bool:
    """Over a page's end: both in capitals, so that one does not go on with the other."""
    return last.text.strip().isupper() and line.text.strip().isupper() and len(last.text) < 80


def vocabulary_of(pages: Sequence[Sequence[Line]]) -> set[str]:
    """Every word inside a line, lower case: evidence for or against a hyphen."""
    words: set[str] = set()
    for lines in pages:
        for line in lines:
            found = _WORDS.findall(line.text.lower())
            words.update(found[:-1] if line.text.rstrip().endswith("-") else found)
    return words
