"""The window as the app starts it: on a real workspace, its own work in a child."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any

from app import desktop, pauses
from app.services.session_apart import ApartSession
from app.services.workspace import open_workspace


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
