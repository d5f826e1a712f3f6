"""Whose pending changes a contract holds, in their colours, and how they are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QComboBox, QWidget

from app.ui import theme
from app.ui.widgets import kit

MARKED, ACCEPTED, ORIGINAL = "marked", "accepted", "original"
_NAMED = 5


class ChangesBar(QWidget):
    """Hidden where there are no changes."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("How pending changes are shown"))
        for name, words in (
            (MARKED, self.tr("All changes shown")),
            (ACCEPTED, self.tr("As if accepted")),
            (ORIGINAL, self.tr("As if rejected")),
        ):
            self.choice.addItem(words, name)
        self.choice.activated.connect(lambda _: self.chosen.emit(self.choice.currentData()))
        self._authors = kit.row(space=12)
        self.setLayout(kit.row(self._authors, None, self.choice, margin=6, space=8))
        self.setObjectName("bar")
        self.hide()

    def show_authors(self, authors: Sequence[str]) -> None:
        """Name them, each in the colour of the changes."""
        kit.clear(self._authors)
        for number, author in enumerate(authors[:_NAMED]):
            name = kit.label(f"\u25cf {author}")
            colours = QPalette(name.palette())
            colours.setColor(QPalette.ColorRole.WindowText, QColor(theme.author_color(number)))
            name.setPalette(colours)
            name.setStyleSheet(f"color: {theme.author_color(number).name()}")
            self._authors.addWidget(name)
        if len(authors) > _NAMED:
            self._authors.addWidget(kit.label(self.tr("and {0} more").format(len(authors) - _NAMED), "faint"))

    def show_choice(self, name: str) -> None:
        """Set the choice without telling anyone."""
        self.choice.setCurrentIndex(self.choice.findData(name))
