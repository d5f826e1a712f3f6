"""A contract's text as a document of Qt's: characters stand where the shown string has them, tables too."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableFormat,
)  # fmt: skip

from app.ui import theme
from app.ui.shown_tables import ShownTable
from app.ui.shown_text import Shown, Styled

MARGIN = 36  # around the text
PIECE = 8192  # characters put in at once
POINT = 96 / 72  # pixels
INDENT = 220.0  # pixels at most: a narrow window must still show words
GAP = 9  # pixels: the empty line between two paragraphs
READABLE = 4.5  # contrast of coloured words
_ALIGN = {
    "center": Qt.AlignmentFlag.AlignHCenter, "right": Qt.AlignmentFlag.AlignRight, "justify": Qt.AlignmentFlag.AlignLeft
}  # fmt: skip


def char_format(part: Styled) -> QTextCharFormat:
    """How a styled range looks: as Word shows changes, in a colour for each author, and comments."""
    made = QTextCharFormat()
    style, under = part.style, QTextCharFormat.UnderlineStyle
    if style in {"inserted", "deleted"}:
        made.setForeground(theme.author_color(part.author))
        (made.setFontUnderline if style == "inserted" else made.setFontStrikeOut)(True)
    elif style in {"moved", "moved away"}:
        made.setForeground(theme.color("positive"))
        made.setUnderlineStyle(under.DashUnderline if style == "moved" else under.NoUnderline)
        made.setFontStrikeOut(style == "moved away")
    elif style == "commented":
        made.setBackground(theme.color("accent_wash"))
    elif style in {"comment", "aside"}:
        made.setForeground(theme.color("accent" if style == "comment" else "ink_faint"))
        made.setFontFamilies([theme.SANS])
        made.setFontPointSize(9)
    elif style == "hidden":
        made.setForeground(theme.color("high"))
        made.setUnderlineStyle(under.DashUnderline)
    elif style == "heading":
        made.setFontWeight(QFont.Weight.DemiBold)
    elif style == "doubtful":
        made.setUnderlineStyle(under.DotLine)
        made.setUnderlineColor(theme.color("high"))
    elif style == "format":
        _as_in_word(made, part)
    return made


def _as_in_word(made: QTextCharFormat, part: Styled) -> None:
    note = part.note
    if note.get("bold"):
        made.setFontWeight(QFont.Weight.DemiBold)
    for name, setter in (
        ("italic", made.setFontItalic), ("underline", made.setFontUnderline), ("strike", made.setFontStrikeOut)
    ):  # fmt: skip
        if note.get(name):
            setter(True)
    if note.get("caps") or note.get("small_caps"):
        caps = QFont.Capitalization.AllUppercase if note.get("caps") else QFont.Capitalization.SmallCaps
        made.setFontCapitalization(caps)
    raised = {
        "superscript": QTextCharFormat.VerticalAlignment.AlignSuperScript,
        "subscript": QTextCharFormat.VerticalAlignment.AlignSubScript,
    }.get(str(note.get("raised")))
    if raised is not None:
        made.setVerticalAlignment(raised)
    size = float(note.get("size") or 1)
    if abs(size - 1) > 0.05:  # in steps: the view's zoom then still works on it
        step = -1 if size < 1 else 1 if size < 1.4 else 2
        made.setProperty(QTextFormat.Property.FontSizeAdjustment, step)
    if note.get("color"):
        made.setForeground(_readable(QColor(str(note["color"]))))
    if note.get("highlight"):
        made.setBackground(theme.color("medium_wash"))


def _readable(color: QColor) -> QColor:
    """The colour of the file, darker or lighter until it can be read on the theme's paper."""
    if not color.isValid() or color.saturation() < 40:
        return theme.color("ink")
    paper, change = theme.palette().paper, 125
    for _ in range(12):
        if theme.contrast(color.name(), paper) >= READABLE:
            return color
        color = color.lighter(change) if theme.is_dark() else color.darker(change)
    return theme.color("ink")


