"""Periods in a clause on the term that are no term: what outlasts the contract, runs from its end or is a limit."""

from __future__ import annotations

import re

from app.analysis.values_periods import Period

# "Until twelve months have elapsed since the end of the last order": runs from something else than the start.
_SINCE_OTHER = re.compile(
    r"\W*(?:have|has|shall\s+have)\s+(?:elapsed|passed)\s+(?:since|from|after)\s+(?:the\s+)?(?:end|expir|terminat|complet|last|latest)",
    re.IGNORECASE,
)
# What outlasts the contract is no term of it: "Section 5 shall survive for three years".
_SURVIVES = re.compile(r"\bsurviv\w+\b[^.;]*$", re.IGNORECASE)
_ENDED = (
    r"(?:terminat\w+|expir\w+|(?:end|conclusion)\s+of\s+(?:the|this|such)\s+(?:\w+\s+)?(?:Term|Agreement|contract"
    r"|engagement))\b"
)
_AFTER_END = re.compile(
    rf"\W*(?:after|following|from|upon|of|since)\s+(?:the\s+)?(?:(?:effective\s+)?date\s+of\s+)?"
    rf"(?:(?!unless|until|or\b|and\b)\w+\s+){{0,2}}?{_ENDED}",
    re.IGNORECASE,
)
_ONCE_ENDED = re.compile(
    rf"(?:^|[.;]\s)\W*(?:\(?\w{{1,4}}[.)]\s*)*(?:upon|after|following|on)\s+(?:the\s+|any\s+)?(?:\w+\s+(?:or|and)\s+)?{_ENDED}[^.;]*$",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\bwithin\s+(?:the\s+)?$|(?<!\bnot\s)(?<!\bno\s)\b(?:more|longer)\s+than\s+$|\b(?:lasting|exceeding)\s+$",
    re.IGNORECASE,
)


def of_other(text: str, start: int, end: int, period: Period) -> bool:
    """Whether a period is no term of the contract: what outlasts it, runs from its end, or limits something else."""
    before = (max(start, period.start - 200), period.start)
    return bool(
        _SINCE_OTHER.match(text, period.end, end)
        or _AFTER_END.match(text, period.end, end)
        or _SURVIVES.search(text, *before)
        or _ONCE_ENDED.search(text[slice(*before)])
        or _LIMIT.search(text, *before)
        or re.match(r"(?:each|every|per)\b", text[period.start : period.end], re.IGNORECASE)
    )
