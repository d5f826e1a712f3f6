"""The keys of the review, to look at."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from app.ui.widgets import kit


class KeysDialog(QDialog):
    """Two columns: the key, and what it does."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(7)
        for row, (key, does) in enumerate(self._keys()):
            grid.addWidget(kit.chip(key, "accent"), row, 0)
            grid.addWidget(kit.label(does), row, 1)
        grid.setColumnStretch(1, 1)
        close = kit.button(self.tr("Close"), self.accept, kind="primary")
        column = kit.column(kit.label(self.tr("Keys"), "title"), margin=24, space=14)
        column.addLayout(grid)
        column.addLayout(kit.row(None, close))
        self.setLayout(column)
        self.setMinimumWidth(460)

    def _keys(self) -> list[tuple[str, str]]:
        return [
            (self.tr("J   K"), self.tr("Next and previous finding, on into the next document")),
            (self.tr("A   R"), self.tr("Accept, reject; the next finding follows")),
            (self.tr("1 \u2013 4"), self.tr("Set the risk: critical, high, medium, low")),
            (self.tr("E   N"), self.tr("Edit the wording, write a note")),
            (self.tr("Z"), self.tr("Undo the last decision, also tomorrow")),
            (self.tr("F"), self.tr("Filter the findings")),
            (self.tr("Esc"), self.tr("From a field back to the findings; the filter is closed")),
            (self.tr("/"), self.tr("Search the whole matter")),
            (self.tr("Ctrl+F"), self.tr("Find in this contract")),
            (self.tr("Ctrl+1 \u2013 7"), self.tr("Switch the view")),
            (self.tr("D"), self.tr("The documents on the left")),
            (
                self.tr("C   T   V   S"),
                self.tr("Inside this contract: parts, terms, values, its form"),
            ),
            (self.tr("F2"), self.tr("In the grid, the dates and the values: correct or give a value")),
            (self.tr("Ctrl+E"), self.tr("Export the report")),
            (self.tr("Ctrl+Enter"), self.tr("Save the wording or the note; Escape leaves it")),
        ]