def make_document(shown: Shown) -> QTextDocument:
    """The whole document, laid out lazily; may be made on any thread and is then handed to the window's."""
    document = _filled(shown, shown.tables)
    if shown.tables and document.characterCount() - 1 != len(shown.string.encode("utf-16-le")) // 2:
        document = _filled(shown, ())  # a table that Qt lays otherwise: lines with tabs keep every place right
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for paragraph in shown.paragraphs:
        cursor.setPosition(paragraph.start)
        cursor.mergeBlockFormat(_block(paragraph.note))
    for part in shown.styled:
        cursor.setPosition(part.start)
        cursor.setPosition(part.end, QTextCursor.MoveMode.KeepAnchor)
        look = char_format(part)
        if part.tip:
            look.setToolTip(part.tip)
        cursor.mergeCharFormat(look)
    cursor.endEditBlock()
    app = QCoreApplication.instance()
    if app is not None:
        document.moveToThread(app.thread())
    return document


def _filled(shown: Shown, tables: tuple[ShownTable, ...]) -> QTextDocument:
    """The words, without looks."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(MARGIN)
    document.setDefaultFont(theme.font(theme.Type.CONTRACT, family=theme.SERIF))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTabStopDistance(36 * POINT)  # Word's usual one
    document.setDefaultTextOption(option)
    cursor = QTextCursor(document)
    cursor.setBlockFormat(_plain())
    cursor.beginEditBlock()
    raw = shown.string.encode("utf-16-le")

    def put(start: int, end: int) -> None:
        for words in _pieces(raw, start, end):
            cursor.insertText(words)
            time.sleep(0)  # Qt keeps the interpreter while it inserts: let the window have it in between

    done = 0
    for table in tables:
        put(done, table.start - 1)
        made = cursor.insertTable(len(table.rows), table.columns, _table_format(table))
        _fill(made, table, raw)
        cursor.setPosition(made.lastPosition() + 1)
        cursor.setBlockFormat(_plain())
        done = table.end + 1
    put(done, len(raw) // 2)
    cursor.endEditBlock()
    _close_gaps(document)
    return document


def _pieces(raw: bytes, start: int, end: int) -> Iterator[str]:
    """The units [start, end) in pieces that cut no surrogate pair."""
    while start < end:
        stop = min(end, start + PIECE)
        if stop < end and 0xD8 <= raw[2 * stop - 1] <= 0xDB:
            stop += 1
        yield raw[2 * start : 2 * stop].decode("utf-16-le", "surrogatepass")
        start = stop


def _fill(made: QTextTable, table: ShownTable, raw: bytes) -> None:
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row:
            if cell.span > 1:
                made.mergeCells(number, column, 1, cell.span)
            at = made.cellAt(number, column).firstCursorPosition()
            at.setBlockFormat(_plain())
            at.insertText(raw[2 * cell.start : 2 * cell.end].decode("utf-16-le", "surrogatepass"))
            column += cell.span
        time.sleep(0)


def _table_format(table: ShownTable) -> QTextTableFormat:
    made = QTextTableFormat()
    made.setBorder(1)
    made.setBorderCollapse(True)
    made.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
    made.setBorderBrush(theme.color("line"))
    made.setCellPadding(6)
    made.setCellSpacing(0)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    if table.widths:
        made.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, w) for w in table.widths])
    return made


def _plain() -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setLineHeight(116, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return block


def _block(note: Mapping[str, object]) -> QTextBlockFormat:
    """Indents and alignment; the words after a number stand at the paragraph's indent."""
    made = QTextBlockFormat()
    left = min(INDENT, max(0.0, float(str(note.get("left") or 0)) * POINT))
    first = max(-left, min(INDENT, float(str(note.get("first") or 0)) * POINT))
    made.setLeftMargin(left)
    made.setTextIndent(first)
    if first < 0:
        made.setTabPositions([QTextOption.Tab(-first, QTextOption.TabType.LeftTab)])
    if note.get("align"):
        made.setAlignment(_ALIGN[str(note["align"])])
    return made


def _close_gaps(document: QTextDocument) -> None:
    """Make the empty lines between paragraphs as low as Word's space after a paragraph."""
    thin = QTextBlockFormat()
    thin.setLineHeight(GAP, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        if block.length() == 1 and QTextCursor(block).currentTable() is None:
            cursor.setPosition(block.position())
            cursor.setBlockFormat(thin)
        block = block.next()
    cursor.endEditBlock()
