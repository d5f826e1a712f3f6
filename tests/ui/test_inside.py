"""What is inside a contract, what stands behind a finding, and the values a lawyer gives."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog

from app.domain.findings import FindingKind
from app.services.api import AlikeRow, SectionRow, TermRow, ValueRow
from app.ui import detail_words
from app.ui.dialogs.forms import StandardFormsDialog
from app.ui.dialogs.value import ValueDialog
from app.ui.models.inside import SectionTable, TermTable, ValueTable
from app.ui.views.inside import FORM, PARTS, TERMS, VALUES, value_behind
from app.ui.views.left import DOCUMENTS, INSIDE
from app.ui.views.matter import DATES, OVERVIEW

WAIT = 10_000
ACCEPTED = QDialog.DialogCode.Accepted.value


def shown(pane: Any) -> list[list[str]]:
    model = pane.table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_tables_behave_and_say_what_is_odd() -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    parts, terms, values = SectionTable(), TermTable(), ValueTable()
    _testers = [QAbstractItemModelTester(model, fatal) for model in (parts, terms, values)]
    parts.set_rows([SectionRow("1", "Term", 1, 0, 90), SectionRow("1.1", "", 2, 10, 20)])
    terms.set_rows([TermRow("Fees", ((0, 4),), 1, ""), TermRow("Goods", ((5, 9), (11, 15)), 3, "defined twice")])
    values.set_rows(
        [ValueRow("Governing Law", "New York", "", None, None, True), ValueRow("Parties", "", "", 0, 1, False)]
    )
    assert [parts.index(n, 0).data() for n in range(2)] == ["1  Term", "\u20031.1"]
    assert [terms.index(n, 1).data() for n in range(2)] == ["once", "defined twice"]
    assert values.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "New York, given by a lawyer"
    assert values.index(1, 1).data() == "not read"


def test_keys_open_parts_terms_and_values_and_a_row_goes_to_its_words(opened: Any, qtbot: Any) -> None:
    matter = opened()
    review = matter.review
    for key, mode, first in (("t", TERMS, "Supplier"), ("c", PARTS, "1  Clause"), ("v", VALUES, "Cap on liability")):
        with qtbot.waitSignal(review.inside.shown, timeout=WAIT):
            qtbot.keyClicks(review.findings.list, key)
        assert review.left.tabs.currentIndex() == INSIDE
        assert review.inside.mode == mode
        assert shown(review.inside)[0][0].strip() == first
    with qtbot.waitSignal(review.inside.shown, timeout=WAIT):
        review.inside.show_mode(TERMS)
    places = []
    matter.desk.place_asked.connect(lambda contract, start, end: places.append(start))
    fees = review.inside.table.model().index(1, 0)
    for _ in range(3):
        review.inside.table.activated.emit(fees)
    assert places == [0, 8, 0]  # a term that is defined twice shows its definitions in turn
    review.inside.filter.setText("suppl")
    assert shown(review.inside) == [["Supplier", "4 times"]]
    qtbot.keyClicks(review.findings.list, "d")
    assert review.left.tabs.currentIndex() == DOCUMENTS


def test_the_list_follows_the_contract_on_the_desk(opened: Any, qtbot: Any) -> None:
    matter = opened()
    inside = matter.review.inside
    with qtbot.waitSignal(inside.shown, timeout=WAIT):
        matter.review.left.show_inside(VALUES)
    with qtbot.waitSignal(inside.shown, timeout=WAIT):
        matter.desk.show_contract("c-3")
    assert inside._known == ("c-3", VALUES)


def test_a_value_is_given_beside_the_contract_and_from_a_finding(opened: Any, qtbot: Any, monkeypatch: Any) -> None:
    matter = opened()
    inside, desk = matter.review.inside, matter.desk
    typed, seen = ["3x fees", "nonsense", "England"], []

    def answer(dialog: ValueDialog) -> int:
        seen.append((dialog.windowTitle(), dialog.field.text(), dialog.problem.text()))
        dialog.field.setText(typed.pop(0))
        return ACCEPTED

    monkeypatch.setattr(ValueDialog, "exec", answer)
    with qtbot.waitSignal(inside.shown, timeout=WAIT):
        matter.review.left.show_inside(VALUES)
    with qtbot.waitSignal(inside.shown, timeout=WAIT):
        inside.correct.click()
    assert shown(inside)[0] == ["Cap on liability", "3x fees"]
    law = next(r for r in matter.review.findings.model.rows if r.state.finding.clause_type == "Governing Law")
    matter.review.findings.select(law.state.finding.finding_key)
    with qtbot.waitSignal(inside.correcting.corrected, timeout=WAIT):
        matter.review.findings.detail.value.click()
    assert [entry[1:4:2] for entry in desk.session.corrected] == [
        ("Cap On Liability", "3x fees"),
        ("Governing Law", "England"),
    ]
    assert [title for title, _, _ in seen] == ["Cap on liability", "Governing law", "Governing law"]
    assert seen[2][1:] == ("nonsense", "That cannot be read; write a date.")


def test_the_value_behind_a_finding_is_read_from_words_it_shares() -> None:
    rows = [
        ValueRow("Cap On Liability", "30 days", "a", 0, 10, False),
        ValueRow("Cap On Liability", "2x", "b", 50, 90, False),
        ValueRow("Governing Law", "New York", "c", 50, 90, False),
    ]  # fmt: skip
    assert value_behind(rows, "Cap On Liability", 60, 70) is rows[1]
    assert value_behind(rows, "Cap On Liability", 0, 0) is rows[0]
    assert value_behind(rows, "Insurance", 0, 5) is None


@pytest.fixture
def finding(workspace: Any) -> Any:
    return workspace.add("Deal").findings("c-0")[0].state.finding


def test_a_finding_says_its_rule_its_value_and_where_else(finding: Any) -> None:
    values = {
        "display": "2026-06-30", "who": "mutual", "also": [{"start": 90, "end": 95, "where": "clause 5"}],
        "places": [
            {"start": 7, "end": 9, "page": 4, "clause": "9"}, {"start": 3, "end": 5, "page": None, "clause": None},
        ],
    }  # fmt: skip
    made = dataclasses.replace(finding, rule="low-cap", values=values)
    said = detail_words.basis(made, "Commercial, 1.0.0")
    assert said.splitlines() == [
        "Rule \u201cLow cap\u201d, Commercial, 1.0.0",
        "Value read: 30 Jun 2026",
        "Who: both sides",
    ]
    assert [(p.name, p.start) for p in detail_words.places(made)] == [
        ("in the text", 3), ("clause 9, p. 4", 7), ("clause 5", 90),
    ]  # fmt: skip
    own = dataclasses.replace(finding, values={"display": "60 days", "corrected": True})
    assert "Value given by a lawyer: 60 days" in detail_words.basis(own, "")


def test_an_absence_says_how_it_was_looked_for(finding: Any) -> None:
    evidence = {
        "pages_read": 2, "pages_unread": [3], "words_searched": ["not assign", "no assignment"], "hits": 0,
        "nearest": {"start": 40, "end": 60, "page": 1, "quote": "Regular\xa0 backups.", "score": 0.043},
    }  # fmt: skip
    made = dataclasses.replace(finding, kind=FindingKind.MISSING, values={"evidence": evidence})
    said = detail_words.evidence(made)
    assert said.splitlines() == [
        "Pages read: 2.", "Not readable: pages 3.",
        "Words searched: not assign, no assignment. Places with them: 0.",
        "Nearest passage (4 % likely): \u201cRegular backups.\u201d",
    ]  # fmt: skip
    assert detail_words.places(made) == [detail_words.Place("nearest passage", 40, 60)]
    assert detail_words.evidence(finding) == ""


def test_the_quoted_words_alone_are_no_further_place(opened: Any) -> None:
    finding = opened().review.findings.detail.state.finding
    alone = {"places": [{"start": finding.start, "end": finding.end}]}
    assert detail_words.places(dataclasses.replace(finding, values=alone)) == []


def test_a_link_of_a_finding_goes_to_its_place(opened: Any, qtbot: Any) -> None:
    matter = opened()
    detail = matter.review.findings.detail
    state = detail.state
    also = {"also": [{"start": 12, "end": 20, "where": "clause 5"}]}
    detail.show_state(dataclasses.replace(state, finding=dataclasses.replace(state.finding, values=also)))
    with qtbot.waitSignal(matter.desk.place_asked, timeout=WAIT) as asked:
        detail._places.body.linkActivated.emit("12-20")
    assert asked.args == [matter.desk.contract_id, 12, 20]
    assert not detail._places.isHidden()


def test_dates_that_wait_for_an_answer_are_asked_for(opened: Any, qtbot: Any, monkeypatch: Any) -> None:
    matter = opened()
    matter.show_view(DATES)
    view = matter.view(DATES)
    qtbot.waitUntil(lambda: len(view.model.rows) == 13, timeout=WAIT)
    asked = []

    def answer(dialog: ValueDialog) -> int:
        asked.append((dialog.windowTitle(), dialog._said.text().splitlines()[0]))
        dialog.field.setText("30 June 2027")
        return ACCEPTED

    monkeypatch.setattr(ValueDialog, "exec", answer)
    assert view.answer.text() == "Answer for 1 date\u2026"
    with qtbot.waitSignal(view.correcting.corrected, timeout=WAIT):
        view.answer.click()
    assert asked == [("Expiration date", "The date waits for the end of the initial term. Type the value below.")]
    assert matter.desk.session.corrected == [("c-0", "Expiration Date", "", "30 June 2027", "A. Reyes")]
    qtbot.waitUntil(lambda: len(view.model.rows) == 12 and view.answer.isHidden(), timeout=WAIT)


def test_like_contracts_say_what_they_are_to_one_another(opened: Any, qtbot: Any) -> None:
    matter = opened()
    matter.desk.session.alike_rows = [AlikeRow("c-0", "First", "c-1", "Second", 0.9)]
    matter.show_view(OVERVIEW)
    card = matter.view(OVERVIEW).families
    qtbot.waitUntil(lambda: bool(card._told), timeout=WAIT)
    from PySide6.QtWidgets import QLabel, QPushButton

    said = [label.text() for label in card.findChildren(QLabel)]
    assert "Perhaps a draft or a later version of the same contract." in said
    second = next(b for b in card.findChildren(QPushButton) if b.text() == "Show the second")
    with qtbot.waitSignal(matter.desk.contract_changed, timeout=WAIT):
        second.click()
    assert matter.desk.contract_id == "c-1"


def test_a_standard_form_is_chosen_compared_shown_and_taken_out(
    opened: Any, window: Any, qtbot: Any, tmp_path: Any
) -> None:
    matter = opened()
    inside = matter.review.inside
    with qtbot.waitSignal(inside.shown, timeout=WAIT):
        matter.review.left.show_inside(FORM)
    assert inside.stands.text() == ""
    assert shown(inside) == []
    dialog = StandardFormsDialog(window, matter.desk)
    qtbot.addWidget(dialog)
    dialog.changed.connect(inside.reload)
    dialog.add_form(tmp_path / "scan.png")
    qtbot.waitUntil(lambda: not dialog.problem.isHidden(), timeout=WAIT)
    assert "not a supported type" in dialog.problem.text()
    with qtbot.waitSignals([dialog.changed, inside.shown], timeout=WAIT):
        dialog.add_form(tmp_path / "our form.docx")
    qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=WAIT)
    assert (
        dialog.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
        == "our form.docx, Services \u00b7 6 contracts compared with it"
    )
    assert shown(inside) == [["3 Payment", "changed"], ["Audit rights", "left out"]]
    assert inside.difference.text() == "Form: 10 days\nHere: 30 days"
    inside.table.selectRow(1)
    assert inside.difference.text().startswith("The form says: \u201cAsk for")
    with qtbot.waitSignal(inside.shown, timeout=WAIT):
        dialog.take_out()
    assert shown(inside) == []
