"""A matter's file from elsewhere, one that is gone, a copy to hand on, and a colleague's decisions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog

from app.services.api import ConflictRow
from app.ui.dialogs.copies import ConflictsDialog, CopyDialog
from app.ui.dialogs.matter import PassphraseDialog

WAIT = 10_000
ACCEPTED = QDialog.DialogCode.Accepted.value
WHEN = dt.datetime(2026, 5, 3, 10, 2, tzinfo=dt.UTC)


def put(workspace: Any, path: Path, name: str, **more: Any) -> Any:
    session = workspace.add(name, **more)
    path.write_bytes(b"a matter")
    workspace.files[path] = session.matter.matter_id
    return session


def drop(window: Any, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, button, keys))


def test_a_matter_dropped_on_the_window_is_opened_and_not_imported(
    window: Any, workspace: Any, opened: Any, qtbot: Any, tmp_path: Path
) -> None:
    first = opened()
    second = put(workspace, tmp_path / "Quay.privity", "Project Quay")
    drop(window, tmp_path / "Quay.privity")
    qtbot.waitUntil(lambda: window.matter is not None and window.matter is not first, timeout=WAIT)
    assert window.matter.desk.session is second
    assert first.desk.session.closed
    assert first.desk.session.analysed == []


def test_a_protected_file_asks_for_its_passphrase_until_it_fits(
    window: Any, workspace: Any, qtbot: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    session = put(workspace, tmp_path / "Quay.privity", "Project Quay", passphrase="correct horse")
    answers, problems = ["wrong", "correct horse"], []

    def answer(dialog: Any) -> int:
        problems.append(dialog.problem.text())
        dialog.field.setText(answers.pop(0))
        return ACCEPTED

    monkeypatch.setattr(PassphraseDialog, "exec", answer)
    window.opening.file(tmp_path / "Quay.privity")
    qtbot.waitUntil(lambda: window.matter is not None, timeout=WAIT)
    assert window.matter.desk.session is session
    assert problems == ["", "That passphrase does not open this matter; try again."]


def test_a_missing_matter_is_marked_and_found_or_forgotten(window: Any, workspace: Any, qtbot: Any) -> None:
    session = workspace.add("Project Quay")
    workspace.missing.add(session.matter.matter_id)
    window.load_recent()
    start = window.start
    qtbot.waitUntil(lambda: start.list.count() == 1, timeout=WAIT)
    assert "not at" in start.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert (start.open.text(), start.delete.text()) == ("Find the file\u2026", "Take off the list")
    start.file_asked.disconnect()  # no dialog of the system's in a test
    with qtbot.waitSignal(start.file_asked, timeout=WAIT):
        start.open.click()
    start.delete.click()
    qtbot.waitUntil(lambda: start.list.count() == 0, timeout=WAIT)
    assert workspace.sessions == {}


def test_a_second_copy_is_taken_over_into_the_matter_one_has(
    window: Any, workspace: Any, qtbot: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    session = put(workspace, tmp_path / "Quay.privity", "Project Quay")
    workspace.copies.add(session.matter.matter_id)
    monkeypatch.setattr(CopyDialog, "exec", lambda dialog: ACCEPTED)
    window.opening.file(tmp_path / "Quay.privity")
    qtbot.waitUntil(lambda: session.taken == [tmp_path / "Quay.privity"], timeout=WAIT)
    assert window.matter.desk.session is session


def test_conflicts_are_shown_and_settled_by_deciding_again(
    window: Any, opened: Any, qtbot: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    matter = opened()
    session, desk = matter.desk.session, matter.desk
    key = session.findings("c-2")[1].state.finding.finding_key
    session.conflict_rows = [ConflictRow(key, "c-2", "reject", "", "B. Okafor", WHEN)]
    window.opening.take_over(tmp_path / "copy.privity")
    qtbot.waitUntil(matter.banner.isVisible, timeout=WAIT)
    qtbot.waitUntil(lambda: key in desk.conflicts, timeout=WAIT)

    def answer(dialog: ConflictsDialog) -> int:
        assert "Rejected by B. Okafor" in dialog.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
        dialog._go()
        return ACCEPTED

    monkeypatch.setattr(ConflictsDialog, "exec", answer)
    matter.ask_conflicts()
    detail = matter.review.findings.detail
    qtbot.waitUntil(lambda: detail.state is not None and detail.state.finding.finding_key == key, timeout=WAIT)
    assert desk.contract_id == "c-2"
    assert "Decided differently: Rejected by B. Okafor" in detail._conflict.text()
    assert not detail._conflict.isHidden()
    with qtbot.waitSignal(desk.conflicts_changed, timeout=WAIT):
        qtbot.keyClicks(matter.review.findings.list, "4")
    matter.review.findings.select(key)
    assert detail._conflict.isHidden()


def test_a_copy_is_written_and_said_where(window: Any, opened: Any, qtbot: Any, tmp_path: Path) -> None:
    matter = opened()
    window.opening.save_copy(tmp_path / "Quay.privity")
    qtbot.waitUntil(matter.banner.isVisible, timeout=WAIT)
    assert (tmp_path / "Quay.privity").read_bytes() == b"copy"
