"""Dates, terms and renewals as contracts word them; what follows from the lawyer's own values; what is asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.analysis.assess_context import AssessContext, View
from app.analysis.dates import key_dates
from app.analysis.values import read_values, value_of
from app.analysis.values_corrected import typed_value
from app.domain.clauses import Clause, FoundBy
from app.domain.matter import Contract, Matter
from app.domain.playbook import Playbook
from app.domain.text import ContractText
from app.domain.text import View as TextView
from app.services.playbooks import find_playbook

KNOWN = 'This Agreement is dated 15 March 2011 and effective as of 14 March 2011 (the "Effective Date"). '


def clauses_of(text: str, **parts: str) -> list[Clause]:
    found = []
    for kind, words in parts.items():
        start = text.index(words)
        name = kind.replace("_", " ").replace("Notice", "Notice Period To Terminate Renewal")
        found.append(Clause(name, start, start + len(words), 0.9, True, FoundBy.SCREENER))
    return found


def expiry(words: str) -> dict[str, Any] | None:
    text = KNOWN + words
    clauses = clauses_of(text, Agreement_Date="15 March 2011", Effective_Date="14 March 2011", Expiration_Date=words)
    return value_of(read_values(text, clauses), "Expiration Date")


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("The term is five (5) years from the Effective Date.", "2016-03-14"),
        ("This Agreement continues for two years from the date of execution of this Agreement.", "2013-03-15"),
        ("It shall, unless earlier terminated, end as of December 31, 2012.", "2012-12-31"),
        ("It runs until the third anniversary of the Effective Date.", "2014-03-14"),
        ("The term commences on 1 May 2011 and continues for 18 months.", "2012-11-01"),
        ("The term ends on the last day of the month two (2) years from the Effective Date.", "2013-03-31"),
        ("The licence is granted for a period of 10 years.", "2021-03-14"),
    ],
)
def test_the_end_of_a_term(words: str, date: str) -> None:
    value = expiry(words)
    assert value is not None
    assert value["date"] == date


def test_a_term_from_an_event_is_left_open_and_the_event_named() -> None:
    value = expiry("The term is five (5) years from the first commercial sale of a Product.")
    assert value is not None
    assert "date" not in value
    assert value["from_event"].startswith("the first commercial sale")


def test_an_incomplete_start_gives_an_incomplete_end() -> None:
    text = "Made this ___ day of July, 2013. The term of the agreement is 20 years."
    clauses = clauses_of(
        text, Agreement_Date="___ day of July, 2013", Expiration_Date="The term of the agreement is 20 years."
    )
    value = value_of(read_values(text, clauses), "Expiration Date")
    assert value is not None
    assert value["date"] == "2033-07"


@pytest.mark.parametrize("words", ["shall end on [***].", "terminating the [*****] day of [*****]."])
def test_a_blank_end_is_a_blank(words: str) -> None:
    value = expiry(words)
    assert value is not None
    assert value["blank"]
    assert value["date"] is None


@pytest.mark.parametrize(
    "words",
    [
        "It continues until terminated by either party.",
        "It may be terminated at any time.",
        "It shall not be terminable.",
    ],
)
def test_no_fixed_end(words: str) -> None:
    value = expiry(words)
    assert value is not None
    assert value["perpetual"]


def test_the_day_without_a_year_is_kept() -> None:
    text = "Entered into this 30th day of April between"
    value = value_of(read_values(text, clauses_of(text, Agreement_Date="30th day of April")), "Agreement Date")
    assert value is not None
    assert value["date"] == "--04-30"


def test_effective_on_the_date_of_the_agreement() -> None:
    text = "Dated June 8, 1999. The Term shall commence on the date of this Agreement and shall end December 31, 2000."
    clauses = clauses_of(text, Agreement_Date="June 8, 1999", Effective_Date=text[21:])
    value = value_of(read_values(text, clauses), "Effective Date")
    assert value is not None
    assert value["date"] == "1999-06-08"


@pytest.mark.parametrize(
    ("words", "duration", "successive", "count"),
    [
        ("It renews for two (2) additional terms of one year each.", "P1Y", True, 2),
        ("It shall continue on a year to year basis until terminated by either party.", "P1Y", True, None),
        ("It may be renewed for successive one (1) year terms.", "P1Y", True, None),
        ("It renews for successive terms of the same duration.", "P3Y", True, None),
        ("It may be extended for one further period of six months.", "P6M", False, 1),
    ],
)
def test_renewals(words: str, duration: str, successive: bool, count: int | None) -> None:
    text = "The initial term is three years. " + words
    clauses = clauses_of(text, Expiration_Date="The initial term is three years.", Renewal_Term=words)
    value = value_of(read_values(text, clauses), "Renewal Term")
    assert value is not None
    assert (value["duration"], value["successive"], value.get("count")) == (duration, successive, count)


TERM = "The term is one year from the Effective Date. It renews for successive one year terms unless 30 days notice."


def dates_of(text: str, clauses: list[Clause], corrections: dict[tuple[str, str], Any]) -> list[dict[str, Any]]:
    contract, matter = Contract("c", "c", ()), Matter("m", "m", dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    playbook: Playbook = find_playbook("commercial")
    read = ContractText("0" * 64, "1", TextView.ACCEPTED, "", text, "txt")
    valued = tuple(read_values(text, clauses, corrections))
    return key_dates(View(read, (), valued, (), playbook, AssessContext(contract, matter)))


def term_clauses(text: str) -> list[Clause]:
    return clauses_of(
        text, Expiration_Date="The term is one year from the Effective Date.",
        Renewal_Term="It renews for successive one year terms", Notice="unless 30 days notice",
    )  # fmt: skip


def test_an_unknown_start_is_asked_for_and_once_said_gives_the_dates() -> None:
    asked = dates_of(TERM, term_clauses(TERM), {})
    assert [entry["asks"] for entry in asked] == [
        "the day on which the term of 1 year starts",
        "the end of the initial term",
    ]
    told = dates_of(TERM, term_clauses(TERM), {("Effective Date", ""): typed_value("Effective Date", "29 Feb. 2024")})
    found = {entry["what"]: entry for entry in told}
    assert found["End of the initial term"]["date"] == "2025-02-28"
    assert found["Last day for notice against renewal"]["date"] == "2025-01-29"
    inputs = found["End of the initial term"]["inputs"]
    assert [(i["name"], i.get("corrected", False)) for i in inputs] == [
        ("Expiration Date", False),
        ("Effective Date", True),
    ]


def test_every_input_says_where_it_was_read() -> None:
    text = 'Effective 1 March 2020 (the "Effective Date"). ' + TERM
    clauses = [*clauses_of(text, Effective_Date="1 March 2020"), *term_clauses(text)]
    last = dates_of(text, clauses, {})[-1]
    assert last["date"] == "2021-01-30"
    spans = [text[i["start"] : i["end"]] for i in last["inputs"]]
    assert spans == ["one year", "one year", "30 days"]


def test_a_renewal_of_unknown_length_still_tells_the_first_notice_day() -> None:
    text = "The term ends on 31 December 2021. A party may stop its renewal by 3 months notice."
    clauses = clauses_of(
        text,
        Expiration_Date="The term ends on 31 December 2021.",
        Notice="A party may stop its renewal by 3 months notice.",
    )
    found = dates_of(text, clauses, {})
    assert [entry["date"] for entry in found] == ["2021-12-31", "2021-09-30", None]
    assert found[-1]["asks"] == "the length of the renewal"


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        ("Effective Date", "1 May 2020", {"date": "2020-05-01"}),
        ("Expiration Date", "Perpetual", {"perpetual": True}),
        ("Notice Period To Terminate Renewal", "10 business days", {"duration": "P10D", "business": True}),
        ("Renewal Term", "once, for 6 months", {"duration": "P6M", "successive": False}),
        ("Governing Law", "England", {"country": "United Kingdom"}),
    ],
)
def test_what_the_lawyer_types_is_read(kind: str, typed: str, expected: dict[str, Any]) -> None:
    value = typed_value(kind, typed)
    assert value is not None
    assert expected.items() <= value.items()
    assert value["corrected"]


@pytest.mark.parametrize(
    ("kind", "typed"), [("Effective Date", "soon"), ("Renewal Term", "long"), ("Governing Law", "x")]
)
def test_what_is_no_value_is_none(kind: str, typed: str) -> None:
    assert typed_value(kind, typed) is None


@pytest.mark.parametrize("part", ["April 6", "6, 2007", "2007", "April"])
def test_a_passage_that_is_a_part_of_a_date_gives_the_whole_date(part: str) -> None:
    text = "This Agreement is dated April 6, 2007 by the parties."
    value = value_of(read_values(text, clauses_of(text, Agreement_Date=part)), "Agreement Date")
    assert value is not None
    assert value["date"] == "2007-04-06"


def test_without_a_passage_the_opening_gives_the_date() -> None:
    text = "This Agreement is made as of April 6, 2007 by and between Acme, Inc. and Bolt LLC."
    clause = next(c for c in read_values(text, []) if c.type == "Agreement Date")
    assert clause.value is not None
    assert (clause.value["date"], clause.found_by) == ("2007-04-06", FoundBy.RULES)


def test_a_much_less_likely_passage_does_not_give_the_value() -> None:
    text = "Dated June 8, 1999. The order of 3 May is dated May 20, 2001."
    clauses = clauses_of(text, Agreement_Date="June 8, 1999")
    late = text.index("May 20")
    clauses += [Clause("Agreement Date", late, late + 12, 0.2, True, FoundBy.SCREENER)]
    value = value_of(read_values(text, clauses), "Agreement Date")
    assert value is not None
    assert value["date"] == "1999-06-08"
