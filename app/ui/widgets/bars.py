"""Horizontal bars, stacked by severity, with names and numbers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme, words
from app.ui.figures import Bar

ROW = 30


class Bars(QWidget):
    """A chart of our own: small, sharp at every scale, said in words to screen readers."""

    chosen = Signal(str)  # contract_id of a bar

    def __init__(self, name: str) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self._at = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        """Show these."""
        self._bars, self._at = bars, 0
        said = "; ".join(
            f"{b.name}: " + ", ".join(f"{count} {words.severity(severity)}" for severity, count in b.parts)
            for b in bars
        )
        self.setAccessibleDescription(said)
        self.setFixedHeight(max(1, len(bars)) * ROW)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its bars."""
        return QSize(300, max(1, len(self._bars)) * ROW)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses the bar's contract."""
        self._choose(int(event.position().y() // ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, down and Enter."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._at = min(max(0, self._at + step), max(0, len(self._bars) - 1))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._bars) and self._bars[row].contract_id:
            self.chosen.emit(self._bars[row].contract_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names on the left, bars, numbers on the right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.Type.SMALL))
        metrics = QFontMetrics(painter.font())
        names = min(360, self.width() * 2 // 5)
        longest = max((bar.total for bar in self._bars), default=1)
        unit = max(1.0, self.width() - names - 60) / longest
        for number, bar in enumerate(self._bars):
            top = number * ROW
            painter.setPen(theme.color("ink"))
            name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideMiddle, names - 10)
            painter.drawText(QRectF(0, top, names - 10, ROW), Qt.AlignmentFlag.AlignVCenter, name)
            left = float(names)
            for severity, count in bar.parts:
                painter.fillRect(QRectF(left, top + 8, max(2.0, count * unit - 1), ROW - 16), theme.color(severity))
                left += count * unit
            painter.setPen(theme.color("ink_soft"))
            painter.drawText(QRectF(left + 8, top, 50, ROW), Qt.AlignmentFlag.AlignVCenter, str(bar.total))
            if self.hasFocus() and number == self._at:
                painter.setPen(QPen(theme.color("accent"), 1.5))
                painter.drawRoundedRect(QRectF(1, top + 1, self.width() - 2, ROW - 2), 4, 4)
        painter.end()
