"""Cross-references of a contract: which clause or attachment each names, and whether it is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.numbering import OUTER
from app.domain.sections import Section, clause_number

_REFERENCE = re.compile(
    r"\b(?P<word>Sections?|[Cc]lauses?|Articles?|[Pp]aragraphs?|Exhibits?|Schedules?|Annex(?:es)?|Appendix|Attachments?"
    r"|SECTIONS?|ARTICLES?|EXHIBITS?|SCHEDULES?)"
    r"[ \xa0]+[\"\u201c]?"
    r"(?P<id>\d{1,3}(?:\.\d{1,3})*(?![\w-])(?:\([a-zA-Z0-9]{1,4}\))*|[IVXLC]{1,7}\b(?!-)|[A-Z](?:-?\d{1,2})?\b)"
)
_ON = r"(?:(?!Section|Article|Clause|Paragraph)[^.;\n]|\.\d)"  # goes on in the sentence, over "15.7" too
_ELSEWHERE_AFTER = re.compile(
    _ON + r"{0,40}?\b(?:of|to|in|under|OF) (?:the|THE|that|any|such|its|their|said|each) "
    r"(?!(?:this )?(?:Agreement|Contract|Lease)\b)(?:[A-Z0-9\[\u201c\"]|\w+ agreement)"
    r"|"
    + _ON
    + r"{0,30}?\b(?:Act|Code|Laws?|Rules?|Regulations?|U\.S\.C|C\.F\.R|thereof|thereto|therein|Directive|GDPR|"
    r"Statutes?|Bylaws|Charter|Policy|Treasury|Form|Subpart)\b"
    r"|,? (?:of|to) (?:Schedule|Exhibit|Annex|Appendix|[A-Z][\w&.'\u2019-]+(?: [A-Z][\w&.'\u2019-]+)*['\u2019]s )"
    r"|(?: and | or |, )?" + _ON + r"{0,20}? of (?:the )?[A-Z]{2,}\b"
)
_ELSEWHERE_BEFORE = re.compile(
    r"(?:U\.?S\.?C\.?|C\.?F\.?R\.?|I\.?R\.?C\.?|Code|Act|Law|Regulations?|Rule|Form|GDPR|\u00a7|SEC|D?FARS?|Part \d+)"
    r"[ ,.]*(?:of \d{4},? )?\Z"
    r"|\b(?:this|former|new|old|existing|deleted|amend|amended|replacing|replace)[ \xa0]\Z",
    re.IGNORECASE,
)
_CONTRACT_AGAIN = re.compile(r"[^.;\n]{0,30}?\b(?:of|to|in|under) (?:this|the) (?:Agreement|Contract|Lease)\b")
_FILED = re.compile(
    r"\d{1,3}\.\d|\d{2,3}\(|99\b|13[DFG]?\b|14A?\b|TO\b"
)  # a filing's own exhibits and the SEC's schedules
_DOTTED = re.compile(
    r"(?:^|[ \t\xa0])(?P<n>\d{1,3}(?:\.\d{1,3})+)(?:[.):]?[ \t\xa0]+[\"\u201cA-Z(\[]|[.):]?[ \t\xa0]*$)", re.MULTILINE
)
_WHOLE = re.compile(
    r"(?:^|[ \t\xa0]{2}|[.;:\u201d\"] )(?:(?:Section|Article|SECTION|ARTICLE) )?(?P<n>\d{1,3})"
    r"(?:[.):][ \t\xa0]+[\"\u201cA-Z(\[\d]|[.):]?[ \t\xa0]*$)",
    re.MULTILINE,
)
_ATTACHMENT = re.compile(
    r"\b(?P<word>Exhibit|Schedule|Annex|Appendix|Attachment|EXHIBIT|SCHEDULE|ANNEX|APPENDIX|ATTACHMENT)[ \xa0-]+"
    r"[\"\u201c]?(?P<id>\d{1,3}(?:\.\d{1,3})*(?![\w-])|[IVXLC]{1,7}\b(?!-)|[A-Z](?:-?\d{1,2})?\b)[\"\u201d]?"
)
_SPOKEN = re.compile(r"\b(?:shall|is|are|hereto|attached|hereof)\b")
_CAPITALS_AFTER = re.compile(r"[:.]?\s+(?!shall|attached|hereto)[A-Z\n]")
_CITING = frozenset("section article clause paragraph in to of on and or as the use attached see under".split())  # noqa: SIM905
_RELATIVE = frozenset({"paragraph"})  # counted from where it is said: not told as broken
_TRUST = 0.34  # more broken references than this of all: the numbering could not be read, which is no fault of the text


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference at [start, end), as `number` ("Section 5.2(a)"); `target` is the section's start, None if broken."""

    number: str
    start: int
    end: int
    target: int | None


