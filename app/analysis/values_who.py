"""Who may, must or must not: whether a clause binds both sides or one, and which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_MUTUAL = re.compile(
    r"\b(?:either\s+party|each\s+party|both\s+parties|neither\s+party"
    r"|(?<!between\s)(?<!among\s)the\s+parties|each\s+of\s+the\s+parties|no\s+party"
    r"|any\s+party|a\s+party|one\s+party|parties\s+(?:shall|may|agree|will)|mutual(?:ly)?)\b",
    re.IGNORECASE,
)
_MODAL = (
    r"(?:shall|will|may|must|agrees?|covenants?|undertakes?|is\s+not"
    r"|is\s+entitled|has\s+the\s+right|reserves|hereby|grants?|represents|warrants|can)"
)
_ROLES = (
    r"(?:Customer|Client|Buyer|Purchaser|Subscriber|Supplier|Seller|Vendor|Provider|Service\s+Provider|Contractor|Subcontractor|Consultant"
    r"|Manufacturer|Licensor|Licensee|Franchisor|Franchisee|Sponsor|Distributor|Reseller|Dealer|Agent|Employer|Employee|Executive"
    r"|Company|Owner|Developer|Publisher|Producer|Party\s+[A-D])"
)
_OPTIONAL = r"(?:\s+and\s+its\s+[^.;]{1,120}?)?(?:\s*,[^.;]{1,80}?,)?\s+(?:also\s+|further\s+|hereby\s+|each\s+)?"

_DONE_BY = r"\b(?:not\s+)?be\s+\w+(?:ed|en|ld)\s+(?:\w+\s+){0,3}?by\s+"
# "Customer shall be indemnified by Supplier", "Customer agrees that Supplier may": the other acts.
_OTHER_ACTS = rf"\s+{_DONE_BY[2:]}|\s+that\s+(?!it\b|he\b|she\b|they\b)"


def _both_named(text: str, start: int, end: int, names: Sequence[str]) -> re.Match[str] | None:
    """ "Either Affiliate or Chase may": two parties named as one subject."""
    known = "|".join([*(re.escape(name) for name in sorted(names, key=len, reverse=True) if name), f"(?-i:{_ROLES})"])
    pair = rf"(?:the\s+)?(?:{known})\s*,?\s+(?:or|nor|and)\s+(?:the\s+)?(?:{known})"
    pattern = rf"\b(?:either|neither|both|each\s+of)\s+{pair}|(?<!\w){pair}\s+(?:each\s+|also\s+|hereby\s+)?{_MODAL}\b"
    return re.compile(pattern, re.IGNORECASE).search(text, start, end)


def _liable(text: str, names: Sequence[str]) -> tuple[int, int, str] | None:
    """The first party whose liability a clause speaks of: "B shall have no liability", "liability of the Supplier"."""
    best: tuple[int, int, str] | None = None
    for name in filter(None, names):
        known = rf"(?<!\w)(?:the\s+)?{re.escape(name)}(?!\w)"
        pattern = (
            rf"{known}(?:['\u2019]s)?\s+(?:\w+\s+){{0,5}}liab(?:le|ility)\b"
            rf"|\bliab(?:le|ility)\s+(?:of|for)\s+{known}|\b(?:shall|will)\s+{known}[^.;]{{0,60}}\bbe\s+liable\b"
        )
        match = re.search(pattern, text, re.IGNORECASE)
        if match and (best is None or match.start() < best[0]):
            best = (match.start(), match.end(), name)
    return best


def _subject(words: str, names: Sequence[str]) -> tuple[int, int, str] | None:
    """The party that is the subject of the first duty or right: "X shall", "under no circumstances shall X"."""
    best: tuple[int, int, str] | None = None
    for name in filter(None, names):
        known = rf"(?<!\w)(?:the\s+)?{re.escape(name)}(?!\w)"
        match = re.search(
            rf"{known}{_OPTIONAL}{_MODAL}\b(?!{_OTHER_ACTS})|{_DONE_BY}{known}"
            rf"|\b(?:shall|will|may|must)\s+{known}\s+(?!be\b)[a-z]+",
            words,
            re.IGNORECASE,
        )
        if match and (best is None or match.start() < best[0]):
            best = (match.start(), match.end(), name)
    return best


def _role(words: str) -> tuple[int, int, str] | None:
    """The same by a usual name of a side, for contracts whose parties were read without it: "Sponsor must"."""
    match = re.search(
        rf"(?<!\w)(?:[Tt]he\s+)?(?P<role>(?-i:{_ROLES}))(?!\w){_OPTIONAL}{_MODAL}\b"
        rf"|\b(?:shall|will|may|must)\s+(?:the\s+)?(?P<after>(?-i:{_ROLES}))(?!\w)\s+(?!be\b)[a-z]+",
        words,
        re.IGNORECASE,
    )
    return (match.start(), match.end(), match["role"] or match["after"]) if match else None


def read_who(text: str, start: int, end: int, names: Sequence[str], *, liable: bool = False) -> dict[str, Any]:
    """{"who": "mutual" or a party's defined name, "read_from"}; empty where it cannot be told.

    `names` are the parties' defined and full names. The party that is the subject of the first duty or right counts;
    where `liable`, the first party whose liability is spoken of, if one is.
    """
    both = [m for m in (_MUTUAL.search(text, start, end), _both_named(text, start, end, names)) if m]
    mutual = min(both, key=lambda match: match.start(), default=None)
    best = _liable(text[start:end], names) if liable else None
    best = best or _subject(text[start:end], names) or _role(text[start:end])
    if mutual and (best is None or mutual.start() - start <= best[0]):
        return {"who": "mutual", "read_from": [mutual.start(), mutual.end()]}
    if best:
        return {"who": best[2], "read_from": [start + best[0], start + best[1]]}
    return {}
