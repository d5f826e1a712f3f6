"""What the lawyer corrects: the contract, the matter, the playbook; and how a matter is deleted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from app.domain.matter import DealStructure
from app.ui.dialogs.contract import ContractDialog
from app.ui.dialogs.deletion import DeleteDialog, DeletionRecordDialog
from app.ui.dialogs.matter import MatterFactsDialog
from app.ui.dialogs.value import ValueDialog
from app.ui.views.matter import GRID, PLAYBOOK
from app.ui.views.playbook_editor import TEXT

WAIT = 10_000
ACCEPTED = QDialog.DialogCode.Accepted


def test_kind_side_and_playbook_of_a_contract_are_corrected_and_checked_again(
    opened: Any, qtbot: Any, monkeypatch: Any
) -> None:
    matter = opened()
    desk = matter.desk

    def answer(dialog: ContractDialog) -> int:
        assert (dialog.kind, dialog.role, dialog.playbook) == ("services", "customer", None)
        dialog._kind.setCurrentIndex(dialog._kind.findData("licence"))
        dialog._role.setCurrentIndex(dialog._role.findData("licensor"))
        return ACCEPTED.value

    monkeypatch.setattr(ContractDialog, "exec", answer)
    assert "we are the customer" in matter.review.head.facts.text()
    with qtbot.waitSignal(desk.import_changed, timeout=WAIT, check_params_cb=lambda s: s == "done"):
        matter.review.head.facts.click()
    assert desk.session.facts == {desk.contract_id: ("licence", "licensor", None)}
    qtbot.waitUntil(lambda: "we are the licensor" in matter.review.head.facts.text(), timeout=WAIT)


def test_facts_of_the_matter_are_stored_and_shown(opened: Any, window: Any, qtbot: Any, monkeypatch: Any) -> None:
    matter = opened()

    def answer(dialog: MatterFactsDialog) -> int:
        dialog.name.setText("Project Quay")
        dialog.parties.setText("Harbour Foods Ltd; Quay Ltd")
        dialog.structure.setCurrentIndex(dialog.structure.findData("asset"))
        dialog.law.setText("England and Wales")
        return ACCEPTED.value

    monkeypatch.setattr(MatterFactsDialog, "exec", answer)
    with qtbot.waitSignal(matter.desk.import_changed, timeout=WAIT, check_params_cb=lambda s: s == "done"):
        window.matter_facts()
    stored = matter.desk.session.matter
    assert stored.our_parties == ("Harbour Foods Ltd", "Quay Ltd")
    assert stored.deal_structure is DealStructure.ASSET
    assert stored.home_law == "England and Wales"
    assert window.windowTitle().startswith("Project Quay")


def test_a_value_is_corrected_in_the_grid_and_asked_for_again_where_it_cannot_be_read(
    opened: Any, qtbot: Any, monkeypatch: Any
) -> None:
    matter = opened()
    matter.show_view(GRID)
    grid = matter.view(GRID)
    qtbot.waitUntil(lambda: grid.model.rowCount() == 6, timeout=WAIT)
    answers, problems = ["nonsense", "1 May 2027"], []

    def answer(dialog: ValueDialog) -> int:
        problems.append(dialog.problem.text())
        dialog.field.setText(answers.pop(0))
        return ACCEPTED.value

    monkeypatch.setattr(ValueDialog, "exec", answer)
    column = next(c for c in range(1, 49) if grid.model.cell(0, c).start is not None)
    grid.ask_value(grid.model.index(0, column))
    session = matter.desk.session
    qtbot.waitUntil(lambda: bool(session.corrected), timeout=WAIT)
    contract_id, clause_type, quote, typed, user = session.corrected[0]
    assert (contract_id, clause_type) == (grid.model.document(0).contract_id, grid.model.types[column - 1])
    assert quote == session.text(contract_id).text[40:60]
    assert (typed, user) == ("1 May 2027", "A. Reyes")
    assert problems == ["", "That cannot be read; write a date."]


def test_a_matter_without_a_name_is_refused(themed: Any, qtbot: Any, workspace: Any) -> None:
    dialog = MatterFactsDialog(None, workspace.add("Deal").matter, workspace.playbooks())
    qtbot.addWidget(dialog)
    dialog.name.setText(" ")
    dialog.accept()
    assert dialog.result() != ACCEPTED
    assert dialog.problem.text() == "Give the matter a name."


def test_deletion_asks_for_the_name_and_hands_out_its_record(
    window: Any, qtbot: Any, workspace: Any, monkeypatch: Any, tmp_path: Path
) -> None:
    session = workspace.add("Project Harbour")
    records = []

    def confirm(dialog: DeleteDialog) -> int:
        assert not dialog.go.isEnabled()
        dialog.typed.setText("Project Harbour")
        assert dialog.go.isEnabled()
        return ACCEPTED.value

    def keep(dialog: DeletionRecordDialog) -> int:
        dialog.save(tmp_path / "record.txt")
        records.append(dialog.record)
        return dialog.result()

    monkeypatch.setattr(DeleteDialog, "exec", confirm)
    monkeypatch.setattr(DeletionRecordDialog, "exec", keep)
    window.opening.delete(session.matter.matter_id)
    qtbot.waitUntil(lambda: bool(records), timeout=WAIT)
    assert workspace.sessions == {}
    assert (tmp_path / "record.txt").read_text("utf-8") == "deleted"
    qtbot.waitUntil(lambda: window.start.list.count() == 0, timeout=WAIT)


@pytest.fixture
def editor(opened: Any, qtbot: Any) -> Any:
    """The editor on a copy of the bundled commercial playbook."""
    matter = opened()
    matter.show_view(PLAYBOOK)
    view = matter.view(PLAYBOOK)
    qtbot.waitUntil(lambda: bool(view._rules), timeout=WAIT)
    view.edit.click()
    qtbot.waitUntil(lambda: view.editor.draft is not None, timeout=WAIT)
    return view.editor


def row_of(editor: Any, rule: str) -> int:
    return [held.rule for held in editor.draft.rules].index(rule)


def test_a_number_and_a_severity_are_changed_previewed_and_saved(editor: Any, qtbot: Any, workspace: Any) -> None:
    editor.list.setCurrentRow(row_of(editor, "low-cap"))
    editor.form._limits[0][1].setValue(3)
    editor.form.severity.setCurrentIndex(editor.form.severity.findData("critical"))
    editor.preview.click()
    qtbot.waitUntil(lambda: editor.effect.list.count() == 6, timeout=WAIT)
    assert next(limit.number for limit in editor.draft.limits if limit.rule == "low-cap") == 3
    assert "6 new findings" in editor.effect.said.text()
    with qtbot.waitSignal(editor.saved, timeout=WAIT) as saved:
        editor.save.click()
    name = saved.args[0].name
    stored = next(rule for rule in workspace.playbook_rules(name) if rule.rule == "low-cap")
    assert stored.severity == "critical"
    assert name in [ref.name for ref in workspace.playbooks()]


def test_what_a_playbook_refuses_is_said_and_stays_to_be_mended(editor: Any, qtbot: Any) -> None:
    row = row_of(editor, "low-cap")
    editor.list.setCurrentRow(row)
    editor.form.reason.setPlainText("a reason that is no sentence")
    editor.list.setCurrentRow(0)
    qtbot.waitUntil(lambda: editor.problem.isVisible(), timeout=WAIT)
    assert "full stop" in editor.problem.text()
    assert editor.list.currentRow() == row
    assert editor.form.reason.toPlainText() == "a reason that is no sentence"


def test_the_text_of_a_playbook_can_be_edited(editor: Any, qtbot: Any) -> None:
    editor.as_text.click()
    qtbot.waitUntil(lambda: editor._pages.currentIndex() == TEXT, timeout=WAIT)
    whole = editor.text.toPlainText()
    first = next(row for row, rule in enumerate(editor.draft.rules) if rule.severity == "high")
    editor.text.setPlainText(whole.replace("severity: high", "severity: hihg", 1))
    editor.as_text.click()
    qtbot.waitUntil(lambda: "did you mean 'high'" in editor.problem.text(), timeout=WAIT)
    editor.text.setPlainText(whole.replace("severity: high", "severity: low", 1))
    editor.as_text.click()
    qtbot.waitUntil(lambda: editor._pages.currentIndex() != TEXT, timeout=WAIT)
    assert editor.draft.rules[first].severity == "low"


def test_a_position_can_be_taken_out(editor: Any, qtbot: Any) -> None:
    editor.list.setCurrentRow(row_of(editor, "missing-term"))
    before = len(editor.draft.rules)
    editor.drop()
    qtbot.waitUntil(lambda: len(editor.draft.rules) == before - 1, timeout=WAIT)
    assert "missing-term" not in [rule.rule for rule in editor.draft.rules]
    assert editor.list.count() == before - 1
    QApplication.processEvents()
