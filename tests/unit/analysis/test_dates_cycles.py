from __future__ import annotations

import calendar
import datetime as dt
import random

import pytest

from app.analysis.dates_cycles import (
    Length,
    ahead,
    business_day_before,
    is_business_day,
    last_notice_day,
    present_cycle,
)


def months_after(day: dt.date, months: int) -> dt.date:
    """An independent reckoning: count months on the calendar and clip the day to the month's length."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def days_after(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(day.toordinal() + days)


def puzzle(seed: int) -> tuple[dt.date, Length, Length, Length, dt.date]:
    rng = random.Random(seed)
    start = days_after(dt.date(1996, 1, 1), rng.randrange(9000))
    if seed % 5 == 0:
        start = rng.choice([dt.date(2000, 2, 29), dt.date(2012, 2, 29), dt.date(2015, 1, 31), dt.date(2019, 8, 31)])
    initial = Length(rng.randint(1, 60), "M") if seed % 2 else Length(rng.randint(1, 10), "Y")
    renewal = rng.choice(
        [Length(1, "Y"), Length(2, "Y"), Length(6, "M"), Length(1, "M"), Length(3, "M"), Length(90, "D")]
    )
    notice = rng.choice(
        [Length(30, "D"), Length(60, "D"), Length(90, "D"), Length(3, "M"), Length(1, "M"), Length(2, "W")]
    )
    return start, initial, renewal, notice, days_after(start, rng.randrange(1, 4000))


def reckon(day: dt.date, length: Length, times: int) -> dt.date:
    if length.unit in "DW":
        return days_after(day, length.count * times * (7 if length.unit == "W" else 1))
    return months_after(day, length.count * times * (12 if length.unit == "Y" else 1))


@pytest.mark.parametrize("seed", range(200))
def test_the_last_notice_day_equals_an_independent_reckoning(seed: int) -> None:
    start, initial, renewal, notice, on = puzzle(seed)
    first_end = reckon(start, initial, 1)
    number = 0
    while reckon(first_end, renewal, number) < on:
        number += 1
    end = reckon(first_end, renewal, number)
    cycle = present_cycle(ahead(start, initial), renewal, on)
    assert cycle is not None
    assert (cycle.number, cycle.end) == (number, end)
    assert last_notice_day(cycle.end, notice) == reckon(end, notice, -1)


def test_month_ends_do_not_drift() -> None:
    assert ahead(dt.date(2023, 1, 31), Length(1, "M"), 2) == dt.date(2023, 3, 31)
    assert ahead(dt.date(2020, 2, 29), Length(1, "Y")) == dt.date(2021, 2, 28)
    assert ahead(dt.date(2020, 2, 29), Length(1, "Y"), 4) == dt.date(2024, 2, 29)


def test_a_contract_without_renewal_ends() -> None:
    assert present_cycle(dt.date(2020, 1, 1), None, dt.date(2020, 1, 2)) is None
    assert present_cycle(dt.date(2020, 1, 1), Length(1, "Y"), dt.date(2022, 1, 2), most=1) is None


def test_business_days_skip_weekends_and_holidays() -> None:
    # Independence Day 2023 was a Tuesday: five business days before Monday the 10th is Friday the 30th of June.
    assert last_notice_day(dt.date(2023, 7, 10), Length(5, "D", True), "United States") == dt.date(2023, 6, 30)
    assert last_notice_day(dt.date(2023, 7, 10), Length(5, "D", True), "") == dt.date(2023, 7, 3)
    assert business_day_before(dt.date(2023, 12, 26), "United Kingdom") == dt.date(2023, 12, 22)
    assert not is_business_day(dt.date(2024, 1, 1), "United Kingdom")


def test_only_whole_units_are_lengths() -> None:
    assert Length.of("P30D") == Length(30, "D")
    assert Length.of("PT48H") is None
    assert Length.of("P1.5M") is None
