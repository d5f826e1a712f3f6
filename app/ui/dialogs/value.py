"""The lawyer's own value for a clause, where what was read is wrong or nothing could be read."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui import words
from app.ui.dialogs.frame import FormDialog
from app.ui.widgets import kit


class ValueDialog(FormDialog):
    """After accept(): `typed` is the value, "" to go back to what was read."""

    def __init__(
        self, parent: QWidget | None, clause_type: str, value: str, quote: str, problem: str = "", asks: str = ""
    ) -> None:  # fmt: skip
        super().__init__(parent)
        said = self.tr("Dates and findings that follow from it are reckoned again; it outlives every new run.")
        asked = self.tr("The date waits for {0}. Type the value below.").format(asks) + "\n" if asks else ""
        self.head(words.clause_type(clause_type), self.tr("Save"), asked + said)
        if quote:
            shown = quote if len(quote) < 400 else quote[:400].rsplit(" ", 1)[0] + " \u2026"
            self.form.addRow(kit.label(f"\u201c{shown}\u201d", "quote", wrap=True))
        self.field = QLineEdit(value)
        self.field.setPlaceholderText(words.example(clause_type) or self.tr("Empty: as it was read"))
        self.add(self.tr("Value"), self.field)
        if problem:
            self.say(problem)

    @property
    def typed(self) -> str:
        """What was typed."""
        return self.field.text().strip()
