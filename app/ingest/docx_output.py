"""The text under construction: pieces, marks, page breaks. Runs in the sandboxed child."""

from __future__ import annotations

from app.domain.text import Mark, MarkKind, Scalar


class Output:
    """Text in pieces with marks at offsets; can be cut back to a place when a paragraph turns out to hold no words."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.marks: list[Mark] = []
        self.breaks: list[int] = []

    def put(self, text: str) -> None:
        """Append."""
        if text:
            self.parts.append(text)
            self.length += len(text)

    def mark(self, kind: MarkKind, start: int, end: int, note: dict[str, Scalar] | None = None) -> None:
        """Remark on [start, end)."""
        self.marks.append(Mark(kind, min(start, end), end, note or {}))  # what began in words since cut begins there

    def look(self, start: int, note: dict[str, Scalar]) -> None:
        """How [start, here) is drawn; goes on from the run before where that looks alike."""
        last = self.marks[-1] if self.marks else None
        if not note:
            return
        if last is not None and last.kind is MarkKind.FORMAT and last.end == start and last.note == note:
            self.marks[-1] = Mark(MarkKind.FORMAT, last.start, self.length, note)
        else:
            self.mark(MarkKind.FORMAT, start, self.length, note)

    def place(self) -> tuple[int, int, int, int]:
        """Where the output stands: pieces, characters, marks, breaks; for cut()."""
        return len(self.parts), self.length, len(self.marks), len(self.breaks)

    def cut(self, place: tuple[int, int, int, int]) -> None:
        """Take back all text after `place`; marks made since shrink to it."""
        parts, length, marks, breaks = place
        del self.parts[parts:]
        self.length = length
        later = self.marks[marks:]
        self.marks[marks:] = [Mark(m.kind, min(m.start, length), min(m.end, length), m.note) for m in later]
        self.breaks[breaks:] = [min(offset, length) for offset in self.breaks[breaks:]]

    def blank_since(self, parts: int) -> bool:
        """Whether nothing but white space was put after the first `parts` pieces."""
        return not any(piece.strip() for piece in self.parts[parts:])

    def finish(self) -> tuple[str, list[Mark], list[int]]:
        """Text, marks sorted by place, and the offsets of page breaks (one may repeat: an empty page)."""
        text = "".join(self.parts).rstrip()
        size = len(text)
        marks = [Mark(m.kind, min(m.start, size), min(m.end, size), m.note) for m in self.marks]
        gone = {
            MarkKind.TABLE,
            MarkKind.CELL,
            MarkKind.HEADING,
            MarkKind.LIST_LABEL,
            MarkKind.HIDDEN,
            MarkKind.TEXT_BOX,
            MarkKind.FORMAT,
            MarkKind.PARAGRAPH,
        }
        kept = [m for m in marks if m.start < m.end or m.kind not in gone]
        return text, sorted(kept, key=lambda m: (m.start, m.end)), [min(b, size) for b in sorted(self.breaks)]
