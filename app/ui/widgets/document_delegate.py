"""How a document is drawn in the tree: its name, its kind and our side, how many findings are open and how grave."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.services.api import DocumentRow
from app.ui import icons, theme
from app.ui.models import documents

ROW = 46


class DocumentDelegate(QStyledItemDelegate):
    """Two lines for a document, one for a folder; all of one height, which keeps long lists quick."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Rows of one height."""
        return QSize(180, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        row: DocumentRow | None = index.data(documents.ROW)
        if row is None:
            super().paint(painter, option, index)
            return
        painter.save()
        area: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color("accent_wash" if chosen else "hover"))
        self._sign(painter, area, row, index)
        open_ones = row.findings - row.decided
        ends = (area.right() - (60 if row.contract_id and open_ones else 32), area.right() - 8)
        left = area.left() + 30
        ink = "ink" if row.contract_id else "ink_soft"
        name = str(index.data()).rpartition(".")[0] or str(index.data())
        fonts = (theme.font(theme.Type.BODY, theme.MEDIUM if open_ones else theme.PLAIN), theme.font(theme.Type.SMALL))
        said = (name, index.data(documents.FACTS))
        for line, (font, text, colour) in enumerate(zip(fonts, said, (ink, "ink_faint"), strict=True)):
            painter.setFont(font)
            painter.setPen(theme.color(colour))
            at = QRect(left, area.top() + 5 + line * 19, ends[line] - left, 19)
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, at.width())
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _sign(
        self, painter: QPainter, area: QRect, row: DocumentRow, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        kind = index.data(Qt.ItemDataRole.DecorationRole)
        kind.paint(painter, QRect(area.left() + 6, area.top() + 7, 17, 17))
        middle = area.top() + 15
        sign = QRect(area.right() - 26, middle - 8, 16, 16)
        open_ones = row.findings - row.decided
        if row.contract_id is None:
            icons.icon("warning-circle", "high").paint(painter, sign)
        elif not open_ones or not row.worst:
            icons.icon("check-circle", "positive").paint(painter, sign)
        else:
            icons.severity_icon(row.worst).paint(painter, sign)
            painter.setFont(theme.font(theme.Type.SMALL, theme.STRONG))
            painter.setPen(theme.color("ink_soft"))
            at = QRect(area.right() - 62, area.top() + 5, 30, 20)
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(open_ones))
