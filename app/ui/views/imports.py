"""The import: a row for every file, overall progress, pause, resume, stop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHeaderView, QProgressBar, QTableView, QWidget

from app.domain.progress import ItemStatus, Progress
from app.ui import words
from app.ui.desk import Desk
from app.ui.models.tables import ImportTable
from app.ui.widgets import kit


class ImportView(QWidget):
    """Follows the desk's import."""

    paths_chosen = Signal(list)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._last = Progress("", ItemStatus.QUEUED)
        self.model = ImportTable(self)
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Files of the import"))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(34)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setColumnWidth(0, 420)
        table.setColumnWidth(1, 190)
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.state = kit.label("", "title")
        self.counts = kit.label("", "soft")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the import"))
        self.pause = kit.button(self.tr("Pause"), desk.pause, "pause")
        self.resume = kit.button(self.tr("Resume"), desk.resume, "play", "primary")
        self.stop = kit.button(self.tr("Stop"), desk.stop_import, "stop")
        folder = kit.button(self.tr("Add a folder\u2026"), self.ask_folder, "folder-open")
        files = kit.button(self.tr("Add files\u2026"), self.ask_files, "files")
        head = kit.row(
            kit.column(self.state, self.counts, space=2), None, self.pause, self.resume, self.stop, 12, folder, files
        )
        card = kit.box(kit.column(table, margin=1), "card")
        self.setLayout(kit.column(head, self.bar, card, margin=24, space=14))
        desk.import_step.connect(self._on_step)
        desk.import_changed.connect(self._on_state)
        self._on_state(desk.import_state)

    def ask_folder(self) -> None:
        """Choose a folder to add."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Add a folder"))
        if chosen:
            self.paths_chosen.emit([Path(chosen)])

    def ask_files(self) -> None:
        """Choose files to add."""
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Add files"))
        if chosen:
            self.paths_chosen.emit([Path(name) for name in chosen])

    def _on_step(self, step: Progress) -> None:
        self._last = step
        self.model.step(step)
        self._show_counts(step, step.seconds_left)

    def _show_counts(self, step: Progress, seconds_left: float | None) -> None:
        total = max(step.contracts_total, 1)
        self.bar.setRange(0, total)
        self.bar.setValue(step.contracts_done)
        parts = [
            self.tr("{0} of {1} contracts").format(step.contracts_done, step.contracts_total),
            self.tr("{0} of {1} pages").format(step.pages_done, step.pages_total) if step.pages_total else "",
            self.tr("{0} left").format(words.duration(seconds_left)) if seconds_left is not None else "",
        ]
        self.counts.setText("   ".join(p for p in parts if p))

    def _on_state(self, state: str) -> None:
        if state == "running" and self._last.contracts_done >= self._last.contracts_total:
            self.model.forget()
        said = {
            "running": self.tr("Reading the documents"), "pausing": self.tr("Pausing\u2026"),
            "paused": self.tr("Paused"), "stopping": self.tr("Stopping\u2026"), "stopped": self.tr("Stopped"),
            "failed": self.tr("The import could not go on"),
        }  # fmt: skip
        done = self.tr("All documents are read") if self.model.rows else self.tr("Add the deal's documents")
        self.state.setText(said.get(state, done))
        if state != "running" and self.model.rows:
            self._show_counts(self._last, None)
        if not self.model.rows:
            self.counts.setText(
                self.tr("Drop a folder or files anywhere on this window: PDF, Word, RTF and text files.")
            )
        self.bar.setVisible(bool(self.model.rows) or state == "running")
        self.pause.setVisible(state == "running")
        self.stop.setVisible(state in ("running", "paused"))
        self.resume.setVisible(state in ("paused", "stopped", "failed"))
