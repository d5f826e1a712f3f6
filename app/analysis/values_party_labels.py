"""Parties that stand in no list: after labels ("LICENSOR: X"), and names given a defined name in the opening."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.analysis.values_names import has_form, name_at
from app.analysis.values_party_lists import STOP, Listed
from app.analysis.values_party_terms import DEFINER, find_term, sentence_end

_WORD_START = re.compile(
    r"(?<![\w&.'’-])(?<![A-Za-z]\s)(?=[A-Z0-9])|(?:(?<=\bby\s)|(?<=\bwith\s)|(?<=\band\s)|(?<=\bof\s)"
    r"|(?<=\bthe\s)|(?<=\bwhich\s)|(?<=\bto\s)|(?<=\bthat\s)|(?<=\bengage\s)|(?<=\bretain\s))(?=[A-Z])"
)
_LABEL = re.compile(
    r"(?P<label>\bParty\s+(?:[A-D]|One|Two|[1-4])|\b(?:LICENSOR|LICENSEE|SPONSOR|CLIENT|CUSTOMER|SUPPLIER|VENDOR"
    r"|SELLER|BUYER|PURCHASER"
    r"|DISTRIBUTOR|RESELLER|CONSULTANT|CONTRACTOR|COMPANY|FRANCHISOR|FRANCHISEE|PRODUCER|PROVIDER|AGENT|OWNER"
    r"|MANUFACTURER|Licensor|Licensee"
    r"|Sponsor|Client|Customer|Supplier|Vendor|Seller|Buyer|Purchaser|Distributor|Reseller|Consultant|Contractor"
    r"|Company|Franchisor"
    r"|Franchisee|Producer|Provider|Agent|Owner|Manufacturer)(?:['’]?s?\s+(?:Full\s+)?(?:Legal\s+)?(?:NAME"
    r"|Name))?)[\"”]?\s*[:：]?\s+(?:(?:Name|NAME)\s*:\s*)?"
)


def find_definitions(text: str, start: int, end: int) -> Iterator[list[Listed]]:
    """Names with an entity form that are given a defined name at once, wherever they stand in the opening."""
    halt = STOP.search(text, start + 200, end)
    found: list[Listed] = []
    for match in DEFINER.finditer(text, start, halt.start() if halt else end):
        term = find_term(text, match.start(), match.end())
        low = max(start, match.start() - 200, found[-1].end if found else 0)
        for begin in _WORD_START.finditer(text, low, match.start()) if term else ():
            span = name_at(text, begin.start(), match.start())
            if span and has_form(text[span[0] : span[1]]) and sentence_end(text, span[1], match.start()) is None:
                found.append(Listed(*span, term[0] if term else "", True))
                break
    if len(found) > 1:
        yield found


def find_labels(text: str, start: int, end: int) -> Iterator[list[Listed]]:
    """Parties after labels: "Party A: X ... Party B: Y", "LICENSOR: X", "Company Name: X"; each label once."""
    found: dict[str, Listed] = {}
    for match in _LABEL.finditer(text, start, end):
        label = re.sub(
            r"['’]?s?(?: full)?(?: legal)?(?: name)?$", "", " ".join(match["label"].casefold().split())
        ).title()
        span = name_at(text, match.end(), min(end, match.end() + 160))
        formed = span is not None and has_form(text[span[0] : span[1]])
        if span and (formed or (":" in match.group() and 1 < len(text[span[0] : span[1]].split()) < 7)):
            definer = find_term(text, span[1], min(end, span[1] + 40))
            found.setdefault(label, Listed(*span, definer[0] if definer else label, formed))
    if found:
        yield list(found.values())
