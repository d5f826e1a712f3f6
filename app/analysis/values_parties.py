"""The parties: name, defined name, role and entity form, from the words that name them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

FORM = (
    r"(?:Inc|Incorporated|Corp|Corporation|LLC|L\.L\.C|Ltd|Limited|LLP|L\.L\.P|LP|L\.P|PLC|plc|Company|Co|GmbH|AG|S\.?A\.?(?:R\.?L|S)?|B\.?V|N\.?V"
    r"|Pty|S\.?p\.?A|S\.?r\.?l|KG|A/S|AB|Oy|K\.K|N\.A|PLLC|P\.C|Trust|Bank|University|Fund|Partnership|Foundation|Association|Authority|Pte|Bhd|SE|ApS|Bancorp|Partners)"
)
_QUOTES = "\"“”'‘’"
_DEFINED = re.compile(
    rf"\(\s*(?:[^()]{{0,160}}?[\s,;]|)?(?:the\s+)?[{_QUOTES}]\s*(?P<name>[^{_QUOTES}()]{{1,60}}?)\s*,?\s*[{_QUOTES}](?P<more>[^()]*)\)",
    re.IGNORECASE,
)
_NAME = re.compile(
    rf"(?P<name>(?:[A-Z0-9][\w&.'’/()-]*|&|of|and|the|de|von|for)(?:[ ,\n]+(?:[A-Z0-9(][\w&.'’/)-]*|&|of|and|the|de|von|for))*?[ ,\n]+\(?{FORM}\b\)?\.?(?:[, ]+{FORM}\b\.?)*)"
)
_LEAD = re.compile(
    r"^(?:by\s+and\s+between|by\s+and\s+among|between|among|and|the\s+parties|with|to|of|by)\b[\s,:]*", re.IGNORECASE
)
_SKIP = {"party", "parties", "agreement", "effective date", "contract", "this agreement", "date"}
_ROLES = {
    "customer": ("customer", "client", "buyer", "purchaser", "subscriber", "end user", "company"),
    "supplier": (
        "supplier",
        "seller",
        "vendor",
        "provider",
        "service provider",
        "contractor",
        "consultant",
        "manufacturer",
    ),
    "licensor": ("licensor", "franchisor", "owner"),
    "licensee": ("licensee", "franchisee"),
    "discloser": ("discloser", "disclosing party"),
    "recipient": ("recipient", "receiving party"),
    "employer": ("employer",),
    "employee": ("employee", "executive"),
    "controller": ("controller", "data controller"),
    "processor": ("processor", "data processor"),
    "distributor": ("distributor", "reseller", "dealer", "agent", "marketing affiliate"),
}


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
        return {
            "name": self.name,
            "defined": self.defined,
            "role": self.role,
            "form": self.form,
            "read_from": [self.start, self.end],
        }


def read_parties(text: str, start: int, end: int) -> list[Party]:
    """The parties named in text[start:end), in order."""
    found: list[Party] = []
    taken = start
    for match in _DEFINED.finditer(text, start, end):
        defined = " ".join(match["name"].split())
        if defined.casefold() in _SKIP or len(defined) < 2:
            continue
        name = _name_before(text, taken, match.start())
        if name:
            found.append(_party(text, name, defined))
        taken = match.end()
    if not found:
        found = [_party(text, (m.start("name"), m.end("name")), "") for m in _NAME.finditer(text, start, end)]
    return _distinct(found)


def _name_before(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The full name that a defined name in brackets stands for: the first entity name before it."""
    names = list(_NAME.finditer(text, start, end))
    if names:
        return names[0].start("name"), names[0].end("name")
    body = text[start:end]
    cut = max((m.end() for m in re.finditer(r"(?:\b(?:and|between|among|with)\b|[;:\n])\s*", body)), default=0)
    piece = re.match(r"(?:the\s+)?([A-Z][^,(\n]{2,80})", body[cut:])
    if not piece:
        return None
    return start + cut + piece.start(1), start + cut + piece.end(1)


def _party(text: str, span: tuple[int, int], defined: str) -> Party:
    """A party with its name trimmed, its form and its role."""
    start, end = span
    lead = _LEAD.match(text[start:end])
    while lead and lead.end():
        start += lead.end()
        lead = _LEAD.match(text[start:end])
    while end > start and text[end - 1] in " ,;\n":
        end -= 1
    name = " ".join(text[start:end].split())
    form = re.search(rf"\b({FORM})\b\.?\)?$", name)
    role = next((r for r, words in _ROLES.items() if defined.casefold() in words), "")
    return Party(name, defined, role, form.group(1) if form else "", start, end)


def _distinct(parties: Sequence[Party]) -> list[Party]:
    """Each name once."""
    kept: dict[str, Party] = {}
    for party in parties:
        kept.setdefault(re.sub(r"\W+", "", party.name).casefold(), party)
    return [party for key, party in kept.items() if key]
