"""What holds of every date, period and amount: they come back as written, months end rightly, no text takes long."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.values_dates import find_dates
from app.analysis.values_defined import date_terms
from app.analysis.values_expiry import read_expiration
from app.analysis.values_money import fee_multiple, find_amounts, find_percentages
from app.analysis.values_parties import parties_in
from app.analysis.values_periods import NUMBER_WORDS, find_periods, number_from_words
from app.analysis.values_runs import add_period, month_end
from app.analysis.values_seek import with_dates
from app.analysis.values_signed import signature_dates

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2069, 12, 31))
UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def in_words(number: int) -> str:
    ones = {value: word for word, value in NUMBER_WORDS.items() if value < 20}
    if number >= 100:
        rest = number % 100
        return f"{ones[number // 100]} hundred" + (f" and {in_words(rest)}" if rest else "")
    if number < 20:
        return ones[number]
    return TENS[number // 10 - 2] + (f"-{ones[number % 10]}" if number % 10 else "")


@given(day=DAYS, form=st.integers(0, 6))
def test_dates_come_back_as_written(day: dt.date, form: int) -> None:
    month = f"{day:%B}"
    written = [
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"the {ordinal(day.day)} day of {month}, {day.year}",
        f"{month} {ordinal(day.day)}, in the year {day.year}",
        day.isoformat(),
        f"{day.month}/{day.day}/{day.year}",
        f"{day.day}-{month[:3]}-{day.year}",
    ][form]
    text = f"made on {written} (the date)"
    found = find_dates(text)
    assert [date.iso for date in found] == [day.isoformat()]
    assert text[found[0].start : found[0].end].strip() in f"{written}"


@given(year=st.integers(1950, 2069))
def test_only_leap_years_have_a_29th_of_february(year: int) -> None:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    found = find_dates(f"on February 29, {year}")
    assert (found[0].iso == f"{year}-02-29") if leap else all(date.date is None for date in found)


@given(number=st.integers(1, 999))
def test_numbers_in_words_come_back(number: int) -> None:
    assert number_from_words(in_words(number)) == number


@given(number=st.integers(1, 360), unit=st.sampled_from(sorted(UNITS)), form=st.integers(0, 3))
def test_periods_come_back_as_written(number: int, unit: str, form: int) -> None:
    units = unit if number == 1 else f"{unit}s"
    words = in_words(number)
    written = [f"{number} {units}", f"{words} {units}", f"{words} ({number}) {units}", f"{number}-{unit}"][form]
    found = find_periods(f"for {written} from now")
    assert [period.iso for period in found] == [f"P{number}{UNITS[unit]}"]


@given(years=st.integers(1, 30), months=st.integers(1, 11), link=st.sampled_from([" and ", ", and "]))
def test_years_and_months_are_one_period(years: int, months: int, link: str) -> None:
    found = find_periods(f"a term of {in_words(years)} ({years}) years{link}{in_words(months)} ({months}) months")
    assert [period.iso for period in found] == [f"P{years * 12 + months}M"]


FORMS = ["Inc.", "LLC", "Ltd.", "GmbH", "Corporation", "L.P.", "PLC", "B.V."]
WORDS = st.lists(st.from_regex(r"[A-Z][a-z]{3,8}", fullmatch=True), min_size=1, max_size=3).map(" ".join)


@settings(max_examples=60)
@given(one=WORDS, other=WORDS, forms=st.tuples(st.sampled_from(FORMS), st.sampled_from(FORMS)), way=st.integers(0, 3))
def test_parties_come_back_as_written(one: str, other: str, forms: tuple[str, str], way: int) -> None:
    first, second = f"Zeta {one} {forms[0]}", f"Quor {other} {forms[1]}"
    text = [
        f'This Agreement is made by and between {first}, a company ("Alpha"), and {second}, a company ("Beta").',
        f'THIS AGREEMENT is between:\n(1) {first} of 1 Low Road (the "Seller"); and\n(2) {second} (the "Buyer").',
        f'between {first} (hereinafter called "Alpha") and {second} (hereinafter called "Beta").',
        f"Party A: {first}\nAddress: 1 Low Road\nParty B: {second}\n",
    ][way]
    found = [party.name for party in parties_in(text, [])]
    assert found == [first, second]


@given(start=DAYS, years=st.integers(1, 25))
def test_an_anniversary_is_the_same_day_of_a_later_year(start: dt.date, years: int) -> None:
    text = f"This Agreement shall continue until the {ordinal(years)} anniversary of the Effective Date."
    value = read_expiration(text, 0, len(text), {"Effective Date": start.isoformat()}) or {}
    assert value["date"] == add_period(start, find_periods(f"{years} years")[0]).isoformat()


@given(day=DAYS, months=st.integers(1, 240))
def test_months_keep_the_day_or_end_on_the_last(day: dt.date, months: int) -> None:
    end = add_period(day, find_periods(f"{months} months")[0])
    assert (end.year - day.year) * 12 + end.month - day.month == months
    assert end.day == min(day.day, dt.date.fromisoformat(month_end(end.isoformat())).day)
    assert (dt.date.fromisoformat(month_end(day.isoformat())) + dt.timedelta(days=1)).day == 1


@given(cents=st.integers(1, 10**12), sign=st.sampled_from([("$", "USD"), ("£", "GBP"), ("€", "EUR"), ("USD ", "USD")]))
def test_amounts_come_back_to_the_cent(cents: int, sign: tuple[str, str]) -> None:
    found = find_amounts(f"pay {sign[0]}{cents // 100:,}.{cents % 100:02d} now")
    assert [(round(amount.amount * 100), amount.currency) for amount in found] == [(cents, sign[1])]


@settings(max_examples=60)
@given(text=st.text(st.sampled_from("0123456789 /-.,()[]_$%\n\"'“”JanuaryMarchofthedayteenyrsDate"), max_size=400))
def test_no_text_breaks_the_readers_and_spans_lie_in_it(text: str) -> None:
    spans = [(d.start, d.end) for d in find_dates(text)]
    spans += [(p.start, p.end) for p in find_periods(text, loose=True)]
    spans += [(a.start, a.end) for a in find_amounts(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    find_percentages(text)
    fee_multiple(text, 0, len(text))
    value = read_expiration(text, 0, len(text), {})
    assert value is None or value["read_from"][1] <= len(text)
    date_terms(text)
    signature_dates(text)


LONG = 60_000
HOSTILE = [
    "1", "one ", "one hundred and ", "twenty-", "[", "(", "_ ", "____", "$1,000", "1,", "the ", "terminate ", "until ",
    "by: ", "date ", "The Date ", '"Term ', '("the ', "(the ", "renew ", "commence ", "fee ", "\n", " ", "May ", "1/",
    "/s/ ", "By: ____ ", "Source: ", "first ",
    "A ", "business ", "not ", "of ", "expire ", "two thousand ", "last date ", "signed ", "Aaaaa 1, ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_text_of_anything_is_read_at_once(piece: str) -> None:
    text = (piece * (LONG // len(piece) + 1))[:LONG]
    began = time.process_time()
    find_dates(text)
    find_periods(text, loose=True)
    find_amounts(text)
    find_percentages(text)
    date_terms(text)
    signature_dates(text)
    read_expiration(text, 0, len(text), {})
    assert time.process_time() - began < 4


SOUGHT = ["prior to the end of the term ", "this agreement shall continue ", "in witness whereof "]


@pytest.mark.parametrize("piece", SOUGHT)
def test_a_long_text_is_searched_for_dates_at_once(piece: str) -> None:
    text = (piece * (LONG // len(piece) + 1))[:LONG]
    began = time.process_time()
    with_dates(text, [])
    assert time.process_time() - began < 2
