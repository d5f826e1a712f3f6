"""Labels, buttons and boxes as the theme means them, each with an accessible name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui import icons
from app.ui.theme import Space


def label(text: str = "", kind: str = "", wrap: bool = False) -> QLabel:
    """A label of a kind of the style sheet: display, title, lead, caption, soft, faint, quote, error."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        made.setProperty("type", kind)
    if wrap:
        made.setWordWrap(True)
    return made


def selectable(made: QLabel) -> QLabel:
    """Let the label's words be selected with mouse and keyboard."""
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made


def chip(text: str = "", tone: str = "info") -> QLabel:
    """A small filled label; its words always say what its colour says."""
    made = label(text)
    made.setProperty("chip", True)
    set_tone(made, tone)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Change the tone of a chip."""
    set_property(widget, "tone", tone)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a style-sheet property and have it take effect."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(
    text: str, clicked: Callable[..., object] | None = None, icon: str = "", kind: str = "", tip: str = "",
    checkable: bool = False,
) -> QPushButton:  # fmt: skip
    """A push button; `kind` is "", primary, accept, reject or quiet."""
    made = QPushButton(text)
    made.setAccessibleName(text)
    made.setCheckable(checkable)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if kind:
        made.setProperty("kind", kind)
    if icon:
        colours = {"primary": "on_accent", "accept": "positive", "quiet": "accent"}
        made.setIcon(icons.icon(icon, colours.get(kind, "ink_soft")))
    if tip:
        made.setToolTip(tip)
        made.setAccessibleDescription(tip)
    if clicked is not None:
        made.clicked.connect(lambda: clicked())
    return made


def tool(icon: str, name: str, clicked: Callable[..., object] | None = None, checkable: bool = False) -> QToolButton:
    """A button that shows an icon only; its name is its tool tip too."""
    made = QToolButton()
    made.setIcon(icons.icon(icon))
    made.setIconSize(QSize(18, 18))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setCheckable(checkable)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if clicked is not None:
        made.clicked.connect(lambda: clicked())
    return made


def column(*parts: QWidget | QLayout | int | None, margin: int = 0, space: int = Space.S) -> QVBoxLayout:
    """Parts from top to bottom: widgets, layouts, a gap in pixels, or None for a stretch."""
    made = QVBoxLayout()
    return _fill(made, parts, margin, space)  # type: ignore[return-value]


def row(*parts: QWidget | QLayout | int | None, margin: int = 0, space: int = Space.S) -> QHBoxLayout:
    """Parts from left to right."""
    made = QHBoxLayout()
    return _fill(made, parts, margin, space)  # type: ignore[return-value]


def _fill(box: QBoxLayout, parts: tuple[QWidget | QLayout | int | None, ...], margin: int, space: int) -> QBoxLayout:
    box.setContentsMargins(margin, margin, margin, margin)
    box.setSpacing(space)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        elif isinstance(part, QWidget):
            box.addWidget(part)
        else:
            box.addLayout(part)
    return box


def box(layout: QBoxLayout, name: str = "") -> QWidget:
    """A widget around a layout; `name` is the style sheet's: card, pane, bar, canvas."""
    made = QFrame() if name == "card" else QWidget()
    if name:
        made.setObjectName(name)
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.setLayout(layout)
    return made


def rule() -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setFixedHeight(1)
    made.setObjectName("rule")
    return made


def clear(layout: QBoxLayout) -> None:
    """Take everything out of a layout and delete it."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner := item.layout(), QBoxLayout):
            clear(inner)
