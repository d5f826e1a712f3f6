"""The dates beside the signatures: what an agreement without a date at its head is dated by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from app.analysis.values_dates import FoundDate, find_dates
from app.analysis.values_party_terms import sentence_end

_LABEL = re.compile(
    r"(?<!\b[Ee]ffective )\b(?:Dated?|DATED?|dated?(?=\s*:))"
    r"(?:\s+(?:[Ss]igned|SIGNED|of\s+[Ss]ignature))?\s*[:.]?[\s_/|-]{0,30}(?=[\d\w])"
)
_MARK = re.compile(
    r"\b(?:By|BY|Name|NAME|Title|TITLE|Its|Signature|SIGNATURE|Signed|Print(?:ed)?\s+Name)\s*:|/s/|\bSignature\b|_{6,}"
)
_SIGNATURE = re.compile(
    r"/s/|\\s\\|\b(?:Signature|SIGNATURE|By|BY)\s*:?\s*_{3,}|\bSignature\s+Signature\b|\bPlace\s+Date\b"
)
# What stands before a date that is not the day of a signature: a filing's footer, a sentence, an amended paper.
_NO_SIGNING = re.compile(
    r"\bSource:[^\n]*$|\beffective\s+date\s*:?\s*$|\b(?:dated?(?:\s+as\s+of)?|of|effective|until|before|after|between|and|since|from|by|on)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\s*(?:$|\n|[_\d]|/s/|Date\b|Place\b)")
_WITNESS = re.compile(r"\bin\s+witness\s+whereof\b", re.IGNORECASE)
_OVER, _UNDER = 130, 190
_NEAR = 350
_APART = 1500
_DAYS = 200  # signatures further apart than this are of different papers
LAST_SIGNED = re.compile(
    r"\b(?:last|later|latest|final)\s+(?:of\s+the\s+)?(?:two\s+)?(?:date\w*\s+(?:of\s+)?)?(?:\w+\s+){0,3}?(?:sign\w+|execut\w+"
    r"|signator\w+|written|(?:date\s+)?below)\b"
    r"|\b(?:later|last|latest)\s+of\s+the\s+(?:\w+\s+){0,2}?dates?\b[^.;]{0,60}?\b(?:sign\w+|execut\w+|below)\b"
    r"|\b(?:signed|executed|signature|execution)\b[^.;]{0,40}?\b(?:by\s+(?:both|all|each|the\s+last)|last\s+(?:party|sign\w+))\b"
    r"|\b(?:last|final)\s+(?:party|signatory)\b[^.;]{0,40}?\b(?:sign\w*|execut\w*)\b"
    r"|\bdates?\s+(?:set\s+forth|written|shown|indicated|stated|noted)\s+(?:below|beside|next\s+to|opposite|on\s+the\s+signature)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4)
def signature_dates(text: str) -> tuple[FoundDate, ...]:
    """The complete dates beside the first block of signatures, in order of the text; none where years lie between."""
    labelled = []
    for label in _LABEL.finditer(text):
        if not _MARK.search(text, max(0, label.start() - _NEAR), min(len(text), label.end() + _NEAR)):
            continue
        near = find_dates(text, label.end(), min(len(text), label.end() + 30))
        if near and near[0].date is not None and near[0].start - label.end() <= 3:
            labelled.append(near[0])
    return _first_block(labelled) or _first_block(_beside_marks(text))


def _first_block(dates: Iterable[FoundDate]) -> tuple[FoundDate, ...]:
    """The dates up to the first long gap; none where they lie too far apart to be of one signing."""
    block: list[FoundDate] = []
    for date in dates:
        if block and date.start - block[-1].end > _APART:
            break
        block.append(date)
    days = [date.date for date in block if date.date]
    return tuple(block) if days and (max(days) - min(days)).days <= _DAYS else ()


def _beside_marks(text: str) -> Iterator[FoundDate]:
    """Complete dates without a label before them, close after a signature: "/s/ Ann Lee, President, 19 Jan. 1998"."""
    past = 0
    for mark in _SIGNATURE.finditer(text):
        begin, end = max(past, mark.start() - _OVER), min(len(text), mark.end() + _UNDER)
        for date in find_dates(text, begin, end) if begin < end else ():
            if date.date is None or _NO_SIGNING.search(text[max(0, date.start - 90) : date.start]):
                continue
            if date.start > mark.end() or _ALONE.match(text[date.end : date.end + 60]):
                yield date
        past = max(past, end - 30)  # a date cut off by the end of one passage is whole in the next


def witness_date(text: str) -> FoundDate | None:
    """The complete date in "IN WITNESS WHEREOF, ... as of this 4th day of April, 2003", None without one."""
    for match in islice(_WITNESS.finditer(text), 20):
        for date in find_dates(text, match.start(), min(len(text), match.end() + 330)):
            if date.date and sentence_end(text, match.end(), date.start) is None:
                return date
    return None


def last_signature(text: str) -> FoundDate | None:
    """The last of the dates beside the signatures."""
    return max(signature_dates(text), key=lambda date: date.iso, default=None)
