"""What a person does: open, triage by keyboard, import, pause, search, export, protect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from app.domain.findings import Action, Severity
from app.ui.dialogs.matter import PassphraseDialog
from app.ui.views.grid import GridView
from app.ui.views.matter import DATES, GRID, IMPORT, OVERVIEW, PLAYBOOK, REVIEW, SEARCH

WAIT = 10_000


def press(qtbot: Any, matter: Any, keys: Any) -> None:
    target = matter.review.findings.list
    target.setFocus()
    qtbot.keyClicks(target, keys)


def test_twenty_findings_are_triaged_by_keyboard_alone(opened: Any, qtbot: Any, workspace: Any) -> None:
    matter = opened(contracts=3, findings=10)
    session = matter.desk.session
    for number in range(20):
        key = matter.review.findings.detail.state.finding.finding_key
        with qtbot.waitSignal(matter.desk.finding_changed, timeout=WAIT) as done:
            press(qtbot, matter, "a" if number % 2 == 0 else "r")
        assert done.args[0].finding.finding_key == key
        assert done.args[0].decision is (Action.ACCEPT if number % 2 == 0 else Action.REJECT)

        def moved_on(old: Any = key) -> Any:
            shown = matter.review.findings.detail.state
            return shown is not None and shown.finding.finding_key != old

        qtbot.waitUntil(moved_on, timeout=WAIT)
    decided = [s for ident in session.ids() for s in session._states(ident) if s.settled]
    assert len(decided) == 20
    assert {s.user for s in decided} == {"A. Reyes"}
    qtbot.waitUntil(lambda: matter.reviewed.text() == "20 of 30 reviewed", timeout=WAIT)


def test_j_and_k_walk_and_cross_into_the_next_contract(opened: Any, qtbot: Any) -> None:
    matter = opened(contracts=2, findings=3)
    first = matter.desk.contract_id
    press(qtbot, matter, "jj")
    assert matter.review.findings.list.currentIndex().row() == 2
    with qtbot.waitSignal(matter.desk.findings_changed, timeout=WAIT):
        press(qtbot, matter, "j")
    assert matter.desk.contract_id != first
    assert matter.review.findings.list.currentIndex().row() == 0
    with qtbot.waitSignal(matter.desk.findings_changed, timeout=WAIT):
        press(qtbot, matter, "k")
    assert matter.desk.contract_id == first
    assert matter.review.findings.list.currentIndex().row() == 2


def test_severity_note_and_undo(opened: Any, qtbot: Any) -> None:
    matter = opened()
    detail = matter.review.findings.detail
    key = detail.state.finding.finding_key
    with qtbot.waitSignal(matter.desk.finding_changed, timeout=WAIT):
        press(qtbot, matter, "4")
    assert detail.state.severity is Severity.LOW
    press(qtbot, matter, "n")
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "Ask the seller. Any r or a is text here.")
    with qtbot.waitSignal(matter.desk.finding_changed, timeout=WAIT):
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert detail.state.note == "Ask the seller. Any r or a is text here."
    assert detail.state.decision is None
    for _ in range(2):
        with qtbot.waitSignal(matter.desk.finding_changed, timeout=WAIT):
            press(qtbot, matter, "z")
    assert detail.state.finding.finding_key == key
    assert detail.state.note is None
    assert detail.state.severity is None
    with qtbot.waitSignal(matter.desk.said, timeout=WAIT):
        press(qtbot, matter, "z")


def test_edit_keeps_the_lawyers_words(opened: Any, qtbot: Any) -> None:
    matter = opened()
    press(qtbot, matter, "e")
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "Our client cannot live with this.")
    with qtbot.waitSignal(matter.desk.finding_changed, timeout=WAIT):
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert matter.review.findings.detail._reason.body.text() == "Our client cannot live with this."


def test_filter_leaves_only_what_is_open_and_grave(opened: Any, qtbot: Any) -> None:
    matter = opened()
    pane = matter.review.findings
    press(qtbot, matter, "f")
    pane._severities["critical"].click()
    assert {r.state.effective_severity for r in pane.model.rows} == {Severity.CRITICAL}
    pane.sought.setText("no such words")
    assert pane.model.rowCount() == 0
    assert pane.detail.state is None
    pane.toggle_filter()
    assert pane.model.rowCount() == pane.model.total


def test_first_run_to_exported_report(window: Any, qtbot: Any, workspace: Any, tmp_path: Path) -> None:
    workspace.size = {"contracts": 2, "findings": 4}
    with qtbot.waitSignal(window.jobs.finished, timeout=WAIT):
        window.opening.create("Deal", ["Harbour Foods Ltd"], "commercial", None, [tmp_path])
    qtbot.waitUntil(lambda: window.matter is not None and window.matter.desk.import_state == "done", timeout=WAIT)
    view = window.matter.view(IMPORT)
    assert view.model.rows[-1].message == "The file is damaged and could not be opened."
    window.matter.show_view(REVIEW)
    qtbot.waitUntil(lambda: window.matter.review.findings.model.rowCount() == 4, timeout=WAIT)
    with qtbot.waitSignal(window.matter.desk.finding_changed, timeout=WAIT):
        press(qtbot, window.matter, "a")
    target = tmp_path / "report.docx"
    window.exporting.write("word", target, final=False)
    qtbot.waitUntil(lambda: str(target) in window.statusBar().currentMessage(), timeout=WAIT)
    assert target.read_bytes()


def test_pause_resume_and_stop_an_import(opened: Any, qtbot: Any, tmp_path: Path) -> None:
    matter = opened()
    session, desk = matter.desk.session, matter.desk
    session.hold.clear()
    with qtbot.waitSignal(desk.import_step, timeout=WAIT):
        matter.window().take([tmp_path])
    with qtbot.waitSignal(desk.import_changed, timeout=1_000, check_params_cb=lambda s: s == "paused"):
        matter.view(IMPORT).pause.click()
    session.hold.set()
    with qtbot.waitSignal(desk.import_changed, timeout=WAIT, check_params_cb=lambda s: s == "done"):
        matter.view(IMPORT).resume.click()
    assert len(session.analysed) == len(set(session.analysed)) == 6
    session.analysed.clear()
    session.hold.clear()
    with qtbot.waitSignal(desk.import_step, timeout=WAIT):
        matter.window().take([tmp_path])
    with qtbot.waitSignal(desk.import_changed, timeout=1_000, check_params_cb=lambda s: s == "stopped"):
        matter.view(IMPORT).stop.click()
    assert session.analysed == []


def test_wrong_passphrase_asks_again_and_the_right_one_opens(
    window: Any, qtbot: Any, workspace: Any, monkeypatch: Any
) -> None:
    session = workspace.add("Secret", passphrase="correct horse")
    answers, problems = ["wrong", "correct horse"], []

    def answer(dialog: Any) -> Any:
        problems.append(dialog.problem.text())
        dialog.field.setText(answers.pop(0))
        return 1

    monkeypatch.setattr(PassphraseDialog, "exec", answer)
    window.open_matter(session.matter.matter_id)
    qtbot.waitUntil(lambda: window.matter is not None, timeout=WAIT)
    assert problems == ["", "That passphrase does not open this matter; try again."]


@pytest.mark.parametrize("view", [GRID, DATES, OVERVIEW, SEARCH, PLAYBOOK, IMPORT])
def test_every_view_opens(opened: Any, qtbot: Any, view: Any) -> None:
    matter = opened()
    matter.show_view(view)
    qtbot.waitUntil(lambda: matter.window().jobs.pending == 0, timeout=WAIT)
    assert matter.stack.currentWidget() is matter.view(view)


def test_a_grid_cell_jumps_to_its_words(opened: Any, qtbot: Any) -> None:
    matter = opened()
    grid = matter.view(GRID)
    matter.show_view(GRID)
    qtbot.waitUntil(lambda: grid.model.rowCount() == 6, timeout=WAIT)
    grid.answer.setCurrentIndex(grid.answer.findData("risk"))
    assert 0 < grid.model.rowCount() <= 6
    row = grid.model.index(1, 1)
    document = grid.model.document(row.row())
    grid._activate(row)
    assert matter.stack.currentWidget() is matter.review
    assert matter.desk.contract_id == document.contract_id


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen menus
def test_hidden_columns_are_remembered_and_the_menu_stays_open(opened: Any, qtbot: Any) -> None:
    matter = opened()
    matter.show_view(GRID)
    grid = matter.view(GRID)
    qtbot.waitUntil(lambda: grid.model.rowCount() == 6, timeout=WAIT)
    menu = grid.columns
    menu.popup(grid.mapToGlobal(grid.rect().center()))
    for action in menu._columns[:2]:
        menu.setActiveAction(action)
        qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    menu.close()
    names = grid.model.types[:2]
    assert [grid.cells.isColumnHidden(column) for column in (1, 2, 3)] == [True, True, False]
    assert "2 hidden" in grid._pick.text()
    again = GridView(matter.desk, matter._workspace.setting("grid_hidden"))
    qtbot.addWidget(again)
    again.reload()
    qtbot.waitUntil(lambda: again.model.rowCount() == 6, timeout=WAIT)
    assert [name for n, name in enumerate(again.model.types, 1) if again.cells.isColumnHidden(n)] == names
    again.columns.actions()[0].trigger()  # show all
    assert not again.columns.hidden


def test_search_jumps_to_the_words(opened: Any, qtbot: Any) -> None:
    matter = opened()
    matter.show_view(SEARCH)
    view = matter.view(SEARCH)
    view.box.setText("State of New York")
    qtbot.waitUntil(lambda: view.list.count() == 6, timeout=WAIT)
    view.list.itemActivated.emit(view.list.item(2))
    qtbot.waitUntil(lambda: matter.review.contract.text._found is not None, timeout=WAIT)
    assert matter.desk.contract_id == "c-2"
    start, end = matter.review.contract.text._found
    assert matter.desk.session.text("c-2").text[start:end] == "State of New York"


def test_choosing_a_finding_marks_its_words_on_the_page(opened: Any, qtbot: Any) -> None:
    matter = opened(contracts=1, findings=8, pages=12)
    pages = matter.review.contract.pages
    qtbot.waitUntil(lambda: len(pages._highlights) >= 7, timeout=WAIT)
    last = next(r for r in reversed(matter.review.findings.model.rows) if r.state.finding.start is not None)
    matter.review.findings.select(last.state.finding.finding_key)
    place = pages._highlights[last.state.finding.finding_key][1][0]
    assert pages.viewport().rect().intersects(pages._on_view(place).toRect())
    with qtbot.waitSignal(pages.highlight_clicked, timeout=WAIT) as clicked:
        qtbot.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=pages._on_view(place).center().toPoint())
    assert clicked.args == [last.state.finding.finding_key]


def test_the_window_is_found_as_it_was_left(window: Any, workspace: Any, opened: Any, qtbot: Any) -> None:
    matter = opened()
    matter.review.split.setSizes([300, 500, 480])
    window.close()
    assert workspace.settings["window"]
    assert workspace.settings["panes"]


def test_keys_mean_the_findings_once_an_import_has_brought_some(
    window: Any, workspace: Any, qtbot: Any, tmp_path: Path
) -> None:
    workspace.size = {"contracts": 0, "findings": 4, "pages": 3}
    window.activateWindow()
    window.opening.create("Project Quay", [], "commercial", None, [])
    qtbot.waitUntil(lambda: window.matter is not None, timeout=WAIT)
    review = window.matter.review
    assert QApplication.focusWidget() is review  # not the button that closes the matter
    window.matter.desk.start_import([tmp_path], window.options())
    qtbot.waitUntil(lambda: review.findings.model.rowCount() == 4, timeout=WAIT)
    assert QApplication.focusWidget() is review.findings.list
    with qtbot.waitSignal(window.matter.desk.finding_changed, timeout=WAIT) as done:
        qtbot.keyClicks(QApplication.focusWidget(), "a")
    assert done.args[0].decision is Action.ACCEPT


def test_findings_that_are_read_again_unchanged_are_not_shown_anew(opened: Any, qtbot: Any) -> None:
    desk = opened(contracts=1, findings=3).desk
    shown: list[str] = []
    desk.findings_changed.connect(lambda contract_id, rows: shown.append(contract_id))
    desk.load_findings()
    qtbot.waitUntil(lambda: desk.jobs.pending == 0, timeout=WAIT)
    assert shown == []
    desk.decide(desk.session.findings(desk.contract_id)[0].state.finding.finding_key, Action.ACCEPT)
    desk.load_findings()
    qtbot.waitUntil(lambda: shown == [desk.contract_id], timeout=WAIT)


@pytest.mark.parametrize("view", [REVIEW, GRID, DATES, OVERVIEW, SEARCH, PLAYBOOK, IMPORT])
def test_nothing_is_clipped_or_covered_in_a_small_window(opened: Any, qtbot: Any, view: int) -> None:
    matter = opened()
    window = matter.window()
    window.resize(1024, 700)
    matter.show_view(view)
    qtbot.waitUntil(lambda: window.jobs.pending == 0, timeout=WAIT)
    QApplication.processEvents()
    assert window.width() == 1024
    shown = [part for part in matter.findChildren(QWidget) if part.isVisible()]
    for part in shown:
        if type(part) is QLabel and part.text() and not part.wordWrap():
            assert part.width() >= part.fontMetrics().horizontalAdvance(part.text()), part.text()
    fields = [part for part in shown if type(part) in (QLineEdit, QLabel, QPushButton, QToolButton) and part.text()]
    for part in fields:
        for other in fields:
            if other is not part and other.parentWidget() is part.parentWidget():
                assert not part.geometry().intersects(other.geometry()), (part.text(), other.text())
