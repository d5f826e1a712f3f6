"""What CUAD's annotators answered, in a form that can be compared with what Privity reads.

Every comparison answers True, False, or None where the annotators' answer is no value of that sort (a sentence, "TBD").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from app.analysis.values_dates import full_year
from app.analysis.values_names import bare_name
from app.analysis.values_parties import Party
from app.analysis.values_periods import find_periods
from app.analysis.values_places import find_places

ALIKE = 90
MISSPELT = 80
_QUOTED = re.compile(r"[\"“”?]\s*([^\"“”?]+?)\s*,?[\"“”?]|(?<!\w)['‘]([^'‘’]+)['’](?!\w)")
_GROUP = re.compile(
    r"^\W*(?:and|or|each|collectively|individually|together|hereafter|the\s+part(?:y|ies)|party)\b", re.IGNORECASE
)
_TAIL = re.compile(
    r",?\s+(?:an?\s+(?:wholly[\s-]owned\s+)?(?:subsidiary|division|affiliate|member)\s+of|on\s+behalf\s+of"
    r"|(?:formerly|also)\s+known\s+as|and\s+its\s|[df]\s?/\s?[bk]\s?/\s?a\b|dba\b|doing\s+business\s+as|acting\s+through)"
    r".*$",
    re.IGNORECASE | re.DOTALL,
)
_LEAD = re.compile(
    r"^.*?\b(?:of|as|through|its|[bk]\s?/\s?a|dba)\s+(?:the\s+|wholly[\s-]owned\s+subsidiar(?:y|ies)\s+)?",
    re.IGNORECASE,
)
# Between two names of one entry: "A Corporation, B Corporation and Mr. C"; not before a form of entity ("A, Inc.").
_PARTS = re.compile(r"\s+and\s+|,\s+(?=(?:Mr|Ms|Mrs|Dr)\.\s+[A-Z]|[A-Z]\w+\s+(?:of\s+)?[A-Z]\w+)")
# Words that name a side of a form and nobody in particular.
_NOBODY = re.compile(
    r"^(?:the\s+)?(?:you|we|us|sales agent|\w*\s?agent|franchisee|franchisor|distributor|supplier|customer|client"
    r"|licensee|licensor|reseller|consultant|contractor|company|owner|buyer|seller|undersigned.*)$",
    re.IGNORECASE,
)


def gold_date(answer: str) -> str | None:
    """The annotators' m/d/yy as ISO with unknown parts left out; "perpetual"; None where it is neither."""
    if "perpetual" in answer.casefold():
        return "perpetual"
    match = re.match(r"\s*(\d{1,2}|\[.*?\])\s*/\s*(\d{1,2}|\[.*?\])\s*/\s*(\d{2,4}|\[.*?\])\s*$", answer)
    if not match:
        return None
    month, day, year = (part if part.isdigit() else "" for part in match.groups())
    if month and day and int(month) > 12:
        month, day = day, month
    if not year:
        return f"--{int(month):02d}-{int(day):02d}" if month and day else ""
    iso = str(full_year(year))
    if month:
        iso += f"-{int(month):02d}"
        iso += f"-{int(day):02d}" if day else ""
    return iso


def same_date(answer: str, value: dict[str, Any] | None) -> bool | None:
    """Day, month and year equal; an answer with blanks is compared by the parts that it has."""
    gold = gold_date(answer)
    if gold is None:
        return None
    if value is None:
        return False
    if gold == "perpetual":
        return bool(value.get("perpetual"))
    if gold == "":
        return bool(value.get("blank"))
    return (value.get("date") or value.get("not_before")) == gold


def same_law(answer: str, value: dict[str, Any] | None) -> bool | None:
    """Our first jurisdiction is one of the annotators'."""
    gold = {place.name for place in find_places(answer)}
    if gold & {"England", "Wales"}:
        gold.add("England and Wales")
    if not gold:
        return None
    return value is not None and value["law"] in gold


def same_period(answer: str, value: dict[str, Any] | None) -> bool | None:
    """Equal length in days (a month is 365/12) to any of the annotators' alternatives."""
    if "perpetual" in answer.casefold():
        return value is not None and bool(value.get("perpetual"))
    gold = {period.days for period in find_periods(answer, loose=True)}
    if not gold:
        return None
    return value is not None and any(abs(value.get("days", -1) - days) <= 0.02 * days for days in gold)


