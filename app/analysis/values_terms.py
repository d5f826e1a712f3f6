"""Terms: when the initial term ends, how it renews, and how long before its end notice must be given."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from dateutil.relativedelta import relativedelta

from app.analysis.values_dates import find_dates
from app.analysis.values_periods import Period, find_periods

_PERPETUAL = re.compile(
    r"\b(?:perpetual(?:ly)?|in\s+perpetuity|indefinite(?:ly)?|no\s+(?:fixed|definite)\s+term|evergreen)\b"
    r"|\b(?:until|unless(?:\s+and\s+until)?)\s+(?:\w+\s+){0,6}?terminated\b|\bunless\s+(?:sooner\s+|earlier\s+)?cancel",
    re.IGNORECASE,
)
_END = re.compile(
    r"\b(?:expir\w+|terminat\w+|end(?:s|ing)?|until|through|to|up\s+to|on\s+or\s+before|conclu\w+|continu\w+)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"\b(?:term|period|effect|force|continu\w+|remain\w*|commenc\w+|expir\w+|durat\w+|valid|begin\w*|last|end)\b",
    re.IGNORECASE,
)
_FROM_START = re.compile(
    r"\b(?:effective\s+date|date\s+(?:hereof|of\s+this|first)|execut\w+|sign\w+|commencement|from\s+the\s+date|hereof)\b",
    re.IGNORECASE,
)
_RENEW = re.compile(r"\b(?:re-?new\w*|exten[ds]\w*|successive|additional|consecutive|further|subsequent|year[\s-]to[\s-]year|month[\s-]to[\s-]month)\b", re.IGNORECASE)  # fmt: skip
_SUCCESSIVE = re.compile(
    r"\b(?:successive(?:ly)?|consecutive|year[\s-]to[\s-]year|month[\s-]to[\s-]month|additional\s+(?:\S+\s+){0,4}?(?:terms|periods|years\s+each)"
    r"|(?:renewal\s+)?(?:terms|periods)\s+of|each\s+(?:year|anniversary|such\s+renewal)|annually|from\s+year\s+to\s+year|thereafter\s+for\s+(?:\S+\s+){0,3}periods)\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"\bnotice\b|\bnotif\w+|\bprior\s+to\b|\bbefore\b|\badvance\b|\bin\s+writing\b", re.IGNORECASE)


def read_expiration(text: str, start: int, end: int, known: Mapping[str, str]) -> dict[str, Any] | None:
    """When the initial term ends: a date, computed from a known start where it is relative, or "perpetual"."""
    ends = [d for d in find_dates(text, start, end) if d.iso and _END.search(text[max(start, d.start - 80) : d.start])]
    if ends:
        date = ends[-1]
        return {"date": date.iso, "read_from": [date.start, date.end], "display": date.iso}
    term = _initial_term(text, start, end)
    if term is not None:
        value: dict[str, Any] = {
            "term": term.iso, "term_text": term.words, "read_from": [term.start, term.end], "display": f"{term.words} from the start"
        }  # fmt: skip
        basis = "Effective Date" if "Effective Date" in known else "Agreement Date" if "Agreement Date" in known else ""
        here = [d for d in find_dates(text, start, end) if d.date]
        begin = here[0].iso if here else known.get(basis, "")
        if begin:
            last = add_period(dt.date.fromisoformat(begin), term)
            what = "the start date in the clause" if here else f"the {basis.casefold()}"
            value |= {
                "date": last.isoformat(),
                "formula": f"{what} {begin} + {term.words}",
                "display": last.isoformat(),
            }
        return value
    perpetual = _PERPETUAL.search(text, start, end)
    if perpetual:
        return {"perpetual": True, "read_from": [perpetual.start(), perpetual.end()], "display": "perpetual"}
    dates = [d for d in find_dates(text, start, end) if d.iso]
    if len(dates) >= 1:
        return {"date": dates[-1].iso, "read_from": [dates[-1].start, dates[-1].end], "display": dates[-1].iso}
    return None


def _initial_term(text: str, start: int, end: int) -> Period | None:
    """The first period that is a term, not a notice or a renewal."""
    for period in find_periods(text, start, end, loose=True):
        before = text[max(start, period.start - 120) : period.start]
        after = text[period.end : min(end, period.end + 60)]
        if re.match(r"\W*(?:prior\s+)?(?:written\s+)?(?:notice|prior)", after, re.IGNORECASE) or period.unit == "H":
            continue
        if _RENEW.search(before[-70:]) and not re.search(r"initial", before[-70:], re.IGNORECASE):
            continue
        if _TERM.search(before) or re.match(
            r"[^.;]{0,30}\b(?:term|from|after|following|commencing)\b", after, re.IGNORECASE
        ):
            return period
    return None


def add_period(date: dt.date, period: Period) -> dt.date:
    """The day a period after a date: months and years keep the day of the month, or end on the month's last day."""
    count = period.count
    if period.unit == "Y":
        return date + relativedelta(months=int(count * 12))
    if period.unit == "M":
        return date + relativedelta(months=int(count), days=round(float(count - int(count)) * 30))
    return date + dt.timedelta(days=int(count) * (7 if period.unit == "W" else 1))


def read_renewal(text: str, start: int, end: int) -> dict[str, Any] | None:
    """The renewal term: {duration, successive, count}, or perpetual."""
    for period in find_periods(text, start, end, loose=True):
        before = text[max(start, period.start - 160) : period.start]
        after = text[period.end : min(end, period.end + 80)]
        if re.match(
            r"['’]?\s*(?:prior\s+|advance\s+)?(?:written\s+)?(?:notice|prior\s+to|before)", after, re.IGNORECASE
        ):
            continue
        near = _RENEW.search(before) or _RENEW.match(after.lstrip()) or _RENEW.search(period.qualifier)
        if not near and not re.match(r"[^.;]{0,60}\b(?:renewal|extension|renew|extend)", after, re.IGNORECASE):
            continue
        successive = bool(_SUCCESSIVE.search(text, start, end))
        return {
            "duration": period.iso, "days": period.days, "successive": successive, "read_from": [period.start, period.end],
            "display": ("successive " if successive else "") + period.words,
        }  # fmt: skip
    return None


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