def find_references(text: str, sections: tuple[Section, ...]) -> tuple[Reference, ...]:
    """References in order, resolved or surely broken.

    Left out: those to statutes, filings and other agreements; the headings themselves; "this Section 5"; what may be
    a sub-paragraph inside a sentence; and all broken references to clauses where so many break that the contract's
    numbers were not understood. Exhibits and schedules are broken where they are named and not attached to the text.
    """
    starts = {section.start for section in sections}
    places, printed = _attached(text) | _places(sections), _printed(text)
    found: list[Reference] = []
    for match in _REFERENCE.finditer(text):
        if match.start() in starts or _elsewhere(text, match):
            continue
        reference = _resolve(match, places, printed)
        if reference is not None:
            found.append(reference)
    clauses = [ref for ref in found if _kind(ref.number.split()[0]) not in OUTER]
    broken = sum(ref.target is None for ref in clauses)
    if broken > max(2, _TRUST * len(clauses)):
        unsure = {ref.start for ref in clauses if ref.target is None}
        found = [ref for ref in found if ref.start not in unsure]
    return tuple(found)


def _elsewhere(text: str, match: re.Match[str]) -> bool:
    """Whether the reference is to a statute, another document, or no reference at all."""
    kind = _kind(match["word"])
    before = text[max(0, match.start() - 40) : match.start()]
    if _ELSEWHERE_BEFORE.search(before):
        return True
    if kind in OUTER:
        return bool(_FILED.match(text, match.start("id")) or re.match(r" to (?:Sub)?[Pp]art", text[match.end() :][:12]))
    if _CONTRACT_AGAIN.match(text, match.end(), match.end() + 80):
        return False
    return bool(_ELSEWHERE_AFTER.match(text, match.end(), match.end() + 90))


def _resolve(match: re.Match[str], places: dict[tuple[str, str], int], printed: dict[str, int]) -> Reference | None:
    """The reference with its target; None where it cannot be told whether the target is there."""
    kind, ident = _kind(match["word"]), match["id"].upper()
    target = places.get((kind, ident))
    if target is None and kind in OUTER:
        target = places.get((kind, ident[0])) if len(ident) > 1 and ident[0].isalpha() else None
    elif target is None:
        whole = ident.partition("(")[0]
        if (whole != ident and (kind, whole) in places) or match["word"].lower().rstrip("s") in _RELATIVE:
            return None  # its sub-paragraphs stand inside a sentence
        if whole.isalpha() and kind == "":
            return None  # "Section A" of a form
        target = places.get((kind, whole + ".1"))  # "Section 4" where only 4.1, 4.2 are printed
        target = printed.get(whole) if target is None else target
    word = match["word"].title() if match["word"].isupper() else match["word"]
    return Reference(f"{word} {match['id']}", match.start(), match.end(), target)


def _printed(text: str) -> dict[str, int]:
    """Numbers that stand as a clause's own, before a capital or alone on a line, to their first place.

    They are there for a reader, whether or not the section tree holds them.
    """
    found: dict[str, int] = {}
    for pattern in (_DOTTED, _WHOLE):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 12) : match.start("n")].split()
            if pattern is _WHOLE or not before or before[-1].casefold().rstrip("s") not in _CITING:
                found.setdefault(match["n"], match.start("n"))
    return found


def _attached(text: str) -> dict[tuple[str, str], int]:
    """Attachments whose names stand as headings (at a line's start, in capitals, behind a full stop), as _places."""
    found: dict[tuple[str, str], int] = {}
    for match in _ATTACHMENT.finditer(text):
        start, end = match.span()
        before, after = text[max(0, start - 24) : start], text[end : end + 60]
        cited = bool(before.split()) and before.split()[-1].casefold() in _CITING
        at_line = not before.rpartition("\n")[2].strip('*#"\u201c([ \t\xa0') and ("\n" in before or start < 24)
        heads = (
            (at_line and not _SPOKEN.search(after.partition("\n")[0]) and re.match(r"[\s.:\u2013\u2014)\]-]|\Z", after))
            or (match["word"].isupper() and not cited and _CAPITALS_AFTER.match(after))
            or (
                before[-2:-1] in (".", "]", "\n") and re.match(r"[ \xa0]+(?!The\b|Any\b|All\b|Each\b|In\b)[A-Z]", after)
            )
            or (not cited and re.match(r"[ \xa0]+[\u2013\u2014-][ \xa0]+[A-Z]", after))
        )
        if heads:
            found.setdefault((_kind(match["word"]), match["id"].upper()), start)
    return found


def _kind(word: str) -> str:
    """Clauses are cited by many words; articles and what is attached by their own."""
    low = word.lower()
    low = "annex" if low == "annexes" else low[:-1] if low.endswith("s") else low
    return "" if low in {"section", "clause", "paragraph"} else low


def _places(sections: Sequence[Section]) -> dict[tuple[str, str], int]:
    """(kind, number in capitals) to the start of the first section that bears it."""
    places: dict[tuple[str, str], int] = {}
    for section in sections:
        if not section.number:
            continue
        word, _, ident = section.number.rpartition(" ")
        ident = ident.upper().strip('"\u201c\u201d')
        places.setdefault((_kind(word), ident), section.start)
        if not word or _kind(word) not in OUTER:
            places.setdefault(("article", ident), section.start)
            places.setdefault(("", ident), section.start)
        cited = (clause_number(tuple(sections), section.start) or "").rpartition(" ")[2].upper()
        places.setdefault(("", cited), section.start)
        places.setdefault(("article", cited), section.start)
        if "." in ident and ident.replace(".", "").isdigit():  # "Section 4.1(a)" and "Section 4.1.a"
            head, _, tail = ident.rpartition(".")
            places.setdefault(("", f"{head}({tail})"), section.start)
    return places