SAME: dict[str, Callable[[str, dict[str, Any] | None], bool | None]] = {
    "Governing Law": same_law, "Agreement Date": same_date, "Effective Date": same_date, "Expiration Date": same_date,
    "Renewal Term": same_period, "Notice Period To Terminate Renewal": same_period,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GoldParty:
    """A party of the annotators' list: its full name and the names they say the contract gives it."""

    name: str
    defined: frozenset[str]


def gold_parties(answer: str) -> tuple[list[GoldParty], list[str], int]:
    """The named parties, names said in passing, and how many entries name nobody (blanks, "Franchisee").

    The annotators write `NAME ("DEFINED"); NAME ("DEFINED"); A and B (collectively the "Parties")`. Entries that only
    gather others are dropped; "A, Inc. and B, Inc. ("Agents")" are two parties of one defined name. In passing are
    named: on whose behalf or as whose subsidiary a party contracts, and who stands in a dropped entry alone.
    """
    pieces = [_split_entry(piece) for piece in re.split(r"[;\n](?![^(]*\))", answer)]
    known = {word.casefold() for _, words in pieces for word in words}
    parties: list[GoldParty] = []
    passing: list[str] = []
    nobody = 0
    for name, words in pieces:
        if tail := _TAIL.search(name):
            passing.append(_LEAD.sub("", tail.group()))
        name = _TAIL.sub("", name).strip(' ,.()[]“”"')
        parts = [part.strip(" ,.") for part in _PARTS.split(name)]
        if words and all(
            re.fullmatch(r"(?:the\s+|a\s+)?part(?:y|ies)(?:\s+to\s.*)?", word, re.IGNORECASE) for word in words
        ):
            passing += [part for part in parts if _looks_whole(part)]
            continue
        if _GROUP.match(name) or not re.search(r"[^\W\d_]{2}", name):
            nobody += bool(words) and not re.search(r"\bpart(?:y|ies)\b", " ".join(words), re.IGNORECASE)
            continue
        if len(parts) > 1 and any(part.casefold() in known or part.casefold() == "the company" for part in parts):
            continue
        if _NOBODY.match(name):
            nobody += 1
            continue
        whole = len(parts) > 1 and all(_looks_whole(part) for part in parts)
        parties += [GoldParty(part, frozenset(words)) for part in (parts if whole else [name])]
    distinct = {bare_name(party.name): party for party in reversed(parties)}
    return [party for party in parties if distinct.get(bare_name(party.name)) is party], passing, nobody


def _split_entry(entry: str) -> tuple[str, list[str]]:
    """Name and defined names of one entry of the list."""
    match = re.search(r"\(\s*(?=[^()]*[\"“”‘?'’]|individually|collectively|together|each)", entry)
    plain = entry.strip().lstrip("(")
    name = plain if match is None else entry[: match.start()].strip().lstrip("(")
    words = ["".join(found).strip(" .,") for found in _QUOTED.findall(entry)]
    if match is None and re.match(r"\s*[\"“]", entry):
        name = ""
    return name, [word for word in words if word]


def _looks_whole(part: str) -> bool:
    """Whether a part of "A and B" is a name by itself: several words."""
    return len(part.split()) >= 2


def same_party_name(gold: GoldParty, party: Party) -> bool:
    """Names alike at 90 of 100 without punctuation and entity form; or both have the same defined name and one
    contains the other or they are alike at 80 ("Melavante" for Metavante), as where the annotators slipped."""
    ours, theirs = bare_name(party.name), bare_name(_TAIL.sub("", gold.name))
    if not ours or not theirs:
        return False
    if ours.replace(" ", "") == theirs.replace(" ", "") or fuzz.token_sort_ratio(ours, theirs) >= ALIKE:
        return True
    shared = party.defined.casefold() in {word.casefold() for word in gold.defined}
    return (
        bool(party.defined)
        and shared
        and (fuzz.partial_ratio(ours, theirs) >= ALIKE or fuzz.ratio(ours, theirs) >= MISSPELT)
    )


def compare_parties(
    gold: Sequence[GoldParty], passing: Sequence[str], said: Sequence[Party]
) -> tuple[list[GoldParty], list[Party], int]:
    """The names that were missed, those said that are none of the annotators', and how many said count: not those
    that the annotators name in passing."""
    missed = [g for g in gold if not any(same_party_name(g, s) for s in said)]
    others = [s for s in said if not any(same_party_name(g, s) for g in gold)]
    aside = [GoldParty(name, frozenset()) for name in passing]
    wrong = [s for s in others if not any(same_party_name(p, s) for p in aside)]
    return missed, wrong, len(said) - len(others) + len(wrong)
