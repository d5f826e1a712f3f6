"""How a finding is drawn in the list: heading of its group, sign, title, reason, place and decision."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.findings import Action, FindingState
from app.services.api import FindingRow
from app.ui import icons, theme
from app.ui.models import findings

HEIGHT, HEADING = 62, 30


class FindingDelegate(QStyledItemDelegate):
    """Rows of a fixed height; the first of a group is taller by its heading."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Height of a row."""
        return QSize(200, HEIGHT + (HEADING if index.data(findings.GROUP) else 0))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        painter.save()
        area = QRect(option.rect)
        row: FindingRow = index.data(findings.ROW)
        heading = index.data(findings.GROUP)
        if heading:
            painter.setFont(theme.font(theme.Type.SMALL, theme.STRONG))
            painter.setPen(theme.color(row.state.effective_severity.value))
            at = QRect(area.left() + 14, area.top(), area.width() - 20, HEADING - 4)
            painter.drawText(at, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, heading)
            area.setTop(area.top() + HEADING)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        card = area.adjusted(8, 2, -8, -3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent" if chosen else "line"), 1.5 if chosen else 1))
        painter.setBrush(theme.color("accent_wash" if chosen else "raised"))
        painter.drawRoundedRect(card, theme.Space.RADIUS, theme.Space.RADIUS)
        self._words(painter, card, row.state)
        painter.restore()

    def _words(self, painter: QPainter, card: QRect, state: FindingState) -> None:
        icons.severity_icon(state.effective_severity.value).paint(
            painter, QRect(card.left() + 10, card.top() + 9, 18, 18)
        )
        left = card.left() + 36
        place = findings.place(state)
        painter.setFont(theme.font(theme.Type.SMALL))
        room = QFontMetrics(painter.font()).horizontalAdvance(place) + 10
        signs = 22 if state.decision is not None else 0
        painter.setPen(theme.color("ink_faint"))
        at = QRect(card.right() - room - signs - 8, card.top() + 8, room, 20)
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, place)
        if state.decision is not None:
            yes = state.decision is Action.ACCEPT
            sign = icons.icon("check-circle", "positive") if yes else icons.icon("x-circle", "ink_faint")
            sign.paint(painter, QRect(card.right() - 26, card.top() + 9, 18, 18))
        self._line(painter, QRect(left, card.top() + 8, at.left() - left - 6, 20), findings.title(state), state)
        painter.setFont(theme.font(theme.Type.SMALL))
        painter.setPen(theme.color("ink_soft"))
        reason = state.explanation or state.finding.explanation
        below = QRect(left, card.top() + 30, card.right() - left - 10, 20)
        text = QFontMetrics(painter.font()).elidedText(reason, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, text)

    def _line(self, painter: QPainter, at: QRect, text: str, state: FindingState) -> None:
        font = theme.font(theme.Type.BODY, theme.STRONG)
        font.setStrikeOut(state.decision is Action.REJECT)
        painter.setFont(font)
        painter.setPen(theme.color("ink_faint" if state.decision is Action.REJECT else "ink"))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, at.width())
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, shown)
