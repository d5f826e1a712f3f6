"""When the initial term ends: a date, one computed from a known start, "perpetual", or a blank."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from dateutil.relativedelta import relativedelta

from app.analysis.values_dates import find_dates
from app.analysis.values_periods import RENEW, Period, find_periods

_PERPETUAL = re.compile(
    r"\b(?:perpetual(?:ly)?|in\s+perpetuity|indefinite(?:ly)?|no\s+(?:fixed|definite)\s+term|evergreen)\b"
    r"|\b(?:until|till|when|unless(?:\s+and\s+until)?)\s+(?:\w+\s+){0,8}?(?:terminat\w+"
    r"|cancel\w+)\b|\bunless\s+(?:sooner\s+|earlier\s+)?cancel",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:continu\w*|remain\w*|endure\w*|commence\w*)\b[^.;]{0,80}?\b(?:indefinitely|in\s+perpetuity|perpetuity)\b"
    r"|\bnot\s+be\s+(?:terminable|revocable)\b|\bfor\s+perpetuity\b|\bunlimited\s+(?:period|term|duration)\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    (
        r"\b(?:terminat\w*|expir\w*|continu\w*|end|effective|force)\b[^.;]{0,120}?\b(?:up\s?on"
        r"|until|if|when|till|unless|earlie\w+|so\s+long\s+as|as\s+long\s+as)\b"
    ),
    re.IGNORECASE,
)
_AT_WILL = re.compile(
    r"\b(?:so|as)\s+long\s+as\b|\bfor\s+the\s+(?:life|duration)\s+of\b|\bat\s+will\b|\b(?:may"
    r"|can)\s+(?:be\s+)?terminat\w+|\bterminable\b"
    r"|\b(?:ongoing|open[\s-]ended)\b|\bnot\s+expire\b|\bno\s+expir\w+",
    re.IGNORECASE,
)
_END = re.compile(
    r"\b(?:expir\w+|terminat\w+|end(?:s|ing)?|until|through|thru|to|up\s+to|on\s+or\s+before|conclu\w+|continu\w+)\b"
    r"|\d\s*[-–—]\s*$",
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
_FROM_EVENT = re.compile(
    r"[^.;]{0,30}?\b(?:from|after|following)\s+(?P<event>(?:the\s+)?(?:date\s+of\s+(?:the\s+)?|day\s+(?:of"
    r"|after)\s+(?:the\s+)?)?"
    r"(?:\w+\W+){0,4}?(?:launch|first\s+(?:commercial|sale|shipment|delivery|purchase)|commercial\s+(?:launch|sale"
    r"|operation)\w*"
    r"|go-?live|ready\s+date|in-?service)\b[^.;,()]{0,40})",
    re.IGNORECASE,
)


def read_expiration(text: str, start: int, end: int, known: Mapping[str, str]) -> dict[str, Any] | None:
    """When the initial term ends: a date, computed from a known start where it is relative, "perpetual", or a blank."""
    if re.search(r"\d\s*\)?\s*$", text[start:end]):  # the passage breaks off in a number of months or years
        end = min(len(text), end + 24)
    every = find_dates(text, start, end)
    dates = [date for date in every if date.iso]
    ends = [date for date in every if _closes(text[max(start, date.start - 100) : date.start])]
    whole = [date for date in ends if date.iso]
    if whole:
        return {"date": whole[0].iso, "read_from": [whole[0].start, whole[0].end], "display": whole[0].iso}
    open_end = _OPEN.search(text, start, end)
    term = (
        None
        if open_end and not re.search(r"initial\s+term", text[start:end], re.IGNORECASE)
        else _initial_term(text, start, end)
    )
    if term is not None:
        begins = [d.iso for d in dates if d.date and _START.search(text[max(start, d.start - 60) : d.start])]
        return _from_start(text, (start, end), term, begins, known)
    perpetual = open_end or _PERPETUAL.search(text, start, end)
    if perpetual:
        return {"perpetual": True, "read_from": [perpetual.start(), perpetual.end()], "display": "perpetual"}
    dates = [date for date in dates if not _START.search(text[max(start, date.start - 40) : date.start])]
    if dates:
        return {"date": dates[-1].iso, "read_from": [dates[-1].start, dates[-1].end], "display": dates[-1].iso}
    if ends:
        return {"date": None, "blank": True, "read_from": [ends[0].start, ends[0].end], "display": "left blank"}
    event = _EVENT.search(text, start, end) or _AT_WILL.search(text, start, end)
    if event:
        return {"perpetual": True, "event": True, "read_from": [event.start(), event.end()], "display": "no fixed end"}
    return None


def _closes(before: str) -> bool:
    """Whether the words before a date make it an end: the last such word decides."""
    ends = list(_END.finditer(before))
    starts = list(_START.finditer(before))
    if re.search(
        r"\b(?:end|expir|terminat|conclud)\w*\s+(?:(?:on|as\s+of|effective(?:\s+as\s+of)?)\s+)?(?:the\s+)?$",
        before,
        re.IGNORECASE,
    ):
        return True
    return bool(ends) and (not starts or ends[-1].start() > starts[-1].start())


def _from_start(
    text: str, clause: tuple[int, int], term: Period, here: list[str], known: Mapping[str, str]
) -> dict[str, Any]:
    """The end of a term that runs from a date in the clause, or from the effective or agreement date.

    Where the term runs from an event (a launch, a first sale), its end is left open and the event is named.
    """
    value: dict[str, Any] = {
        "term": term.iso,
        "term_text": term.words,
        "read_from": [term.start, term.end],
        "display": f"{term.words} from the start",
    }
    after = text[term.end : min(clause[1], term.end + 160)]
    event = _FROM_EVENT.match(after)
    if event and not here and not _FROM_START.search(event.group()):
        return value | {"from_event": " ".join(event["event"].split()), "display": f"{term.words} from an event"}
    order = ["Effective Date", "Agreement Date", "Opening Date"]
    if re.match(r"[^.;]{0,60}\b(?:date\s+(?:hereof|of\s+this)|execution|sign\w+)\b", after, re.IGNORECASE):
        order = ["Agreement Date", "Effective Date", "Opening Date"]
    basis = next((name for name in order if name in known), "")
    begin = here[0] if here else known.get(basis, "")
    last = after_start(begin, term)
    if last and re.search(
        r"\blast\s+day\s+of\s+(?:the|such)\s+(?:calendar\s+)?month\b", text[clause[0] : term.start], re.IGNORECASE
    ):
        last = month_end(last)
    if last:
        what = "the start date in the clause" if here else f"the {basis.casefold()}"
        value |= {} if here else {"start_of": basis}
        value |= {"date": last, "start": begin, "formula": f"{what} {begin} + {term.words}", "display": last}
    return value


def after_start(begin: str, term: Period) -> str:
    """The ISO date a term after one that may be incomplete: 2013-07 and 20 years are 2033-07; "" where unknown."""
    if len(begin) == 10 and begin[0].isdigit():
        return add_period(dt.date.fromisoformat(begin), term).isoformat()
    months = term.count * (12 if term.unit == "Y" else 1)
    if term.unit not in "YM" or months.denominator != 1 or not begin[:4].isdigit():
        return ""
    if len(begin) == 4:
        return str(int(begin) + int(months) // 12) if months % 12 == 0 else ""
    return add_period(dt.date.fromisoformat(f"{begin}-01"), term).isoformat()[:7]


def month_end(iso: str) -> str:
    """The last day of a date's month."""
    if len(iso) != 10:
        return iso
    return (dt.date.fromisoformat(iso) + relativedelta(day=31)).isoformat()


