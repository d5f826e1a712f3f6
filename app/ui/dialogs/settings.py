"""Settings: model, reading depth, the user's name, the theme."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget

from app.services.api import ModelEntry, Workspace
from app.ui.dialogs.frame import FormDialog
from app.ui.jobs import IDLE, Jobs
from app.ui.widgets import kit


class SettingsDialog(FormDialog):
    """Reads the settings when it opens and stores them when it is accepted."""

    def __init__(self, parent: QWidget | None, workspace: Workspace, jobs: Jobs) -> None:
        super().__init__(parent)
        self._workspace, self._jobs = workspace, jobs
        self.head(self.tr("Settings"), self.tr("Save"))
        self.user = QLineEdit(str(workspace.setting("user", "") or ""))
        self.user.setPlaceholderText(self.tr("Stands beside every decision"))
        self.model = QComboBox()
        self.model.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.note = kit.label("", "faint", wrap=True)
        self.model.currentIndexChanged.connect(self._show_note)
        self.reading = self._choice(
            "reading", "gated",
            [
                ("gated", self.tr("Doubtful passages only")), ("full", self.tr("Whole contracts (slow)")),
                ("off", self.tr("Off")),
            ],
        )  # fmt: skip
        self.theme = self._choice(
            "theme", "system",
            [("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))],
        )  # fmt: skip
        add = kit.button(self.tr("Add a GGUF file\u2026"), self._ask_file, "plus")
        self.add(self.tr("Your name"), self.user)
        self.add(self.tr("Language model"), self.model)
        self.form.addRow("", self.note)
        self.form.addRow("", add)
        self.add(self.tr("The model reads"), self.reading)
        self.add(self.tr("Appearance"), self.theme)
        jobs.run(IDLE, workspace.models, self._fill)

    def _choice(self, key: str, default: str, options: list[tuple[str, str]]) -> QComboBox:
        made = QComboBox()
        for value, text in options:
            made.addItem(text, value)
        made.setCurrentIndex(max(0, made.findData(self._workspace.setting(key, default))))
        return made

    def _fill(self, entries: list[ModelEntry]) -> None:
        self.model.clear()
        for entry in entries:
            self.model.addItem(entry.title, entry.key)
            mark = self.tr("Exam: {0}.").format(entry.mark) if entry.mark else ""
            self.model.setItemData(self.model.count() - 1, f"{mark} {entry.note}".strip(), Qt.ItemDataRole.ToolTipRole)
        self.model.setCurrentIndex(max(0, self.model.findData(self._workspace.setting("model", "none"))))
        self._show_note()

    def _show_note(self) -> None:
        self.note.setText(str(self.model.currentData(Qt.ItemDataRole.ToolTipRole) or ""))

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Add a GGUF file"), "", "GGUF (*.gguf)")
        if chosen:
            self.note.setText(self.tr("Reading the file and its checksum\u2026"))
            self._jobs.run(
                IDLE, lambda: self._workspace.add_model(Path(chosen)), self._on_added,
                failed=lambda sentence, bug: self._not_added(Path(chosen).name, sentence),
            )  # fmt: skip

    def _not_added(self, name: str, sentence: str) -> None:
        self._show_note()
        self.say(self.tr("{0} was not added. {1}").format(name, sentence))

    def _on_added(self, entry: ModelEntry) -> None:
        self.model.addItem(entry.title, entry.key)
        self.model.setItemData(self.model.count() - 1, entry.note, Qt.ItemDataRole.ToolTipRole)
        self.model.setCurrentIndex(self.model.count() - 1)
        self._show_note()

    def accept(self) -> None:
        """Store."""
        values = {
            "user": self.user.text().strip(), "model": self.model.currentData() or "none",
            "reading": self.reading.currentData(), "theme": self.theme.currentData(),
        }  # fmt: skip
        for key, value in values.items():
            self._workspace.set_setting(key, value)
        super().accept()
