"""Ways in which contracts say ends, starts, parties and notices, each a class of clauses that was once misread."""

from __future__ import annotations

from typing import Any

import pytest

from app.analysis.values import read_values, value_of
from app.analysis.values_expiry import read_expiration
from app.analysis.values_law import read_law
from app.analysis.values_parties import parties_in
from app.analysis.values_periods import find_periods
from app.analysis.values_scope import territory
from app.analysis.values_signed import signature_dates, witness_date
from app.analysis.values_terms import read_notice, read_renewal
from app.domain.clauses import Clause, FoundBy

KNOWN = {"Effective Date": "2010-03-15", "Agreement Date": "2010-03-15"}


def ends(words: str, known: dict[str, str] = KNOWN) -> dict[str, Any]:
    return read_expiration(words, 0, len(words), known) or {}


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("This Agreement has a term of one (1) year and six (6) months from the Effective Date.", "2011-09-15"),
        ("The term of this Agreement shall extend for a period of ten years from the Effective Date.", "2020-03-15"),
        ("Unless renewed, this Agreement will end on the last day of February 2016.", "2016-02-29"),
        ("It expires at midnight on the day before the fifth anniversary of the Effective Date.", "2015-03-14"),
    ],
)
def test_an_end_said_in_one_more_way(words: str, date: str) -> None:
    assert ends(words)["date"] == date


def test_a_renewal_that_extends_the_term_is_no_first_term() -> None:
    assert "date" not in ends("The term may be extended; it shall extend for a further period of two years.")


def test_a_three_year_agreement_speaks_of_its_term() -> None:
    assert "aside" not in ends("This is a three-year agreement starting on the Effective Date.")


def test_from_a_start_without_its_year_follows_an_end_without_its_year() -> None:
    assert ends("This Agreement continues for three years.", {"Effective Date": "--04-30"})["date"] == "--04-30"


def test_a_term_from_an_effective_date_left_blank_has_no_date() -> None:
    text = (
        "This Agreement is made as of 14 March 2011. The Effective Date will be on or about ______________. "
        "The term of this Agreement shall continue for five (5) years from the Effective Date."
    )
    value = value_of(
        read_values(text, [clause(text, "Effective Date", "on or about ______________"), *term(text)]), END
    )
    assert value is not None
    assert "date" not in value
    assert value["not_before"] == "2016-03-14"
    assert "left blank" in value["from_event"]


END, NOTICE = "Expiration Date", "Notice Period To Terminate Renewal"


def clause(text: str, kind: str, words: str) -> Clause:
    start = text.index(words)
    return Clause(kind, start, start + len(words), 0.9, True, FoundBy.SCREENER)


def term(text: str) -> list[Clause]:
    return [clause(text, END, text[text.index("The term") :])]


def test_until_a_date_that_only_the_future_fixes_is_no_date() -> None:
    """A filed contract ran until its Conversion Date, expected "on or before" a day: that day was taken for the end."""
    text = (
        'This Agreement shall continue in effect until the Conversion Date (the "Term"). The parties expect that the '
        "Conversion Date will occur on or before October 31, 2009, and may extend it by six (6) months."
    )
    first = text.index(" The parties")
    value = read_expiration(text, 0, first, KNOWN)
    assert value is not None
    assert "date" not in value
    assert (value["event"], value["until"]) == (True, "Conversion Date")


def test_until_a_date_that_the_contract_fixes_is_that_date() -> None:
    text = 'This Agreement continues until the Closing Date. "Closing Date" means 1 May 2012.'
    assert (read_expiration(text, 0, 47, KNOWN) or {})["date"] == "2012-05-01"


@pytest.mark.parametrize(
    "block",
    [
        "ACME, INC.\n/s/ Ann Lee\nTitle 7/14/11     BOLT, LTD.\n/s/ Jim Roe Title 7/18/11\n\n",
        "\\s\\ Ann Lee  President  -----  18 July 2011\n",
        "07/18/2011 ______________ ______________ Date Date\n/s/ Ann Lee\n",
        "Hamburg, July 18th, 2011\n\n/s/ Ann Lee   /s/ Jim Roe\n",
    ],
)
def test_dates_beside_signatures_need_no_label(block: str) -> None:
    assert max(date.iso for date in signature_dates(f"The parties agree.\n\n{block}")) == "2011-07-18"


@pytest.mark.parametrize(
    "block",
    [
        "/s/ Ann Lee\n\nSource: ACME INC, 8-K, 7/18/2011\n",
        "/s/ Ann Lee\n\nReference is made to the Lease dated July 18, 2011\n",
        "Signed: /s/ Ann Lee\n\nEffective Date: July 18, 2011 (closing date)\n",
    ],
)
def test_other_dates_near_a_signature_are_not_its_date(block: str) -> None:
    assert signature_dates(f"The parties agree.\n\n{block}") == ()


def test_the_words_of_witness_date_an_agreement_that_says_no_other_date() -> None:
    text = "Some words.\n\nIN WITNESS WHEREOF, the parties have signed this paper as of this 4th day of April, 2003.\n"
    date = witness_date(text)
    assert date is not None
    assert (value_of(read_values(text, []), "Agreement Date") or {})["date"] == date.iso == "2003-04-04"


def test_a_term_that_begins_on_the_date_of_the_agreement_says_the_effective_date() -> None:
    text = "This Agreement is made as of 20 March 2002. The term shall be three years, commencing on the date hereof."
    found = read_values(text, term(text))
    assert (value_of(found, "Effective Date") or {})["date"] == "2002-03-20"


