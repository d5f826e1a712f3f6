"""The parties: name, defined name, role and entity form, from the words that name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.analysis.values_places import find_places

FORM = (
    r"(?:Inc|Incorporated|Corp|Corporation|LLC|L\.\s?L\.\s?C|LTD|Ltd|Limited"
    r"|LLP|L\.L\.P|LP|L\.\s?P|PLC|plc|Company|Co|GmbH|AG|S\.?A\.?(?:R\.?L|S)?"
    r"|S\.à\.?\s?r\.l|B\.?V|N\.?V|Pty|S\.?p\.?A|S\.?r\.?l|KG|A/S|S/A|AB"
    r"|Oy|K\.K|N\.A|PLLC|P\.C|Trust|Bank|University|Fund|Partnership"
    r"|Foundation|Association|Authority|Pte|Bhd|SE|ApS|Bancorp|Partners|Institute|Group|Holdings|MHC)"
)
_WEAK = (
    r"(?:Company|Co|Trust|Bank|University|Fund|Partnership|Foundation"
    r"|Association|Authority|Partners|Institute|Group|Holdings|AG|SE"
    r"|AB)\b"
)
_QUOTES = "\"“”'‘’?"
_ANCHOR = re.compile(r"\b(?:between|among(?:st)?)\b\s*:?(?:\s+and\s+(?:between|among)\b)?\s*", re.IGNORECASE)
_DEFINED = re.compile(
    rf"\(\s*(?P<lead>[^()]{{0,120}}?)[{_QUOTES}]\s*(?P<name>[^{_QUOTES}()]{{1,60}}?)\s*,?\s*[{_QUOTES}](?P<more>[^()]*)\)"
    rf"|,?\s*(?:here(?:in)?after"
    rf"|herein)[^.;()]{{0,60}}?[{_QUOTES}]\s*(?P<name2>[^{_QUOTES}()]{{1,60}}?)\s*,?\s*[{_QUOTES}]"
    r"|\((?P<name3>[A-Z][\w& .-]{1,30})\)",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\b(?:WHEREAS|WITNESSETH|RECITALS?|BACKGROUND|NOW,?\s+THEREFORE"
    r"|IN\s+CONSIDERATION|The\s+parties\s+(?:hereby\s+)?agree"
    r"|hereby\s+agree)\b"
    r"|\n\s*(?:1\.|ARTICLE|SECTION|I\.)\s",
    re.IGNORECASE,
)
_TOKEN = r"(?:[A-Z0-9À-Þ][\w&.'’/+@!-]*|&|\((?:[A-Z][\w.]*\s?){1,3}\))"
_JOIN = r"(?:of|the|for|de|von|van|du|d/b/a|f/k/a|and|de\s+la|in|at)"
_RUN = re.compile(rf"(?:[Tt]he\s+|THE\s+)?(?P<name>{_TOKEN}(?:(?:\s+{_JOIN}){{0,2}}\s+{_TOKEN}|\s*,\s*{FORM}\b\.?)*)")
_HAS_FORM = re.compile(rf"(?<![\w]){FORM}\b\.?\)?", re.IGNORECASE)
_SPLIT = re.compile(r"(?:,|;|\n|\)|\.)?\s*\band\b\s*,?\s+(?:-\s+)?(?:between\s+)?|[;]\s*|\n\s*\n\s*", re.IGNORECASE)
_SKIP = re.compile(
    (
        r"^(?:the\s+)?(?:part(?:y|ies)|(?:this\s+)?(?:\w+\s+){0,3}agreement"
        r"|effective\s+date|contract|date|amendment|term)\b"
    ),
    re.IGNORECASE,
)
_NOT_NAME = re.compile(
    r"^(?:a|an|this|that|these|any|which|such|each|whose|having|with|located"
    r"|article|section|exhibit|suite|floor|street|p\.?\s?o\.?|p\.?o\.?\s?box"
    r"|state|the\s+state|attn|attention|delaware\s+\w+|whereas|agreement|tel|page|hereinafter|collectively"
    r"|together|you|and|conditions|terms|recitals|r\s+e\s+c|[a-h1-9]\.|your|address|background)\b",
    re.IGNORECASE,
)
_ROLES = {
    "customer": ("customer", "client", "buyer", "purchaser", "subscriber", "end user", "recipient of services"),
    "supplier": (
        "supplier", "seller", "vendor", "provider", "service provider", "contractor", "consultant", "manufacturer",
        "servicer", "independent contractor", "administrator", "servicing agent",
    ),
    "licensor": ("licensor", "franchisor", "owner", "developer"),
    "licensee": ("licensee", "franchisee"),
    "discloser": ("discloser", "disclosing party"),
    "recipient": ("recipient", "receiving party"),
    "employer": ("employer",),
    "employee": ("employee", "executive"),
    "controller": ("controller", "data controller"),
    "processor": ("processor", "data processor"),
    "distributor": ("distributor", "reseller", "dealer", "agent", "marketing affiliate", "network affiliate"),
}  # fmt: skip
_REACH = 2200


@dataclass(frozen=True, slots=True)
class Party:
    """A party as the contract names it; [start, end) is its full name. Unknown parts are ""."""

    name: str
    defined: str
    role: str
    form: str
    start: int
    end: int

    def as_value(self) -> dict[str, Any]:
        """JSON-like."""
        span = [self.start, self.end]
        return {"name": self.name, "defined": self.defined, "role": self.role, "form": self.form, "read_from": span}


def read_parties(text: str, start: int, end: int) -> list[Party]:
    """The parties named in text[start:end), in order; a list that runs on is followed a little past the end."""
    anchor = _anchor(text, start, end)
    begin = anchor if anchor is not None else start
    stop = min(len(text), max(end, begin + _REACH)) if anchor is not None else end
    halt = _STOP.search(text, begin, stop)
    stop = halt.start() if halt and halt.start() > begin + 40 else stop
    found = _listed(text, begin, stop)
    if not found:
        found = [_party(text, span, "") for span in _names(text, begin, min(stop, end)) if _formed(text, span)]
    return _distinct(found)


def _anchor(text: str, start: int, end: int) -> int | None:
    """Where the list of parties begins: after the first "between" or "among" that a name follows."""
    for match in _ANCHOR.finditer(text, start, end):
        after = text[match.end() : match.end() + 5]
        if re.match(r"(?:the\s|[\[(]?[A-Z0-9\[(])", after):
            return match.end()
    return None


def _listed(text: str, start: int, stop: int) -> list[Party]:
    """The parties that carry a defined name, and those with an entity form named beside them."""
    found: list[Party] = []
    at = start
    for match in _DEFINED.finditer(text, start, stop):
        defined = " ".join((match["name"] or match["name2"] or match["name3"] or "").split())
        lead = match.groupdict().get("lead") or ""
        if _SKIP.match(defined) or re.search(r"\b(?:each|individually|jointly)\b", lead, re.IGNORECASE):
            if _SKIP.match(defined) and re.search(r"\bpart", defined, re.IGNORECASE) and len(found) >= 2:
                break
            continue
        if match["name3"] and not _all_defined_bare(defined):
            continue
        if match.start() - at > 900:
            break
        names = _names(text, at, match.start())
        strong = [span for span in names if _formed(text, span)]
        chosen = (strong or names)[: 3 if re.search(r"collectively|together|both", lead, re.IGNORECASE) else 1]
        found += [_party(text, span, defined) for span in chosen]
        at = match.end()
    tail = [span for span in _names(text, at, min(stop, at + 400)) if _formed(text, span)] if len(found) == 1 else []
    return found + [_party(text, span, "") for span in tail[:2]]


def _all_defined_bare(name: str) -> bool:
    """Whether a bracket without quotes is a defined name: "(Licensee)", not "(USA)"."""
    known = {word for words in _ROLES.values() for word in words}
    return name.casefold() in known


def _names(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of names at the start of the passage and after each "and", where one stands there."""
    places = [start, *(match.end() for match in _SPLIT.finditer(text, start, end))]
    spans = []
    for place in places:
        while place < end and text[place] in ' \t\r\n,;:-).("“”':
            place += 1
        match = _RUN.match(text, place, end)
        if not match:
            continue
        first, last = match.span("name")
        last = _cut(text, first, last)
        name = text[first:last].strip(" ,.;")
        if len(name) < 3 or _NOT_NAME.match(name) or name.isdigit() or _is_place(name):
            continue
        spans.append((first, last))
    return spans


