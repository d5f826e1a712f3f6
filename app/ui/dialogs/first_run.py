"""The first run: where matters live, who decides, which model; then the sample deal."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.services.api import Workspace
from app.ui.dialogs.frame import FormDialog
from app.ui.widgets import kit


class FirstRunDialog(FormDialog):
    """Asks once; all of it can be changed in the settings."""

    def __init__(self, parent: QWidget | None, workspace: Workspace, data_dir: str) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.head(
            self.tr("Welcome to Privity"), self.tr("Begin"),
            self.tr("Everything stays on this computer. Privity has no network code."),
        )  # fmt: skip
        self.user = QLineEdit(str(workspace.setting("user", "") or ""))
        self.user.setPlaceholderText(self.tr("Stands beside every decision"))
        self.add(self.tr("Your name"), self.user)
        where = kit.selectable(kit.label(data_dir, wrap=True))
        self.add(self.tr("Matters live in"), where)
        builtin = any(entry.key == "builtin" for entry in workspace.models())
        self.model = QCheckBox(self.tr("Let the small built-in model read doubtful passages (for trying things out)"))
        self.model.setChecked(False)
        self.model.setEnabled(builtin)
        self.form.addRow(self.model)
        note = self.tr(
            "Without a model, the clause screener and the playbook do the work. "
            "A GGUF file of your own can be added in Settings."
        )
        self.form.addRow(kit.label(note, "soft", wrap=True))
        self.sample = QCheckBox(self.tr("Open the sample deal"))
        self.sample.setChecked(True)
        self.form.addRow(self.sample)
        self.leave.hide()

    def accept(self) -> None:
        """Store."""
        self._workspace.set_setting("user", self.user.text().strip())
        self._workspace.set_setting("model", "builtin" if self.model.isChecked() else "none")
        self._workspace.set_setting("first_run_done", True)
        super().accept()