def test_an_end_is_found_where_no_passage_was_reported() -> None:
    text = "This Agreement is made as of 20 March 2002.\n\nThe term of this Agreement shall be three years."
    assert (value_of(read_values(text, []), END) or {})["date"] == "2005-03-20"


def test_the_notice_against_a_renewal_is_found_where_no_passage_was_reported() -> None:
    text = (
        "The agreement renews for successive years. Either party may end it by three months' written notice given "
        "prior to the expiry of the current term. Invoices are due within 30 days."
    )
    value = value_of(read_values(text, []), NOTICE)
    assert value is not None
    assert value["duration"] == "P3M"


def test_a_notice_of_breach_is_no_notice_against_a_renewal() -> None:
    text = "Licensee may cure within 30 days of notice. It shall report ten days before the end of each calendar year."
    assert value_of(read_values(text, []), NOTICE) is None


def names(text: str) -> list[str]:
    return [party.name for party in parties_in(text, []) if party.name]


def test_a_name_with_one_word_in_small_letters_is_whole() -> None:
    text = (
        'by and between: KALLO Inc. ("KALLO") AND Petro data Management Services Limited., with offices in Lagos '
        '("PDMS") AND Gateway Global Fabrication Ltd. ("Gateway")'
    )
    assert "Petro data Management Services Limited" in names(text)


def test_a_sentence_after_a_name_is_no_part_of_it() -> None:
    text = 'between Acme Works ("Acme") and Bolt owns Shares Limited'
    assert "Bolt owns Shares Limited" not in names(text)


def test_of_the_first_part_is_nobody() -> None:
    text = (
        'BETWEEN:\nPACIFIC FISHERIES LTD., a company\n(hereinafter "Pacific")\nOF THE FIRST PART\n- and -\n'
        'NORTHERN STORAGE INC.\n(hereinafter the "Warehouse")\nOF THE SECOND PART'
    )
    assert names(text) == ["PACIFIC FISHERIES LTD.", "NORTHERN STORAGE INC."]


def test_a_label_before_a_list_is_nobody() -> None:
    text = "This Agreement is among the Members: Fern Investors I, LLC; Fern Investors II, LLC; and Harold W. Stone."
    assert [name.strip(".") for name in names(text)] == [
        "Fern Investors I, LLC", "Fern Investors II, LLC", "Harold W. Stone",
    ]  # fmt: skip


SIGNED = "Each agrees.\n\nIN WITNESS WHEREOF, they have signed.\n\nORCHARD, LLC\nBy: /s/ Ann Lee\nTitle: Manager\n\n"


def test_a_person_who_signs_for_himself_is_a_party() -> None:
    assert names(f"{SIGNED}/s/ Robert Hughes\nRobert Hughes\n") == ["ORCHARD, LLC", "Robert Hughes"]


@pytest.mark.parametrize("block", ["By: /s/ Ann Lee\nAnn Lee\n", "/s/ Ann Lee\nAnn Lee\nPresident\n"])
def test_who_signs_for_a_company_is_no_party(block: str) -> None:
    assert names(f"{SIGNED}{block}") == ["ORCHARD, LLC"]


def test_the_law_of_a_state_goes_before_that_of_its_country() -> None:
    text = "governed by the laws of the United States of America and of the Commonwealth of Pennsylvania"
    law = read_law(text, 0, len(text))
    assert law is not None
    assert (law["country"], law["region"], law["law"]) == ("United States", "Pennsylvania", "Pennsylvania")


def test_a_year_and_a_notice_in_months_are_two_periods() -> None:
    found = find_periods("it renews for one year and three months prior notice ends it")
    assert [period.iso for period in found] == ["P1Y", "P3M"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("This Agreement continues until the Agreement expires or is terminated.", "until terminated"),
        ("This Agreement shall remain in force in perpetuity.", "perpetual"),
    ],
)
def test_until_terminated_is_not_perpetual(words: str, shown: str) -> None:
    value = ends(words)
    assert (value["perpetual"], value["display"]) == (True, shown)


def test_an_initial_period_alone_is_no_renewal() -> None:
    text = "Each Subscription Term will last for an initial 12-month period."
    assert read_renewal(text, 0, len(text)) is None


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Cover Page for Cloud Terms\nBy executing this Cover Page, the parties agree", "Cover Page for Cloud Terms"),
        ("Amendment The parties identified below agree to the following:", "Amendment"),
        ("This Supply Agreement", "This Supply Agreement"),
    ],
)
def test_a_title_ends_where_a_sentence_begins(words: str, title: str) -> None:
    clauses = read_values(words, [Clause("Document Name", 0, len(words), 0.9, True, FoundBy.SCREENER)])
    assert (value_of(clauses, "Document Name") or {})["title"] == title


def test_a_region_is_named_without_its_article() -> None:
    text = "may transfer it outside the EEA"
    assert (territory(text, 0, len(text)) or {})["territory"] == "EEA"


def test_a_time_since_the_end_of_orders_is_no_term() -> None:
    value = ends("This Agreement continues until 12 months have elapsed since the end of the latest order.")
    assert "date" not in value
    assert "term" not in value


def test_how_long_a_contract_goes_on_is_no_notice() -> None:
    text = "It continues for one (1) year, and renews for one year unless a party gives written notice."
    assert read_notice(text, 0, len(text)) is None
    text = text.replace("gives written", "gives sixty (60) days' written")
    assert (read_notice(text, 0, len(text)) or {})["days"] == 60
