"""Deleting a matter: what it means, the name typed in full, and afterwards the record to keep."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from app.ui.dialogs.frame import FormDialog
from app.ui.widgets import kit


class DeleteDialog(FormDialog):
    """Deletion cannot be undone, so it is asked for twice: the name has to be typed."""

    def __init__(self, parent: QWidget | None, name: str) -> None:
        super().__init__(parent)
        self._name = name
        self.head(
            self.tr("Delete this matter"), self.tr("Delete for good"),
            self.tr(
                "Texts, findings, decisions, their journal and every backup are removed and overwritten. This cannot "
                "be undone. The contracts themselves and exported reports are not touched."
            ),
        )  # fmt: skip
        self.typed = QLineEdit()
        self.add(self.tr("Type \u201c{0}\u201d to confirm").format(name), self.typed)
        self.go.setProperty("kind", "danger")
        self.go.setEnabled(False)
        self.typed.textChanged.connect(lambda text: self.go.setEnabled(text.strip() == name))


class DeletionRecordDialog(QDialog):
    """The record of a deletion, to be kept with the client's file."""

    def __init__(self, parent: QWidget | None, record: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Deletion record"))
        self.resize(620, 380)
        self.record = record
        page = QPlainTextEdit(record)
        page.setObjectName("input")
        page.setReadOnly(True)
        page.setAccessibleName(self.tr("Deletion record"))
        self.problem = kit.label("", "error", wrap=True)
        self.problem.hide()
        save = kit.button(self.tr("Save the record\u2026"), self._ask, "floppy-disk", "primary")
        close = kit.button(self.tr("Close"), self.accept)
        head = kit.label(self.tr("The matter is deleted"), "title")
        said = kit.label(self.tr("Keep this record with the client's file; Privity keeps no copy."), "soft", wrap=True)
        self.setLayout(kit.column(head, said, page, self.problem, kit.row(None, close, save), margin=24, space=12))

    def _ask(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the record"), self.tr("deletion record") + ".txt")
        if chosen:
            self.save(Path(chosen))

    def save(self, target: Path) -> None:
        """Write the record and close; where it cannot be written, say so and stay."""
        try:
            target.write_text(self.record, "utf-8")
        except OSError as error:
            self.problem.setText(self.tr("It could not be written there: {0}.").format(error.strerror))
            self.problem.show()
        else:
            self.accept()
