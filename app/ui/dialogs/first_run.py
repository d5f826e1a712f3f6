"""The first run: who decides, where matters live, which model reads and what it is worth; then the sample deal."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.services.api import ModelEntry, Workspace
from app.ui.dialogs.frame import FormDialog
from app.ui.dialogs.models import ModelsDialog
from app.ui.jobs import IDLE, Jobs
from app.ui.widgets import kit
from app.ui.widgets.elided import Elided


class FirstRunDialog(FormDialog):
    """Asks once; all of it can be changed in the settings."""

    def __init__(self, parent: QWidget | None, workspace: Workspace, data_dir: str, jobs: Jobs) -> None:
        super().__init__(parent, 520)
        self._workspace, self._jobs = workspace, jobs
        self.head(
            self.tr("Welcome to Privity"), self.tr("Begin"),
            self.tr("Everything stays on this computer. Privity has no network code."),
        )  # fmt: skip
        self.user = QLineEdit(str(workspace.setting("user", "") or ""))
        self.user.setPlaceholderText(self.tr("Stands beside every decision"))
        self.add(self.tr("Your name"), self.user)
        where = Elided()
        where.say(data_dir)
        self.add(self.tr("Matters live in"), where)
        self.remark(self.tr("A passphrase can be set for each matter when it is made."))
        self.model = kit.label("", wrap=True)
        self.choose = kit.button(self.tr("Choose and examine a model\u2026"), self.ask_model, "graduation-cap")
        line = kit.row(self.model, self.choose)
        line.setStretch(0, 1)
        self.form.addRow(kit.label(self.tr("Language model"), "soft"), kit.box(line))
        note = self.tr(
            "Optional: without one, the clause screener and the playbook do the work. Before a model counts, it "
            "sits an exam here, which says what it is worth and how long it takes."
        )
        self.remark(note)
        self.sample = QCheckBox(self.tr("Open the sample deal"))
        self.sample.setChecked(True)
        self.form.addRow(self.sample)
        self.leave.hide()
        self.agreed = QCheckBox(self.tr("I know what this means, and my client has agreed"))
        self.warning = kit.label("", "error", wrap=True)
        for part in (self.warning, self.agreed):
            part.hide()
        self.agreed.toggled.connect(self.go.setEnabled)
        self.form.addRow(self.warning)
        self.form.addRow(self.agreed)
        jobs.run(IDLE, workspace.location_warning, self._warn)
        self._show_model()

    def _warn(self, warning: str | None) -> None:
        """Where matters would leave this computer, nothing begins before somebody says that they may."""
        if warning:
            self._said.setText(self.tr("Privity has no network code."))  # that all stays here is not true then
            self.warning.setText(warning)
            self.warning.show()
            self.agreed.show()
            self.go.setEnabled(self.agreed.isChecked())

    def ask_model(self) -> None:
        """Open the list of models, with the exam."""
        ModelsDialog(self, self._workspace, self._jobs).exec()
        self._show_model()

    def _show_model(self) -> None:
        key = self._workspace.setting("model", "none")
        if key == "none":
            self.model.setText(self.tr("None"))
            return
        self._jobs.run(IDLE, self._workspace.models, lambda entries: self._name_model(key, entries))

    def _name_model(self, key: str, entries: list[ModelEntry]) -> None:
        self.model.setText(next((entry.title for entry in entries if entry.key == key), key))

    def accept(self) -> None:
        """Store."""
        self._workspace.set_setting("user", self.user.text().strip())
        self._workspace.set_setting("model", self._workspace.setting("model", "none"))
        self._workspace.set_setting("first_run_done", True)
        super().accept()
