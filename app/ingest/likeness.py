"""What two texts with many words in common are: copies, drafts of one contract, or two deals on one form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.sections import clause_number, find_sections

_HEAD = 3000  # characters in which the parties and the date stand
_NAMED = 3  # names, dates and clauses told by name, at most
_FORM = (
    r"Inc|Incorporated|LLC|L\.L\.C|Ltd|Limited|Corp|Corporation|Company|Co|plc|GmbH|S\.A|A/S|N\.V|B\.V|AG|L\.P|LP|"
    r"LLP|Trust|Bank|INC|INCORPORATED|LTD|LIMITED|CORP|CORPORATION|COMPANY|CO|PLC"
)
_NAME = re.compile(rf"\b[A-Z][\w&'\u2019.-]*(?:,? (?:[A-Z&][\w&'\u2019.-]*|of|and)){{0,5}}?,? (?:{_FORM})\b")
_PERSON = re.compile(r"\b[A-Z][a-z]{2,}(?: [A-Z]\.)? [A-Z][a-z]{2,}\b")
_NO_PERSON = re.compile(
    r"Agreement|Date|Section|State|New |Street|Avenue|Road|Suite|Exhibit|Schedule|County|Article|January|February|"
    r"March|April|May |June|July|August|September|October|November|December|Services|Terms|United|Corporation|Company|"
    r"Limited|Party|This|Products?|License|Software|Drive|Floor|Box|Building|Delaware|Board|Act\b"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(
    rf"{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?,? (?:day of )?{_MONTH},? \d{{4}}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\n+|(?<=[.;:]) +")


class Kind(StrEnum):
    """What two texts are to one another."""

    COPY = "copy"  # the same words
    DRAFT = "draft"  # one contract in two versions
    RENAMED = "renamed"  # the same words but for a name: a party was replaced, or another signs the same form
    FORM = "form"  # two deals on one form: other parties, another date or other terms
    DATED = "dated"  # the same parties at two dates: a later version, or a second deal
    ALIKE = "alike"  # much in common; what they are to one another cannot be told


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two texts are, and in a sentence how they differ."""

    kind: Kind
    difference: str


def compare(one: str, other: str, called: tuple[str, str] = ("the first", "the second")) -> Likeness:
    """What two like texts are. Parties and dates are read from their beginnings; the rest is compared by sentences."""
    mine, theirs = _sentences(one), _sentences(other)
    changed = [at for words, at in mine.items() if words not in theirs]
    added = [at for words, at in theirs.items() if words not in mine]
    if not changed and not added:
        return Likeness(Kind.COPY, "The words are the same.")
    lost, new = _differing_names(one, other)
    dates, other_dates = _dates(one), _dates(other)
    moved = bool(dates and other_dates) and not dates & other_dates
    same = 1 - min(len(changed) / max(1, len(mine)), len(added) / max(1, len(theirs)))
    kind = _kind(bool(lost and new), moved, same, _same_but_for(mine, theirs, lost, new))
    parts = [_listed(f"named only in {called[0]}", lost), _listed(f"named only in {called[1]}", new)]
    if moved:
        parts.append(f"dated {_few(sorted(dates))} and {_few(sorted(other_dates))}")
    parts.append(_clauses(one, changed, len(mine), called[0]))
    parts.append(_clauses(other, added, len(theirs), called[1]))
    words = "; ".join(part for part in parts if part)
    return Likeness(kind, words[:1].upper() + words[1:] + ".")


def _kind(renamed: bool, moved: bool, same: float, but_for: float) -> Kind:
    """Cautious: two deals on one form must not be called drafts of one contract."""
    if renamed:
        return Kind.RENAMED if not moved and but_for >= 0.95 else Kind.FORM
    if moved:
        return Kind.DATED
    return Kind.DRAFT if same >= 0.7 else Kind.ALIKE


def _same_but_for(mine: dict[str, int], theirs: dict[str, int], lost: list[str], new: list[str]) -> float:
    """The share of sentences that are the same when the names that only one text has are left out."""
    words = [_bare(word) for name in (*lost, *new) for word in (name, *name.split()) if len(_bare(word)) > 2]
    names = re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)) or r"(?!)")
    one, other = ({names.sub("", sentence) for sentence in texts} for texts in (mine, theirs))
    return len(one & other) / max(1, min(len(one), len(other)))


def _bare(name: str) -> str:
    """A name without its form of company, folded."""
    return re.sub(rf"(?:\b(?:{_FORM})\b|[^\w]|_)+", "", name).casefold()


def _sentences(text: str) -> dict[str, int]:
    """Folded sentences of some length to their places."""
    found: dict[str, int] = {}
    at = 0
    for piece in _SPLIT.split(text):
        words = "".join(c for c in piece.casefold() if c.isalnum())
        place = text.find(piece, at) if piece else at
        at = max(at, place)
        if len(words) >= 12:
            found.setdefault(words, at)
    return found


def _differing_names(one: str, other: str) -> tuple[list[str], list[str]]:
    """Names that stand at the beginning of one text only: of companies, or where none differ, of persons."""
    for names in (_companies, _persons):
        mine, theirs = names(one), names(other)
        lost, new = _unlike(mine, theirs), _unlike(theirs, mine)
        if lost and new:
            break
    return lost, new


def _companies(text: str) -> dict[str, str]:
    """Folded names of companies at a text's beginning, to the names as printed."""
    found: dict[str, str] = {}
    for match in _NAME.finditer(" ".join(text[:_HEAD].split())):
        if len(bare := _bare(match.group())) > 3:
            found.setdefault(bare, match.group())
    return found


def _persons(text: str) -> dict[str, str]:
    """The same for persons."""
    matches = _PERSON.finditer(" ".join(text[: _HEAD // 2].split()))
    return {_bare(m.group()): m.group() for m in matches if not _NO_PERSON.search(m.group())}


def _unlike(names: dict[str, str], others: dict[str, str]) -> list[str]:
    """The names that the other text does not have, not even as a part of one."""
    return [name for bare, name in names.items() if not any(bare in other or other in bare for other in others)]


def _dates(text: str) -> set[str]:
    """Dates at a text's beginning, white space and case folded."""
    return {" ".join(match.group().split()).replace(",", "") for match in _DATE.finditer(text[:_HEAD])}


def _listed(lead: str, names: list[str]) -> str:
    return f"{lead}: {_few(names)}" if names else ""


def _few(names: Iterable[str]) -> str:
    """The first names, and how many more there are."""
    every = list(names)
    more = f" and {len(every) - _NAMED} more" if len(every) > _NAMED else ""
    return ", ".join(every[:_NAMED]) + more


def _clauses(text: str, places: list[int], of: int, which: str) -> str:
    """How many sentences stand in one text only, and in which clauses."""
    if not places:
        return ""
    sections = find_sections(text)
    numbers = dict.fromkeys(number for place in places if (number := clause_number(sections, place)))
    where = f" (clause {_few(numbers)})" if numbers else ""
    return f"{len(places)} of {of} sentences only in {which}{where}"
