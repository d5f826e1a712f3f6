"""A list row of two lines: where, and the words with the match in bold."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QTextDocument
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui import theme

HTML = Qt.ItemDataRole.UserRole  # (place as plain text, words as HTML)
TWO = Qt.ItemDataRole.UserRole + 7
_MORE = 16  # pixels of the sign that words go on


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
        room = area.width() - 32
        whole = document.idealWidth() <= room
        document.drawContents(painter, QRectF(0, 0, room if whole else room - _MORE, 24))
        if not whole:
            painter.setFont(document.defaultFont())
            painter.setPen(theme.color("ink"))
            painter.drawText(QRectF(room - _MORE, 0, _MORE, 24), Qt.AlignmentFlag.AlignTop, "\u2026")
        painter.restore()


class TwoLines(QStyledItemDelegate):
    """A sign, a name, and a faint line below it (role TWO)."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Rows of one height."""
        return QSize(200, 52)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect.adjusted(2, 1, -2, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_wash" if chosen else "hover"))
            painter.drawRoundedRect(area, theme.Space.RADIUS, theme.Space.RADIUS)
        sign: QIcon = index.data(Qt.ItemDataRole.DecorationRole)
        sign.paint(painter, QRect(area.left() + 10, area.center().y() - 10, 20, 20))
        lines = (
            (str(index.data()), theme.font(theme.Type.BODY, theme.STRONG), "ink"),
            (str(index.data(TWO) or ""), theme.font(theme.Type.SMALL), "ink_soft"),
        )
        shift = 0 if lines[1][0] else 10  # a name alone stands in the middle
        for number, (text, font, colour) in enumerate(lines):
            at = QRect(area.left() + 40, area.top() + 6 + shift + number * 19, area.width() - 50, 19)
            painter.setFont(font)
            painter.setPen(theme.color(colour))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, at.width())
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
