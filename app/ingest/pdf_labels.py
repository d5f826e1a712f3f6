"""Numbers that stand in a column of their own are put before the words beside them. Runs in the sandboxed child."""

from __future__ import annotations

import re

from app.ingest.pdf_lines import Line
from app.ingest.pdf_order import same_row

_LABEL = re.compile(
    r"\s*(?:\(?(?:[A-Za-z]{1,2}|[ivxlIVXL]{1,6}|\d{1,3})[.)]|\d{1,3}(?:\.\d{1,3})*\.?|[\u2022\u00b7\u25cf\u25aa])\s*$"
)
_OVERLAP = 6.0  # points by which a wide number may reach into its words
_ASKEW = 1.2  # heights by which a number and its words may stand apart
_AWAY = 80.0  # points: the words of a number begin no further off


def beside_their_words(lines: list[Line]) -> list[Line]:
    """A clause's number written apart from the rest comes first in its row; the order of all else is kept."""
    labels = [line for line in lines if _LABEL.match(line.text)]
    places = {id(line): at for at, line in enumerate(lines)}
    before: dict[int, list[Line]] = {}
    for label in labels:
        words = _first_words(label, lines)
        at = places[id(label)] + 1
        if words is not None and not _begins(label, lines[at : at + 1]):
            label.moved = True
            before.setdefault(id(words), []).append(label)
    if not before:
        return lines
    ordered: list[Line] = []
    for line in lines:
        if not line.moved:
            _put(line, before, ordered)
    return ordered


def _begins(label: Line, following: list[Line]) -> bool:
    """Whether the line after the number is its own words already, even if they stand a little higher or lower."""
    return any(
        label.x0 < line.x0 <= label.x1 + _AWAY
        and abs(line.y0 - label.y0) < _ASKEW * (label.y1 - label.y0)
        and not _LABEL.match(line.text)
        for line in following
    )


def _put(line: Line, before: dict[int, list[Line]], ordered: list[Line]) -> None:
    for label in before.pop(id(line), []):
        _put(label, before, ordered)  # "1." beside "(a)" beside the words
    ordered.append(line)


def _first_words(label: Line, lines: list[Line]) -> Line | None:
    """The next line to the right in the label's row."""
    beside = [
        line
        for line in lines
        if line.x0 > label.x0
        and -_OVERLAP <= line.x0 - label.x1 <= _AWAY
        and same_row(label, line)
        and line.way == label.way
    ]
    return min(beside, key=lambda line: line.x0, default=None)
