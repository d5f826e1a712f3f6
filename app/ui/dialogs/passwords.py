"""The passwords of protected documents; kept until the matter is closed, never stored."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from app.services.api import DocumentRow
from app.ui.dialogs.frame import FormDialog
from app.ui.dialogs.matter import secret


class PasswordsDialog(FormDialog):
    """A field for each document; the first one's password can be tried on all."""

    def __init__(self, parent: QWidget | None, rows: list[DocumentRow], problem: str = "") -> None:
        super().__init__(parent)
        self.head(
            self.tr("Protected documents"), self.tr("Open them"),
            self.tr("Kept until the matter is closed, never stored. Leave empty what you do not know."),
        )  # fmt: skip
        self.fields: dict[str, QLineEdit] = {}
        for row in rows:
            field = secret()
            self.fields[row.document_sha256] = field
            self.add(row.path.rpartition("/")[2], field)
        if len(rows) > 1:
            first = next(iter(self.fields.values()))
            first.setPlaceholderText(self.tr("Tried on the others too where they are left empty"))
        if len(rows) > 6:
            self._scroll()
        if problem:
            self.say(problem)

    def _scroll(self) -> None:
        inner = QWidget()
        inner.setObjectName("flow")
        inner.setLayout(self.form)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setMinimumHeight(320)
        self.layout().insertWidget(3, area)  # type: ignore[union-attr]

    @property
    def passwords(self) -> dict[str, str]:
        """Document digest to password, without the empty ones."""
        typed = {sha256: field.text() for sha256, field in self.fields.items()}
        first = next(iter(typed.values()), "")
        return {sha256: text or first for sha256, text in typed.items() if text or first}