def _initial_term(text: str, start: int, end: int) -> Period | None:
    """The first period that is a term, not a notice or a renewal."""
    for period in find_periods(text, start, end, loose=True):
        before = text[max(start, period.start - 120) : period.start]
        after = text[period.end : min(end, period.end + 60)]
        if re.match(r"\W*(?:prior\s+)?(?:written\s+)?(?:notice|prior)", after, re.IGNORECASE) or period.unit == "H":
            continue
        if re.search(r"\b(?:sale|closing|breach|purchase)\b", after, re.IGNORECASE) and period.unit != "Y":
            continue
        if re.match(
            r"\W*(?:after|following)\s+(?:the\s+)?(?:\w+\s+){0,2}(?:closing|sale|death|terminat\w+|expir\w+)\b",
            after,
            re.IGNORECASE,
        ):
            continue
        renewing = RENEW.search(before[-70:])
        aside = renewing and re.search(
            r"\b(?:subject\s+to|unless|if\s+not|sooner|earlier)\b[^,;.]{0,40}$",
            before[: len(before[:-70]) + renewing.start()],
            re.IGNORECASE,
        )
        if renewing and not aside and not re.search(r"initial", before[-70:], re.IGNORECASE):
            continue
        yearly = period.qualifier == "anniversary" and re.search(
            r"\b(?:until|on|through|to)\b", before[-30:], re.IGNORECASE
        )
        granted = (
            yearly
            or period.unit in "YM"
            and re.search(r"\bfor\s+(?:an?\s+(?:period|term)\s+of\s+)?$", before, re.IGNORECASE)
        )
        if (
            granted
            or _TERM.search(before)
            or re.match(r"[^.;]{0,30}\b(?:term|engagement|from|after|following|commencing)\b", after, re.IGNORECASE)
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
