"""An empty state: what is not here yet, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui import icons
from app.ui.widgets import kit
from app.ui.widgets.sign import Sign


class Empty(QWidget):
    """An icon, a title and a sentence, in the middle."""

    def __init__(self, icon: str, title: str, sentence: str) -> None:
        super().__init__()
        self._title = kit.label(title, "lead", wrap=True)
        self._sentence = kit.label(sentence, "soft", wrap=True)
        for part in (self._title, self._sentence):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setMaximumWidth(420)
        middle = kit.row(None, self._sentence, None)
        middle.setStretchFactor(self._sentence, 4)
        above = kit.row(None, Sign(icons.icon(icon, "ink_faint"), 40), None)
        self.setLayout(kit.column(None, above, 4, self._title, middle, None, margin=24))

    def say(self, title: str, sentence: str) -> None:
        """Other words."""
        self._title.setText(title)
        self._sentence.setText(sentence)
