"""Asking the lawyer for a value, wherever a value is shown; what cannot be read is asked for again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.desk import Desk
from app.ui.dialogs.value import ValueDialog
from app.ui.jobs import DESK


class Correcting(QObject):
    """One for each view that shows values."""

    corrected = Signal()  # a value was stored, and what follows from it reckoned again

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, parent

    def ask(
        self, contract_id: str, clause_type: str, value: str, quote: str, problem: str = "", shown: str = "",
        asks: str = "",
    ) -> None:  # fmt: skip
        """Ask for the value of a clause; `quote` is the clause's words, "" for the contract as a whole.

        `shown` are words to look at where the value is the contract's; `asks` says what a date waits for.
        """
        dialog = ValueDialog(self._window, clause_type, value, quote or shown, problem, asks)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        typed, desk = dialog.typed, self._desk
        session, user = desk.session, desk.user
        again: Callable[[str, bool], None] = lambda sentence, bug: self.ask(  # noqa: E731
            contract_id, clause_type, typed, quote, sentence, shown, asks
        )
        desk.jobs.run(
            DESK, lambda: session.correct_value(contract_id, clause_type, quote, typed, user),
            lambda _: self._stored(), failed=again,
        )  # fmt: skip

    def _stored(self) -> None:
        self._desk.load_documents()
        self._desk.load_findings()
        self.corrected.emit()
