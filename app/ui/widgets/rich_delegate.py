"""A list row of two lines: where, and the words with the match in bold."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QTextDocument
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui import theme

HTML = Qt.ItemDataRole.UserRole  # (place as plain text, words as HTML)


class RichDelegate(QStyledItemDelegate):
    """Rows of one height."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Height of a row."""
        return QSize(300, 62)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        place, html = index.data(HTML)
        painter.save()
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.color("accent_wash"))
        painter.setPen(theme.color("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setFont(theme.font(theme.Type.SMALL, theme.STRONG))
        painter.setPen(theme.color("accent"))
        painter.drawText(area.adjusted(16, 9, -16, 0), Qt.AlignmentFlag.AlignTop, place)
        document = QTextDocument()
        document.setDefaultFont(theme.font(theme.Type.LEAD, family=theme.SERIF))
        document.setDocumentMargin(0)
        document.setDefaultStyleSheet(
            f"b {{ background: {theme.palette().mark}; }} p {{ color: {theme.palette().ink}; }}"
        )
        document.setHtml(f"<p style='white-space: nowrap'>{html}</p>")
        painter.translate(area.topLeft() + QPoint(16, 31))
        document.drawContents(painter, QRectF(0, 0, area.width() - 32, 24))
        painter.restore()
