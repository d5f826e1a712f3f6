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
    r"|\b(?:until|till|when|unless(?:\s+and\s+until)?)\s+(?:\w+\s+){0,8}?(?:terminat\w+"
    r"|cancel\w+)\b|\bunless\s+(?:sooner\s+|earlier\s+)?cancel",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:continu\w*|remain\w*|endure\w*|commence\w*)\b[^.;]{0,80}?\b(?:indefinitely|in\s+perpetuity|perpetuity)\b"
    r"|\bfor\s+perpetuity\b|\bunlimited\s+(?:period|term|duration)\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    (
        r"\b(?:terminat\w*|expir\w*|continu\w*|end|effective|force)\b[^.;]{0,120}?\b(?:up\s?on"
        r"|until|if|when|till|unless|earlie\w+|so\s+long\s+as|as\s+long\s+as)\b"
    ),
    re.IGNORECASE,
)
_END = re.compile(
    r"\b(?:expir\w+|terminat\w+|end(?:s|ing)?|until|through|thru|to|up\s+to|on\s+or\s+before|conclu\w+|continu\w+)\b",
    re.IGNORECASE,
)
_START = re.compile(
    r"\b(?:commenc\w+|beg[iau]n\w*|start\w*|from|effective|dated|as\s+of|after|since|notice|extended|renew\w*)\b",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"\b(?:term|period|effect|force|continu\w+|remain\w*|commenc\w+|expir\w+|durat\w+|valid|begin\w*|last|end)\b",
    re.IGNORECASE,
)
_FROM_START = re.compile(
    (
        r"\b(?:effective\s+date|date\s+(?:hereof|of\s+this|first)"
        r"|execut\w+|sign\w+|commencement|from\s+the\s+date"
        r"|hereof)\b"
    ),
    re.IGNORECASE,
)
_RENEW = re.compile(
    (
        r"\b(?:re-?new\w*|exten[ds]\w*|successive|additional|consecutive"
        r"|further|subsequent|year[\s-]to[\s-]year"
        r"|month[\s-]to[\s-]month)\b"
    ),
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
_NOTICE = re.compile(r"\bnotice\b|\bnotif\w+|\bprior\s+to\b|\bbefore\b|\badvance\b|\bin\s+writing\b", re.IGNORECASE)


def read_expiration(text: str, start: int, end: int, known: Mapping[str, str]) -> dict[str, Any] | None:
    """When the initial term ends: a date, computed from a known start where it is relative, or "perpetual"."""
    dates = [date for date in find_dates(text, start, end) if date.iso]
    ends = [date for date in dates if _closes(text[max(start, date.start - 100) : date.start])]
    if ends:
        return {"date": ends[0].iso, "read_from": [ends[0].start, ends[0].end], "display": ends[0].iso}
    open_end = _OPEN.search(text, start, end)
    term = (
        None
        if open_end and not re.search(r"initial\s+term", text[start:end], re.IGNORECASE)
        else _initial_term(text, start, end)
    )
    if term is not None:
        return _from_start(term, [date.iso for date in dates if date.date], known)
    perpetual = open_end or _PERPETUAL.search(text, start, end)
    if perpetual:
        return {"perpetual": True, "read_from": [perpetual.start(), perpetual.end()], "display": "perpetual"}
    dates = [date for date in dates if not _START.search(text[max(start, date.start - 40) : date.start])]
    if dates:
        return {"date": dates[-1].iso, "read_from": [dates[-1].start, dates[-1].end], "display": dates[-1].iso}
    event = _EVENT.search(text, start, end)
    if event:
        return {"perpetual": True, "event": True, "read_from": [event.start(), event.end()], "display": "no fixed end"}
    return None


def _closes(before: str) -> bool:
    """Whether the words before a date make it an end: the last such word decides."""
    ends = list(_END.finditer(before))
    starts = list(_START.finditer(before))
    return bool(ends) and (not starts or ends[-1].start() > starts[-1].start())


def _from_start(term: Period, here: list[str], known: Mapping[str, str]) -> dict[str, Any]:
    """The end of a term that runs from a date in the clause, or from the effective or agreement date."""
    value: dict[str, Any] = {
        "term": term.iso,
        "term_text": term.words,
        "read_from": [term.start, term.end],
        "display": f"{term.words} from the start",
    }
    basis = "Effective Date" if "Effective Date" in known else "Agreement Date" if "Agreement Date" in known else ""
    begin = here[0] if here else known.get(basis, "")
    if begin:
        last = add_period(dt.date.fromisoformat(begin), term).isoformat()
        what = "the start date in the clause" if here else f"the {basis.casefold()}"
        value |= {"date": last, "start": begin, "formula": f"{what} {begin} + {term.words}", "display": last}
    return value


def _initial_term(text: str, start: int, end: int) -> Period | None:
    """The first period that is a term, not a notice or a renewal."""
    for period in find_periods(text, start, end, loose=True):
        before = text[max(start, period.start - 120) : period.start]
        after = text[period.end : min(end, period.end + 60)]
        if re.match(r"\W*(?:prior\s+)?(?:written\s+)?(?:notice|prior)", after, re.IGNORECASE) or period.unit == "H":
            continue
        if re.search(r"\b(?:sale|closing|breach|purchase)\b", after, re.IGNORECASE) and period.unit != "Y":
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
    """The renewal term: {duration, successive}, or perpetual; the period nearest after the renewal's words counts."""
    best: tuple[int, Period] | None = None
    for period in find_periods(text, start, end, loose=True):
        doubt = _renewal_doubt(text, start, end, period)
        if doubt is not None and (best is None or doubt < best[0]):
            best = (doubt, period)
    endless = _ENDLESS.search(text, start, end)
    if endless and (best is None or best[0] > 150):
        return {"perpetual": True, "read_from": [endless.start(), endless.end()], "display": "perpetual"}
    if best is None:
        return None
    period = best[1]
    successive = bool(_SUCCESSIVE.search(text, start, end))
    return {
        "duration": period.iso,
        "days": period.days,
        "successive": successive,
        "read_from": [period.start, period.end],
        "display": ("successive " if successive else "") + period.words,
    }


def _renewal_doubt(text: str, start: int, end: int, period: Period) -> int | None:
    """How far a period is from being the renewal's length, in characters; None where it is a notice."""
    before = text[max(start, period.start - 200) : period.start]
    after = text[period.end : min(end, period.end + 80)]
    if period.unit == "H" or period.qualifier == "anniversary":
        return None
    if re.match(
        r"['’]?[\s,)]*(?:\w+\s+){0,2}?(?:notice|prior\s+to|before|preceding|following|after\b)", after, re.IGNORECASE
    ):
        return None
    limited = re.search(
        r"\b(?:initial|within|first|at\s+least|least|not\s+less\s+than)\b[^.;]{0,40}$", before[-60:], re.IGNORECASE
    )
    if limited and not re.search(
        r"\b(?:additional|renew\w*|successive|extended)\W+(?:\w+\W+){0,3}$", before, re.IGNORECASE
    ):
        return 500
    words = list(_RENEW.finditer(before))
    if words:
        return len(before) - words[-1].end()
    if _RENEW.search(period.qualifier):
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
