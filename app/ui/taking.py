"""What an import needs from the user besides documents: whether to take up an interrupted one, and passwords."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.text import FileStatus
from app.services.api import DocumentRow, UnfinishedImport
from app.ui import words
from app.ui.desk import Desk
from app.ui.dialogs.passwords import PasswordsDialog
from app.ui.jobs import DESK
from app.ui.widgets.banner import Banner


def _pass() -> None:
    """The banner goes away, nothing else."""


class Taking(QObject):
    """Offers by the banner; asks by a dialog; the desk does the work."""

    resumed = Signal()
    parties_asked = Signal()  # the facts of the matter are to be completed
    read_again = Signal()  # documents were unlocked: analyse what is known

    def __init__(self, desk: Desk, banner: Banner, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._banner, self._window = desk, banner, window
        self._finished = False  # an import is over and its documents are not read yet
        desk.import_changed.connect(self._on_import)
        desk.documents_changed.connect(self._on_documents)

    def look(self) -> None:
        """Ask whether an import was interrupted."""
        self._desk.ask(lambda session: session.unfinished(), self.offer)

    def offer(self, found: UnfinishedImport | None) -> None:
        """Say what would be resumed."""
        if found is None or self._desk.import_state == "running":
            return
        said = self.tr("An import of {0} was interrupted: {1} of {2} files are done.").format(
            words.moment(found.started), found.files_done, found.files_total
        )
        if found.missing:
            said += " " + self.tr("{0} of the places it came from are no longer there.").format(len(found.missing))
        self._banner.offer(
            said, self.tr("Resume"), lambda: self._resume(found), self.tr("Do not ask again"), self._dismiss
        )

    def _resume(self, found: UnfinishedImport) -> None:
        self._desk.start_import(list(found.paths), found.options)
        self.resumed.emit()

    def _dismiss(self) -> None:
        self._desk.ask(lambda session: session.dismiss_unfinished(), lambda _: None)

    def _on_import(self, state: str) -> None:
        if state == "running":
            self._banner.hide()
        self._finished = state == "done"

    def _on_documents(self, documents: list[DocumentRow]) -> None:
        rows = [row for row in documents if row.status == FileStatus.PASSWORD.value]
        if rows and self._finished:
            self._finished = False
            said = words.counted(
                len(rows), self.tr("1 document needs a password before it can be read."),
                self.tr("{0} documents need a password before they can be read."),
            )  # fmt: skip
            self._banner.offer(
                said, self.tr("Enter passwords\u2026"), lambda: self.ask(rows), self.tr("Later"), lambda: None
            )
        elif self._finished and self._desk.sideless:
            self._finished = False
            self._ask_sides()

    def _ask_sides(self) -> None:
        said = words.sideless(self._desk.sideless)
        if self._desk.session.matter.our_parties:
            said += " " + self.tr("Click the kind of agreement above a contract to say which side we are on.")
            self._banner.offer(said, self.tr("Check the names\u2026"), self.parties_asked.emit, self.tr("Later"), _pass)
        else:
            said += " " + self.tr("Say who our client is, and they are found.")
            self._banner.offer(
                said, self.tr("Name our parties\u2026"), self.parties_asked.emit, self.tr("Later"), _pass
            )

    def ask(self, rows: list[DocumentRow], problem: str = "") -> None:
        """Ask for the passwords of these documents."""
        dialog = PasswordsDialog(self._window, rows, problem)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.passwords:
            self.unlock(rows, dialog.passwords)

    def unlock(self, rows: list[DocumentRow], passwords: dict[str, str]) -> None:
        """Try the passwords; the documents they open are read, for the others they are asked again."""
        session = self._desk.session

        def attempt() -> list[str]:
            return [sha256 for sha256, password in passwords.items() if not session.set_password(sha256, password)]

        self._desk.jobs.run(DESK, attempt, self._tried(rows, len(passwords)))

    def _tried(self, rows: list[DocumentRow], tried: int) -> Callable[[list[str]], None]:
        def then(wrong: list[str]) -> None:
            if len(wrong) < tried:
                self.read_again.emit()
            if wrong:
                again = [row for row in rows if row.document_sha256 in wrong]
                self.ask(again, self.tr("That password does not open it; try again."))

        return then
