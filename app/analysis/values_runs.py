"""When a term ends that is said as a length: what it runs from, and the end reckoned from there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dateutil.relativedelta import relativedelta

from app.analysis.values_dates import FoundDate
from app.analysis.values_defined import defined_date
from app.analysis.values_periods import Period
from app.analysis.values_years import years_end

_ORDER = ("Effective Date", "Agreement Date", "Opening Date")
_AGREED = re.compile(
    r"\b(?:date\s+(?:hereof|of\s+(?:this|the)\s+(?:\w+\s+)?agreement|first|written|above)|execut\w+|sign\w+|hereof)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[^.;]{0,40}?\b(?:from|after|following|of|commencing|beginning|starting|commences|begins)\s+"
    r"(?:(?:and\s+including|on|upon|with|as\s+of|at|from)\s+)?(?P<what>[^.;,()]{1,90})",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:commenc\w*|beg[iau]n\w*|start\w*|effective|effect|run\w*|from)\s+"
    r"(?:(?:on|upon|from|as\s+of|at|with)\s+)?(?P<what>the\s+[^.;,()]{1,60}?)"
    r"(?=[.;,()]|\s+(?:and|for|until|unless|through|shall|to)\b|\s*$)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:the\s+)?(?P<term>(?:[A-Z][\w’'/-]*\s+){0,4}(?:Date|DATE|Closing|Commencement|Launch|Completion|Term|Period))\b"
)
_USUAL = re.compile(
    r"(?:the\s+)?(?:(?:Effective|Agreement|Contract|Execution|Signing|Signature|Commencement|Start|Contract\s+Start"
    r"|Initial|Original|Amendment|Term\s+Commencement|Contract\s+Effective|Agreement\s+Effective)\s+Date"
    r"|Commencement|(?:Initial\s+)?(?:Term|Period))$",
    re.IGNORECASE,
)
_HAPPENS = re.compile(
    r"\b(?:commencement\s+of\s+(?!this|the\s+(?:term|agreement)|th[ei]s?\s+initial)|launch\w*|first\s+(?:commercial|sale|shipment|delivery|purchase|order|use|public\w*|broadcast)"
    r"|commercial\s+(?:launch|sale|operation|production)\w*|go-?live|ready\s+date|in-?service|closing|completion"
    r"|deliver(?:y|ed)|opening|availab\w+|acceptance|approv\w+|installation|publication|ipo|public\s+offering)\b",
    re.IGNORECASE,
)
# "The date on which the Store opens", where no more is known of the day.
_DAY_OF = re.compile(
    r"(?:the\s+)?(?:first\s+)?(?:date|day)\s+(?:(?:(?:up)?on\s+which|that|when)\s+(?!this\b)(?!the\s+(?:agreement|contract|term)\b)|the\s+(?!part|agreement|contract|term))",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(
    r"\bday\s+(?:immediately\s+)?(?:before|prior\s+to|preceding)\s+(?:the\s+|its\s+|such\s+)?(?:date\s+of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_NEXT_MONTH = re.compile(
    r"\b(?:commenc\w*|beg[iau]n\w*|start\w*|from)\s+(?:on\s+|from\s+)?(?:the\s+)?first\s+day\s+of\s+the\s+(?:calendar\s+|first\s+)?month\s+(?:immediately\s+|next\s+)?(?:following|after)\b",
    re.IGNORECASE,
)
_MONTH_END = re.compile(r"\blast\s+day\s+of\s+(?:the|such)\s+(?:calendar\s+)?month\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Origin:
    """What a term runs from: a date that the contract gives a name to, or an event whose date it does not give."""

    named: FoundDate | None = None
    term: str = ""
    event: str = ""
    agreed: bool = False


def from_start(
    text: str, clause: tuple[int, int], term: Period, here: list[str], known: Mapping[str, str]
) -> dict[str, Any]:
    """The end of a term that runs from a date in the clause or one defined, or from the effective or agreement date.

    Where the term runs from an event (a launch, a first sale), its end is left open, the event is named, and
    `not_before` is the end it would have if the event were the effective date.
    """
    value: dict[str, Any] = {
        "term": term.iso,
        "term_text": term.words,
        "read_from": [term.start, term.end],
        "display": f"{term.words} from the start",
    }
    origin = _Origin() if here else _origin(text, clause, term, known)
    order = ("Agreement Date", "Effective Date", "Opening Date") if origin.agreed else _ORDER
    basis = next((name for name in order if known.get(name)), "")
    begin = here[0] if here else origin.named.iso if origin.named else known.get(basis, "")
    later = bool(_NEXT_MONTH.search(text, *clause))
    begin = _next_month(begin) if later else begin
    years = None if origin.event else years_end(text, term, begin)
    last = years[0] if years else after_start(begin, term)
    if last and _MONTH_END.search(text, clause[0], term.start):
        last = month_end(last)
    if last and _DAY_BEFORE.search(text, clause[0], term.start):
        last = day_before(last)
    if origin.event:
        value |= {"from_event": origin.event, "display": f"{term.words} from {origin.event}"}
        if last:
            value |= {"not_before": last, "start": begin, "start_of": basis}
            value |= {"formula": f"not before the {basis.casefold()} {begin} + {term.words}"}
            value["display"] += f", not before {last}"
    elif last:
        what = "the start date in the clause" if here else f"the {basis.casefold()}"
        if origin.named:
            what = f"the {origin.term}"
            value["start_from"] = [origin.named.start, origin.named.end]
        elif not here:
            value["start_of"] = basis
        what = f"the first of the month after {what}:" if later else what
        formula = years[1] if years else f"{what} {begin} + {term.words}"
        value |= {"date": last, "start": begin, "formula": formula, "display": last}
    return value


def _origin(text: str, clause: tuple[int, int], term: Period, known: Mapping[str, str]) -> _Origin:
    """What the words after a term say that it runs from, else those before it."""
    if re.match(r"\s*hereof\b", text[term.end : clause[1]]):
        return _Origin(agreed=True)
    after = _AFTER.match(text, term.end, min(clause[1], term.end + 160))
    before = list(_BEFORE.finditer(text, max(clause[0], term.start - 300), term.start))
    for match in ([after] if after else []) + before[-1:]:
        words = " ".join(match["what"].split())
        named = _NAMED.match(words)
        if named and known.get(named["term"].title()) == "":
            return _Origin(event=f"the {named['term']}, which is left blank")
        if named and named["term"].title() in known:
            return _Origin(agreed=named["term"].title() == "Agreement Date")
        if named and (date := defined_date(text, named["term"])):
            return _Origin(date, named["term"])
        if named and _USUAL.match(named["term"]):
            return _Origin()
        if _AGREED.search(words):
            return _Origin(agreed=True)
        if _DAY_OF.match(words):
            return _Origin(event=_event(words))
        if (named and named["term"].casefold().endswith("date")) or _HAPPENS.search(words):
            return _Origin(event=_event(words))
        if match is after and re.match(r"(?:the\s+)?(?:effective|date|commencement|execution)\b", words, re.IGNORECASE):
            return _Origin()
    return _Origin()


def _event(words: str) -> str:
    """An event as the contract names it, without what follows."""
    return re.split(r"\s+(?:unless|until|and\s+(?:shall|will|may)|subject\s+to|provided|or\s+until)\b", words)[0][
        :60
    ].strip()


def after_start(begin: str, term: Period) -> str:
    """The ISO date a term after one that may be incomplete: 2013-07 and 20 years are 2033-07; "" where unknown."""
    if len(begin) == 10 and begin[0].isdigit():
        return add_period(dt.date.fromisoformat(begin), term).isoformat()
    months = term.count * (12 if term.unit == "Y" else 1)
    if term.unit not in "YM" or months.denominator != 1:
        return ""
    if begin.startswith("--"):  # the year is left open: whole years later the day of the year is the same
        return begin if months % 12 == 0 else ""
    if not begin[:4].isdigit():
        return ""
    if len(begin) == 4:
        return str(int(begin) + int(months) // 12) if months % 12 == 0 else ""
    return add_period(dt.date.fromisoformat(f"{begin}-01"), term).isoformat()[:7]


def _next_month(iso: str) -> str:
    """The first day of the month after a complete date's."""
    return (
        (dt.date.fromisoformat(iso) + relativedelta(months=1, day=1)).isoformat()
        if len(iso) == 10 and iso[0] != "-"
        else iso
    )


def day_before(iso: str) -> str:
    """The day before a complete date."""
    return (dt.date.fromisoformat(iso) - dt.timedelta(days=1)).isoformat() if len(iso) == 10 and iso[0] != "-" else iso


def month_end(iso: str) -> str:
    """The last day of a date's month."""
    if len(iso) != 10:
        return iso
    return (dt.date.fromisoformat(iso) + relativedelta(day=31)).isoformat()


def add_period(date: dt.date, period: Period) -> dt.date:
    """The day a period after a date: months and years keep the day of the month, or end on the month's last day."""
    count = period.count
    if period.unit == "Y":
        return date + relativedelta(months=int(count * 12))
    if period.unit == "M":
        return date + relativedelta(months=int(count), days=round(float(count - int(count)) * 30))
    return date + dt.timedelta(days=int(count) * (7 if period.unit == "W" else 1))
