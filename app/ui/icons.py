"""Icons, all of one family (Phosphor, MIT, through qtawesome), coloured by the theme."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from app.ui import theme

SEVERITY = {
    "critical": "ph.warning-octagon-fill",
    "high": "ph.warning-fill",
    "medium": "ph.diamond-fill",
    "low": "ph.circle-fill",
    "info": "ph.info",
}
ANSWER = {
    "present": "ph.check",
    "risk": "ph.warning-fill",
    "missing": "ph.x-circle",
    "unclear": "ph.question",
    "not checked": "ph.minus",
}
_dyed: dict[tuple[str, str, str], QIcon] = {}
_icons: dict[tuple[str, str], QIcon] = {}


def _dye(name: str, colour: str) -> QIcon:
    key = (name, colour, theme.palette().ink)
    if key not in _dyed:
        shade, faint = theme.color(colour).name(), theme.color("ink_faint").name()
        _dyed[key] = qtawesome.icon(name, color=shade, color_disabled=faint)
    return _dyed[key]


class _Engine(QIconEngine):
    """Draws in the colours of the theme that is on, so that icons made earlier follow a change of theme."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name, self._colour = name, colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        _dye(self._name, self._colour).paint(painter, rect, Qt.AlignmentFlag.AlignCenter, mode, state)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _dye(self._name, self._colour).pixmap(size, 1.0, mode, state)  # `size` counts the screen's own pixels

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour)


def icon(name: str, colour: str = "ink_soft") -> QIcon:
    """A Phosphor icon ("file-text") in a colour of the palette."""
    full = name if name.startswith("ph.") else f"ph.{name}"
    key = (full, colour)
    if key not in _icons:
        _icons[key] = QIcon(_Engine(full, colour))
    return _icons[key]


def severity_icon(severity: str) -> QIcon:
    """The shape and colour of a severity: each has a shape of its own, so colour is never the only sign."""
    return icon(SEVERITY[severity], severity)


def answer_icon(answer: str) -> QIcon:
    """The sign of a grid answer."""
    colours = {"present": "positive", "risk": "critical", "missing": "high", "unclear": "medium"}
    return icon(ANSWER[answer], colours.get(answer, "ink_faint"))
