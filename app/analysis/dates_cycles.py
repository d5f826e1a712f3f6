"""Terms, renewals and notices by the calendar. Pure arithmetic; the rules are stated at each function and in docs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import holidays
from dateutil.relativedelta import relativedelta

_MOST_CYCLES = 400


@dataclass(frozen=True, slots=True)
class Length:
    """`count` of D(ays), W, M or Y; `business` days skip weekends and public holidays."""

    count: int
    unit: str
    business: bool = False

    @classmethod
    def of(cls, iso: str, business: bool = False) -> Length | None:
        """From an ISO 8601 duration of one whole unit, else None."""
        body = iso.removeprefix("P")
        if iso.startswith("PT") or not body[:-1] or body[-1:] not in "DWMY":
            return None
        try:
            count = Fraction(body[:-1])
        except ValueError:
            return None
        return cls(int(count), body[-1], business) if count.denominator == 1 and count > 0 else None


@dataclass(frozen=True, slots=True)
class Cycle:
    """A term that ends on `end`; number 0 is the initial term, 1 the first renewal."""

    number: int
    end: dt.date
    renews: bool  # whether another follows by itself


def ahead(date: dt.date, length: Length, times: int = 1) -> dt.date:
    """`times` lengths after a date, reckoned at once from it: 31 January and two months make 31 March, not 28.

    A day that the month does not have becomes the month's last (29 February and a year: 28 February).
    """
    count = length.count * times
    match length.unit:
        case "D":
            return date + dt.timedelta(days=count)
        case "W":
            return date + dt.timedelta(weeks=count)
        case "M":
            return date + relativedelta(months=count)
    return date + relativedelta(years=count)


def present_cycle(first_end: dt.date, renewal: Length | None, on: dt.date, most: int | None = None) -> Cycle | None:
    """The cycle running on a day: the first that ends on it or later. None where the contract had ended by then.

    `most` is the number of renewals allowed, None: without limit. Ends are reckoned from the end of the initial term.
    """
    for number in range(_MOST_CYCLES):
        if number and (renewal is None or (most is not None and number > most)):
            return None
        end = ahead(first_end, renewal, number) if number and renewal else first_end
        if end >= on:
            return Cycle(number, end, renewal is not None and (most is None or number < most))
    return None


def last_notice_day(end: dt.date, notice: Length, country: str = "") -> dt.date:
    """The last day on which notice is in time: the notice period counted back from the end of the term.

    Months and years go by the calendar (31 May less three months: the last of February). Business days are counted
    back one by one, the end itself not counted, over weekends and the country's public holidays.
    """
    match notice.unit:
        case "W":
            return end - dt.timedelta(weeks=notice.count)
        case "M":
            return end - relativedelta(months=notice.count)
        case "Y":
            return end - relativedelta(years=notice.count)
    if not notice.business:
        return end - dt.timedelta(days=notice.count)
    day, left = end, notice.count
    while left:
        day -= dt.timedelta(days=1)
        left -= is_business_day(day, country)
    return day


def business_day_before(day: dt.date, country: str = "") -> dt.date:
    """The day itself if it is a business day, else the last one before it: when it is safe to send a notice."""
    while not is_business_day(day, country):
        day -= dt.timedelta(days=1)
    return day


def is_business_day(day: dt.date, country: str = "") -> bool:
    """Monday to Friday, but for public holidays of the United States or of England."""
    return day.weekday() < 5 and day not in _holidays(country, day.year)


@lru_cache(maxsize=256)
def _holidays(country: str, year: int) -> Any:
    """The public holidays of a year; none where the country is not one of ours."""
    if country == "United States":
        return holidays.country_holidays("US", years=year)
    if country == "United Kingdom":
        return holidays.country_holidays("GB", subdiv="ENG", years=year)
    return frozenset()
