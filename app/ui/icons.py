"""Icons, all of one family (Phosphor, MIT, through qtawesome), coloured by the theme."""

from __future__ import annotations

import qtawesome
from PySide6.QtGui import QIcon

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
_cache: dict[tuple[str, str, str], QIcon] = {}


def icon(name: str, colour: str = "ink_soft") -> QIcon:
    """A Phosphor icon ("file-text") in a colour of the palette, cached per theme."""
    full = name if name.startswith("ph.") else f"ph.{name}"
    key = (full, colour, theme.palette().ink)
    if key not in _cache:
        shade = theme.color(colour).name()
        _cache[key] = qtawesome.icon(full, color=shade, color_disabled=theme.color("ink_faint").name())
    return _cache[key]


def severity_icon(severity: str) -> QIcon:
    """The shape and colour of a severity: each has a shape of its own, so colour is never the only sign."""
    return icon(SEVERITY[severity], severity)


def answer_icon(answer: str) -> QIcon:
    """The sign of a grid answer."""
    colours = {"present": "positive", "risk": "critical", "missing": "high", "unclear": "medium"}
    return icon(ANSWER[answer], colours.get(answer, "ink_faint"))
