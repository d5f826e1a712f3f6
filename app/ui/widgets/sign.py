"""An icon on its own, sharp at every scale and in the colours of the theme that is on."""

from __future__ import annotations

from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget


class Sign(QWidget):
    """Draws an icon; words beside it say what it means."""

    def __init__(self, icon: QIcon, size: int) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon over the whole of it."""
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())
        painter.end()
