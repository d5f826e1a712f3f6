"""How a grid cell is drawn: five answers, each with a ground, a sign and words of its own."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.services.api import GridCell
from app.ui import icons, theme
from app.ui.models.grid import CELL

LOOKS = {  # ground, ink
    "present": ("raised", "ink"),
    "risk": ("critical_wash", "critical"),
    "missing": ("high_wash", "high"),
    "unclear": ("medium_wash", "medium"),
    "not checked": ("surface", "ink_faint"),
}


class GridDelegate(QStyledItemDelegate):
    """Ground by answer; missing is outlined with dashes, not checked is hatched."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        cell: GridCell | None = index.data(CELL)
        if cell is None:
            super().paint(painter, option, index)
            return
        painter.save()
        area: QRect = option.rect
        ground, ink = LOOKS.get(cell.answer, LOOKS["not checked"])
        painter.fillRect(area, theme.color(ground))
        if cell.answer == "not checked":
            painter.fillRect(area, QBrush(theme.color("line"), Qt.BrushStyle.BDiagPattern))
        if cell.answer == "missing":
            painter.setPen(QPen(theme.color("high"), 1, Qt.PenStyle.DashLine))
            painter.drawRect(area.adjusted(3, 3, -4, -4))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        icons.answer_icon(cell.answer).paint(painter, QRect(area.left() + 9, area.center().y() - 7, 15, 15))
        painter.setFont(theme.font(theme.Type.SMALL, theme.MEDIUM))
        painter.setPen(theme.color(ink))
        at = area.adjusted(30, 0, -6, 0)
        text = QFontMetrics(painter.font()).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, at.width())
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
