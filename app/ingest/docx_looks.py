"""How Word would draw a run or paragraph, as far as a reader of contracts cares. Runs in the sandboxed child."""

from __future__ import annotations

from typing import Any

from app.domain.text import Scalar
from app.ingest.docx_numbering import Numbering, W, switched_on, value_of

_TOGGLES = {"b": "bold", "i": "italic", "caps": "caps", "smallCaps": "small_caps", "strike": "strike"}
_ALIGNED = {"center": "center", "right": "right", "end": "right", "both": "justify", "distribute": "justify"}
_FURTHEST = 400.0  # points of indent: a file may claim anything
_USUAL_SIZE = 20  # half points, where the file states none (ECMA-376, 17.3.2.38)


class Looks:
    """Formatting of runs and paragraphs through their styles; tables' own styles are not followed."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._by_style: dict[str | None, dict[str, Scalar]] = {}
        default = next((rpr for rpr in numbering.defaults if value_of(rpr, "sz")), None)
        own = self._of_style(None).get("size")
        self._usual = int(own or _half_points(default) or _USUAL_SIZE)

    def run(self, properties: Any, paragraph_style: str | None) -> dict[str, Scalar]:
        """What differs from plain body text: bold, italic, underline, caps, strike, size, color, highlight."""
        below = self._of_style(paragraph_style)
        if properties is None:
            return self._told(below)
        character = value_of(properties, "rStyle")
        beside = self._of_style(character) if character else {}
        merged: dict[str, Scalar] = {**below, **beside}
        for name in _TOGGLES.values():  # set by both styles, a toggle cancels out (ECMA-376, 17.7.3)
            merged[name] = bool(below.get(name)) != bool(beside.get(name))
        return self._told({**merged, **_direct(properties)})

    def paragraph(self, properties: Any, numbered: tuple[str, int] | None) -> dict[str, Scalar]:
        """Indent of the paragraph and of its first line in points, alignment, page break before."""
        styles = self._numbering.chain(value_of(properties, "pStyle"))
        told: dict[str, Scalar] = {}
        own_number = properties is not None and properties.find(f"{W}numPr") is not None
        level = self._numbering.level(numbered) if numbered else None
        sources = [properties, *((level.properties,) if level is not None and own_number else ())]
        for style in styles:
            sources.append(style.find(f"{W}pPr"))
            if level is not None and not own_number and style.find(f"{W}pPr/{W}numPr") is not None:
                sources.append(level.properties)
        for source in sources:
            if source is not None:
                _indent(source.find(f"{W}ind"), told)
        align = next((a for s in sources if (a := value_of(s, "jc"))), None)
        if align in _ALIGNED:
            told["align"] = _ALIGNED[align]
        if any(switched_on(source, "pageBreakBefore") for source in sources[:1]):
            told["page_break"] = True
        return {name: value for name, value in told.items() if value}

    def _of_style(self, style: str | None) -> dict[str, Scalar]:
        if style not in self._by_style:
            merged: dict[str, Scalar] = {}
            for entry in reversed(self._numbering.chain(style)):
                merged |= _direct(entry.find(f"{W}rPr"))
            self._by_style[style] = merged
        return self._by_style[style]

    def _told(self, look: dict[str, Scalar]) -> dict[str, Scalar]:
        kept: dict[str, Scalar] = {name: value for name, value in look.items() if value and name != "size"}
        size = int(look.get("size") or self._usual)
        if abs(size - self._usual) >= 2:
            kept["size"] = round(size / self._usual, 2)
        return kept


def _direct(properties: Any) -> dict[str, Scalar]:
    """What a w:rPr says itself; False where it switches a thing off."""
    if properties is None:
        return {}
    told: dict[str, Scalar] = {}
    for node in properties:
        name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        value = node.get(f"{W}val")
        if name in _TOGGLES:
            told[_TOGGLES[name]] = value not in {"0", "false", "off"}
        elif name == "dstrike":
            told["strike"] = value not in {"0", "false", "off"}
        elif name == "u":
            told["underline"] = value != "none"
        elif name == "vertAlign":
            told["raised"] = value if value in {"superscript", "subscript"} else False
        elif name == "highlight":
            told["highlight"] = value if value != "none" else False
        elif name == "color":
            told["color"] = f"#{value}" if value and value != "auto" and len(value) == 6 else False
        elif name == "sz":
            told["size"] = _half_points(properties)
    return told


def _half_points(properties: Any) -> int:
    value = value_of(properties, "sz") or ""
    return min(400, int(value)) if value.isdigit() and len(value) < 5 else 0


def _indent(node: Any, told: dict[str, Scalar]) -> None:
    """The indents that a w:ind gives and none before it gave, in points."""
    if node is None:
        return
    left = _points(node.get(f"{W}left") or node.get(f"{W}start"))
    if left is not None:
        told.setdefault("left", left)
    hanging, first = _points(node.get(f"{W}hanging")), _points(node.get(f"{W}firstLine"))
    if hanging is not None or first is not None:
        told.setdefault("first", -hanging if hanging is not None else first)


def _points(twips: str | None) -> float | None:
    try:
        return None if twips is None else max(-_FURTHEST, min(_FURTHEST, float(twips) / 20))
    except ValueError:
        return None
