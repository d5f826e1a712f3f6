"""The window as the app starts it: on a real workspace, its own work in a child."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any

from app import desktop, pauses
from app.services.session_apart import ApartSession
from app.services.workspace import open_workspace
from app.ui.dialogs.first_run import FirstRunDialog

WAIT = 10_000


def test_the_window_starts_and_its_matters_are_analysed_apart(qapp: Any, qtbot: Any, tmp_path: Path) -> None:
    before, switch = gc.get_threshold(), sys.getswitchinterval()
    workspace = open_workspace(tmp_path, apart=True)
    window = desktop.show_window(qapp, workspace)
    qtbot.addWidget(window)
    try:
        qtbot.waitUntil(lambda: gc.get_threshold() == pauses.ROUNDS)
        assert gc.isenabled()
        assert window.isVisible()
        session = workspace.create("Deal", [], "commercial")
        assert isinstance(session, ApartSession)
        session.close()
    finally:
        window.close()
        gc.set_threshold(*before)
        gc.unfreeze()
        sys.setswitchinterval(switch)
    workspace.close()


def test_a_data_folder_that_leaves_the_computer_is_told_of_and_asks_for_agreement(
    window: Any, workspace: Any, qtbot: Any
) -> None:
    workspace.elsewhere = "Matters live in /home/a/Dropbox. This folder is kept in step with Dropbox."
    dialog = FirstRunDialog(window, workspace, "/home/a/Dropbox", window.jobs)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.warning.text() == workspace.elsewhere, timeout=WAIT)
    assert not dialog.go.isEnabled()
    assert "Everything stays" not in dialog._said.text()
    dialog.agreed.setChecked(True)
    assert dialog.go.isEnabled()
    assert "Nothing leaves this computer" in window.start._safe.text()  # as long as it is true
    window.start.show_location(workspace.elsewhere)
    assert window.start._safe.text() == workspace.elsewhere


def test_the_workspace_says_where_its_matters_would_leave_the_computer(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "Dropbox")
    assert str(workspace.location_warning()).startswith(f"Matters live in {(tmp_path / 'Dropbox').resolve()}. This")
    workspace.close()