def _cut(text: str, start: int, end: int) -> int:
    """Cut a run of names after its first strong entity form, or before "and" after a weak one."""
    for match in _HAS_FORM.finditer(text, start, end):
        rest = text[match.end() : end]
        weak = re.match(_WEAK, match.group(), re.IGNORECASE)
        if match.start() == start or _HAS_FORM.match(rest.lstrip(" ,.&")) or re.match(r"\s+(?:of|&)\s", rest):
            continue
        if not weak or re.match(r"\s+and\s|\s+\d", rest):
            return match.end()
    return end


def _is_place(name: str) -> bool:
    """Whether the words are a jurisdiction and nothing else."""
    return any(place.end - place.start >= len(name) - 1 for place in find_places(name))


def _formed(text: str, span: tuple[int, int]) -> bool:
    """Whether the name bears an entity form."""
    match = list(_HAS_FORM.finditer(text, *span))
    return bool(match) and match[0].start() > span[0]


def _party(text: str, span: tuple[int, int], defined: str) -> Party:
    """A party with its name trimmed, its form and its role."""
    start, end = span
    while end > start and text[end - 1] in " ,;\n":
        end -= 1
    name = " ".join(text[start:end].split())
    form = re.search(rf"\b({FORM})\b\.?\)?$", name, re.IGNORECASE)
    plain = re.sub(r"^the\s+", "", defined.casefold())
    role = next((r for r, words in _ROLES.items() if plain in words), "")
    return Party(name, re.sub(r"^[Tt]he\s+", "", defined), role, form.group(1) if form else "", start, end)


def _distinct(parties: Sequence[Party]) -> list[Party]:
    """Each name once."""
    kept: dict[str, Party] = {}
    for party in parties:
        kept.setdefault(re.sub(r"\W+", "", party.name).casefold(), party)
    return [party for key, party in kept.items() if key]


def parties_in(text: str, spans: Iterable[tuple[int, int]]) -> list[Party]:
    """The contract's parties from the clauses that name them: the first full list, else all that are named."""
    pooled: list[Party] = []
    for start, end in spans:
        found = read_parties(text, start, end)
        if len(found) >= 2 and any(party.defined for party in found):
            return found
        pooled += [party for party in found if party.defined or party.form]
    return _distinct(pooled)
