"""The contract's words as text: for Word and text files, as a reading aid, and for screen readers."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from app.ui import theme, words
from app.ui.shown_text import CHANGES, Shown
from app.ui.widgets.text_document import MARGIN

MEASURE = 900  # pixels of a line with its margins


class TextView(QTextEdit):
    """Read-only text with findings marked; offsets in and out are the contract text's code points."""

    place_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("contract")
        self.setReadOnly(True)
        self.setAccessibleName(self.tr("Text of the contract"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._shown: Shown | None = None
        self._held: QTextDocument | None = None
        self._marks: list[tuple[str, str, int, int]] = []
        self._chosen = ""
        self._found: tuple[int, int] | None = None
        self._changes: list[tuple[int, int]] = []  # pending changes, in the document's units

    def set_text(self, shown: Shown | None, document: QTextDocument | None) -> None:
        """Show a text made by make_document."""
        self._shown, self._found = shown, None
        self._changes = [(s.start, s.end) for s in shown.styled if s.style in CHANGES] if shown is not None else []
        document = document or QTextDocument()
        document.setParent(self)
        self.setDocument(document)
        if self._held is not None:  # Qt deletes its own first document, ours is ours to delete
            self._held.deleteLater()
        self._held = document
        self._show_marks()

    def set_marks(self, marks: list[tuple[str, str, int, int]]) -> None:
        """Findings to mark: key, severity, start, end."""
        self._marks = marks
        self._show_marks()

    def choose(self, key: str) -> None:
        """Mark a finding as the chosen one and bring it into view."""
        self._chosen = key
        self._show_marks()
        for held, _, start, _ in self._marks:
            if held == key:
                self._reveal(start)

    def show_place(self, start: int, end: int) -> None:
        """Mark a found place and bring it into view."""
        self._found = (start, end)
        self._show_marks()
        self._reveal(start)

    def _reveal(self, start: int) -> None:
        if self._shown is None:
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(self._shown.to_shown(start), max(0, self.document().characterCount() - 1)))
        self.setTextCursor(cursor)
        area = self.cursorRect(cursor)
        if not 40 < area.top() < self.viewport().height() * 2 / 3:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + area.top() - self.viewport().height() // 3)

    def _show_marks(self) -> None:
        places = [(s, e, f"{sev}_wash", sev) for k, sev, s, e in self._marks if k != self._chosen]
        places += [(s, e, "mark", sev) for k, sev, s, e in self._marks if k == self._chosen]
        if self._found is not None:
            places.append((*self._found, "mark", "accent"))
        self.setExtraSelections([made for place in places if (made := self._selection(*place)) is not None])

    def _selection(self, start: int, end: int, wash: str, edge: str) -> QTextEdit.ExtraSelection | None:
        if self._shown is None:
            return None
        last = self.document().characterCount() - 1
        first, stop = self._shown.to_shown(start), self._shown.to_shown(end, end=True)
        if not 0 <= first < stop <= last:
            return None
        made = QTextEdit.ExtraSelection()
        made.cursor = QTextCursor(self.document())
        made.cursor.setPosition(first)
        made.cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
        look = made.format
        look.setBackground(theme.color(wash))
        look.setUnderlineColor(theme.color(edge))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        made.format = look
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, a bar beside lines with pending changes, a line where a page begins."""
        super().paintEvent(event)
        pages = self._shown.pages if self._shown is not None else ()
        if not self._changes and not pages:
            return
        area = self.viewport().rect()
        first = self.cursorForPosition(area.topLeft()).position()
        last = self.cursorForPosition(area.bottomRight()).position()
        painter = QPainter(self.viewport())
        for start, end in self._changes:
            if end >= first and start <= last:
                top, bottom = self._line_at(start), self._line_at(end)
                height = bottom.bottom() - top.top()
                painter.fillRect(MARGIN - 14, top.top(), 2, height, theme.color("deleted"))
        painter.setFont(theme.font(theme.Type.SMALL))
        painter.setPen(QPen(theme.color("ink_faint"), 1, Qt.PenStyle.DashLine))
        for unit, number in pages:
            if first <= unit <= last:
                self._draw_page(painter, self._line_at(unit).top() - 5, number)
        painter.end()

    def _draw_page(self, painter: QPainter, y: int, number: int) -> None:
        said = words.page(number) if number else self.tr("New page")
        right = self.viewport().width() - 8
        wide = painter.fontMetrics().horizontalAdvance(said)
        painter.drawLine(MARGIN, y, right - wide - 8, y)
        painter.drawText(right - wide, y + 4, said)

    def _line_at(self, unit: int) -> QRect:
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(unit, self.document().characterCount() - 1))
        return self.cursorRect(cursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines at a length that reads well, in the middle of a wide window."""
        beside = max(0, (self.width() - MEASURE) // 2)
        self.setViewportMargins(beside, 0, beside, 0)
        super().resizeEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a marked place chooses its finding."""
        super().mouseReleaseEvent(event)
        if self._shown is not None and not self.textCursor().hasSelection():
            point = self._shown.to_text(self.cursorForPosition(event.position().toPoint()).position())
            self.place_clicked.emit(point)
