"""The dates beside the signatures: what an agreement without a date at its head is dated by."""

from __future__ import annotations

import re
from functools import lru_cache

from app.analysis.values_dates import FoundDate, find_dates

_LABEL = re.compile(
    r"\b(?:[Dd]ated?|DATED?)(?:\s+(?:[Ss]igned|SIGNED|of\s+[Ss]ignature))?\s*[:.]?[\s_/|-]{0,30}(?=[\d\w])"
)
_MARK = re.compile(
    r"\b(?:By|BY|Name|NAME|Title|TITLE|Its|Signature|SIGNATURE|Signed|Print(?:ed)?\s+Name)\s*:|/s/|\bSignature\b|_{6,}"
)
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
    block: list[FoundDate] = []
    for label in _LABEL.finditer(text):
        if not _MARK.search(text, max(0, label.start() - _NEAR), min(len(text), label.end() + _NEAR)):
            continue
        near = find_dates(text, label.end(), min(len(text), label.end() + 30))
        if not near or near[0].date is None or near[0].start - label.end() > 3:
            continue
        if block and near[0].start - block[-1].end > _APART:
            break
        block.append(near[0])
    days = [date.date for date in block if date.date]
    return tuple(block) if days and (max(days) - min(days)).days <= _DAYS else ()


def last_signature(text: str) -> FoundDate | None:
    """The last of the dates beside the signatures."""
    return max(signature_dates(text), key=lambda date: date.iso, default=None)
