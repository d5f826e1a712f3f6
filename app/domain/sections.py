"""The section tree of a contract, from its text alone: numbered paragraphs and headings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.headings import capital_headings, heading_after
from app.domain.numbering import OUTER, Label, labels

_CONTENTS_GAP = 140  # characters from one line of a table of contents to the next, at most, on average
_RANK = {"part": 1, "article": 2}
_NEAR = 140  # characters from a number to a list that begins in its own line: "4. Delivery. (a) Within ..."


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered or headed part. `number` is as printed ("1.2(a)", "Article IV"), "" where there is none.

    `level` counts from 1; [start, end) runs to the next section of the same or a higher level. Sorted by start.
    """

    number: str
    heading: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Open:
    """A section that is open while the text is read: its style, value and decimal path."""

    style: str
    value: int
    path: tuple[int, ...]
    start: int


def find_sections(text: str) -> tuple[Section, ...]:
    """The sections of a text in order; () for nothing but prose. Linear in the length of the text."""
    reader = _Reader(text)
    capitals = capital_headings(text)
    found = _without_contents(text, list(labels(text)))
    at = 0
    for label in found:
        while at < len(capitals) and capitals[at][0] < label.start:
            reader.heading(*capitals[at])
            at += 1
        if at < len(capitals) and capitals[at][0] == label.start and label.style not in {"A.", "I.", "1"}:
            at += 1
        reader.label(label)
    for entry in capitals[at:]:
        reader.heading(*entry)
    return _close(reader.found, len(text))


def _without_contents(text: str, found: list[Label]) -> list[Label]:
    """Leave out a table of contents: numbers close together, the first of which stands again with the same heading."""
    for first, label in enumerate(found[:40]):
        heading = _contents_heading(text, label)
        if len(heading) < 4:
            continue
        for again in range(first + 4, min(len(found), first + 400)):
            other = found[again]
            if other.start - label.start > _CONTENTS_GAP * (again - first):
                break
            same = other.readings[0] == label.readings[0] and other.path == label.path
            if same and _contents_heading(text, other)[:12] == heading[:12]:
                return found[:first] + found[again:]
    return found


def _contents_heading(text: str, label: Label) -> str:
    """The words after a number, folded, to compare the contents' with the clause's."""
    return "".join(c for c in heading_after(text, label.end).casefold() if c.isalpha())


