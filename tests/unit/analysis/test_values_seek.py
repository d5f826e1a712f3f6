"""Dates read where no clause says them: defined terms, signatures, passages that the screener passed over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.analysis.assess_context import AssessContext, View
from app.analysis.dates import key_dates
from app.analysis.values import read_values, value_of
from app.analysis.values_defined import date_terms, defined_date
from app.analysis.values_expiry import read_expiration
from app.analysis.values_parties import parties_in
from app.analysis.values_signed import last_signature, signature_dates
from app.domain.clauses import Clause, FoundBy
from app.domain.matter import Contract, Matter
from app.domain.text import ContractText
from app.domain.text import View as TextView
from app.services.playbooks import find_playbook

DATED = 'This Agreement is dated 15 March 2011 and effective as of 14 March 2011 (the "Effective Date"). '


def clause(text: str, kind: str, words: str, reported: bool = True, score: float = 0.9) -> Clause:
    start = text.index(words)
    return Clause(kind, start, start + len(words), score, reported, FoundBy.SCREENER)


def expiry(words: str, more: str = "") -> dict[str, Any]:
    text = f"{DATED}{words}\n{more}"
    clauses = [
        clause(text, "Agreement Date", "15 March 2011"),
        clause(text, "Effective Date", "14 March 2011"),
        clause(text, "Expiration Date", words),
    ]
    return value_of(read_values(text, clauses), "Expiration Date") or {}


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("Term: 3 years", "2014-03-14"),
        ("This is a five-year agreement.", "2016-03-14"),
        ("The term is two and one-half (2 1/2) years.", "2013-09-14"),
        ("It terminates on the 5th anniversary hereof.", "2016-03-15"),
        ("It shall expire (unless renewed) on March 1, 2014.", "2014-03-01"),
        ("It shall expire on June 30, 2012. The term has been extended until June 30, 2015.", "2015-06-30"),
        ("It shall run until the later of June 30, 2012 and June 30, 2013.", "2013-06-30"),
        ("It shall continue until the end of the calendar year 2014.", "2014-12-31"),
        ("It ends on the thirty-first day of December, two thousand and twelve.", "2012-12-31"),
        ("The amendment to the lease of January 1, 2009 notwithstanding, its term is 2 years.", "2013-03-14"),
        ("The Agreement shall be effective for a minimum of two years.", "2013-03-14"),
    ],
)
def test_ends_in_many_words(words: str, date: str) -> None:
    assert expiry(words).get("date") == date


@pytest.mark.parametrize(
    "words",
    [
        "Upon completion of the Services, this Agreement shall expire.",
        "This Agreement shall expire concurrently with the Lease.",
        "The term extends until the last to expire of the Licensed Patents.",
        "This Agreement ends when the Merger closes.",
    ],
)
def test_an_end_by_an_event_is_no_fixed_end(words: str) -> None:
    assert expiry(words).get("event")


def test_earlier_terminated_says_nothing_of_a_term_without_end() -> None:
    assert not expiry("Unless earlier terminated, the Term is as stated in Schedule 1.").get("perpetual")


def test_a_blank_number_of_years_is_a_blank() -> None:
    assert expiry("The Agreement is for a term of ____ years.").get("blank")


@pytest.mark.parametrize(
    ("words", "definition", "date"),
    [
        ("It continues for 3 years from the Launch Date.", '"Launch Date" means 1 June 2012.', "2015-06-01"),
        (
            "It continues for 3 years after the Closing Date.",
            'On 1 May 2012 (the "Closing Date") they met.',
            "2015-05-01",
        ),
        ("It continues until the Expiry Date.", "Expiry Date: 30 June 2016", "2016-06-30"),
        ("It continues for the Term.", '"Term" means five years from the Effective Date.', "2016-03-14"),
    ],
)
def test_terms_of_the_contract_are_looked_up(words: str, definition: str, date: str) -> None:
    assert expiry(words, definition).get("date") == date


def test_a_term_defined_twice_with_different_dates_is_not_guessed() -> None:
    text = '"Launch Date" means 1 June 2012.\n\n"Launch Date" means 1 July 2012.'
    assert len(date_terms(text)["launch date"]) == 2
    assert defined_date(text, "Launch Date") is None


def test_a_term_from_an_event_says_how_early_it_can_end_and_no_date() -> None:
    value = expiry("It continues for five years from the Launch Date.")
    assert "date" not in value
    assert (value["from_event"], value["not_before"]) == ("the Launch Date", "2016-03-14")
    assert value["display"] == "5 years from the Launch Date, not before 2016-03-14"


def test_a_named_start_is_an_input_of_the_end() -> None:
    text = f'{DATED}It continues for 3 years from the Launch Date. "Launch Date" means 1 June 2012.'
    clauses = [clause(text, "Expiration Date", "It continues for 3 years from the Launch Date.")]
    source = ContractText("0" * 64, "1", TextView.ACCEPTED, "", text, "txt")
    playbook = find_playbook("commercial")
    context = AssessContext(Contract("c", "c", ()), Matter("m", "m", dt.datetime(2024, 1, 1, tzinfo=dt.UTC)))
    entries = key_dates(View(source, (), read_values(text, clauses), (), playbook, context))
    end = next(e for e in entries if e["date"] == "2015-06-01")
    named = next(i for i in end["inputs"] if i["name"] == "Launch Date")
    assert text[named["start"] : named["end"]] == "1 June 2012"


SIGNED = "Some words.\nBy: /s/ A\nName: A\nDate: April 24, 2018\n\nBy: /s/ B\nName: B\nDate: 4/25/2018\n"


def test_an_agreement_without_a_date_is_dated_by_its_last_signature() -> None:
    assert [date.iso for date in signature_dates(SIGNED)] == ["2018-04-24", "2018-04-25"]
    value = value_of(read_values(SIGNED, []), "Agreement Date")
    assert value is not None
    assert value["date"] == "2018-04-25"
    first = read_values(SIGNED, [clause(SIGNED, "Agreement Date", "April 24, 2018")])
    assert (value_of(first, "Agreement Date") or {})["formula"] == "the last date beside the signatures"


def test_signatures_years_apart_are_of_different_papers() -> None:
    assert last_signature(SIGNED.replace("4/25/2018", "4/25/2011")) is None


def test_effective_on_the_last_signature() -> None:
    words = '"Effective Date" means the date of last signature.'
    value = value_of(read_values(f"{words}\n{SIGNED}", []), "Effective Date")
    assert value is not None
    assert value["date"] == "2018-04-25"


def test_an_end_is_sought_in_passages_that_were_not_reported() -> None:
    text = f"{DATED}The term of this Agreement is 20 years."
    sought = clause(text, "Expiration Date", "The term of this Agreement is 20 years.", reported=False, score=0.09)
    found = read_values(text, [sought])
    assert (value_of(found, "Expiration Date") or {})["date"] == "2031-03-14"
    assert [c.found_by for c in found if c.type == "Expiration Date" and c.reported] == [FoundBy.RULES]


def test_a_contract_without_any_end_is_given_none() -> None:
    text = f"{DATED}The parties shall meet for 2 years on Mondays."
    assert value_of(read_values(text, []), "Expiration Date") is None


def test_those_who_sign_a_joint_filing_are_its_parties_and_who_signs_for_them_is_not() -> None:
    text = (
        "JOINT FILING AGREEMENT\n\nThe undersigned agree to the joint filing.\n\nPINE CAPITAL LP\n"
        "By: Oak Holdings LLC, its general partner\n\nBy: /s/ Ann Lee\n\nELM FUND LTD\n\nBy: /s/ Ann Lee\n\n"
        "ASH MANAGEMENT, INC.\n\nBy: /s/ Ann Lee Chief Officer\n"
    )
    sure = [(text.index(name), text.index(name) + len(name)) for name in ("PINE CAPITAL LP", "Oak Holdings LLC")]
    names = [party.name for party in parties_in(text, sure)]
    assert sorted(names) == ["ASH MANAGEMENT, INC.", "ELM FUND LTD", "PINE CAPITAL LP"]


def test_a_start_on_the_first_of_the_next_month_is_said_in_the_formula() -> None:
    text = "The Term starts on the first day of the month after the Effective Date and lasts 12 months."
    value = read_expiration(text, 0, len(text), {"Effective Date": "2010-03-15"}) or {}
    assert value["formula"] == "the first of the month after the effective date: 2010-04-01 + 12 months"
