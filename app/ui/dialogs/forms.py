"""The matter's standard forms: chosen, read, compared with every contract of their kind; taken out again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QStackedWidget,
    QWidget,
)  # fmt: skip

from app.domain.progress import Progress
from app.services.api import StandardFormRow
from app.ui import icons, words
from app.ui.desk import Desk
from app.ui.jobs import DESK, Job
from app.ui.widgets import kit
from app.ui.widgets.empty import Empty
from app.ui.widgets.rich_delegate import TWO, TwoLines


class StandardFormsDialog(QDialog):
    """Reading a form and comparing run off the window's thread."""

    changed = Signal()  # the comparisons are others than before

    def __init__(self, parent: QWidget | None, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._rows: list[StandardFormRow] = []
        self.setWindowTitle(self.tr("Standard forms"))
        self.resize(620, 440)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Standard forms"))
        self.list.setItemDelegate(TwoLines(self.list))
        empty = Empty(
            "files", self.tr("No standard form yet"),
            self.tr("Add your client's own form: contracts of its kind are then compared with it, clause by clause."),
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(self.list)
        self.problem = kit.label("", "error", wrap=True)
        self.problem.hide()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the comparison"))
        self._doing = kit.label("", "faint")
        self.add = kit.button(self.tr("Add a form\u2026"), self._ask, "plus", "primary")
        self.remove = kit.button(self.tr("Take it out"), self.take_out, "trash")
        self.remove.setEnabled(False)
        self.list.currentRowChanged.connect(lambda row: self.remove.setEnabled(row >= 0 and self._job is None))
        self.stop = kit.button(self.tr("Stop"), self._stop, "stop")
        close = kit.button(self.tr("Close"), self.accept)
        said = kit.label(
            self.tr(
                "The form is copied into the matter. What departs from it stands beside each contract "
                "(This contract, Against the form) and in the report."
            ),
            "soft", wrap=True,
        )  # fmt: skip
        card = kit.box(kit.column(self._stack, margin=1), "card")
        self.setLayout(
            kit.column(
                kit.label(self.tr("Standard forms"), "title"),
                said,
                card,
                self.problem,
                self.bar,
                self._doing,
                kit.row(self.add, self.remove, self.stop, None, close),
                margin=24,
                space=12,
            )  # fmt: skip
        )
        self._working(False)
        self.reload()

    def reload(self) -> None:
        """Read the forms again."""
        self._desk.ask(lambda session: session.standard_forms(), self.show_rows)

    def show_rows(self, rows: list[StandardFormRow]) -> None:
        """Show the forms."""
        self._rows = rows
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(icons.icon("file-text", "accent"), row.name)
            kind = words.contract_kind(row.kind)
            item.setData(
                TWO,
                f"{kind} \u00b7 "
                + words.counted(
                    row.compared, self.tr("1 contract compared with it"), self.tr("{0} contracts compared with it")
                ),
            )
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.name}, {item.data(TWO)}")
            self.list.addItem(item)
        self._stack.setCurrentIndex(1 if rows else 0)
        self.list.setCurrentRow(0 if rows else -1)
        self.remove.setEnabled(bool(rows) and self._job is None)

    def _ask(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Add a standard form"))
        if chosen:
            self.add_form(Path(chosen))

    def add_form(self, path: Path) -> None:
        """Read a file as a form and compare the contracts with it."""
        session = self._desk.session
        self.problem.hide()
        self._job = self._desk.jobs.stream(
            DESK, lambda cancel: session.add_standard_form(path, cancel), self._on_step,
            lambda _: self._ended(), self._ended, failed=self._failed,
        )  # fmt: skip
        self._working(True)

    def take_out(self) -> None:
        """Forget the form chosen, and what rests on it."""
        row = self.list.currentRow()
        if 0 <= row < len(self._rows):
            ident = self._rows[row].form_id
            self._desk.ask(lambda session: session.remove_standard_form(ident), lambda _: self._ended())

    def _on_step(self, step: Progress) -> None:
        self.bar.setRange(0, max(1, step.contracts_total))
        self.bar.setValue(step.contracts_done)
        self._doing.setText(self.tr("{0} of {1} contracts").format(step.contracts_done, step.contracts_total))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ended(self) -> None:
        self._job = None
        self._working(False)
        self.reload()
        self.changed.emit()

    def _failed(self, sentence: str, is_bug: bool) -> None:
        self._job = None
        self._working(False)
        self.problem.setText(self.tr("The form could not be read.") if is_bug else sentence)
        self.problem.show()

    def _working(self, on: bool) -> None:
        for part in (self.bar, self._doing, self.stop):
            part.setVisible(on)
        self.bar.setRange(0, 0)
        self._doing.setText(self.tr("Reading the form\u2026") if on else "")
        self.add.setEnabled(not on)
        self.remove.setEnabled(not on and self.list.currentRow() >= 0)

    def done(self, result: int) -> None:
        """Leaving stops the comparison; what is compared is kept."""
        self._stop()
        super().done(result)
