"""Export: which form, and where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFileDialog, QRadioButton, QWidget

from app.ui import words
from app.ui.dialogs.frame import FormDialog

ENDINGS = {"word": ".docx", "excel": ".xlsx", "calendar": ".ics", "json": ".json", "annotated": ""}


class ExportDialog(FormDialog):
    """After accept(): `form_name` and `target`."""

    def __init__(self, parent: QWidget | None, matter: str, grave: int, reading: bool = False) -> None:
        super().__init__(parent)
        self._matter = matter
        self.target: Path | None = None
        self.head(
            self.tr("Export"), self.tr("Choose where\u2026"), self.tr("Written on this computer, whole or not at all.")
        )
        self.choices = QButtonGroup(self)
        self._radios: dict[str, QRadioButton] = {}
        for name, text in (
            ("word", self.tr("Report in Word, with quotes, pages and clause numbers")),
            ("excel", self.tr("Grid in Excel")),
            ("calendar", self.tr("Dates as a calendar file")),
            ("annotated", self.tr("Copies of the documents with findings marked")),
            ("json", self.tr("Record for other programs (JSON)")),
        ):
            radio = QRadioButton(text)
            radio.setAccessibleName(text)
            self._radios[name] = radio
            self.choices.addButton(radio)
            self.form.addRow(radio)
        self._radios["word"].setChecked(True)
        self.final = QCheckBox(self.tr("Final: without the heading Draft"))
        self.final.setEnabled(grave == 0)
        self.form.addRow(self.final)
        if reading:
            self.remark(self.tr("Documents are still being read: what is exported now ends where the reading is."))
        if grave:
            self.remark(
                words.counted(
                    grave,
                    self.tr("A draft for now: critical or high findings are still open in 1 document."),
                    self.tr("A draft for now: critical or high findings are still open in {0} documents."),
                )  # fmt: skip
            )

    @property
    def form_name(self) -> str:
        """word, excel, calendar, json or annotated."""
        return next(name for name, radio in self._radios.items() if radio.isChecked())

    def accept(self) -> None:
        """Ask where to, then close."""
        chosen = self.ask_target()
        if chosen:
            self.target = Path(chosen)
            super().accept()

    def ask_target(self) -> str:
        """A file, or a folder for annotated copies."""
        if self.form_name == "annotated":
            return QFileDialog.getExistingDirectory(self, self.tr("Folder for the copies"))
        ending = ENDINGS[self.form_name]
        name = "".join(c if c.isalnum() or c in " -_" else "_" for c in self._matter).strip() or "review"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Export"), f"{name}{ending}", f"*{ending}")
        return chosen if not chosen or chosen.endswith(ending) else chosen + ending
