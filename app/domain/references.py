"""Cross-references of a contract: which clause each names, and whether it is there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.sections import Section, clause_number

_REFERENCE = re.compile(
    r"\b(?P<word>Sections?|Clauses?|Articles?|Paragraphs?|Exhibits?|Schedules?|Annex(?:es)?|Appendix|Attachments?)"
    r"[ \xa0](?P<id>\d{1,3}(?:\.\d{1,3})*(?:\([a-zA-Z0-9]{1,4}\))*|[IVXLC]{1,7}\b|[A-Z](?:-?\d{1,2})?\b)"
)
_ELSEWHERE = re.compile(
    r"[^.;]{0,40}?\bof (?:the|that|any|such) (?!(?:this )?(?:Agreement|Contract)\b)[A-Z]"
    r"|[^.;]{0,30}?\b(?:Act|Code|Law|Rules?|Regulations?|U\.S\.C|C\.F\.R|thereof|Directive|GDPR)\b"
)
_KINDS = {"annexes": "annex"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference at [start, end), as `number` ("Section 5.2(a)"); `target` is the section's start, None if broken."""

    number: str
    start: int
    end: int
    target: int | None


def find_references(text: str, sections: tuple[Section, ...]) -> tuple[Reference, ...]:
    """References in order; those to statutes and other agreements, and the headings themselves, are left out."""
    starts = {section.start for section in sections}
    places = _places(sections)
    found = []
    for match in _REFERENCE.finditer(text):
        if match.start() in starts or _ELSEWHERE.match(text, match.end(), match.end() + 80):
            continue
        kind = _kind(match["word"])
        target = places.get((kind, match["id"].upper()))
        if (
            target is None
            and "(" in match["id"]
            and places.get((kind, match["id"].partition("(")[0].upper())) is not None
        ):
            continue  # the clause is there; its sub-paragraphs stand inside a sentence
        found.append(Reference(f"{match['word']} {match['id']}", match.start(), match.end(), target))
    return tuple(found)


def _kind(word: str) -> str:
    """Clauses are cited by many words; articles and what is attached by their own."""
    low = word.lower()
    low = _KINDS.get(low, low[:-1] if low.endswith("s") else low)
    return "" if low in {"section", "clause", "paragraph"} else low


def _places(sections: tuple[Section, ...]) -> dict[tuple[str, str], int]:
    """(kind, number in capitals) to the start of the first section that bears it."""
    places: dict[tuple[str, str], int] = {}
    for section in sections:
        if not section.number:
            continue
        word, _, ident = section.number.rpartition(" ")
        places.setdefault((_kind(word), ident.upper()), section.start)
        places.setdefault(("article", ident.upper()), section.start)
        cited = clause_number(sections, section.start) or ""
        places.setdefault(("", cited.rpartition(" ")[2].upper()), section.start)
    return places
