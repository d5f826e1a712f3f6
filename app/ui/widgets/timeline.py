"""Dates on a line of years, today marked; a dot says what it is and is clicked to see the words behind it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from app.services.api import DateRow
from app.ui import theme, words

SIDE, RADIUS, SLOT = 24, 5.5, 11
SOON = 180  # days


class Timeline(QWidget):
    """From a year ago to the last date, at most ten years ahead; the list below has every date in words."""

    chosen = Signal(object)  # DateRow

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[DateRow] = []
        self._today = dt.date.today()
        self.setMinimumHeight(120)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription(self.tr("The list below has the same dates in words."))

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(600, 120)

    def show_rows(self, rows: list[DateRow], today: dt.date) -> None:
        """Show dates."""
        self._rows, self._today = rows, today
        self.update()

    def _bounds(self) -> tuple[dt.date, dt.date]:
        last = max((r.date for r in self._rows), default=self._today)
        end = min(max(last.year + 1, self._today.year + 2), self._today.year + 10)
        return dt.date(self._today.year - 1, 1, 1), dt.date(end, 12, 31)

    def _across(self, date: dt.date) -> float:
        first, last = self._bounds()
        share = (date - first).days / (last - first).days
        return SIDE + (self.width() - 2 * SIDE) * min(1.0, max(0.0, share))

    def dots(self) -> list[tuple[QPointF, DateRow]]:
        """Where each date's dot stands, stacked where they meet."""
        base, first = self.height() - 30, self._bounds()[0]
        stacked: dict[int, int] = {}
        found = []
        for row in sorted(self._rows, key=lambda r: r.date):
            if row.date >= first:
                slot = round(self._across(row.date) / SLOT)
                stacked[slot] = stacked.get(slot, 0) + 1
                found.append((QPointF(slot * SLOT, max(22.0, base - 11.0 * stacked[slot])), row))
        return found

    def _near(self, at: QPointF) -> list[DateRow]:
        reach = RADIUS + 2
        return [row for dot, row in self.dots() if abs(dot.x() - at.x()) < reach and abs(dot.y() - at.y()) < reach]

    def event(self, event: QEvent) -> bool:
        """What a dot is, as a tool tip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = [
                f"{words.day(r.date)}: {words.plain(r.what)}, {r.contract_name}"
                for r in self._near(QPointF(event.pos()))
            ]
            QToolTip.showText(event.globalPos(), "\n".join(said), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over a dot."""
        over = bool(self._near(event.position()))
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a dot chooses its date."""
        for row in self._near(event.position())[:1]:
            self.chosen.emit(row)

    def _colour(self, row: DateRow) -> str:
        if row.date < self._today:
            return "ink_faint"
        return "high" if (row.date - self._today).days < SOON else "accent"

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, its years, today, and the dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = self._bounds()
        base = self.height() - 30
        painter.setFont(theme.font(theme.Type.SMALL))
        painter.setPen(QPen(theme.color("control"), 1))
        painter.drawLine(QPointF(SIDE, base), QPointF(self.width() - SIDE, base))
        for year in range(first.year, last.year + 1):
            x = self._across(dt.date(year, 1, 1))
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(x, 22), QPointF(x, base + 5))
            painter.setPen(theme.color("ink_soft"))
            painter.drawText(QRectF(x + 5, base + 4, 60, 18), str(year))
        x, soon = self._across(self._today), self._across(self._today + dt.timedelta(days=SOON))
        painter.fillRect(QRectF(x, 22, soon - x, base - 22), theme.color("high", 26))
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.drawLine(QPointF(x, 6), QPointF(x, base))
        painter.drawText(QRectF(x + 6, 2, 220, 18), Qt.AlignmentFlag.AlignLeft, self.tr("Today, and half a year ahead"))
        painter.setPen(QPen(theme.color("raised"), 1.5))
        for dot, row in self.dots():
            painter.setBrush(theme.color(self._colour(row)))
            painter.drawEllipse(dot, RADIUS, RADIUS)
        painter.end()
