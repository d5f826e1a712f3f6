from __future__ import annotations

from app.analysis.across import Facts, amendment_told, by_counterparty, conflicts
from app.analysis.comparing import Change, changed_words, compare
from app.analysis.standard_form import drafts_told
from app.domain.clauses import Clause, FoundBy

OURS = ("Beta Inc.",)
ONE = Facts("1", "one.pdf", ("Alpha Ltd", "Beta Inc."), ("New York",), ("$100,000",), exclusive=True)
TWO = Facts("2", "two.pdf", ("Alpha Limited", "Beta, Inc."), ("Ohio",), ("$50,000",))
THREE = Facts("3", "three.pdf", ("Gamma plc", "Beta Inc."), ("New York",), (), exclusive=True)


def test_the_same_counterparty_is_grouped_and_our_client_is_not() -> None:
    groups = by_counterparty([ONE, TWO, THREE], OURS)
    assert [(name, [f.contract_id for f in members]) for name, members in groups] == [("Alpha Ltd", ["1", "2"])]


def test_without_our_names_who_stands_in_every_contract_is_no_counterparty() -> None:
    assert [name for name, _ in by_counterparty([ONE, TWO, THREE], ())] == ["Alpha Ltd"]


def test_laws_and_caps_conflict_with_one_counterparty_only() -> None:
    found = conflicts([ONE, TWO, THREE], OURS)
    assert {(c.kind, c.one, c.other) for c in found} == {
        ("law", "1", "2"),
        ("cap", "1", "2"),
        ("exclusivity", "1", "3"),
    }
    law = next(c for c in found if c.kind == "law")
    assert law.say["1"].endswith("(Alpha Ltd): New York here, Ohio there.")
    assert law.say["2"].startswith("one.pdf is governed by another law")


def test_what_agrees_or_is_not_known_is_no_conflict() -> None:
    same = Facts("4", "four.pdf", ("Alpha Ltd", "Beta Inc."), ("New York", "Ohio"), ())
    assert not [c for c in conflicts([ONE, same], OURS) if c.kind in ("law", "cap")]


OLD = "Fees are due in 30 days.\n\nThis Agreement is governed by the laws of Ohio.\n\nSupplier keeps insurance."
NEW = "Fees are due in 60 days.\n\nThis Agreement is governed by the laws of  Ohio.\n\nNeither party may assign."


def clauses(text: str, *types: str) -> list[Clause]:
    made, at = [], 0
    for kind, words in zip(types, text.split("\n\n"), strict=True):
        start = text.index(words, at)
        made.append(Clause(kind, start, start + len(words), 0.9, True, FoundBy.SCREENER))
        at = start + len(words)
    return made


def test_drafts_are_compared_clause_by_clause() -> None:
    found = compare(
        OLD, clauses(OLD, "Payment Terms", "Governing Law", "Insurance"),
        NEW, clauses(NEW, "Payment Terms", "Governing Law", "Anti-Assignment"),
    )  # fmt: skip
    by_type = {d.type: d for d in found}
    assert by_type["Payment Terms"].change is Change.CHANGED
    assert by_type["Payment Terms"].words == (("30", "60"),)
    assert by_type["Governing Law"].change is Change.SAME
    assert by_type["Insurance"].change is Change.REMOVED
    assert by_type["Anti-Assignment"].change is Change.ADDED


def test_words_that_differ_are_run_together() -> None:
    assert changed_words("pay in thirty (30) days", "pay in sixty (60) days") == (("thirty (30)", "sixty (60)"),)
    assert changed_words("may assign", "may not assign") == (("", "not"),)


def test_exclusive_dealing_conflicts_only_where_one_party_stands_in_both() -> None:
    stranger = Facts("5", "five.pdf", ("Delta plc", "Epsilon AG"), exclusive=True)
    assert [(c.one, c.other) for c in conflicts([ONE, THREE, stranger], ()) if c.kind == "exclusivity"] == [("1", "3")]
    assert not [c for c in conflicts([ONE, stranger], OURS) if c.kind == "exclusivity"]


def test_drafts_and_amendments_of_one_contract_do_not_conflict_with_it() -> None:
    kin = frozenset({frozenset(("1", "2"))})
    assert [c.kind for c in conflicts([ONE, TWO], OURS)] == ["law", "cap"]
    assert not conflicts([ONE, TWO], OURS, kin)


def test_an_amendment_is_read_with_its_base() -> None:
    base = Facts("1", "base.pdf", (), values=(("Governing Law", "Illinois"), ("Parties", "A"), ("Insurance", "")))
    change = Facts("2", "first.txt", (), values=(
        ("Parties", "B"), ("Governing Law", "Delaware"), ("Cap On Liability", "USD 500,000"), ("Anti-Assignment", ""),
    ))  # fmt: skip
    here, there = amendment_told(base, change, "amendment", sure=True)
    assert here == (
        "Read with first.txt: the amendment says: governing law is Delaware, not Illinois;"
        " cap on liability is USD 500,000, not said there; it also deals with assignment."
    )
    assert there.startswith("Read with base.pdf: this one says: governing law is Delaware")
    assert "not confirmed" in amendment_told(base, change, "amendment", sure=False)[0]
    assert amendment_told(base, base, "amendment", sure=True)[0] == "Read with base.pdf: it also deals with insurance."


def test_a_draft_is_told_by_clause_and_signs_of_print_are_no_change() -> None:
    heads = enumerate(("Fees", "Care", "Time", "Law", "Ending"), 1)
    old = "".join(f'{n}. {name}\nThe "{name} Party" shall do {n} parts of the work.\n\n' for n, name in heads)
    new = old.replace('"', "”").replace("3 parts", "9 parts")
    assert drafts_told(old, new) == "By clause: 3 Time: “9” here, “3” there."
    assert not drafts_told(old, old.replace('"', "“"))
    other = "1. Rent\nThe tenant pays.\n\n2. Repair\nThe landlord repairs the roof.\n\n3. Pets\nNone.\n\n4. Keys\nTwo."
    assert not drafts_told(old, other)
