"""The window's composition root: the real workspace, the application, the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app import __version__, pauses
from app.errors import UserError
from app.paths import default_data_dir
from app.services.workspace import LocalWorkspace, open_workspace
from app.ui import theme
from app.ui.jobs import IDLE
from app.ui.window import Window

# Seconds after which a busy thread must let others run. With Python's 5 ms a window that paints while the lanes work
# waits that long for every call into Qt that lets go of the interpreter, dozens of times in one frame.
SWITCH = 0.0002
SOON_MS = 2000


def make_application(argv: Sequence[str]) -> QApplication:
    """The QApplication with its name and version."""
    held = QApplication.instance()
    app = held if isinstance(held, QApplication) else QApplication(list(argv))
    app.setApplicationName("Privity")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("privity")
    return app


def run(data_dir: Path | None, argv: Sequence[str]) -> int:
    """Open the window on `data_dir` (None: the user's own) and stay until it is closed; returns the exit code."""
    app = make_application(argv)
    folder = data_dir or default_data_dir()
    try:
        workspace = open_workspace(folder, apart=True)
    except UserError as problem:
        print(problem, file=sys.stderr)
        return 2
    window = show_window(app, workspace)
    if not workspace.setting("first_run_done", False):
        QTimer.singleShot(0, lambda: welcome(window, folder))
    return app.exec()


def show_window(app: QApplication, workspace: LocalWorkspace) -> Window:
    """The window on a workspace, dressed and on the screen."""
    sys.setswitchinterval(SWITCH)
    theme.apply(app, str(workspace.setting("theme", "system")))
    app.styleHints().colorSchemeChanged.connect(lambda scheme: theme.refresh(app))
    window = Window(workspace)
    window.show()
    QTimer.singleShot(0, pauses.settle)
    soon = QTimer(window)  # a dialog asks for the playbooks on the window's own thread: by then they have been read
    soon.setSingleShot(True)
    soon.timeout.connect(lambda: window.jobs.run(IDLE, workspace.playbooks, lambda _: None))
    soon.start(SOON_MS)
    return window


def welcome(window: Window, folder: Path) -> None:
    """The first run; afterwards the sample deal if wanted."""
    from app.ui.dialogs.first_run import FirstRunDialog

    dialog = FirstRunDialog(window, window.workspace, str(folder), window.jobs)
    if dialog.exec() and dialog.sample.isChecked():
        window.open_sample()
