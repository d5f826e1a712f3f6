"""Offsets: a text's are Unicode code points, Qt's are UTF-16 units. The one place that converts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right


class Utf16Map:
    """Converts offsets of one text, both ways, in logarithmic time; free where the text has no astral characters."""

    def __init__(self, text: str) -> None:
        self._astral = [i for i, c in enumerate(text) if ord(c) > 0xFFFF] if not text.isascii() else []
        self._units = [point + order for order, point in enumerate(self._astral)]

    def to_utf16(self, offset: int) -> int:
        """Code points before `offset` as UTF-16 units."""
        return offset + bisect_left(self._astral, offset)

    def to_points(self, units: int) -> int:
        """UTF-16 units as code points; a unit inside a surrogate pair counts as the character's start."""
        before = bisect_right(self._units, units - 2)
        inside = before < len(self._units) and self._units[before] < units
        return units - before - (1 if inside else 0)
