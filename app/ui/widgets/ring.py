"""The progress ring: how many findings are reviewed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui import theme


class Ring(QWidget):
    """A ring that fills; the words beside it carry the numbers."""

    def __init__(self, size: int = 28) -> None:
        super().__init__()
        self._share = 0.0
        self._side = size
        self.setFixedSize(size, size)

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(self._side, self._side)

    def show_share(self, done: int, total: int) -> None:
        """Fill to done / total."""
        self._share = done / total if total else 0.0
        self.setAccessibleName(self.tr("{0} of {1} reviewed").format(done, total))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A track and an arc from twelve o'clock."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(3.0, self._side / 8)
        inset = width / 2 + 1
        around = QRectF(inset, inset, self._side - 2 * inset, self._side - 2 * inset)
        painter.setPen(QPen(theme.color("line"), width))
        painter.drawEllipse(around)
        pen = QPen(theme.color("positive"), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if self._share > 0:
            painter.drawArc(around, 90 * 16, -round(self._share * 360 * 16))
        painter.end()
