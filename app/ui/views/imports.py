"""The import: a row for every file, progress, pause, resume, stop; passwords, and how long the model may read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHeaderView,
    QMenu,
    QProgressBar,
    QStackedWidget,
    QTableView,
    QTimeEdit,
    QWidget,
)  # fmt: skip

from app.domain.progress import ItemStatus, Progress
from app.domain.text import FileStatus
from app.services.api import DocumentRow, Workspace
from app.ui import icons, words
from app.ui.desk import Desk
from app.ui.models.tables import ImportTable
from app.ui.widgets import kit
from app.ui.widgets.drop import DropArea
from app.ui.widgets.elided import ElidedEnd

DROP, TABLE = 0, 1


class ImportView(QWidget):
    """Follows the desk's import; without one it shows what became of each document."""

    paths_chosen = Signal(list)
    passwords_asked = Signal(list)  # DocumentRow
    review_asked = Signal()

    def __init__(self, workspace: Workspace, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace, self._desk = workspace, desk
        self._last = Progress("", ItemStatus.QUEUED)
        self.model = ImportTable(self)
        self.state = kit.label("", "title")
        self.counts = kit.label("", "soft")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the import"))
        self.pause = kit.button(self.tr("Pause"), desk.pause, "pause")
        self.resume = kit.button(self.tr("Resume"), desk.resume, "play", "primary")
        self.stop = kit.button(self.tr("Stop"), desk.stop_import, "stop")
        self.unlock = kit.button(self.tr("Enter passwords\u2026"), self._ask_passwords, "lock-key")
        self.review = kit.button(self.tr("Review the findings"), self.review_asked.emit, "arrow-right", "primary")
        add = kit.button(self.tr("Add"), icon="plus")
        asked = QMenu(self)
        asked.addAction(icons.icon("folder-open"), self.tr("A folder\u2026"), self.ask_folder)
        asked.addAction(icons.icon("files"), self.tr("Files\u2026"), self.ask_files)
        add.setMenu(asked)
        add.setProperty("menu", True)
        head = kit.row(
            kit.column(self.state, self.counts, space=2), None, self.unlock, self.pause, self.resume, self.stop, 12,
            add, self.review,
        )  # fmt: skip
        self._stack = QStackedWidget()
        drop = DropArea(
            self.tr("Drop the deal's documents here"),
            self.tr("A folder or files: PDF, Word, RTF, e-mail, text and scanned pages."),
        )
        drop.dropped.connect(self.paths_chosen)
        self._stack.addWidget(drop)
        self._stack.addWidget(kit.box(kit.column(self._table(), margin=1), "card"))
        column = kit.column(head, self.bar, self._until(), self._stack, margin=24, space=12)
        column.setStretch(3, 1)
        self.setLayout(column)
        desk.import_step.connect(self._on_step)
        desk.import_changed.connect(self._on_state)
        desk.documents_changed.connect(lambda rows: self._on_documents())
        self._on_documents()
        self._on_state(desk.import_state)

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Files of the import"))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(34)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setItemDelegateForColumn(2, ElidedEnd(table))
        table.setColumnWidth(0, 400)
        table.setColumnWidth(1, 170)
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        return table

    def _until(self) -> QWidget:
        clock = str(self._workspace.setting("read_until", "") or "")
        self.limited = QCheckBox(self.tr("The model may read until"))
        self.limited.setChecked(bool(clock))
        self.clock = QTimeEdit(QTime.fromString(clock or "07:00", "HH:mm"))
        self.clock.setDisplayFormat("HH:mm")
        self.clock.setAccessibleName(self.tr("The model may read until"))
        self.clock.setEnabled(bool(clock))
        self.limited.toggled.connect(self._keep_until)
        self.clock.timeChanged.connect(self._keep_until)
        said = kit.label(self.tr("The most doubtful passages of the whole deal are read first."), "faint")
        self.limit = kit.box(kit.row(self.limited, self.clock, said, None))
        if self._workspace.setting("model", "none") == "none":
            self.limit.hide()
        return self.limit

    def _keep_until(self) -> None:
        on = self.limited.isChecked()
        self.clock.setEnabled(on)
        self._workspace.set_setting("read_until", self.clock.time().toString("HH:mm") if on else "")

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

    @property
    def locked(self) -> list[DocumentRow]:
        """The documents that need a password."""
        return [row for row in self._desk.rows if row.status == FileStatus.PASSWORD.value]

    def _ask_passwords(self) -> None:
        self.passwords_asked.emit(self.locked)

    def _on_documents(self) -> None:
        idle = self._desk.import_state not in ("running", "pausing", "stopping")
        self.unlock.setVisible(idle and bool(self.locked))
        self.review.setVisible(idle and any(row.contract_id for row in self._desk.rows))
        if idle and not self.model.from_import:
            self.model.show_documents(self._desk.rows)
            self._on_state(self._desk.import_state)

    def _on_step(self, step: Progress) -> None:
        self._last = step
        self.model.step(step)
        self._stack.setCurrentIndex(TABLE)
        self._show_counts(step, step.seconds_left)

    def _show_counts(self, step: Progress, seconds_left: float | None) -> None:
        total = max(step.contracts_total, 1)
        self.bar.setRange(0, total)
        self.bar.setValue(step.contracts_done)
        parts = [
            self.tr("{0} of {1} files").format(step.contracts_done, step.contracts_total),
            self.tr("{0} of {1} pages").format(step.pages_done, step.pages_total) if step.pages_total else "",
            self._read_of(step),
            self.tr("{0} left").format(words.duration(seconds_left)) if seconds_left is not None else "",
        ]
        self.counts.setText("   ".join(p for p in parts if p))

    def _read_of(self, step: Progress) -> str:
        """What the language model has read of the contract in hand."""
        if not step.tokens_total:
            return ""
        return self.tr("model: {0} of about {1} tokens").format(f"{step.tokens_done:,}", f"{step.tokens_total:,}")

    def _on_state(self, state: str) -> None:
        if state == "running" and self._last.contracts_done >= self._last.contracts_total:
            self.model.forget()
        said = {
            "running": self.tr("Reading the documents"), "pausing": self.tr("Pausing\u2026"),
            "paused": self.tr("Paused"), "stopping": self.tr("Stopping\u2026"), "stopped": self.tr("Stopped"),
            "failed": self.tr("The import could not go on"),
        }  # fmt: skip
        done = self.tr("All documents are read") if self.model.rows else self.tr("Add the deal's documents")
        if state == "done" and self.model.failed:
            done = words.counted(
                self.model.failed, self.tr("1 document was not analysed"), self.tr("{0} documents were not analysed")
            )
        self.state.setText(said.get(state, done))
        if state != "running" and self.model.from_import:
            self._show_counts(self._last, None)
        elif state != "running":
            self.counts.setText(
                words.counted(len(self.model.rows), self.tr("1 document"), self.tr("{0} documents"))
                if self.model.rows
                else ""
            )
        self._stack.setCurrentIndex(TABLE if self.model.rows or state == "running" else DROP)
        self.bar.setVisible(state == "running" or (self.model.from_import and state != "done"))
        self.pause.setVisible(state == "running")
        self.stop.setVisible(state in ("running", "paused"))
        self.resume.setVisible(state in ("paused", "stopped", "failed"))
        self.unlock.setVisible(state in ("done", "stopped", "failed") and bool(self.locked))
        self.review.setVisible(state == "done" and any(row.contract_id for row in self._desk.rows))
