"""A contract cut into its clauses, for a comparison of wordings: numbered and headed parts, else paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.sections import Section, clause_number, find_sections

_LEAST = 25  # characters: what is shorter (a heading on its own) goes with what follows
_FEW = 3  # sections from which on a text counts as divided
_SIGNED = re.compile(r"IN WITNESS WHEREOF|^\s*(?:SIGNED|EXECUTED) (?:by|as a deed|for and on)", re.I | re.M)
_PARAGRAPH = re.compile(r"\S(?:.*?\S)?(?=\s*\n\s*\n|\s*\Z)", re.S)
_LABEL = re.compile(
    r"^\s*(?:(?:section|clause|article)\s+)?(?:\(?[\dA-Za-z]{1,4}(?:\.\d+)*[.)]|\d+(?:\.\d+)+)\s+", re.I | re.M
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A clause: [start, end), its number and heading for people, its words for comparing."""

    start: int
    end: int
    name: str
    words: str


def units_of(text: str) -> list[Unit]:
    """The clauses of a text in their order; the opening (parties) and the signatures are left out."""
    sections = find_sections(text)
    if len(sections) < _FEW:
        return [_unit(text, match.start(), match.end(), sections) for match in _PARAGRAPH.finditer(text)]
    signed = [match.start() for match in _SIGNED.finditer(text) if match.start() > len(text) // 3]
    last = min(signed, default=len(text))
    starts = [section.start for section in sections if section.start < last]
    found: list[Unit] = []
    begin: int | None = None
    for start, end in zip(starts, [*starts[1:], last], strict=True):
        begin = start if begin is None else begin
        if len(" ".join(unlabelled(text[begin:end]).split())) < _LEAST and end != last:
            continue
        found.append(_unit(text, begin, end, sections))
        begin = None
    return found


_PLAIN = str.maketrans("\u2018\u2019\u201c\u201d\u037e\xa0\u2010\u2011\u2012\u2013", "''\"\"; ----")


def plain(words: str) -> str:
    """With the plain sign for each of its typographic variants, one for one: they are no change of a clause."""
    return words.translate(_PLAIN)


def unlabelled(words: str) -> str:
    """A clause without its numbers, which differ where one before it was left out."""
    return _LABEL.sub("", words)


def _unit(text: str, start: int, end: int, sections: Sequence[Section]) -> Unit:
    end = start + len(text[start:end].rstrip())
    number = clause_number(sections, start) or ""
    heading = next((s.heading for s in reversed(sections) if s.start <= start < s.end and s.heading), "")
    name = " ".join(f"{number} {heading}".split())
    if not name:
        name = " ".join(text[start:end].split())[:60]
    return Unit(start, end, name, " ".join(plain(unlabelled(text[start:end])).split()).casefold())
