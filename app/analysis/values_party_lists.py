"""Lists of parties: "between X, Inc., a Delaware corporation ("X"), and Y", "Party A: X", "(1) X; and (2) Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.analysis.values_names import ENTITY, STRONG_FORM, has_form, is_entity, is_place, looks_person, name_at
from app.analysis.values_party_terms import find_term, sentence_end

_ANCHOR = re.compile(
    r"\b(?:B\s?E\s?T\s?W\s?E\s?E\s?N|between|among(?:st)?)\b(?:\s*,?\s*(?:and\s+)?(?:by\s+and\s+)?(?:between|among)\b)?"
    r"(?:\s+the\s+(?:following(?:\s+\w+){0,2}|undersigned|two|parties\s*:)(?:\s+parties)?)?\s*:?\s*"
    r"|(?:^|\n)\s*(?:\d\.?\s*)?(?:THE\s+)?(?:PARTIES|Parties)(?:\s+to\s+this\s+\w+)?\s*:?\s*\n?\s*(?=\(?[A-Z0-9])"
    r"|\b(?-i:PARTIES)\s*:?\s*(?=\(1\))|\*\*(?-i:PARTIES|Parties)\s*:\s*\*\*"
    r"|\bParty\s+(?:A|1|One)\s*[:：]\s*"
    r"|\b(?:made|entered\s+into|executed|concluded|granted|agreed)\b[^.;()]{0,70}?\b(?:by"
    r"|with)\s*:?\s+(?=(?:\([1a]\)\s*)?(?:the\s+)?(?-i:[A-Z]))",
    re.IGNORECASE,
)
STOP = re.compile(
    r"\b(?:WHEREAS|W\s?I\s?T\s?N\s?E\s?S\s?S|RECITALS?|Recitals|R\s+E\s+C\s+I\s+T\s+A\s+L\s+S|BACKGROUND|Background"
    r"|PREAMBLE|NOW,?\s+THEREFORE"
    r"|IN\s+CONSIDERATION|in\s+consideration|[Tt]he\s+[Pp]arties\s+(?:hereby\s+)?agree|hereby\s+agree"
    r"|TABLE\s+OF\s+CONTENTS|Table\s+of\s+Contents)\b"
    r"|\n\s*(?:1\.|ARTICLE|Article|SECTION|Section|I\.)\s|\n\s*Source:\s",
)  # fmt: skip
_SEPARATOR = re.compile(
    r"(?:[,;.:)]|\s|-)*\b(?:and|AND|And|in\s+favou?r\s+of|f/s/o)\b(?:/or)?\s*-*\s*[,:]?\s*(?:between\s+)?|;\s*"
    r"|\s*\n[ \t]*(?:\n\s*)?"
    r"|,\s+(?=(?:Mr|Ms|Mrs|Dr)\.)"
    r"|\s*\(\s*(?:[1-9a-h]|i{1,3}|iv|v)\s*\)\s*|,\s+|(?<=\.)\s+(?=PARTY\s|Party\s)"
)
_SAID_AND = re.compile(r"\band\b|\bin\s+favou?r\b|\bf/s/o\b", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:[\s,;:.*–—-]+|\(\s*(?:[1-9a-h]|i{1,3}|iv|v)\s*\)|[1-9a-h]\.\s|[•●·]"
    r"|(?:and|AND|And|by|between|each\s+of|of|its\s+(?:wholly[\s-]owned\s+)?(?:subsidiary|affiliate|parent)|the\s+undersigned|on\s+(?:the\s+)?(?:one|other)\s+(?:hand|part)"
    r"|acting\s+together)\b"
    r"|Part(?:y|ies)\s+(?:[A-D1-4]|One|Two|to\s+this\s+\w+)\s*[:：]?\s|(?:THE\s+"
    r"|[Tt]he\s+)?[A-Z][A-Za-z]{3,}(?:[ -][A-Z][a-z]+)?\s*(?:Name)?\s*[:：]|(?:Name|NAME)\s*:"
    r"|[\"“\[](?=[A-Z]))+"
)
_APPOSITION = re.compile(
    r"(?:its|an?|the|professional|certain|each\s+of|individual)\b[^.;()\n]{0,70}?(?:,|\bof|\bby)\s+(?=(?:Mr\.?"
    r"|Ms\.?|Dr\.?|[A-Z(]))"
)
# Between two names of a list without defined names: a comma, after what the first one is or is listed as.
_NEXT = re.compile(
    rf"\s*(?:,\s*an?\s+(?:[\w-]+\s+){{0,6}}?{ENTITY}\s*)?(?:\([^()]{{0,80}}\)\s*)?,\s*(?:the\s+)?", re.IGNORECASE
)
_GOES_ON = re.compile(r"\s*(?:[,;(]|\band\b|\n)")
_ANOTHER = re.compile(
    r"\b(?:successor|assignee|subsidiary|division|affiliate|nominee|through|behalf)\s+(?:(?:in|to|of|by|the|interest)\s+){0,4}"
    r"[A-Z][\w&.'’-]*(?:\s+[A-Z][\w&.'’-]*)*\s*$"
)
_WHOEVER = re.compile(
    r"(?:you\b|(?:the|an?|each)\s+(?:\w+\s+){0,3}?(?:person|entity|individual|customer|client|company|party|undersigned|user"
    r"|licensee|reseller|organi[sz]ation|business)\b)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:[,(.\n]|$)")
_BELONGS = re.compile(
    r"\b(?:subsidiary|division|unit|affiliate|member|part|behalf|represented|successor)\b", re.IGNORECASE
)
BLANK = re.compile(r"(?:\[[\s_·●•.*?-]*\]|_{3,}[_\s]*|[•●]|\[\s*(?:NAME|Name|name)[^\]]*\]|-{5,}[-\s]*)")
_BEGINNING = re.compile(r"(?:^|\n|[.:)]\s|\s{3,})\s*(?:WHEREAS,?\s+)?")
_SIGNS = re.compile(r"\b(?:By|Its)\s*:\s*$")  # who signs for a party
_TURNS = re.compile(r"\b(?:with|to|engage|retain|appoint|employ|from|by)\s+(?:the\s+)?(?=[A-Z])")
_REACH = 2600
_WITHIN = 1100


@dataclass(frozen=True, slots=True)
class Listed:
    """A party of a list: [start, end) is its name, empty where the contract leaves it blank."""

    start: int
    end: int
    defined: str
    formed: bool

    @property
    def blank(self) -> bool:
        """Whether the name is left open."""
        return self.start == self.end


def find_lists(text: str, start: int, end: int) -> Iterator[list[Listed]]:
    """The lists that begin in text[start:end), in order."""
    for match in _ANCHOR.finditer(text, start, end):
        found = read_list(text, match.end(), min(len(text), match.end() + _REACH))
        if found:
            yield found


def find_letters(text: str, start: int, end: int) -> Iterator[list[Listed]]:
    """Lists without "between": sentences whose subject is a party, then its defined name ("X, Inc. ("Co") agrees")."""
    for match in _BEGINNING.finditer(text, start, end):
        span = name_at(text, match.end(), end)
        if span is None or not has_form(text[span[0] : span[1]]) or _SIGNS.search(text, start, match.end()):
            continue
        definer = find_term(text, span[1], min(end, span[1] + 260))
        if definer and sentence_end(text, span[1], definer[3]) is None:
            yield read_list(text, match.end(), min(len(text), match.end() + _REACH), letter=True)


def weight(text: str, parties: list[Listed]) -> float:
    """How much a list looks like the parties of a contract: named ones with a defined name count most."""
    return sum(_weight(text[party.start : party.end], party) for party in parties)


def _weight(name: str, party: Listed) -> float:
    if party.blank:
        return 1.0 if party.defined else 0.0
    halves = re.split(r"\s+(?:and|or)\s+", name)
    if len(halves) > 1 and not party.formed:
        return float(len(halves) == 2 and all(looks_person(half) for half in halves))
    if party.formed:
        return 2.0 if party.defined else 1.0
    return 1.5 if party.defined and len(name.split()) > 1 else 0.5 if party.defined else 0.2


def read_list(text: str, begin: int, stop: int, letter: bool = False) -> list[Listed]:
    """The parties of the list at `begin`; in a letter the last one may follow "with", "to" or "engage"."""
    halt = STOP.search(text, begin + 20, stop)
    stop = halt.start() if halt else stop
    found: list[Listed] = []
    since: list[int] = []  # those named since the last defined name
    at = begin
    while True:
        item = _item(text, at, stop)
        if item is None and not found and (unnamed := _unnamed(text, at, stop)):
            found.append(Listed(at, at, unnamed[0], False))
            at = unnamed[1]
            continue
        if item is None:
            break
        start, end = item
        definer, next_at = _after(text, end, stop, bool(found))
        if definer is None:
            found.append(Listed(start, end, "", is_entity(text, start, end)))
            since.append(len(found) - 1)
            if next_at is None:
                break
            at = next_at
            continue
        term, lead, ended = definer
        if since and _of_earlier(text, found[-1], term, (start, end)):
            found[-1] = Listed(found[-1].start, found[-1].end, term, found[-1].formed)
        else:
            found.append(Listed(start, end, term, is_entity(text, start, end)))
        if since and re.search(r"collectively|together|both|jointly|each\b", lead, re.IGNORECASE):
            for index in since:
                old = found[index]
                found[index] = Listed(old.start, old.end, term, old.formed)
        since = []
        following = _next_item(text, ended, stop) or (_addressed(text, ended, stop) if letter else None)
        if following is None:
            break
        at = following
    return [party for party in found if party.formed or party.defined or not party.blank]


def _unnamed(text: str, at: int, stop: int) -> tuple[str, int] | None:
    """The defined name of whoever signs ("the entity named below ("Customer")"), and where the next item begins."""
    if not _WHOEVER.match(text, at, stop):
        return None
    definer = find_term(text, at, min(stop, at + 300))
    if definer is None or sentence_end(text, at, definer[3]) is not None:
        return None
    following = _next_item(text, definer[2], stop)
    return None if following is None else (definer[0], following)


def _item(text: str, at: int, stop: int) -> tuple[int, int] | None:
    """The span of the name that the next item begins with; an empty one for a blank."""
    lead = _LEAD.match(text, at, stop)
    place = lead.end() if lead else at
    span = name_at(text, place, stop)
    if span is None and (before := _APPOSITION.match(text, place, stop)) and not _BELONGS.search(before.group()):
        place = before.end()
        span = name_at(text, place, stop)
    if span is not None:
        return span
    blank = BLANK.match(text, place, stop)
    return (blank.end(), blank.end()) if blank else None


def _after(text: str, end: int, stop: int, later: bool) -> tuple[tuple[str, str, int] | None, int | None]:
    """What follows a name: its defined name (term, words before it, where it ends), or where the next item begins."""
    limit = min(stop, end + _WITHIN)
    definer = find_term(text, end, limit)
    if definer and sentence_end(text, end, definer[3]) is not None:
        definer = None
    reach = definer[3] if definer else limit
    for match in _SEPARATOR.finditer(text, end, reach):
        if _within_other(text, end, match):
            continue
        if not definer and sentence_end(text, end, match.end()) is not None:
            break
        item = _item(text, match.end(), stop)
        if item is None or item[0] >= reach or (match.group().strip() == "," and not _continues(text, end, item)):
            continue
        start, finish = item
        near = match.start() - end <= 60
        worthy = is_entity(text, start, finish) or (start == finish and near)
        person = near and definer is not None and definer[3] - finish < 160
        said_and = bool(_SAID_AND.search(match.group()))
        person = person or (near and said_and and looks_person(text[start:finish]) and bool(_ENDS.match(text, finish)))
        line = "\n" in match.group() and not re.search(r"\band\b", match.group(), re.IGNORECASE)
        if (worthy and not (line and not near)) or (person and not line):
            return None, match.end()
    if definer:
        return (definer[0], definer[1], definer[2]), None
    return None, None


def _of_earlier(text: str, earlier: Listed, term: str, name: tuple[int, int]) -> bool:
    """Whether a defined name is that of the name before, "X Aktiengesellschaft, Berlin and Munich ("X")"."""
    first = re.escape(term.split()[0]) if term.split() else ""
    said = rf"(?<!\w){first}(?!\w)"
    plain = len(text[slice(*name)].split()) == 1 and not is_entity(text, *name)
    return (
        bool(first)
        and plain
        and not re.search(said, text[slice(*name)])
        and bool(re.search(said, text[earlier.start : earlier.end], re.IGNORECASE))
    )


def _within_other(text: str, end: int, mark: re.Match[str]) -> bool:
    """Whether an "and" stands in the name of one who is no party: "as successor to State Street Bank and Trust"."""
    return mark.group().strip().casefold() == "and" and bool(_ANOTHER.search(text, end, mark.start()))


def _continues(text: str, end: int, item: tuple[int, int]) -> bool:
    """Whether a name after a mere comma is the list's next: a person's, or a company's right after another's."""
    if re.match(r"(?:Mr|Ms|Mrs|Dr)\.", text[item[0] : item[0] + 4]):
        return True
    strong = any(match.start() for match in STRONG_FORM.finditer(text[slice(*item)]))
    return strong and bool(_NEXT.fullmatch(text, end, item[0])) and bool(_GOES_ON.match(text, item[1]))


def _addressed(text: str, at: int, stop: int) -> int | None:
    """Where the name begins to which the letter turns: it must have its defined name right after it."""
    limit = min(stop, at + 700)
    for match in _TURNS.finditer(text, at, limit):
        item = _item(text, match.end(), stop)
        if item and item[1] > item[0]:
            definer = find_term(text, item[1], min(stop, item[1] + 90))
            if definer and (has_form(text[item[0] : item[1]]) or definer[3] - item[1] < 4):
                return match.end()
    return None


def _capital_before(words: str) -> bool:
    """Whether a capitalised word that is no place ends the words: what follows the comma goes with it."""
    last = re.search(r"(?:^|,\s*)([A-Z][^,]*)$", words)
    return bool(re.search(r"\b[A-Z][\w&.'’-]*$", words)) and not (last and is_place(last[1]))


def _next_item(text: str, at: int, stop: int) -> int | None:
    """Where the next item of the list begins after a defined name; None where the list ends."""
    limit = min(stop, at + 500)
    sentence = sentence_end(text, max(at - 2, 0), limit)
    limit = limit if sentence is None else sentence
    for match in _SEPARATOR.finditer(text, at, limit):
        item = _item(text, match.end(), stop)
        if item is None:
            continue
        start, finish = item
        definer = find_term(text, finish, min(stop, finish + _WITHIN))
        close = definer is not None and definer[3] - finish < 500
        said_and = bool(_SAID_AND.search(match.group()))
        formed, mark = has_form(text[start:finish]), match.group()
        named = definer is not None and match.start() == at and re.fullmatch(r"\s?", text[finish : definer[3]])
        if (
            mark.strip() == ","
            and not named
            and not (
                formed
                and close
                and not _capital_before(text[at : match.start()])
                and re.match(r"\s*(?:\(|,?\s+(?:an?|as)\s)", text[finish : finish + 8])
            )
        ):
            continue
        if named or formed and (close or said_and) or close and (said_and or "\n" in mark or "(" in mark):
            return match.end()
    return None
