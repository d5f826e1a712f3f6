"""Contracts against a standard form."""

from __future__ import annotations

from app.analysis.form_units import units_of
from app.analysis.standard_form import Side, against
from app.domain.clauses import Clause, FoundBy
from app.domain.matter import ContractKind
from app.domain.standard_form import Change, FormComparison, StandardForm

FORM = """SERVICES AGREEMENT

This Agreement is made on [date] between [name of supplier] ("Supplier") and ______ ("Customer").

1. Fees
1.1 Customer shall pay each undisputed invoice within thirty days of receipt by bank transfer.
1.2 Supplier may not increase the Fees more than once in any calendar year of the term.

2. Liability
2.1 The total liability of Supplier shall not exceed two hundred per cent of the Fees paid in the year before.
2.2 Nothing in this Agreement limits the liability of Supplier for fraud or wilful misconduct.

3. Termination
3.1 Customer may terminate this Agreement for convenience upon sixty days' written notice to Supplier.

4. Law
4.1 This Agreement is governed by the laws of England and Wales.

IN WITNESS WHEREOF the parties have signed.
"""
FILLED = FORM.replace("[date]", "4 May 2023").replace("[name of supplier]", "Northwind Ltd").replace("______", "Halden")


def stands(text: str, kind: ContractKind = ContractKind.SERVICES, *clauses: Clause) -> FormComparison:
    form = StandardForm("f" * 64, "form.docx", ContractKind.SERVICES, "t" * 64)
    return against(form, Side.of(FORM, ()), Side.of(text, clauses), kind)


def test_a_form_that_was_only_filled_in_departs_in_nothing() -> None:
    found = stands(FILLED.replace("\n", "\n  "))
    assert found.on_form
    assert found.followed == 1
    assert not found.deviations
    assert found.said.endswith("none of its 7 clauses departs from it.")


def test_changed_left_out_and_added_clauses_are_told_where_they_stand() -> None:
    text = FILLED.replace("two hundred", "one hundred").replace(FORM[FORM.index("1.2") : FORM.index("2. Lia")], "")
    text = text.replace(
        "4. Law\n4.1", "4. Exclusivity\n4.1 Customer buys all services of this kind from Supplier.\n\n5. Law\n5.1"
    )
    found = stands(text).deviations
    assert [(d.change, d.clause) for d in found] == [
        (Change.REMOVED, "1.2 Fees"),
        (Change.CHANGED, "2 Liability"),
        (Change.ADDED, "4 Exclusivity"),
    ]
    assert found[1].words == (("two", "one"),)
    assert found[1].start is not None
    assert text[found[1].start : found[1].end] == found[1].quote
    assert found[0].form_quote.startswith("1.2 Supplier may not increase")
    assert (found[0].start, found[0].quote) == (None, "")


def test_a_name_that_stands_for_another_throughout_is_told_once() -> None:
    found = stands(FILLED.replace("Supplier", "Provider"))
    assert not found.deviations
    assert found.said.endswith("Throughout it says “Provider” for “Supplier”.")


def test_a_number_within_words_that_are_kept_is_a_change_even_where_a_blank_was_filled_beside_it() -> None:
    text = FILLED.replace("thirty days", "ninety days")
    assert [d.words for d in stands(text).deviations] == [(("thirty", "ninety"),)]


def test_another_kind_of_contract_is_not_compared_and_says_so() -> None:
    found = stands("Each party keeps the other's secrets.\n\nThis ends after a year.", ContractKind.NDA)
    assert not found.compared
    assert not found.deviations
    assert "another kind of contract" in found.said


def test_a_contract_of_the_kind_on_other_paper_is_compared_by_type_and_value() -> None:
    words = "The laws of Ohio apply."
    law = Clause("Governing Law", 0, len(words), 0.9, True, FoundBy.SCREENER, value={"display": "Ohio"})
    found = stands(words, ContractKind.SERVICES, law)
    assert found.compared
    assert not found.on_form
    assert [(d.change, d.clause, d.quote) for d in found.deviations] == [(Change.ADDED, "Governing Law", words)]


def test_a_text_without_numbers_is_cut_into_paragraphs() -> None:
    assert [unit.words for unit in units_of("One thing.\n\nAnother\nthing.\n")] == ["one thing.", "another thing."]
