"""How a document is drawn in the tree: name, then how many findings and the gravest that is open."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.services.api import DocumentRow
from app.ui import icons, theme
from app.ui.models import documents


class DocumentDelegate(QStyledItemDelegate):
    """The usual row with a count at its right end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Rows of one height."""
        return QSize(super().sizeHint(option, index).width(), 30)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Leave room for the count and elide the name in its middle."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle
        row: DocumentRow | None = index.data(documents.ROW)
        if row is not None:
            room = 54 if row.contract_id else 28
            text = option.text
            width = option.rect.width() - room - 24
            option.text = QFontMetrics(option.font).elidedText(text, Qt.TextElideMode.ElideMiddle, max(40, width))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row and its count."""
        super().paint(painter, option, index)
        row: DocumentRow | None = index.data(documents.ROW)
        if row is None:
            return
        area: QRect = option.rect
        middle = area.center().y()
        if row.contract_id is None:
            icons.icon("warning-circle", "high").paint(painter, QRect(area.right() - 24, middle - 8, 16, 16))
            return
        painter.save()
        done = row.findings > 0 and row.decided >= row.findings
        if done or row.findings == 0:
            icons.icon("check-circle", "positive").paint(painter, QRect(area.right() - 24, middle - 8, 16, 16))
        elif row.worst:
            icons.severity_icon(row.worst).paint(painter, QRect(area.right() - 24, middle - 8, 16, 16))
        painter.setFont(theme.font(theme.Type.SMALL))
        painter.setPen(theme.color("ink_soft"))
        at = QRect(area.right() - 58, area.top(), 30, area.height())
        painter.drawText(
            at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(row.findings - row.decided)
        )
        painter.restore()
