"""Exports of the open matter: asked for, written off the window's thread, and told of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog

from app.ui.jobs import DESK

if TYPE_CHECKING:
    from app.ui.window import Window


class Exporting(QObject):
    """Asks for form and place, and writes."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def ask(self) -> None:
        """Ask for form and place, then write."""
        from app.ui.dialogs.export import ExportDialog

        if self._window.matter is None:
            return
        desk = self._window.matter.desk
        dialog = ExportDialog(self._window, desk.session.matter.name, desk.grave, desk.import_state == "running")
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.target is not None:
            self.write(dialog.form_name, dialog.target, dialog.final.isChecked())

    def write(self, form: str, target: Path, final: bool) -> None:
        """Export off the window's thread."""
        if self._window.matter is None:
            return
        session, user = self._window.matter.desk.session, self._window.user
        self._window.statusBar().showMessage(
            self.tr("Writing {0}\u2026 A large deal takes a minute.").format(target.name)
        )
        self._window.jobs.run(
            DESK, lambda: session.export(form, target, final=final, reviewer=user if final else None),
            self._written, failed=self._not_written,
        )  # fmt: skip

    def _not_written(self, sentence: str, is_bug: bool) -> None:
        self._window.statusBar().clearMessage()
        self._window.jobs.trouble.emit(sentence, is_bug)

    def _written(self, path: Path) -> None:
        self._window.statusBar().showMessage(self.tr("Written: {0}").format(path))
        if self._window.matter is not None:
            self._window.matter.banner.offer(
                self.tr("Written: {0}").format(path), self.tr("Open it"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))), self.tr("Done"), lambda: None,
            )  # fmt: skip
