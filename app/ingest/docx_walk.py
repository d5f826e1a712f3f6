"""One walk over Word's XML: text in reading order with numbers, changes, notes and tables. Runs in the child."""

from __future__ import annotations

from typing import Any

from app.domain.text import Mark, MarkKind, View
from app.ingest.docx_numbering import W, Numbering, switched_on

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SEPARATORS = {"tab": "\t", "space": " ", "nothing": ""}
_GONE = {View.ACCEPTED: {"del", "moveFrom"}, View.ORIGINAL: {"ins", "moveTo"}}
_CHANGE = {"ins": MarkKind.INSERTED, "del": MarkKind.DELETED, "moveFrom": MarkKind.MOVED, "moveTo": MarkKind.MOVED}
MAX_DEPTH = 60


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


class Walker:
    """Collects text and marks; `view` says which side of the tracked changes is read."""

    def __init__(self, numbering: Numbering, view: View, notes: dict[str, dict[str, Any]], comments: dict[str, Any]) -> None:
        self._numbering = numbering
        self._view = view
        self._notes = notes
        self._comments = comments
        self._parts: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._breaks: list[int] = []
        self._anchors: dict[str, int] = {}
        self._fields: list[bool] = []  # per open field: whether its result has begun
        self._joined = False  # the paragraph before lost its mark: go on in it
        self._boxes: list[Any] = []
        self._tables = 0

    def finish(self) -> tuple[str, list[Mark], list[int]]:
        """Text, marks and the offsets at which Word broke pages."""
        raw = "".join(self._parts)
        text = raw.rstrip()
        size = len(text)
        marks = [Mark(m.kind, min(m.start, size), min(m.end, size), m.note) for m in self._marks]
        return text, marks, sorted({b for b in self._breaks if 0 < b < size})

    def _put(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)

    def _separate(self, gap: str) -> None:
        if self._length and not self._joined:
            self._put(gap)
        self._joined = False

    def blocks(self, parent: Any, gap: str = "\n\n", depth: int = 0) -> None:
        """Paragraphs and tables of a body, cell, note or content control."""
        if parent is None or depth > MAX_DEPTH:
            return
        for node in parent:
            match _name(node):
                case "p":
                    self._paragraph(node, gap)
                case "tbl":
                    self._table(node, gap, depth)
                case "sdt":
                    self.blocks(node.find(f"{W}sdtContent"), gap, depth + 1)
                case "ins" | "del" | "moveFrom" | "moveTo" | "customXml" | "smartTag":
                    if _name(node) not in _GONE[self._view]:
                        self.blocks(node, gap, depth + 1)
                case "AlternateContent":
                    self.blocks(self._choice(node), gap, depth + 1)

    def _choice(self, node: Any) -> Any:
        """One branch of alternate content, so that a text box is read once."""
        choice = node.find(f"{_MC}Choice")
        return choice if choice is not None else node.find(f"{_MC}Fallback")

    def _paragraph(self, node: Any, gap: str) -> None:
        properties = node.find(f"{W}pPr")
        marks = properties.find(f"{W}rPr") if properties is not None else None
        gone = marks is not None and any(marks.find(f"{W}{name}") is not None for name in _GONE[self._view])
        if not self._has_words(node):
            place = None if gone else self._numbering.place(properties)
            if place is not None and self._shows_empty(node):
                self._numbering.label(*place)
            return
        joined = self._joined
        self._separate(gap)
        start = self._length
        place = self._numbering.place(properties)
        if place is not None and not joined and not (gone and not self._shows_empty(node)):
            label, suffix = self._numbering.label(*place)
            if label:
                self._put(label)
                self._marks.append(Mark(MarkKind.LIST_LABEL, start, self._length, {"level": place[1] + 1}))
                self._put(_SEPARATORS.get(suffix, "\t"))
        self._inline(node, {})
        level = self._numbering.heading_level(properties)
        if level is not None and self._length > start:
            self._marks.append(Mark(MarkKind.HEADING, start, self._length, {"level": level}))
        self._joined = gone
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            begin = self._length
            self.blocks(box, "\n\n")
            self._marks.append(Mark(MarkKind.TEXT_BOX, begin, self._length))

    def _shows_empty(self, node: Any) -> bool:
        """Whether an empty paragraph still shows its number in this view: not where all it had is gone."""
        return not any(_name(child) in _GONE[self._view] for child in node)

    def _has_words(self, node: Any) -> bool:
        gone = {f"{W}{name}" for name in _GONE[self._view]}
        for text in node.iter(f"{W}t", f"{W}delText", f"{W}sym", f"{W}footnoteReference", f"{W}txbxContent"):
            if text.tag in {f"{W}t", f"{W}delText"} and not (text.text or "").strip():
                continue
            if not any(parent.tag in gone for parent in text.iterancestors()):
                return True
        return any(n.tag == f"{W}del" for n in node) and self._view is View.ACCEPTED and self._note_deletion(node)

    def _note_deletion(self, node: Any) -> bool:
        """A paragraph deleted whole leaves a mark at its place, and no text."""
        for child in node:
            if _name(child) in {"del", "moveFrom"}:
                self._change(child, _name(child), self._length)
        return False

    def _inline(self, parent: Any, _: dict[str, Any], depth: int = 0) -> None:
        if depth > MAX_DEPTH:
            return
        for node in parent:
            name = _name(node)
            if name == "r":
                self._run(node)
            elif name in _CHANGE:
                start = self._length
                if name not in _GONE[self._view]:
                    self._inline(node, {}, depth + 1)
                self._change(node, name, start)
            elif name in {"hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo"}:
                self._inline(node, {}, depth + 1)
            elif name == "sdt":
                content = node.find(f"{W}sdtContent")
                if content is not None:
                    self._inline(content, {}, depth + 1)
            elif name == "AlternateContent":
                choice = self._choice(node)
                if choice is not None:
                    self._inline(choice, {}, depth + 1)
            elif name == "commentRangeStart":
                self._anchors[node.get(f"{W}id", "")] = self._length

    def _change(self, node: Any, name: str, start: int) -> None:
        note: dict[str, Any] = {"author": node.get(f"{W}author", ""), "date": node.get(f"{W}date", "")}
        if self._length == start:
            note["text"] = "".join(t.text or "" for t in node.iter(f"{W}t", f"{W}delText"))[:2000]
            if not note["text"].strip():
                return
        self._marks.append(Mark(_CHANGE[name], start, self._length, note))

    def _run(self, node: Any) -> None:
        start = self._length
        for child in node:
            self._piece(child, _name(child))
        if self._length > start and switched_on(node.find(f"{W}rPr"), "vanish"):
            self._marks.append(Mark(MarkKind.HIDDEN, start, self._length, {"how": "hidden text"}))

    def _piece(self, child: Any, name: str) -> None:
        in_code = bool(self._fields) and not all(self._fields)
        match name:
            case "fldChar":
                self._field(child.get(f"{W}fldCharType"))
            case "t" | "delText" if not in_code:
                self._put((child.text or "").replace("\n", " "))
            case "tab" | "ptab":
                self._put("\t")
            case "br" if child.get(f"{W}type") in {None, "textWrapping"}:
                self._put("\n")
            case "cr":
                self._put("\n")
            case "noBreakHyphen":
                self._put("\u2011")
            case "sym":
                self._symbol(child)
            case "lastRenderedPageBreak":
                self._breaks.append(self._length)
            case "footnoteReference" | "endnoteReference":
                self._note(name.removesuffix("Reference"), child.get(f"{W}id", ""))
            case "commentReference":
                self._comment(child.get(f"{W}id", ""))
            case "AlternateContent":
                choice = self._choice(child)
                if choice is not None:
                    self._boxes.extend(choice.iter(f"{W}txbxContent"))
            case "drawing" | "pict" | "object":
                self._boxes.extend(child.iter(f"{W}txbxContent"))

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _symbol(self, child: Any) -> None:
        try:
            code = int(child.get(f"{W}char", ""), 16)
        except ValueError:
            return
        shown = {0xF0A8: "\u2610", 0xF0FE: "\u2612", 0xF0B7: "\u2022", 0xF0A7: "\u00a7", 0xF0FC: "\u2713"}
        self._put(shown.get(code, chr(code - 0xF000) if 0xF020 <= code <= 0xF0FF else chr(code) if code < 0xD800 else "?"))

    def _note(self, kind: str, identity: str) -> None:
        """A footnote or endnote stands in brackets at its reference."""
        node = self._notes.get(kind, {}).get(identity)
        words = " ".join("".join(t.text or "" for t in node.iter(f"{W}t")).split()) if node is not None else ""
        if words:
            start = self._length
            self._put(f" [{kind.capitalize()}: {words}]")
            self._marks.append(Mark(MarkKind.FOOTNOTE, start, self._length, {"number": identity}))

    def _comment(self, identity: str) -> None:
        node = self._comments.get(identity)
        if node is None:
            return
        words = " ".join("".join(t.text or "" for t in node.iter(f"{W}t")).split())
        note = {"author": node.get(f"{W}author", ""), "date": node.get(f"{W}date", ""), "text": words[:4000]}
        self._marks.append(Mark(MarkKind.COMMENT, self._anchors.get(identity, self._length), self._length, note))

    def _table(self, table: Any, gap: str, depth: int) -> None:
        self._tables += 1
        number = self._tables
        self._separate(gap)
        self._joined = True
        begin = self._length
        for row_number, row in enumerate((r for r in table.iter(f"{W}tr") if self._own(r, table)), 1):
            changes = row.find(f"{W}trPr")
            if changes is not None and any(changes.find(f"{W}{name}") is not None for name in _GONE[self._view]):
                continue
            self._row(row, number, row_number, depth)
        self._joined = False
        self._marks.append(Mark(MarkKind.TABLE, begin, self._length, {"table": number}))

    def _own(self, row: Any, table: Any) -> bool:
        parent = row.getparent()
        while parent is not None and _name(parent) != "tbl":
            parent = parent.getparent()
        return parent is table

    def _row(self, row: Any, table: int, number: int, depth: int) -> None:
        self._separate("\n")
        self._joined = True
        column = 0
        cells = [c for c in row.iter(f"{W}tc") if next((p for p in c.iterancestors(f"{W}tr")), None) is row]
        for cell in cells:
            column += 1
            if column > 1:
                self._joined = False
                self._put("\t")
                self._joined = True
            start = self._length
            self.blocks(cell, "\n", depth + 1)
            if self._length > start:
                self._marks.append(Mark(MarkKind.CELL, start, self._length, {"table": table, "row": number, "column": column}))
            self._joined = True
        self._joined = False
