"""Icons, all of one family (Phosphor, MIT, the font that qtawesome carries), coloured by the theme."""

from __future__ import annotations

import importlib.util
import json
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

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
_SHARE = 0.875  # of an icon's height that its letter takes
_icons: dict[tuple[str, str], QIcon] = {}


@lru_cache(maxsize=1)
def _letters() -> tuple[str, dict[str, str]]:
    """The font's family and its letters by name. qtawesome itself is not imported: it loads all of its twelve fonts."""
    found = importlib.util.find_spec("qtawesome")
    assert found is not None
    assert found.origin is not None
    folder = Path(found.origin).parent / "fonts"
    handle = QFontDatabase.addApplicationFont(str(next(folder.glob("phosphor-*.ttf"))))
    named = json.loads(next(folder.glob("phosphor-charmap-*.json")).read_text("utf-8"))
    return QFontDatabase.applicationFontFamilies(handle)[0], {name: chr(int(code, 16)) for name, code in named.items()}


class _Engine(QIconEngine):
    """Draws in the colours of the theme that is on, so that icons made earlier follow a change of theme."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name, self._colour = name, colour
        self._drawn: dict[tuple[int, int, QIcon.Mode, str], QPixmap] = {}

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        family, letters = _letters()
        font = QFont(family)
        font.setPixelSize(max(1, round(_SHARE * rect.height())))
        painter.save()
        painter.setFont(font)
        painter.setPen(self._shade(mode))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letters[self._name])
        painter.restore()

    def _shade(self, mode: QIcon.Mode) -> QColor:
        return theme.color("ink_faint" if mode == QIcon.Mode.Disabled else self._colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        key = (size.width(), size.height(), mode, self._shade(mode).name())  # `size` counts the screen's own pixels
        if key not in self._drawn:
            drawn = QPixmap(size)
            drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(drawn)
            self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
            painter.end()
            self._drawn[key] = drawn
        return self._drawn[key]

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour)


def icon(name: str, colour: str = "ink_soft") -> QIcon:
    """A Phosphor icon ("file-text") in a colour of the palette."""
    short = name.removeprefix("ph.")
    key = (short, colour)
    if key not in _icons:
        _icons[key] = QIcon(_Engine(short, colour))
    return _icons[key]


def severity_icon(severity: str) -> QIcon:
    """The shape and colour of a severity: each has a shape of its own, so colour is never the only sign."""
    return icon(SEVERITY[severity], severity)


def answer_icon(answer: str) -> QIcon:
    """The sign of a grid answer."""
    colours = {"present": "positive", "risk": "critical", "missing": "high", "unclear": "medium"}
    return icon(ANSWER[answer], colours.get(answer, "ink_faint"))
