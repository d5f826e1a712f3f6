"""An empty state: what is not here yet, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.ui import icons
from app.ui.widgets import kit


class Empty(QWidget):
    """An icon, a title and a sentence, in the middle."""

    def __init__(self, icon: str, title: str, sentence: str) -> None:
        super().__init__()
        self._icon = icon
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = kit.label(title, "lead")
        self._sentence = kit.label(sentence, "soft", wrap=True)
        for part in (self._title, self._sentence):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setMaximumWidth(420)
        middle = kit.row(None, self._sentence, None)
        middle.setStretchFactor(self._sentence, 4)
        self.setLayout(kit.column(None, self._sign, 4, self._title, middle, None, margin=24))
        self.dress()

    def say(self, title: str, sentence: str) -> None:
        """Other words."""
        self._title.setText(title)
        self._sentence.setText(sentence)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.dress()

    def dress(self) -> None:
        """Take the theme's colours."""
        self._sign.setPixmap(icons.icon(self._icon, "ink_faint").pixmap(40, 40))
