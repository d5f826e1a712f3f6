"""Which contracts of a deal belong together: amendments, schedules and side letters proposed for their base."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.analysis.values_names import same_party
from app.analysis.values_parties import read_parties
from app.domain.matter import PartRole

_HEAD = 3000  # characters in which an agreement says what it is and what it belongs to
_TITLE = 1200
_LEAST = 0.6
_ONLY_TITLE = 0.7  # nothing but the title speaks for it: blanks of a form, for instance
_NAMED = re.compile(r"\b(?:agreement|contract|terms|nda|lease|licen[cs]e)\b", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"\b(?:this|these|hereby|between|dated|shall|will|whereas|by and)\b|[.;:]\s|\bexecut", re.IGNORECASE
)
_AMENDMENT = re.compile(
    r"^\W{0,3}(?:(?:this|first|second|third|fourth|fifth|sixth|\w{3,9}th|\d{1,2}(?:st|nd|rd|th)) ){0,2}"
    r"(?:amendment|addendum|amending agreement|variation agreement)\b",
    re.IGNORECASE | re.MULTILINE,
)
_SCHEDULE = re.compile(
    r"^\W{0,3}(?:(?:exhibit|schedule|annex|appendix|attachment)\s+\W?(?:[A-Z]|[IVX]{1,4}|\d{1,2})\W?\s*$"
    r"|(?:statement of work|work order|order form|sow|cover page|product schedule)\b[^\n]{0,60}$)",
    re.IGNORECASE | re.MULTILINE,
)
_PART_OF = re.compile(
    r"(?:made (?:a )?part of|incorporated (?:herein|into|in|by)|incorporates|attached to|pursuant to|entered into under"
    r"|subject to|supplements|enter into)\s",
    re.IGNORECASE,
)
_SIDE_LETTER = re.compile(r"\bside letter\b|^\W{0,3}letter agreement\b", re.IGNORECASE | re.MULTILINE)
_MONTHS = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
]  # fmt: skip
_MONTH = "|".join(_MONTHS)
_DATE = re.compile(
    rf"\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})"
    rf"|\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:day\s+of\s+)?({_MONTH}),?\s+(\d{{4}})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A proposal: `member` is, in this role, a part of `base` (contract ids); `reason` is for the lawyer."""

    base: str
    member: str
    role: PartRole
    reason: str
    score: float


@dataclass(slots=True)
class _Facts:
    """What the first page of a contract says of it."""

    contract_id: str
    head: str
    title: str
    role: PartRole | None
    parties: list[str] = field(default_factory=list)
    dates: set[tuple[int, int, int]] = field(default_factory=set)


def propose_families(texts: Sequence[tuple[str, str]]) -> list[Member]:
    """(contract id, text) of every contract to the likeliest base of each amendment, schedule and side letter."""
    facts = [_facts(contract_id, text) for contract_id, text in texts]
    bases = [f for f in facts if f.role is None and f.title]
    found = []
    for member in facts:
        if member.role is None:
            continue
        scored = [(score, reason, base) for base in bases for score, reason in [_fit(member, base)] if score >= _LEAST]
        if scored:
            score, reason, base = max(scored, key=lambda row: (row[0], len(row[2].title), row[2].contract_id))
            found.append(Member(base.contract_id, member.contract_id, member.role, reason, round(score, 3)))
    return sorted(found, key=lambda m: (-m.score, m.member))


def part_role(text: str) -> PartRole | None:
    """What an agreement is to another one by its own first lines; None where it stands on its own."""
    head = text[:_TITLE]
    if _AMENDMENT.search(head[:600]):
        return PartRole.AMENDMENT
    if _SIDE_LETTER.search(head[:600]):
        return PartRole.SIDE_LETTER
    if _SCHEDULE.search(head[:200]) and _PART_OF.search(head):
        return PartRole.SCHEDULE
    return None


def title_of(text: str) -> str:
    """The first short line that names an agreement, "" where none does."""
    for line in text[:_TITLE].splitlines():
        words = " ".join(line.split()).strip(" -–—*\"'“”[]")
        if 6 <= len(words) <= 90 and len(words.split()) >= 2 and _NAMED.search(words) and not _NO_TITLE.search(words):
            return re.sub(r"\s*\([^)]*\)$|^(?:first |second |third )?amendment to (?:the )?", "", words, flags=re.I)
    return ""


def _facts(contract_id: str, text: str) -> _Facts:
    head = text[:_HEAD]
    return _Facts(
        contract_id, _folded(head), title_of(text), part_role(text),
        [party.name for party in read_parties(head, 0, len(head))], _dates(head),
    )  # fmt: skip


def _fit(member: _Facts, base: _Facts) -> tuple[float, str]:
    """How well a member fits a base, 0 to 1, and why."""
    if _folded(base.title) not in member.head:
        return 0.0, ""
    said, score, weight = [f"it names the “{base.title}”"], 0.5, 0.5
    if len(member.parties) >= 2:
        same = sum(any(same_party(one, other) for other in base.parties) for one in member.parties)
        weight += 0.35
        score += 0.35 * min(1.0, same / 2)
        said.append(f"{same} of its {len(member.parties)} parties are the same")
        if not same:
            return 0.0, ""
    if base.dates and member.dates:
        weight += 0.15
        if base.dates & member.dates:
            score += 0.15
            year, month, day = min(base.dates & member.dates)
            said.append(f"both name {day} {_MONTHS[month - 1].capitalize()} {year}")
    share = score / weight
    if len(member.parties) < 2:  # blanks of a form: only a title of its own can tell
        share = _ONLY_TITLE if len(base.title.split()) >= 3 else 0.0
    return share, f"By its first page it is {_NAMES[member.role or PartRole.BASE]}: {', '.join(said)}."


_NAMES = {
    PartRole.AMENDMENT: "an amendment",
    PartRole.SCHEDULE: "a schedule or order",
    PartRole.SIDE_LETTER: "a side letter",
    PartRole.BASE: "an agreement",
}


def _folded(words: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", words).casefold().split())


def _dates(text: str) -> set[tuple[int, int, int]]:
    found = set()
    for month, day, year, day2, month2, year2 in _DATE.findall(text):
        name = (month or month2).casefold()
        found.add((int(year or year2), _MONTHS.index(name) + 1, int(day or day2)))
    return found
