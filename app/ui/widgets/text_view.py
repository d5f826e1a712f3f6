"""The contract's words as text: for Word and text files, as a reading aid, and for screen readers."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QRect, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)  # fmt: skip
from PySide6.QtWidgets import QTextEdit, QWidget

from app.ui import theme
from app.ui.shown_text import CHANGES, Shown

MARGIN = 36  # around the text
PIECE = 8192  # characters put in at once
MEASURE = 900  # pixels of a line with its margins


def char_format(style: str) -> QTextCharFormat:
    """How a styled range looks: as Word shows changes and comments."""
    made = QTextCharFormat()
    if style == "inserted":
        made.setForeground(theme.color("inserted"))
        made.setFontUnderline(True)
    elif style == "moved":
        made.setForeground(theme.color("inserted"))
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    elif style == "deleted":
        made.setForeground(theme.color("deleted"))
        made.setFontStrikeOut(True)
    elif style == "commented":
        made.setBackground(theme.color("accent_wash"))
    elif style == "comment":
        made.setForeground(theme.color("accent"))
        made.setFontFamilies([theme.SANS])
        made.setFontPointSize(9)
    elif style == "hidden":
        made.setForeground(theme.color("high"))
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    elif style == "heading":
        made.setFontWeight(QFont.Weight.DemiBold)
    elif style == "doubtful":
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        made.setUnderlineColor(theme.color("high"))
    return made


def make_document(shown: Shown) -> QTextDocument:
    """The whole document, laid out lazily; may be made on any thread and is then handed to the window's."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(MARGIN)
    document.setDefaultFont(theme.font(theme.Type.CONTRACT, family=theme.SERIF))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    cursor = QTextCursor(document)
    block = QTextBlockFormat()
    block.setLineHeight(116, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    block.setBottomMargin(4)
    cursor.setBlockFormat(block)
    cursor.beginEditBlock()
    for at in range(0, len(shown.string), PIECE):
        cursor.insertText(shown.string[at : at + PIECE])
        time.sleep(0)  # Qt keeps the interpreter while it inserts: let the window have it in between
    for part in shown.styled:
        cursor.setPosition(part.start)
        cursor.setPosition(part.end, QTextCursor.MoveMode.KeepAnchor)
        look = char_format(part.style)
        if part.tip:
            look.setToolTip(part.tip)
        cursor.mergeCharFormat(look)
    cursor.endEditBlock()
    app = QCoreApplication.instance()
    if app is not None:
        document.moveToThread(app.thread())
    return document


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
        """The text, and a bar beside every line with a pending change, as Word draws it."""
        super().paintEvent(event)
        if not self._changes:
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
        painter.end()

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
