"""Where each clause number hangs: numbers go on sequences that are open, begin new ones, or belong to a sentence."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.headings import heading_after
from app.domain.numbering import OUTER, RANK, Label

_NEAR = 140  # characters from a number to a list that begins in its own line: "4. Delivery. (a) Within ..."
_TOP = frozenset({"1", "section", "clause"})  # numbers by which a contract's own clauses are cited
_AHEAD = 60  # labels looked at to tell a list's end
_SIGNED = re.compile(r"\bWITNESS WHEREOF\b|\bSignature\b|^By:", re.MULTILINE | re.IGNORECASE)

Reading = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A section as found: its number as printed, heading, level from 1, and where it starts."""

    number: str
    heading: str
    level: int
    start: int


@dataclass(frozen=True, slots=True)
class _Open:
    """A section that is open while the text is read: its style, value and decimal path."""

    style: str
    value: int
    path: tuple[int, ...]
    start: int


class TreeReader:
    """Takes labels and free headings in order of place and keeps the chain of open sections."""

    def __init__(self, text: str, labels: Sequence[Label]) -> None:
        self.found: list[Found] = []
        self._text = text
        self._labels = labels
        self._stack: list[_Open] = []
        self._label_end = -2
        self._headed = False  # a heading without number came after the last number
        self._body = False  # a numbered clause was seen outside the exhibits
        self._glued = False
        self._resume: dict[str, int] = {}  # the contract's own numbers that articles or headings have closed

    def heading(self, start: int, words: str) -> None:
        """A heading without number; the words below a bare number are that number's heading."""
        last = self.found[-1] if self.found else None
        if last is not None and last.number:
            between = self._text[max(self._label_end, 0) : start].strip(" \t\n.:-")
            if start < self._label_end + 2 or not between or (start - self._label_end < 160 and words in last.heading):
                return
        self.found.append(Found("", words, self._base() + 1, start))
        self._headed = True

    def label(self, index: int) -> None:
        """A possible number: placed in the tree where it goes on or begins a sequence, else left in its sentence."""
        label = self._labels[index]
        heading = self._heading(label)
        place = self._place(index, label, heading)
        if place is None:
            return
        depth, (style, value) = place
        base = self._base()
        if len(self._stack) > base >= depth and self._stack[base].style in _TOP:
            self._resume[self._stack[base].style] = self._stack[base].value
        if style in OUTER:
            self._resume.clear()
        del self._stack[depth:]
        self._hang_headings(depth + 1)
        path = label.path if style in _TOP or style in RANK or style in {"decimal", "I."} else ()
        self._stack.append(_Open(style, value, path, label.start))
        outer = self._stack[0].style in OUTER
        self._body = self._body or not outer
        self.found.append(Found(" ".join(label.number.split()), heading, len(self._stack), label.start))
        self._label_end = label.end
        self._headed, self._glued = False, label.glued

    def _hang_headings(self, level: int) -> None:
        """Headings right above a number that goes on inside an open section stand inside it too."""
        for i in range(len(self.found) - 1, -1, -1):
            if self.found[i].number or self.found[i].level >= level:
                return
            if i and self.found[i - 1].level >= level - 1:
                self.found[i] = replace(self.found[i], level=level)

    def _heading(self, label: Label) -> str:
        return heading_after(self._text, label.end, label.style in RANK or label.style in OUTER)

    def _place(self, index: int, label: Label, heading: str) -> tuple[int, Reading] | None:
        """How many open sections stay open above it, and how it is read; None where it is no section."""
        if label.style in OUTER:
            return self._outer(label)
        if label.style in RANK:
            return self._ranked(label)
        if label.style == "decimal":
            return self._decimal(index, label, heading)
        return self._listed(index, label, heading)

    def _outer(self, label: Label) -> tuple[int, Reading] | None:
        if self._stack and self._stack[0].style == label.style:
            number = " ".join(label.number.split()).casefold()
            last = next((f for f in reversed(self.found) if f.start == self._stack[0].start), None)
            if last is not None and last.number.casefold() == number:
                return None  # a running header of the exhibit
        return 0, label.readings[0]

    def _base(self) -> int:
        """How many of the open sections are exhibits, parts or articles."""
        for index, entry in enumerate(self._stack):
            if entry.style not in OUTER and entry.style not in RANK:
                return index
        return len(self._stack)

    def _ranked(self, label: Label) -> tuple[int, Reading] | None:
        rank = RANK[label.style]
        self._leave_exhibit(label)
        index = len(self._stack)
        for i, entry in enumerate(self._stack):
            if entry.style not in OUTER and RANK.get(entry.style, 9) >= rank:
                index = i
                break
        before = self._stack[index].value if index < len(self._stack) and self._stack[index].style == label.style else 0
        if label.place == 2 and label.path[0] != before + 1:
            return None
        return index, label.readings[0]

    def _decimal(self, at: int, label: Label, heading: str) -> tuple[int, Reading] | None:
        path, reading = label.path, label.readings[0]
        for index in range(len(self._stack) - 1, -1, -1):
            entry = self._stack[index]
            if entry.style == "decimal" and len(entry.path) == len(path):
                step = path[-1] - entry.path[-1] if entry.path[:-1] == path[:-1] else 0
                sure = 0 < step <= (3 if label.place == 0 else 1) or (path[-1] == 1 and path[:-1] > entry.path[:-1])
                far = label.place or path <= entry.path or path[0] - entry.path[0] > 2
                return None if far and not sure else (index, reading)
            if entry.path == path[: len(entry.path)] and entry.path:
                near = label.place < 2 or path[-1] == 1
                return (index + 1, reading) if near else None
        if label.place == 2 and not (path[-1] == 1 and (heading or self._second_follows(at, label))):
            return None
        if label.place == 1 and path[-1] != 1:
            return None
        self._leave_exhibit(label)
        return self._base(), reading

    def _listed(self, index: int, label: Label, heading: str) -> tuple[int, Reading] | None:
        """Numbers and letters that are told apart by the sequence they go on."""
        goes_on = self._goes_on(label, 1)
        first = next((reading for reading in label.readings if reading[1] == 1), None)
        begins = first is not None and self._may_begin(index, label, heading)
        if goes_on and begins and first is not None and self._next_is(index, goes_on[1], first):
            return self._new_list(index, label, first, heading), first
        if goes_on and (label.place < 2 or self._may_run_on(label, heading)):
            return goes_on
        if begins and first is not None:
            return self._new_list(index, label, first, heading), first
        if label.place == 2 or label.glued:
            return None
        style, value = label.readings[0]
        if style in _TOP and value == self._resume.get(style, 0) + 1 and (heading or label.place == 0):
            return self._base(), (style, value)
        skipped = None if label.bare else self._goes_on(label, 3)
        if skipped:
            return skipped
        if style in _TOP and label.place == 0 and heading and not label.bare:
            before = next((s.value for s in self._stack if s.style == style), 0)
            return (self._base(), (style, value)) if value > before else None
        return None

    def _goes_on(self, label: Label, most: int) -> tuple[int, Reading] | None:
        """The innermost open sequence that the label goes on, at most so many numbers further."""
        for index in range(len(self._stack) - 1, -1, -1):
            entry = self._stack[index]
            for style, value in label.readings:
                if entry.style == style and 0 < value - entry.value <= most:
                    return index, (style, value)
        return None

    def _next_is(self, index: int, goes_on: Reading, first: Reading) -> bool:
        """Of "(i)" behind "(h)": whether "(ii)" comes before "(j)"."""
        for label in self._labels[index + 1 : index + 1 + _AHEAD]:
            if label.value(first[0]) == 2:
                return True
            if label.value(goes_on[0]) == goes_on[1] + 1:
                return False
        return False

    def _may_run_on(self, label: Label, heading: str) -> bool:
        """Whether a number inside a line is a section: after a full stop and, for letters, with a heading."""
        before = self._text[max(0, label.start - 3) : label.start].rstrip()
        if before.endswith((".", '."', ".\u201d", "]")):
            return bool(heading) or label.style == "section" or label.number.startswith("(")
        return bool(heading) and before.endswith((":", ";"))

    def _may_begin(self, index: int, label: Label, heading: str) -> bool:
        """Whether a list may begin here: on its own line, after a gap, or right behind the number it belongs to."""
        if label.place == 0:
            return not label.bare or bool(heading)
        before = self._text[max(0, label.start - 4) : label.start].rstrip()
        ends = before.endswith((".", ":", ";", "\u201d", '"'))
        if label.place == 1:
            return ends or bool(heading) or label.start - self._label_end < 8
        titled = bool(heading) and label.style in _TOP
        if before.endswith("."):
            near = bool(self._stack) and label.start - self._label_end < _NEAR
            return near or titled or self._second_follows(index, label)
        return before.endswith(":") and titled

    def _second_follows(self, index: int, label: Label) -> bool:
        """Whether the second number of a list comes soon, also behind a full stop."""
        for after in self._labels[index + 1 : index + 13]:
            if after.path[:-1] == label.path[:-1] and any(
                after.value(style) == 2 for style, v in label.readings if v == 1
            ):
                return after.place < 2 or self._text[max(0, after.start - 3) : after.start].rstrip().endswith(".")
        return False

    def _new_list(self, index: int, label: Label, first: Reading, heading: str) -> int:
        """Where a new list hangs: below what is open, or at the place of an earlier list of its style."""
        style = first[0]
        if style in _TOP:
            self._leave_exhibit(label)
        if style in {"section", "clause"} or self._headed:
            return self._base()
        same = next((i for i, s in enumerate(self._stack) if s.style == style), None)
        if same is None:
            return len(self._stack)
        return len(self._stack) if self._comes_back(index, style, self._stack[same].value, heading) else same

    def _comes_back(self, index: int, style: str, value: int, heading: str) -> bool:
        """Whether the earlier list goes on after the new one, which then stands inside it."""
        expected = 2
        ahead = self._labels[index : index + 1 + _AHEAD]
        for before, label in itertools.pairwise(ahead):
            now = label.value(style)
            if now == 1 and any(v > 1 and before.value(other) == v - 1 for other, v in label.readings):
                continue  # "I." behind "H." is a letter
            if label.style in OUTER or label.style in RANK or now == 1:
                return False
            again = now == value + 1 and label.place == 0 and not heading and bool(self._heading(label))
            if now == expected and not again:
                expected += 1
            elif now == value + 1 and label.place < 2:
                return True
        return False

    def _leave_exhibit(self, label: Label) -> None:
        """The contract's own clauses that come after a cover page with annexes and signatures are not the annexes'."""
        cover = not self._body and bool(self._stack) and self._stack[0].style in OUTER and label.readings[0][1] == 1
        if cover and _SIGNED.search(self._text, self._stack[0].start, label.start):
            self._stack.clear()
