"""What the grid's signs mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.ui import icons, words
from app.ui.widgets import kit


class Legend(QWidget):
    """Sign and word of every answer, side by side."""

    def __init__(self, answers: Sequence[str]) -> None:
        super().__init__()
        layout = kit.row(space=4)
        self._signs: list[tuple[str, QLabel]] = []
        for answer in answers:
            sign = QLabel()
            self._signs.append((answer, sign))
            layout.addSpacing(10)
            layout.addWidget(sign)
            layout.addWidget(kit.label(words.answer(answer), "faint"))
        self.setLayout(layout)
        self.dress()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.dress()

    def dress(self) -> None:
        """Take the theme's colours."""
        for answer, sign in self._signs:
            sign.setPixmap(icons.answer_icon(answer).pixmap(15, 15))
