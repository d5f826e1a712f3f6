"""The application in its theme, and a window on a made-up deal."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication


# --import-mode=importlib leaves sys.path alone; the fakes are shared by the tests and the benchmarks.
def _load(name: str, file: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(file))
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_load("privity_ui_deal", "deal.py")
_load("privity_ui_inside", "fake_inside.py")
_load("privity_ui_session", "fake_session.py")
fakes = _load("privity_ui_fakes", "fakes.py")
every = _load("privity_ui_every", "every.py")


@pytest.fixture
def themed(qapp: QApplication) -> QApplication:
    from app.ui import theme

    theme.apply(qapp, "light")
    return qapp


@pytest.fixture
def workspace(tmp_path: Path) -> Any:
    return fakes.FakeWorkspace(tmp_path / "playbooks", contracts=6, findings=8, pages=3)


@pytest.fixture
def window(themed: QApplication, qtbot: Any, workspace: Any) -> Iterator[Any]:
    from app.ui.window import Window

    made = Window(workspace)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    yield made
    made.close()


@pytest.fixture
def real(themed: QApplication, qtbot: Any, tmp_path: Path) -> Iterator[Any]:
    """A window on a real workspace in an empty data folder."""
    from app.services.workspace import open_workspace
    from app.ui.window import Window

    workspace = open_workspace(tmp_path / "data")
    made = Window(workspace)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    yield made
    made.close()
    workspace.close()


@pytest.fixture
def opened(window: Any, workspace: Any, qtbot: Any) -> Callable[..., Any]:
    """Opens a matter and waits until its first contract's findings are on show; returns the matter view."""

    def open_one(**size: int) -> Any:
        session = workspace.add("Project Harbour", **size)
        window.open_matter(session.matter.matter_id)
        qtbot.waitUntil(lambda: window.matter is not None, timeout=10_000)
        qtbot.waitUntil(lambda: window.matter.review.findings.model.rowCount() > 0, timeout=10_000)
        return window.matter

    return open_one


@pytest.fixture
def everything(opened: Any, window: Any, qtbot: Any) -> list[Any]:
    """The window, the start, and every dialog; every view is made."""
    matter = opened()
    for view in range(7):
        matter.show_view(view)
    qtbot.waitUntil(lambda: window.jobs.pending == 0, timeout=10_000)
    return [window, window.start, *every.dialogs(window)]
