"""New, open, protected, deleted: what happens to matters before and after they are in the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog

from app.paths import resources
from app.services.api import MatterEntry, MatterSession
from app.services.handing import AnotherCopy
from app.services.roles import read_role_map
from app.ui.dialogs.copies import CopyDialog
from app.ui.dialogs.deletion import DeleteDialog, DeletionRecordDialog
from app.ui.dialogs.matter import NewMatterDialog, PassphraseDialog
from app.ui.jobs import DESK, IDLE
from app.ui.widgets.trouble import show_trouble

if TYPE_CHECKING:
    from app.ui.window import Window


def sample_roles() -> dict[str, tuple[str, str]]:
    """Our side in each contract of the sample deal."""
    return read_role_map(resources() / "sample_deal_roles.csv")


class Opening(QObject):
    """Asks the workspace for matters and hands them to the window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._jobs, self._workspace = window.jobs, window.workspace
        self._copy: tuple[str, Path, str | None] | None = None  # a copy to be taken over once its matter is open

    def _entry(self, matter_id: str) -> MatterEntry | None:
        return next((e for e in self._workspace.recent() if e.matter_id == matter_id), None)

    def new(self, paths: list[Path]) -> None:
        """Ask for a matter's facts, make it, import."""
        name = paths[0].name if len(paths) == 1 and paths[0].is_dir() else ""
        dialog = NewMatterDialog(self._window, self._workspace.playbooks(), name)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.create(
                dialog.name.text().strip(), dialog.our_parties, str(dialog.playbook.currentData() or "commercial"),
                dialog.passphrase, paths,
            )  # fmt: skip

    def create(self, name: str, parties: list[str], playbook: str, passphrase: str | None, paths: list[Path]) -> None:
        """Make a matter, open it and import."""
        self._jobs.run(
            DESK, lambda: self._workspace.create(name, parties, playbook, passphrase),
            lambda made: self._window.show_matter(made, paths),
        )  # fmt: skip

    def open(self, matter_id: str, passphrase: str | None = None) -> None:
        """Open a matter; a protected one asks for its passphrase first."""
        entry = self._entry(matter_id)
        protected = entry is not None and entry.protected
        if protected and passphrase is None:
            self.ask_passphrase(matter_id)
            return
        self._jobs.run(
            DESK, lambda: self._workspace.open(matter_id, passphrase),
            lambda session: self._window.show_matter(session, []),
            failed=lambda sentence, bug: self._not_opened(matter_id, protected, sentence, bug),
        )  # fmt: skip

    def _not_opened(self, matter_id: str, protected: bool, sentence: str, is_bug: bool) -> None:
        if protected and not is_bug:
            self.ask_passphrase(matter_id, sentence)
        else:
            show_trouble(self._window, sentence, is_bug)

    def ask_passphrase(self, matter_id: str, problem: str = "") -> None:
        """Ask until it fits or the user gives up."""
        dialog = PassphraseDialog(self._window, problem)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.open(matter_id, dialog.field.text())

    def ask_file(self) -> None:
        """Choose a matter's file and open it where it lies."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open a matter"), "", self.tr("Matters of Privity") + " (*.privity)"
        )
        if chosen:
            self.file(Path(chosen))

    def file(self, path: Path, passphrase: str | None = None, problem: str = "") -> None:
        """Open a matter's file from anywhere; a protected one asks for its passphrase first."""
        protected = self._workspace.is_protected(path)
        if protected and passphrase is None:
            dialog = PassphraseDialog(self._window, problem)
            if dialog.exec() == QDialog.DialogCode.Accepted:
                self.file(path, dialog.field.text())
            return
        self._window.close_matter()

        def attempt() -> MatterSession | str:
            try:
                return self._workspace.open_file(path, passphrase)
            except AnotherCopy as known:
                return known.matter_id

        def failed(sentence: str, bug: bool) -> None:
            if protected and not bug:
                self.file(path, None, sentence)
            else:
                show_trouble(self._window, sentence, bug)

        self._jobs.run(DESK, attempt, lambda found: self._file_opened(found, path, passphrase), failed=failed)

    def _file_opened(self, found: MatterSession | str, path: Path, passphrase: str | None) -> None:
        if not isinstance(found, str):
            self._window.show_matter(found, [])
        elif CopyDialog(self._window).exec() == QDialog.DialogCode.Accepted:
            self._copy = (found, path, passphrase)
            self.open(found)

    def take_waiting_copy(self, matter_id: str) -> None:
        """A matter is open: take over the copy that was being opened beside it, where there is one."""
        waiting, self._copy = self._copy, None
        if waiting is not None and waiting[0] == matter_id:
            self.take_over(*waiting[1:])

    def ask_copy(self) -> None:
        """Choose a colleague's copy of the open matter and take over its decisions."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Take over decisions"), "", self.tr("Matters of Privity") + " (*.privity)"
        )
        if chosen:
            self.take_over(Path(chosen))

    def take_over(self, path: Path, passphrase: str | None = None, problem: str = "") -> None:
        """Take over what a colleague decided in a copy of the open matter."""
        view = self._window.matter
        if view is None:
            return
        protected = self._workspace.is_protected(path)
        if protected and passphrase is None:
            dialog = PassphraseDialog(self._window, problem)
            if dialog.exec() == QDialog.DialogCode.Accepted:
                self.take_over(path, dialog.field.text())
            return

        def failed(sentence: str, bug: bool) -> None:
            if protected and not bug:
                self.take_over(path, None, sentence)
            else:
                show_trouble(self._window, sentence, bug)

        session = view.desk.session
        self._jobs.run(DESK, lambda: session.take_over(path, passphrase), view.show_merge, failed=failed)

    def ask_save_copy(self) -> None:
        """Choose where to, and write a copy of the open matter to be handed on."""
        view = self._window.matter
        if view is None:
            return
        name = "".join(c if c.isalnum() or c in " -_" else "_" for c in view.desk.session.matter.name).strip()
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save a copy"), f"{name or 'matter'}.privity", "*.privity",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if chosen:
            self.save_copy(Path(chosen if chosen.endswith(".privity") else chosen + ".privity"))

    def save_copy(self, target: Path) -> None:
        """Write a copy of the open matter."""
        view = self._window.matter
        if view is not None:
            session = view.desk.session
            self._jobs.run(DESK, lambda: session.save_copy(target), lambda _: view.show_copied(target))

    def forget(self, matter_id: str) -> None:
        """Take a matter whose file is gone off the list."""
        self._jobs.run(DESK, lambda: self._workspace.forget(matter_id), lambda _: self._window.load_recent())

    def sample(self) -> None:
        """Open the sample deal; the first time, make and read it."""
        name = self.tr("Sample deal")
        known = next((e for e in self._workspace.recent() if e.name == name and not (e.protected or e.missing)), None)
        if known is not None:
            self.open(known.matter_id)
        else:
            self._jobs.run(
                DESK, lambda: (self._workspace.create(name, [], "commercial"), sample_roles()),
                lambda made: self._window.show_matter(made[0], [resources() / "sample_deal"], made[1]),
            )  # fmt: skip

    def delete(self, matter_id: str) -> None:
        """Ask, delete, and show the record."""
        entry = self._entry(matter_id)
        if entry is None:
            return
        if DeleteDialog(self._window, entry.name or matter_id[:8]).exec() == QDialog.DialogCode.Accepted:
            self.delete_now(matter_id)

    def delete_now(self, matter_id: str) -> None:
        """Delete without asking again; the record follows."""
        self._jobs.run(DESK, lambda: self._workspace.delete(matter_id), self._deleted)

    def _deleted(self, record: str) -> None:
        self._jobs.run(IDLE, self._workspace.recent, self._window.start.show_matters)
        DeletionRecordDialog(self._window, record).exec()
