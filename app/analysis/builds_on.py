"""Documents that are only part of a contract: order forms, cover pages, amendments, statements of work."""

from __future__ import annotations

import re

from app.domain.matter import ContractKind

_HEAD = 400  # characters that hold the title
_PART = re.compile(
    r"\b(?:cover page|order form|statement of work|\bsow\b|amendment|addendum|work order|task order"
    r"|purchase order|side letter"
    r"|supplement(?:al)? (?:agreement|terms)|amending agreement|waiver|renewal letter|joinder)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\bamended and restated\b", re.IGNORECASE)
_NAME = (
    r"(?P<name>(?:the )?(?:[\"“][^\"”\n]{3,80}[\"”]|(?:[A-Z][\w&'’.-]+ ){0,6}"
    r"(?:Agreement|Terms(?: of (?:Service|Use))?|Conditions|Contract|NDA|MSA|Addendum|Lease|Licen[cs]e)\b))"
)
_REFERS = re.compile(
    r"\b(?:incorporat\w+(?: by reference)?|subject to|governed by|forms? (?:a )?part of|part of|pursuant to|under"
    r"|amends?|amended|to amend|supplements?|modifications? (?:of|to)|in accordance with|terms of|attached to)\s+"
    r"(?:and \w+ )?(?:by )?(?:that certain )?" + _NAME
)
_THIS = re.compile(r"\bthis\b", re.IGNORECASE)


def builds_on(text: str, kind: ContractKind) -> str | None:
    """The name of the terms that this document only completes or changes; None where it stands by itself."""
    head = text[:_HEAD]
    if _WHOLE.search(head) or not (kind is ContractKind.AMENDMENT or _PART.search(head)):
        return None
    match = next((m for m in _REFERS.finditer(text, 0, 6000) if not _THIS.search(m["name"])), None)
    if match is None:
        return "another agreement" if kind is ContractKind.AMENDMENT else None
    name = " ".join(match["name"].strip('"“” ').split())
    return name[4:] if name.lower().startswith("the ") else name
