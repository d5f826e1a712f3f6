"""Dates on a line of years, today marked."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.services.api import DateRow
from app.ui import theme


class Timeline(QWidget):
    """From a year ago to the last date, at most ten years ahead; the list below has every date in words."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[DateRow] = []
        self._today = dt.date.today()
        self.setMinimumHeight(110)
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription(self.tr("The list below has the same dates in words."))

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(600, 110)

    def show_rows(self, rows: list[DateRow], today: dt.date) -> None:
        """Show dates."""
        self._rows, self._today = rows, today
        self.update()

    def _bounds(self) -> tuple[dt.date, dt.date]:
        last = max((r.date for r in self._rows), default=self._today)
        end = min(max(last.year + 1, self._today.year + 2), self._today.year + 10)
        return dt.date(self._today.year - 1, 1, 1), dt.date(end, 12, 31)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, its years, today, and a dot for each date, stacked where they meet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = self._bounds()
        span, width, base = (last - first).days, self.width() - 48, self.height() - 30

        def across(date: dt.date) -> float:
            return 24 + width * min(1.0, max(0.0, (date - first).days / span))

        painter.setFont(theme.font(theme.Type.SMALL))
        painter.setPen(QPen(theme.color("control"), 1))
        painter.drawLine(QPointF(24, base), QPointF(24 + width, base))
        for year in range(first.year, last.year + 1):
            x = across(dt.date(year, 1, 1))
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(x, 8), QPointF(x, base + 5))
            painter.setPen(theme.color("ink_soft"))
            painter.drawText(QRectF(x + 5, base + 4, 60, 18), str(year))
        x = across(self._today)
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.drawLine(QPointF(x, 6), QPointF(x, base))
        painter.drawText(QRectF(x + 5, 2, 120, 16), Qt.AlignmentFlag.AlignLeft, self.tr("Today"))
        stacked: dict[int, int] = {}
        for row in self._rows:
            if row.date < first:
                continue
            slot = round(across(row.date) / 11)
            stacked[slot] = stacked.get(slot, 0) + 1
            colour = (
                "ink_faint" if row.date < self._today else "high" if (row.date - self._today).days < 180 else "accent"
            )
            painter.setPen(QPen(theme.color("raised"), 1.5))
            painter.setBrush(theme.color(colour))
            painter.drawEllipse(QPointF(slot * 11, max(12.0, base - 10.0 * stacked[slot])), 5.5, 5.5)
        painter.end()
