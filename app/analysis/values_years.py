"""Contract years: when the fifth one ends, where the contract says what its years are."""

from __future__ import annotations

import re

from dateutil.relativedelta import relativedelta

from app.analysis.values_dates import FoundDate, find_dates
from app.analysis.values_periods import Period

_KIND = r"(?:Contract|Licen[cs]e|Agreement|Fiscal|Operating|Marketing|Sales|Lease|Program)"
_YEARS = re.compile(rf"\b(?P<kind>{_KIND})\s+years?\b", re.IGNORECASE)
_REACH = 600
_FIRST_ENDS = re.compile(
    r"\bfirst\b[^;]{0,200}?\b(?:end\w*|expir\w+|through|until|conclud\w+|to)\s+(?:on\s+|at\s+\S+\s+on\s+|and\s+including\s+){0,2}$",
    re.IGNORECASE,
)
_CALENDAR = re.compile(
    r"\b(?:each|an?|any|every|mean\w*|is)\s+(?:the\s+|full\s+)?calendar\s+year\b"
    r"|\b(?:begin\w*|commenc\w+|start\w*|from)\s+(?:on\s+)?January\s+1(?:st)?\b(?!,?\s*\d{4})",
    re.IGNORECASE,
)


def years_end(text: str, term: Period, begin: str) -> tuple[str, str] | None:
    """The end of the last of `term`'s contract years and how it is reckoned; None where these are plain years.

    What counts is the contract's own definition: where its first year ends on a named day, or its years are calendar
    years and the first begins on `begin`.
    """
    kind = _YEARS.search(text, term.start, min(len(text), term.end + 20))
    if kind is None or term.unit != "Y" or term.count.denominator != 1:
        return None
    name = " ".join(kind.group().casefold().split()).rstrip("s")
    first = _first_end(text, name.split()[0], begin)
    if first is None or first.date is None:
        return None
    last = (first.date + relativedelta(years=int(term.count) - 1)).isoformat()
    more = f" + {int(term.count) - 1} years" if term.count > 1 else ""
    return last, f"the end of the first {name} {first.iso}{more}"


def _first_end(text: str, kind: str, begin: str) -> FoundDate | None:
    """When the first year of a kind ends, by its definition."""
    for match in re.finditer(rf"[\"“]\s?{kind}\s+years?\s?,?[\"”]", text, re.IGNORECASE):
        stop = min(len(text), match.end() + _REACH)
        cut = re.search(r"\n\s*\n|\.\s+[\"“]", text[match.end() : stop])
        stop = match.end() + cut.start() if cut else stop
        for date in find_dates(text, match.end(), stop):
            if date.date and _FIRST_ENDS.search(text, match.end(), date.start):
                return date
        if len(begin) == 10 and begin[0].isdigit() and _CALENDAR.search(text, match.end(), stop):
            return FoundDate(f"{begin[:4]}-12-31", match.start(), stop)
    return None
