"""Pictures and diagrams in Word's XML: which they are and how large. Runs in the sandboxed child."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

DRAWING_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
VML = "{urn:schemas-microsoft-com:vml}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_WORD = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMU = 12_700  # a point
_LARGE = 72 * 72 * 4.0  # square points: a logo or a signature covers less
_LOW = 40.0  # points: a rule or a banner is lower
_MOST = 72 * 60.0
_SIZE = re.compile(r"(width|height)\s*:\s*([\d.]+)(pt|in)")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on the page: the relationship that leads to it, its size in points."""

    identity: str
    width: float
    height: float


def pictures(node: Any) -> Iterator[Picture]:
    """Every picture below a node, those of old drawings too."""
    for name in ("inline", "anchor"):
        for drawing in node.iter(f"{_WORD}{name}"):
            extent = drawing.find(f"{_WORD}extent")
            sides = [extent.get(side, "0") for side in ("cx", "cy")] if extent is not None else ["0", "0"]
            wide, high = (min(_MOST, int(side) / _EMU) if side.isdigit() and len(side) < 12 else 0.0 for side in sides)
            for blip in drawing.iter(f"{DRAWING_MAIN}blip"):
                yield Picture(blip.get(f"{RELATION}embed", ""), wide, high)
    for shape in node.iter(f"{VML}shape", f"{VML}rect"):
        found = {side: float(n) * (72 if unit == "in" else 1) for side, n, unit in _sizes(shape.get("style", ""))}
        for data in shape.iter(f"{VML}imagedata"):
            wide, high = (min(_MOST, found.get(side, 0.0)) for side in ("width", "height"))
            yield Picture(data.get(f"{RELATION}id", ""), wide, high)


def _sizes(style: str) -> list[tuple[str, str, str]]:
    return [match for match in _SIZE.findall(style[:500]) if match[1].count(".") < 2 and match[1] != "."]


def large_pictures(node: Any) -> list[Picture]:
    """Pictures so large that they could be pages, tables or clauses."""
    return [p for p in pictures(node) if p.width * p.height >= _LARGE and min(p.width, p.height) >= _LOW]


def diagram_of(node: Any) -> str:
    """The relationship of a diagram's words, where the node is a diagram."""
    return str(node.get(f"{RELATION}dm", "")) if node.tag == _DIAGRAM else ""
