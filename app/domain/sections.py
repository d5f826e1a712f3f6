"""The section tree of a contract, from its text alone: numbered paragraphs and headings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.contents import without_contents, without_lists, without_pages, without_torn
from app.domain.headings import free_headings
from app.domain.numbering import OUTER, labels
from app.domain.section_tree import Found, TreeReader

_PLAIN = {"\xa0": " ", "\u2007": " ", "\u202f": " ", "\u2009": " ", "\u2003": " ", "\u2002": " ", "\u037e": ";"}


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


def find_sections(text: str) -> tuple[Section, ...]:
    """The sections of a text in order; () for nothing but prose. Linear in the length of the text."""
    for exotic, usual in _PLAIN.items():  # one for one: places stay what they are
        text = text.replace(exotic, usual)
    found = without_lists(without_contents(text, without_torn(text, without_pages(list(labels(text))))))
    reader = TreeReader(text, found)
    free = free_headings(text)
    at = 0
    for index, label in enumerate(found):
        while at < len(free) and free[at][0] < label.start:
            reader.heading(free[at][0], free[at][2])
            at += 1
        if at < len(free) and free[at][0] == label.start and label.style not in {"A.", "I.", "1"}:
            at += 1
        reader.label(index)
    for start, _, words in free[at:]:
        reader.heading(start, words)
    return _close(reader.found, len(text))


def _close(found: list[Found], length: int) -> tuple[Section, ...]:
    """Give every section its end: where the next of its level or above begins."""
    ends = [length] * len(found)
    open_: list[int] = []
    for index, section in enumerate(found):
        while open_ and found[open_[-1]].level >= section.level:
            ends[open_.pop()] = section.start
        open_.append(index)
    return tuple(Section(f.number, f.heading, f.level, f.start, end) for f, end in zip(found, ends, strict=True))


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
