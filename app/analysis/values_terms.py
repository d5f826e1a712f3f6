"""Terms: how a contract renews, and how long before its end notice must be given."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from app.analysis.values_periods import NUMBER_WORD, RENEW, Period, find_periods, number_from_words

_SAME_LENGTH = re.compile(
    r"\b(?:same|equal|like|similar)\s+(?:\w+\s+)?(?:duration|length|period|term)s?\b|\bperiods?\s+(?:of\s+)?equal\b"
    r"|\bequal\s+(?:in\s+length\s+)?to\s+the\s+(?:initial|original)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"\b(?P<word>{NUMBER_WORD})?\s*\(?\s*(?P<figure>\d{{1,2}})?\s*\)?\s*(?:\(\d+\)\s*)?(?:additional|successive"
    rf"|consecutive|further|renewal|more|extension)\s+"
    r"(?:(?:additional|successive|consecutive|optional|renewal|extension)\s+)*(?:(?:one|two|three|five"
    r"|\d+)[\s(\d)-]*(?:year|month)[\s-]+)?(?:terms|periods|term|period)\b",
    re.IGNORECASE,
)
_SUCCESSIVE = re.compile(
    r"\b(?:successive(?:ly)?|consecutive|year[\s-]to[\s-]year|month[\s-]to[\s-]month"
    r"|additional\s+(?:\S+\s+){0,4}?(?:terms|periods|years\s+each)"
    r"|(?:renewal\s+)?(?:terms|periods)\s+of|each\s+(?:year|anniversary|such\s+renewal)"
    r"|annually|from\s+year\s+to\s+year|thereafter\s+for\s+(?:\S+\s+){0,3}periods)\b",
    re.IGNORECASE,
)
_ENDLESS = re.compile(
    r"\b(?:thereafter|after\s+that|continue\w*|renew\w*|remain\w*)\b[^.;]{0,140}?\b(?:indefinitely"
    r"|until\s+(?:\w+\s+){0,4}(?:terminat|either|cancel|one)\w*"
    r"|unless\s+(?:\w+\s+){0,3}terminated|unlimited|perpetual\w*)\b",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"\b(?:continu|remain|last|run|endur)\w*\W+(?:\w+\W+){0,4}?for\W+(?:\w+\W+){0,3}$", re.IGNORECASE)
_NOTICE = re.compile(r"\bnotice\b|\bnotif\w+|\bprior\s+to\b|\bbefore\b|\badvance\b|\bin\s+writing\b", re.IGNORECASE)


_GOES_ON = re.compile(r"\bre-?new|\bexten[ds]|\bsuccess|\badditional\b|\bthereafter\b|\bfurther\b", re.IGNORECASE)
_LIMITED = 500  # doubt of a period that is limited: an initial term, "within", "at least"


def read_renewal(text: str, start: int, end: int, known: Mapping[str, str] | None = None) -> dict[str, Any] | None:
    """The renewal term: {duration, successive, count}, or perpetual; the period nearest the renewal's words counts.

    One "of the same duration" has the length of `known["Initial Term"]`. `count` is the number of renewals, where said.
    """
    best: tuple[int, Period] | None = None
    for period in find_periods(text, start, end, loose=True):
        doubt = _renewal_doubt(text, start, end, period)
        if doubt == _LIMITED and not _GOES_ON.search(text, start, end):
            continue  # the first term alone: the clause says no other
        if doubt is not None and (best is None or doubt < best[0]):
            best = (doubt, period)
    same = _SAME_LENGTH.search(text, start, end)
    initial = find_periods((known or {}).get("Initial Term", "")) if same and (best is None or best[0] > 150) else []
    if same and initial:
        best = (0, dataclasses.replace(initial[0], start=same.start(), end=same.end()))
    endless = _ENDLESS.search(text, start, end)
    if endless and (best is None or best[0] > 150):
        return {"perpetual": True, "read_from": [endless.start(), endless.end()], "display": "perpetual"}
    if best is None:
        return None
    period = best[1]
    successive = bool(_SUCCESSIVE.search(text, start, end))
    count = _COUNT.search(text, start, end)
    times = int(count["figure"]) if count and count["figure"] else None
    times = number_from_words(count["word"]) if count and count["word"] and times is None else times
    value: dict[str, Any] = {
        "duration": period.iso,
        "days": period.days,
        "text": period.words,
        "successive": successive,
        "read_from": [period.start, period.end],
        "display": ("successive " if successive else "") + period.words,
    }
    return value | {"count": times, "display": f"{times} times {period.words}"} if times else value


def _renewal_doubt(text: str, start: int, end: int, period: Period) -> int | None:
    """How far a period is from being the renewal's length, in characters; None where it is a notice."""
    before = text[max(start, period.start - 200) : period.start]
    after = text[period.end : min(end, period.end + 80)]
    if period.unit == "H" or period.qualifier == "anniversary":
        return None
    if re.match(
        r"['’]?[\s,)]*(?:\w+\s+){0,2}?(?:notice|prior\s+to|before|preceding|after\b"
        r"|following(?!\s+the\s+(?:expiration|initial|end)))",
        after,
        re.IGNORECASE,
    ):
        return None
    if re.search(r"(?:year|month|week)[\s-]to|from year", period.qualifier):
        return 0
    if re.match(
        r"[\s,)]*(?:but|and|nor)\s+no[rt]?\s+(?:more|later|less|earlier)[^.;]{0,50}\b(?:prior|before)\b",
        after,
        re.IGNORECASE,
    ):
        return None
    limited = re.search(
        r"\b(?:initial|within|first|at\s+least|least|not\s+less\s+than)\b[^.;]{0,40}$", before[-60:], re.IGNORECASE
    )
    if limited and not re.search(
        r"\b(?:additional|renew\w*|successive|extended)\W+(?:\w+\W+){0,3}$", before, re.IGNORECASE
    ):
        return _LIMITED
    words = list(RENEW.finditer(before))
    if words:
        return len(before) - words[-1].end()
    if RENEW.search(period.qualifier):
        return 0
    if re.match(r"[^.;]{0,60}\b(?:renewal|extension|renew|extend)", after, re.IGNORECASE):
        return 100
    return 260 if re.search(r"\brenew|\bexten|\bsuccessor\b", text[start:end], re.IGNORECASE) else None


