"""One walk over Word's XML: paragraphs, tables, text boxes, notes in reading order. Runs in the sandboxed child."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.domain.text import Mark, MarkKind, Scalar, View
from app.ingest.docx_drawings import RELATION
from app.ingest.docx_nodes import CHANGES, GONE, MAX_DEPTH, author_of, chosen, has_words, name_of, words_of
from app.ingest.docx_numbering import Numbering, W, switched_on, value_of
from app.ingest.docx_output import Output
from app.ingest.docx_pictures import Drawn
from app.ingest.docx_runs import Asides, Comment, Runs
from app.ingest.docx_shapes import columns_of, ends_page, own, widths_of

_SEPARATORS = {"tab": "\t", "space": " ", "nothing": ""}
_ROW_CHANGES = {View.ACCEPTED: "del", View.ORIGINAL: "ins"}
_CELL_CHANGES = {View.ACCEPTED: "cellDel", View.ORIGINAL: "cellIns"}
_WRAPPERS = frozenset({"ins", "del", "moveFrom", "moveTo", "customXml", "smartTag"})


class Walker:
    """Collects text and marks; `view` says which side of the tracked changes is read."""

    def __init__(
        self, numbering: Numbering, view: View, notes: dict[str, dict[str, Any]], comments: dict[str, Comment],
        unended: set[Any], chunks: Mapping[str, str | None],
    ) -> None:  # fmt: skip
        self.out = Output()
        self.lost_chunks = 0
        self._chunks = chunks
        self._runs = Runs(self.out, numbering, view, notes, comments, unended)
        self._numbering = numbering
        self._view = view
        self.drawn: Drawn | None = None
        self.labels: dict[Any, str] = {}  # numbers of paragraphs as this view shows them
        self.before: Mapping[Any, str] = {}  # the original view's, for paragraphs that this one lacks
        self._gone = 0  # whole paragraphs that pending changes take away
        self._fresh = 0  # where the body or cell begins: no separator stands before its first paragraph
        self._tables = 0

    def blocks(self, parent: Any, gap: str = "\n\n", depth: int = 0) -> None:
        """Paragraphs and tables of a body, cell, note or content control; `gap` stands between them."""
        waiting: list[Any] = []  # paragraphs without a mark in this view: they run on into the next
        for node in self._flat(parent, depth):
            if name_of(node) in {"tbl", "altChunk", "subDoc"}:
                self._paragraph(waiting, gap, depth)
                waiting = []
                if name_of(node) == "tbl":
                    self._table(node, gap, depth)
                else:
                    self._chunk(node, gap)
            else:
                waiting.append(node)
                if not self._runs_on(node):
                    self._paragraph(waiting, gap, depth)
                    waiting = []
        self._paragraph(waiting, gap, depth)

    def _flat(self, parent: Any, depth: int) -> Iterator[Any]:
        """The w:p and w:tbl of a container, wrappers opened."""
        if parent is None or depth > MAX_DEPTH:
            return
        for node in parent:
            name = name_of(node)
            if name in {"p", "tbl", "altChunk", "subDoc"}:
                yield node
            elif name == "sdt":
                yield from self._flat(node.find(f"{W}sdtContent"), depth + 1)
            elif name in _WRAPPERS:
                if name not in GONE[self._view]:
                    yield from self._flat(node, depth + 1)
            elif name == "AlternateContent":
                yield from self._flat(chosen(node), depth + 1)
            elif name in {"commentRangeStart", "commentRangeEnd"}:
                self._runs.comment_range(node, name)

    def finish(self) -> tuple[str, list[Mark], list[int]]:
        """Text, marks and page breaks, with the comments that nothing in the text refers to."""
        self._runs.leftover_comments()
        return self.out.finish()

    def _chunk(self, node: Any, gap: str) -> None:
        """The words of another document put in whole, which Word takes over when it opens the file."""
        words = self._chunks.get(node.get(f"{RELATION}id", ""))
        if words is None:
            self.lost_chunks += 1
        elif words:
            self._separate(gap)
            self.out.put(words)

    def _runs_on(self, node: Any) -> bool:
        """Whether the next paragraph goes on in its line: its mark is gone in this view, or is a style separator."""
        mark = node.find(f"{W}pPr/{W}rPr")
        if mark is None:
            return False
        gone = any(mark.find(f"{W}{name}") is not None for name in GONE[self._view])
        return gone or (switched_on(mark, "specVanish") and switched_on(mark, "vanish"))

    def _paragraph(self, nodes: list[Any], gap: str, depth: int) -> None:
        """Write paragraphs that make one line together; it takes the number of the last, whose mark is there."""
        if not nodes:
            return
        first = next((n for n in nodes if switched_on(n.find(f"{W}pPr/{W}rPr"), "specVanish")), nodes[-1])
        properties = self._numbering.properties(first)
        place, new_page, self._runs.new_page = self.out.place(), self._runs.new_page, False
        self._separate(gap)
        kept = self._taken_away(nodes)
        start = self.out.length
        numbered = None if self._uncounted(nodes, first) else self._numbering.place(properties)
        self._label(numbered, start, first)
        content, marked = len(self.out.parts), len(self.out.marks)
        first_break, body = len(self.out.breaks), self.out.length
        for node in kept:
            self._inside(node)
        moved = [start if offset == body else offset for offset in self.out.breaks[first_break:]]
        self.out.breaks[first_break:] = moved  # a page that begins with the paragraph begins with its number
        asides, self._runs.asides = self._runs.asides, Asides()
        if self.out.blank_since(content):
            self.out.cut(place)
            self._as_paragraph(marked, nodes[-1])
            self._runs.new_page |= new_page
        else:
            level = self._numbering.heading_level(properties)
            if level is not None:
                self.out.mark(MarkKind.HEADING, start, self.out.length, {"level": level})
            note = self._runs.looks.paragraph(properties, numbered)
            note |= {"page_break": True} if new_page else {}
            if note:
                self.out.mark(MarkKind.PARAGRAPH, start, self.out.length, note)
        self._runs.new_page |= any(ends_page(node) for node in nodes)
        self._write_asides(asides, gap, depth)

    def _inside(self, node: Any) -> None:
        self._runs.style = value_of(node.find(f"{W}pPr"), "pStyle")
        self._runs.hidden_paragraph = self._numbering.style_hides(self._runs.style)
        self._runs.inline(node)
        self._mark_change(node)
        self._runs.hidden_paragraph = False

    def _taken_away(self, nodes: list[Any]) -> list[Any]:
        """Mark the leading paragraphs of which this view keeps nothing, before the number of what follows; the rest."""
        gone = list(itertools.takewhile(lambda node: not has_words(node, GONE[self._view]), nodes[:-1]))
        for node in gone:
            marked = len(self.out.marks)
            self._inside(node)
            self._as_paragraph(marked, node)
        return nodes[len(gone) :]

    def _as_paragraph(self, marked: int, node: Any) -> None:
        """Say of the changes marked since that they take a whole paragraph away, and which number it had."""
        marks = [(at, mark) for at, mark in enumerate(self.out.marks) if at >= marked and mark.note.get("text")]
        label = self.before.get(node, "")
        self._gone += bool(marks)
        before = node.find(f"{W}pPr")
        look = self._runs.looks.paragraph(before, self._numbering.spot(before)) if marks else {}
        indents = {name: value for name, value in look.items() if name in {"left", "first"}}
        for order, (at, mark) in enumerate(marks):
            if mark.kind in CHANGES.values():
                own: dict[str, Scalar] = {"what": "paragraph", "paragraph": self._gone}
                own |= indents | ({"label": label} if label and not order else {})
                self.out.marks[at] = replace(mark, note=mark.note | own)

    def _separate(self, gap: str) -> None:
        if self.out.length > self._fresh:
            self.out.put(gap)

    def _label(self, numbered: tuple[str, int] | None, start: int, node: Any) -> None:
        if numbered is None:
            return
        label, suffix = self._numbering.label(*numbered)
        if label:
            self.out.put(label)
            self.labels[node] = label
            mark = node.find(f"{W}pPr/{W}rPr")
            self.out.look(start, self._runs.looks.run(mark, value_of(node.find(f"{W}pPr"), "pStyle")))
            self.out.mark(MarkKind.LIST_LABEL, start, self.out.length, {"level": numbered[1] + 1})
            self.out.put(_SEPARATORS.get(suffix, "\t"))

    def _uncounted(self, nodes: list[Any], node: Any) -> bool:
        """Whether Word shows and counts no number: a hidden mark, or nothing in it but a section break."""
        if node.find(f"{W}pPr/{W}sectPr") is not None and not any(n.find(f".//{W}t") is not None for n in nodes):
            return True
        mark = node.find(f"{W}pPr/{W}rPr")
        return mark is not None and switched_on(mark, "vanish") and not switched_on(mark, "specVanish")

    def _mark_change(self, node: Any) -> None:
        """A tracked paragraph mark: inserted, deleted or moved."""
        mark = node.find(f"{W}pPr/{W}rPr")
        for name, kind in CHANGES.items():
            change = mark.find(f"{W}{name}") if mark is not None else None
            if change is not None:
                here = self.out.length
                self.out.mark(kind, here, here, {**author_of(change), "what": "paragraph mark"})

    def _write_asides(self, asides: Asides, gap: str, depth: int) -> None:
        """Text boxes and notes, after the paragraph that refers to them."""
        if self.drawn is not None:
            self.drawn.write(self.out, asides, lambda: self._separate(gap))
        if not asides.boxes and not asides.notes or depth > MAX_DEPTH:
            return
        breaking, self._runs.breaking = self._runs.breaking, False
        for box in asides.boxes:
            start = self.out.length
            self.blocks(box, gap, depth + 10)
            begin = start + len(gap) * (start > self._fresh)
            self.out.mark(MarkKind.TEXT_BOX, min(begin, self.out.length), self.out.length)
        for kind, shown, node in asides.notes:
            self._separate(gap)
            start = self.out.length
            self.out.put(f"[{shown}] ")
            self._joined_blocks(node, depth)
            self.out.mark(MarkKind.FOOTNOTE, start, self.out.length, {"number": shown, "kind": kind, "what": "note"})
        self._runs.breaking = breaking

    def _joined_blocks(self, node: Any, depth: int) -> None:
        """The paragraphs of a note; the first goes on in the line that has its number."""
        paragraphs = list(self._flat(node, depth))
        for index, paragraph in enumerate(p for p in paragraphs if name_of(p) == "p"):
            if index:
                self.out.put("\n")
            first = len(self.out.parts)
            self._runs.inline(paragraph)
            if not index:
                self._trim(first)

    def _trim(self, first: int) -> None:
        """Take the white space away that stands between a note's own number and its words."""
        for index in range(first, len(self.out.parts)):
            kept = self.out.parts[index].lstrip()
            self.out.length -= len(self.out.parts[index]) - len(kept)
            self.out.parts[index] = kept
            if kept:
                return

    def _table(self, table: Any, gap: str, depth: int) -> None:
        if depth > MAX_DEPTH:
            return
        self._tables += 1
        number = self._tables
        begin: int | None = None
        self._runs.in_table += 1
        for row_number, row in enumerate(own(table, "tr"), 1):
            changes = row.find(f"{W}trPr")
            change = next((c for c in changes if name_of(c) in {"ins", "del"}), None) if changes is not None else None
            if change is not None and name_of(change) == _ROW_CHANGES[self._view]:
                self._row_gone(row, change, row_number)
                continue
            start = self._row(row, number, row_number, gap if begin is None else "\n", depth)
            if start is None:
                continue
            begin = start if begin is None else begin
            if change is not None:
                note = {**author_of(change), "what": "table row", "row": row_number}
                self.out.mark(CHANGES[name_of(change)], start, self.out.length, note)
        self._runs.in_table -= 1
        if begin is not None:
            self.out.mark(MarkKind.TABLE, begin, self.out.length, {"table": number, "widths": widths_of(table)})

    def _row_gone(self, row: Any, change: Any, number: int) -> None:
        cells = "\t".join(words_of(cell) for cell in own(row, "tc"))
        note = {**author_of(change), "what": "table row", "row": number, "text": cells[:2000]}
        self.out.mark(CHANGES[name_of(change)], self.out.length, self.out.length, note)

    def _row(self, row: Any, table: int, number: int, gap: str, depth: int) -> int | None:
        """The cells of a row, a tab between them, paragraphs on own lines; where it begins, if it has words."""
        place = self.out.place()
        self._separate(gap)
        begin = self.out.length
        outer = self._fresh
        words, kept = False, len(self.out.breaks)
        column = 1 + columns_of(value_of(row.find(f"{W}trPr"), "gridBefore") or "0")
        longest: list[int] = []
        for index, cell in enumerate(own(row, "tc")):
            properties = cell.find(f"{W}tcPr")
            if properties is not None and properties.find(f"{W}{_CELL_CHANGES[self._view]}") is not None:
                continue
            self.out.put("\t" if index else "")
            start = self._fresh = self.out.length
            self.blocks(cell, "\n", depth + 1)
            if self.out.length > start:
                words = True
                self.out.mark(MarkKind.CELL, start, self.out.length, {"table": table, "row": number, "column": column})
            # Every cell of a row that runs over a page break has that break: count it once.
            longest = max(longest, self.out.breaks[kept:], key=len)
            del self.out.breaks[kept:]
            column += columns_of(value_of(properties, "gridSpan") or "1")
        self._fresh = outer
        self.out.breaks.extend(longest)
        if not words:
            self.out.cut(place)
        return begin if words else None
