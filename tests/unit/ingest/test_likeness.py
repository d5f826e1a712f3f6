"""Copies, drafts and two deals on one form are told apart."""

from __future__ import annotations

from app.ingest.likeness import Kind, compare

CLAUSES = "\n\n".join(
    f"{i}. Clause {i}. The Executive shall do thing {i} for the Company in good faith." for i in range(1, 40)
)
FORM = "This Agreement is made on June 1, 2020 between Acme Widgets, Inc. and {}.\n\n" + CLAUSES
ONE = FORM.format("Beta Tools LLC")


def test_a_copy_and_a_draft_say_where_they_differ() -> None:
    assert compare(ONE, ONE.upper()).kind is Kind.COPY
    draft = compare(ONE, ONE.replace("thing 7 ", "item seven "))
    assert draft.kind is Kind.DRAFT
    assert "clause 7" in draft.difference


def test_another_party_is_never_called_a_draft() -> None:
    renamed = compare(ONE, FORM.format("Gamma Foods Ltd"))
    assert renamed.kind is Kind.RENAMED
    assert "Beta Tools LLC" in renamed.difference
    assert "Gamma Foods Ltd" in renamed.difference
    assert compare(FORM.format("John Smith"), FORM.format("Mary Jones")).kind is Kind.RENAMED
    deal = FORM.format("Gamma Foods Ltd").replace("June 1, 2020", "July 9, 2021").replace("thing 8", "item eight")
    assert compare(ONE, deal).kind is Kind.FORM


def test_another_date_and_other_terms() -> None:
    dated = compare(ONE, ONE.replace("June 1, 2020", "July 9, 2021"))
    assert dated.kind is Kind.DATED
    assert "June 1 2020 and July 9 2021" in dated.difference
    assert compare(ONE, ONE.replace("good faith", "bad faith")).kind is Kind.ALIKE
