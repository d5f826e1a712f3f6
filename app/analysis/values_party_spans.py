"""Parties where no list names them: from the passages found for "Parties", and from the signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.analysis.values_names import NAME_WORD, STRONG, has_form, is_entity, is_place, looks_person, name_at
from app.analysis.values_party_lists import Listed
from app.analysis.values_party_terms import definer_after

_WITNESS = re.compile(
    r"\bIN\s+WITNESS\s+W[HE]+REOF\b|\bhave\s+(?:caused|executed|signed|duly)\b|\bexecuted\s+(?:as\s+of|by|in)\b|/s/"
    r"|\bBy\s*:",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\bBy\s*:|/s/|\bSigned\s+(?:for|by)\b|\bIts\s*:|\bName\s*:", re.IGNORECASE)
_START = re.compile(
    r"(?:^|\n|\b(?:Title|Date|Officer|Director|President|Secretary|Signatory|Attorney"
    r"|for\s+and\s+on\s+behalf\s+of)\b[^\n]{0,12}?|:|\s{3,}|\.\s|\d\s)\s*"
)
_AGENT = re.compile(
    r"\b(?:By|general\s+partner|managing\s+member|sole\s+member|investment\s+manager|its)\s*:?\s*$", re.IGNORECASE
)
_SIGNING = re.compile(r"\b(?:By|BY)\s*:\s*$")  # "By: X LLC, its general partner": who signs for a party
_QUOTED = re.compile(r"[(\"“‘?]\s*(?:the\s+|each\s+|collectively,?\s+)?[\"“‘]?$|[\"“”]|\(")
_OF_OTHERS = re.compile(
    r"(?<!\bon )\b(?:subsidiary|division|unit|affiliate|member|shareholders?|behalf|d/?b/?a|part)\b[^.;]{0,8}$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?<![\w.,;:&'’-])(?P<word>[A-Z][\w&-]+)[ \t]{1,3}$")
_NO_PART = re.compile(
    r"(?:And|AND|Between|BETWEEN|By|The|THE|Name|Legal|Full|Title|Version|Date|Officer|Director|President|Signatory"
    r"|Secretary"
    r"|To|From|Attn|Company|Agreement|AGREEMENT|LLC|Inc|INC|Limited|LIMITED|LTD|Ltd|Corporation|United|States|LOGO"
    r"|Attorney|Partner)"
)
_FOR_OTHERS = re.compile(r"\b(?:By|Its|for|behalf)\b\s*:?\s*$|\b[Bb]y\s*:[^\n]{0,40}$")
_OFFICE = re.compile(
    r"\b(?:Title|Its|By|President|Officer|Director|Manag\w+|Member|Partner|Secretary|Treasurer|Counsel|Attorney|Authori[sz]ed|Chair\w*"
    r"|CEO|CFO|COO|Vice|VP|Principal|Owner|Head|Trustee|Signatory|Executive)\b",
    re.IGNORECASE,
)
# A name with a dash in it, where the passage is the name and no more: "Mezzanine Partners - Master Fund II, L.P."
_DASHED = re.compile(rf"{NAME_WORD}(?:,?\s+(?:[-–]\s+)?(?:{NAME_WORD}|of|the|for|and))*,?\s+{STRONG}\.?")
_LONG = 160


def from_spans(text: str, spans: Iterable[tuple[int, int]]) -> list[Listed]:
    """The names that begin in or run into the passages, with the defined name after each.

    A name without a form of entity counts only where the passage is the name and no more. Passages that are defined
    names themselves (in quotation marks or brackets) are passed over.
    """
    found: list[Listed] = []
    for start, end in spans:
        before = text[max(0, start - 30) : start]
        if _SIGNING.search(before):
            continue
        if end - start > _LONG or _QUOTED.search(before[-14:] + text[start : start + 2]) or _OF_OTHERS.search(before):
            continue
        span = _around(text, start, end)
        if span is None or span[0] >= end:
            continue
        name = text[span[0] : span[1]]
        formed = is_entity(text, *span)
        if formed or (span[0] >= start and span[1] <= end + 1 and looks_person(name)):
            found.append(Listed(*span, definer_after(text, span[1]), formed))
    return found


def _around(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The whole name that a passage is a part of: its first words may stand right before the passage."""
    begin = start
    upper = text[start : start + 4].isupper()
    while word := _BEFORE.search(text, max(0, begin - 30), begin):
        if word["word"].isupper() != upper or _NO_PART.fullmatch(word["word"]) or begin - start < -60:
            break
        begin = word.start("word")
    whole = name_at(text, begin, min(len(text), end + 90)) if begin < start else None
    if whole and whole[1] > start and has_form(text[whole[0] : whole[1]]):
        return whole
    if re.search(r"\s[-–]\s", text[start:end]) and _DASHED.fullmatch(text, start, end):
        return start, end
    place = re.compile(r"([A-Z][\w ]{2,20}),\s+").match(text, start, end)
    start = place.end() if place and is_place(place[1]) else start
    longer = name_at(text, start, min(len(text), end + 90))
    return (
        longer
        if longer is None or longer[1] <= end + 1 or has_form(text[slice(*longer)])
        else name_at(text, start, end)
    )


def _signer(text: str, mark: re.Match[str]) -> tuple[int, int] | None:
    """The person who signs for himself: "/s/ Ann Lee" with no "By:" before it and no office after it."""
    if mark.group() != "/s/" or _FOR_OTHERS.search(text, max(0, mark.start() - 60), mark.start()):
        return None
    begin = re.compile(r"[\s_]*").match(text, mark.end())
    span = name_at(text, begin.end(), min(len(text), begin.end() + 60)) if begin else None
    if span is None or not looks_person(text[span[0] : span[1]]) or has_form(text[span[0] : span[1]]):
        return None
    name = re.escape(text[span[0] : span[1]])
    again = re.compile(rf"[\s_-]*(?:Name\s*:\s*)?(?:{name})?", re.IGNORECASE).match(text, span[1])
    after = text[again.end() if again else span[1] :][:60]
    return None if _OFFICE.search(after) or "/s/" in text[span[0] : span[1]] else span


def from_signatures(text: str) -> list[Listed]:
    """The entities that sign: names with a form of entity shortly before "By:" or "/s/", after the words of witness."""
    begin = _WITNESS.search(text, max(0, len(text) // 4))
    if begin is None:
        return []
    found: list[Listed] = []
    last = begin.start() if begin.group()[:2].casefold() in ("in", "ha", "ex") else max(0, begin.start() - 260)
    for match in _SIGNED.finditer(text, begin.start()):
        if person := _signer(text, match):
            found.append(Listed(*person, "", False))
            last = person[1]
            continue
        low = max(last, match.start() - 260)
        best: tuple[int, int] | None = None
        for place in _START.finditer(text, low, match.start()):
            span = name_at(text, place.end(), match.start())
            if span and has_form(text[span[0] : span[1]]) and not _AGENT.search(text, max(low, span[0] - 20), span[0]):
                best = best or span
        if best:
            found.append(Listed(*best, "", True))
        last = match.end()
    return found
