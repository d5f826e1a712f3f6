"""Pages put into one text: paragraphs, tables, and footnotes where they break no sentence. In the sandboxed child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.text import Mark, MarkKind
from app.ingest.pdf_lines import Line
from app.ingest.pdf_notes import Note, references, split_notes
from app.ingest.pdf_text import ENDS, Joiner


@dataclass(frozen=True, slots=True)
class Row:
    """A line where it stands in the text."""

    start: int
    end: int
    line: Line


class Composer:
    """Puts pages into a Joiner and keeps the marks that come of it."""

    def __init__(self, joiner: Joiner) -> None:
        self.joiner = joiner
        self.marks: list[Mark] = []
        self.rows: list[Row] = []
        self._tables = 0

    def recognised(self, text: str) -> int:
        """The words of a page's image, paragraphs of their own; returns where they begin."""
        self.joiner.break_paragraph()
        start = self.joiner.assembly.length
        self.joiner.assembly.put(text)
        if text:
            self.joiner.assembly.put("\n\n")
        return start

    def skip(self, length: int) -> None:
        """As much room as a recognised page took when the document was read, its paragraph end included."""
        self.joiner.break_paragraph()
        self.joiner.assembly.put(" " * length)

    def page(self, found: Sequence[Line], number: int, height: float) -> None:
        """The page's own words; its footnotes stand before its last paragraph where that runs on over the page."""
        for last, line in zip(found, found[1:], strict=False):
            line.fresh = last.page_end or (last.furniture is not None and last.fresh)
        lines = [line for line in found if line.furniture is None]
        body, notes = split_notes(lines, height)
        self.joiner.begin_page(body)
        if not notes:
            self._body(body, number, ())
            return
        cut = self._last_paragraph(body, number, notes)
        self._body(body[:cut], number, notes)
        for note in notes:
            self._note(note, number)
        self.joiner.break_paragraph()
        self._body(body[cut:], number, notes)

    def _body(self, lines: Sequence[Line], number: int, notes: Sequence[Note]) -> None:
        cells: dict[tuple[int, int, int], tuple[int, int]] = {}
        for line in lines:
            referring = references(line, notes) if notes and line.raised else []
            begin = self._put(line, number, referring)
            for first, last in referring:
                shown = line.text[first:last]
                at = self.joiner.assembly.text.rfind(f"[{shown}]", begin)
                self.marks.append(
                    Mark(MarkKind.FOOTNOTE, at, at + len(shown) + 2, {"number": shown, "kind": "footnote"})
                )
            if line.cell is not None:
                cells[line.cell] = (cells.get(line.cell, (begin, 0))[0], self.joiner.assembly.length)
        self._mark_cells(cells)

    def _put(self, line: Line, number: int, referring: Sequence[tuple[int, int]] = ()) -> int:
        begin = self.joiner.put(line, number, referring)
        end = self.joiner.assembly.length
        self.rows.append(Row(begin, end, line))
        if line.hidden:
            self.marks.append(Mark(MarkKind.HIDDEN, begin, end, {"how": line.hidden}))
        return begin

    def _mark_cells(self, cells: dict[tuple[int, int, int], tuple[int, int]]) -> None:
        for table in sorted({key[0] for key in cells}):
            self._tables += 1
            own = {key: span for key, span in cells.items() if key[0] == table}
            for (_, row, column), (start, end) in own.items():
                note = {"table": self._tables, "row": row, "column": column}
                self.marks.append(Mark(MarkKind.CELL, start, end, dict(note)))
            begin, end = min(start for start, _ in own.values()), max(end for _, end in own.values())
            self.marks.append(Mark(MarkKind.TABLE, begin, end, {"table": self._tables}))

    def _note(self, note: Note, number: int) -> None:
        self.joiner.break_paragraph()
        begin = self._put(note.lines[0], number, [(note.start, note.end)])
        for line in note.lines[1:]:
            self._put(line, number)
        said = {"number": note.marker, "kind": "footnote", "what": "note"}
        self.marks.append(Mark(MarkKind.FOOTNOTE, begin, self.joiner.assembly.length, dict(said)))

    def _last_paragraph(self, body: Sequence[Line], number: int, notes: Sequence[Note]) -> int:
        """Where the notes go: after the body, or before its last paragraph if that does not end on the page."""
        if not body or ENDS.search(body[-1].text):
            return len(body)
        trial = Joiner(self.joiner.vocabulary)
        trial.begin_page(body)
        last = 0
        for index, line in enumerate(body):
            begin = trial.put(line, number)
            if index and trial.assembly.parts[-1] and trial.assembly.text[begin - 2 : begin] == "\n\n":
                last = index
        return last or len(body)