class _Reader:
    """Takes labels and headings in order and keeps the chain of open sections."""

    def __init__(self, text: str) -> None:
        self.found: list[Section] = []
        self._text = text
        self._stack: list[_Open] = []
        self._label_end = -2
        self._headed = False  # an unnumbered heading came after the last number

    def heading(self, start: int, end: int, words: str) -> None:
        """An unnumbered heading; the words below a bare number are that number's heading."""
        last = self.found[-1] if self.found else None
        if start < self._label_end + 2 or (
            last is not None and last.number and not self._text[self._label_end : start].strip(" \t\n.:-")
        ):
            return
        if (
            last is not None
            and last.heading
            and last.start <= start < last.start + len(last.number) + len(last.heading) + 8
        ):
            return
        level = 2 if self._stack and self._stack[0].style in OUTER else 1
        self.found.append(Section("", words, level, start, end))
        self._headed = True

    def label(self, label: Label) -> None:
        """A possible number: placed in the tree where it goes on or begins a sequence, else left in its sentence."""
        heading = heading_after(self._text, label.end)
        depth = self._depth(label, heading)
        if depth is None:
            return
        index, (style, value) = depth
        del self._stack[index:]
        self._stack.append(_Open(style, value, label.path, label.start))
        self.found.append(Section(label.number, heading, len(self._stack), label.start, label.start))
        self._label_end = label.end
        self._headed = False

    def _depth(self, label: Label, heading: str) -> tuple[int, tuple[str, int]] | None:
        """How many open sections stay open above it, and how it is read; None where it is no section."""
        if label.style in OUTER:
            same = self._stack and (self._stack[0].style, self._stack[0].value) == label.readings[0]
            return None if same else (0, label.readings[0])
        if label.style in _RANK:
            return self._ranked(label)
        if label.style == "decimal":
            return self._decimal(label, heading)
        return self._listed(label, heading)

    def _base(self) -> int:
        """How many of the open sections are exhibits, parts or articles."""
        return next(
            (i for i, s in enumerate(self._stack) if s.style not in OUTER and s.style not in _RANK), len(self._stack)
        )

    def _ranked(self, label: Label) -> tuple[int, tuple[str, int]] | None:
        rank = _RANK[label.style]
        index = next(
            (i for i, s in enumerate(self._stack) if s.style not in OUTER and _RANK.get(s.style, 9) >= rank), None
        )
        index = len(self._stack) if index is None else index
        before = self._stack[index].value if index < len(self._stack) and self._stack[index].style == label.style else 0
        if label.place == 2 and label.path[0] != before + 1:
            return None
        return index, label.readings[0]

    def _decimal(self, label: Label, heading: str) -> tuple[int, tuple[str, int]] | None:
        path, reading = label.path, label.readings[0]
        for index in range(len(self._stack) - 1, -1, -1):
            entry = self._stack[index]
            if entry.style == "decimal" and len(entry.path) == len(path):
                step = path[-1] - entry.path[-1] if entry.path[:-1] == path[:-1] else 0
                sure = 0 < step <= (3 if label.place == 0 else 1) or (path[-1] == 1 and path[:-1] > entry.path[:-1])
                return (index, reading) if sure or (label.place < 2 and path > entry.path) else None
            if entry.path == path[: len(entry.path)] and (
                entry.style in {"decimal", "1", "section", "clause", "article"}
            ):
                near = label.place < 2 or path[-1] == 1
                return (index + 1, reading) if near else None
        if label.place == 2 and not (path[-1] == 1 and heading):
            return None
        if label.place == 1 and not heading and path[-1] != 1:
            return None
        return self._base(), reading

    def _listed(self, label: Label, heading: str) -> tuple[int, tuple[str, int]] | None:
        """Numbers and letters that are told apart by the sequence they go on."""
        inside = label.place == 2
        for most in (1,) if inside else (1, 3):
            for index in range(len(self._stack) - 1, -1, -1):
                entry = self._stack[index]
                for style, value in label.readings:
                    fits = entry.style == style and 0 < value - entry.value <= most
                    if fits and (not inside or self._may_run_on(label, heading)):
                        return index, (style, value)
        first = next((reading for reading in label.readings if reading[1] == 1), None)
        if first is not None and self._may_begin(label, heading):
            return self._new_list(first), first
        top = label.style in {"1", "section", "clause"}
        if top and label.place == 0 and heading:
            before = next((s.value for s in self._stack if s.style == label.style), 0)
            return (self._new_list(label.readings[0]), label.readings[0]) if label.path[0] > before else None
        return None

    def _may_run_on(self, label: Label, heading: str) -> bool:
        """Whether a number inside a line is a section: after a full stop and, for letters, with a heading."""
        stop = self._text[max(0, label.start - 3) : label.start].rstrip().endswith((".", '."', ".\u201d"))
        return stop and (bool(heading) or label.style in {"section"})

    def _may_begin(self, label: Label, heading: str) -> bool:
        """Whether a list may begin here: on its own line, after a gap, or right behind the number it belongs to."""
        if label.place == 0:
            return True
        before = self._text[max(0, label.start - 4) : label.start].rstrip()
        ends = before.endswith((".", ":", ";", "\u201d", '"'))
        if label.place == 1:
            return ends or bool(heading) or label.start - self._label_end < 8
        near = bool(self._stack) and label.start - self._label_end < _NEAR
        return before.endswith(".") and (near or bool(heading and label.style == "1"))

    def _new_list(self, reading: tuple[str, int]) -> int:
        """Where a new list hangs: below what is open, or at the place of an earlier list of its style."""
        style = reading[0]
        if style in {"section", "clause"}:
            return self._base()
        same = next((i for i, s in enumerate(self._stack) if s.style == style), None)
        if same is not None and (style != "1" or self._headed or same == len(self._stack) - 1):
            return same
        if style == "1" and self._headed:
            return self._base()
        return len(self._stack)


def _close(found: list[Section], length: int) -> tuple[Section, ...]:
    """Give every section its end: where the next of its level or above begins."""
    ends = [length] * len(found)
    open_: list[int] = []
    for index, section in enumerate(found):
        while open_ and found[open_[-1]].level >= section.level:
            ends[open_.pop()] = section.start
        open_.append(index)
    return tuple(replace(section, end=end) for section, end in zip(found, ends, strict=True))


def section_path(sections: Sequence[Section], offset: int) -> tuple[Section, ...]:
    """The sections that hold `offset`, outermost first."""
    index = bisect_right(sections, offset, key=lambda s: s.start)
    path: list[Section] = []
    level = 10**6
    while index and level > 1:
        index -= 1
        section = sections[index]
        if section.level < level:
            level = section.level
            if section.end > offset:
                path.append(section)
    return tuple(reversed(path))


def clause_number(sections: Sequence[Section], offset: int) -> str | None:
    """The number by which a lawyer cites the place: "12.3(a)", composed where only "(a)" is printed; None without."""
    outer, cite = "", ""
    for section in section_path(sections, offset):
        number = section.number
        if not number:
            continue
        word = number.split()[0].lower()
        if word in OUTER:
            outer, cite = f"{number}, ", ""
        elif number.startswith("("):
            cite += number
        elif cite and (number.isdigit() or number.isalpha()):
            cite += f"({number})"
        elif word in {"section", "clause"} and "." not in number and cite.startswith(("Article", "Part")):
            cite += f", {number}"
        else:
            cite = number
    return (outer + cite).rstrip(", ") or None
