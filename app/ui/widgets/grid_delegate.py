"""How a grid cell is drawn: five answers, each with a ground, a sign and words of its own."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.services.api import GridCell
from app.ui import icons, theme, words
from app.ui.models.grid import CELL

LOOKS = {  # ground, ink
    "present": ("raised", "ink"),
    "risk": ("critical_wash", "critical"),
    "missing": ("high_wash", "high"),
    "unclear": ("medium_wash", "medium"),
    "not checked": ("surface", "ink_faint"),
}
ROOM = 1200  # cells kept drawn: a screen of 2560 x 1440 shows 600


class GridDelegate(QStyledItemDelegate):
    """Ground by answer; missing is outlined with dashes, not checked is hatched.

    Cells that look alike are drawn once: a large screen shows hundreds, and drawing each anew takes too long.
    """

    def __init__(self, parent: object = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]
        self._drawn: OrderedDict[tuple[object, ...], QPixmap] = OrderedDict()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Put the cell's picture in its place."""
        cell: GridCell | None = index.data(CELL)
        if cell is None:
            super().paint(painter, option, index)
            return
        area: QRect = option.rect
        ratio = painter.device().devicePixelRatioF()
        size = area.size()
        key = (cell.answer, cell.value, size.width(), size.height(), ratio, theme.is_dark())
        picture = self._drawn.get(key)
        if picture is None:
            picture = self._drawn[key] = draw(cell, size, ratio)
            while len(self._drawn) > ROOM:
                self._drawn.popitem(last=False)
        else:
            self._drawn.move_to_end(key)
        painter.drawPixmap(area.topLeft(), picture)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))


def draw(cell: GridCell, size: QSize, ratio: float) -> QPixmap:
    """One cell as a picture."""
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    area = QRect(0, 0, size.width(), size.height())
    ground, ink = LOOKS.get(cell.answer, LOOKS["not checked"])
    picture.fill(theme.color(ground))
    painter = QPainter(picture)
    if cell.answer == "not checked":
        painter.fillRect(area, QBrush(theme.color("line"), Qt.BrushStyle.BDiagPattern))
    if cell.answer == "missing":
        painter.setPen(QPen(theme.color("high"), 1, Qt.PenStyle.DashLine))
        painter.drawRect(area.adjusted(3, 3, -4, -4))
    icons.answer_icon(cell.answer).paint(painter, QRect(9, area.center().y() - 7, 15, 15))
    painter.setFont(theme.font(theme.Type.SMALL, theme.MEDIUM))
    painter.setPen(theme.color(ink))
    at = area.adjusted(30, 0, -6, 0)
    said = words.value(cell.value) or words.answer(cell.answer)
    text = QFontMetrics(painter.font()).elidedText(said, Qt.TextElideMode.ElideRight, at.width())
    painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, text)
    painter.end()
    return picture
