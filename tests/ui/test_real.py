"""Whole tasks on the real services: a folder to a reviewed, verified report; a matter made by the first version."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from app.desktop import welcome
from app.domain.findings import Action
from app.domain.progress import ItemStatus
from app.services.verifying import verify_report
from app.ui.dialogs.first_run import FirstRunDialog
from app.ui.dialogs.matter import PassphraseDialog
from app.ui.views.matter import GRID, IMPORT, REVIEW, SEARCH
from tests.contract_texts import SERVICES as CONTRACT

WAIT = 60_000
OLD = Path(__file__).parents[1] / "samples" / "matter-of-0001.zip"


def reviewed(window: Any, qtbot: Any) -> Any:
    """Waits for the open matter's findings; returns the view."""
    qtbot.waitUntil(lambda: window.matter is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: window.matter.desk.import_state == "done", timeout=WAIT)
    qtbot.waitUntil(lambda: window.matter.review.findings.model.rowCount() > 0, timeout=WAIT)
    return window.matter


def test_from_the_first_run_to_a_verified_report(real: Any, qtbot: Any, tmp_path: Path, monkeypatch: Any) -> None:
    def begin(dialog: FirstRunDialog) -> int:
        dialog.user.setText("A. Reyes")
        dialog.sample.setChecked(False)
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(FirstRunDialog, "exec", begin)
    welcome(real, tmp_path / "data")
    folder = tmp_path / "deal"
    folder.mkdir()
    (folder / "services.txt").write_text(CONTRACT, "utf-8")
    (folder / "empty.pdf").write_bytes(b"")
    real.opening.create("Project Quay", ["Harbour Foods Ltd"], "commercial", None, [folder])
    matter = reviewed(real, qtbot)
    assert any(row.reason == "The file is empty." for row in matter.desk.rows)
    matter.show_view(REVIEW)
    pane = matter.review.findings
    total = pane.model.rowCount()
    row = next(row for row in matter.desk.rows if row.contract_id)
    found = matter.desk.session.findings(row.contract_id)
    assert (row.findings, row.decided, row.worst) == (total, 0, found[0].state.effective_severity.value)
    for number in range(total):
        with qtbot.waitSignal(matter.desk.finding_changed, timeout=WAIT) as done:
            qtbot.keyClicks(pane.list, "a" if number else "r")
        assert done.args[0].user == "A. Reyes"
    qtbot.waitUntil(lambda: matter.desk.reviewed == (total, total), timeout=WAIT)
    assert matter.desk.grave == 0
    report = tmp_path / "report.docx"
    real.exporting.write("word", report, final=True)
    qtbot.waitUntil(lambda: matter.banner.isVisible(), timeout=WAIT)
    lines, good = verify_report(report, folder)
    assert good, lines
    matter.show_view(GRID)
    qtbot.waitUntil(lambda: matter.view(GRID).model.rowCount() == 1, timeout=WAIT)
    matter.show_view(SEARCH)
    matter.view(SEARCH).box.setText("New York")
    qtbot.waitUntil(lambda: matter.view(SEARCH).list.count() == 1, timeout=WAIT)
    matter.view(SEARCH).list.itemActivated.emit(matter.view(SEARCH).list.item(0))
    qtbot.waitUntil(lambda: matter.review.contract.text._found is not None, timeout=WAIT)


def test_decisions_outlive_the_window_and_can_be_undone_tomorrow(real: Any, qtbot: Any, tmp_path: Path) -> None:
    file = tmp_path / "services.txt"
    file.write_text(CONTRACT, "utf-8")
    real.opening.create("Project Quay", [], "commercial", None, [file])
    matter = reviewed(real, qtbot)
    key = matter.review.findings.detail.state.finding.finding_key
    matter.desk.decide(key, Action.ACCEPT)
    with qtbot.waitSignal(matter.desk.finding_changed, timeout=WAIT):
        pass
    ident = matter.desk.session.matter.matter_id
    real.close_matter()
    qtbot.waitUntil(lambda: real.start.list.count() == 1, timeout=WAIT)
    real.open_matter(ident)
    matter = reviewed(real, qtbot)
    with qtbot.waitSignal(matter.desk.undone, timeout=WAIT) as undone:
        matter.desk.undo()
    assert undone.args[0].finding.finding_key == key
    assert undone.args[0].decision is None


def test_a_matter_made_by_the_first_version_opens_with_its_decisions(real: Any, qtbot: Any, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "matters"
    with zipfile.ZipFile(OLD) as held:
        held.extractall(folder)
    path = next(folder.glob("*.privity"))
    real.workspace._app.remember(path.stem, "Made by 0001", path, protected=False)
    real.open_matter(path.stem)
    matter = reviewed(real, qtbot)
    rows = {row.state.finding.rule: row.state for row in matter.review.findings.model.rows}
    assert rows["exclusivity"].decision is Action.ACCEPT
    assert rows["exclusivity"].user == "A. Reyes"
    assert rows["change-of-control"].note == "Ask the seller."
    assert len(rows) == 6


def test_a_paused_import_goes_on_where_it_was(real: Any, qtbot: Any, tmp_path: Path) -> None:
    folder = tmp_path / "deal"
    folder.mkdir()
    for number in range(6):
        (folder / f"services {number}.txt").write_text(CONTRACT.replace("4 May", f"{number + 4} May"), "utf-8")
    real.opening.create("Project Quay", ["Harbour Foods Ltd"], "commercial", None, [])
    qtbot.waitUntil(lambda: real.matter is not None, timeout=WAIT)
    desk, done = real.matter.desk, []

    def pause_after_the_first(step: Any) -> None:
        if step.status is ItemStatus.DONE:
            done.append(step.item)
            if len(done) == 1:
                desk.pause()

    desk.import_step.connect(pause_after_the_first)
    real.take([folder])
    qtbot.waitUntil(lambda: desk.import_state == "paused", timeout=WAIT)
    before = list(done)
    assert 1 <= len(before) < 6, "what was in hand may be finished, the rest waits"
    with qtbot.waitSignal(desk.import_changed, timeout=WAIT, check_params_cb=lambda state: state == "done"):
        real.matter.view(IMPORT).resume.click()
    qtbot.waitUntil(lambda: len(desk.rows) == 6 and all(row.findings for row in desk.rows), timeout=WAIT)
    screened = desk.session._database.assessed()
    assert len(screened) == 6


def test_a_protected_matter_opens_with_the_right_passphrase_only(
    real: Any, qtbot: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    file = tmp_path / "services.txt"
    file.write_text(CONTRACT, "utf-8")
    real.opening.create("Project Quay", [], "commercial", "correct horse", [file])
    matter = reviewed(real, qtbot)
    ident = matter.desk.session.matter.matter_id
    real.close_matter()
    qtbot.waitUntil(lambda: real.start.list.count() == 1, timeout=WAIT)
    assert "Quay" not in real.start.list.item(0).text()  # a protected matter does not say its name
    typed, problems = ["correct horse battery", "correct horse"], []

    def answer(dialog: Any) -> int:
        problems.append(dialog.problem.text())
        dialog.field.setText(typed.pop(0))
        return 1

    monkeypatch.setattr(PassphraseDialog, "exec", answer)
    real.open_matter(ident)
    assert reviewed(real, qtbot).desk.session.matter.name == "Project Quay"
    assert problems == ["", "The passphrase is wrong; capital letters and the keyboard's language matter."]
    raw = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert b"Harbour Foods" not in raw