def read_notice(text: str, start: int, end: int) -> dict[str, Any] | None:
    """The notice that stops a renewal: {duration, days}."""
    best: tuple[int, Period] | None = None
    for period in find_periods(text, start, end):
        after = text[period.end : min(end, period.end + 90)]
        before = text[max(start, period.start - 90) : period.start]
        score = 0
        if re.match(r"['’]?[\s,)]*(?:\w+\s+){0,3}?(?:notice|prior|before|advance|preceding)", after, re.IGNORECASE):
            score += 3
        elif _NOTICE.search(after):
            score += 1
        if _NOTICE.search(before):
            score += 1
        if re.search(
            r"\b(?:term|period)s?\s+of\s*$|\b(?:successive|additional|initial)\W+(?:\w+\W+){0,2}$",
            before,
            re.IGNORECASE,
        ):
            score -= 3
        if (
            re.search(r"\b(?:renew|exten|successive|additional)\w*\W+(?:\w+\W+){0,6}$", before, re.IGNORECASE)
            and score < 4
        ):
            score -= 2
        if score < 3 and _LENGTH.search(before):
            continue  # how long the contract goes on, with a notice of no length somewhere behind
        if score > 0 and (best is None or score > best[0]):
            best = (score, period)
    if best is None:
        return None
    period = best[1]
    value = {
        "duration": period.iso,
        "days": period.days,
        "read_from": [period.start, period.end],
        "display": period.words,
    }
    return value | {"business": True} if period.business else value
