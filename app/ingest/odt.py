"""OpenDocument text, with clause numbers, notes, tables and both views of its changes. Runs in the sandboxed child."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from app.domain.text import FileStatus, MarkKind, Scalar, View
from app.ingest.docx_output import Output
from app.ingest.docx_package import BadPackage, parse_part
from app.ingest.odt_numbers import STYLE, TEXT, OdtNumbers
from app.ingest.parsed import Parsed, ParsedText, failed

MAX_XML = 100 * 1024 * 1024
MAX_DEPTH = 80
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_WRAPPERS = frozenset({"section", "index-body", "table-of-content", "alphabetical-index", "illustration-index"})
_ROWS = frozenset({"table-header-rows", "table-rows", "table-row-group"})


class _Odt:
    """Writes one view of the text."""

    def __init__(self, content: Any, styles: Any, view: View) -> None:
        self.out = Output()
        self._view = view
        roots = [root for root in (styles, content) if root is not None]
        self._numbers = OdtNumbers(roots)
        self._hidden = {
            node.get(f"{STYLE}name") for root in roots for node in root.iter(f"{STYLE}style")
            if any(p.get(f"{TEXT}display") == "none" for p in node.iter(f"{STYLE}text-properties"))
        }  # fmt: skip
        self._regions = {
            region.get(f"{TEXT}id") or region.get("{http://www.w3.org/XML/1998/namespace}id"): region
            for region in content.iter(f"{TEXT}changed-region")
        }
        self._inserting: list[tuple[str, int]] = []  # open insertions: id, start
        self._notes: list[tuple[str, Any]] = []
        self._boxes: list[Any] = []
        self._tables = 0
        self.changes = 0

    def blocks(self, parent: Any, gap: str = "\n\n", style: str = "", key: str = "", level: int = 0) -> None:
        """Paragraphs, lists and tables of a body, cell, note or list item."""
        if level > MAX_DEPTH:
            return
        first = True
        for node in parent:
            name = _name(node)
            if name in {"p", "h"}:
                listed = (
                    (key, style, level, _start(parent)) if level and first and _name(parent) == "list-item" else None
                )
                self._paragraph(node, gap, listed)
                first = False
            elif name == "list":
                own = node.get(f"{TEXT}style-name") or style
                counters = key or self._numbers.begin(node, own)
                for item in node:
                    self.blocks(item, gap, own, counters, level + 1)
            elif name == "table":
                self._table(node, gap)
            elif name in _WRAPPERS:
                self.blocks(node, gap, style, key, level)
            elif name == "frame":
                self._boxes += node.iter(f"{_DRAW}text-box")
            elif name in {"change", "change-start", "change-end"}:
                self._change(node, name)

    def _paragraph(self, node: Any, gap: str, listed: tuple[str, str, int, int | None] | None) -> None:
        place = self.out.place()
        joined = self._view is View.ORIGINAL and bool(self._inserting)  # its beginning is part of an insertion
        if self.out.length and not joined:
            self.out.put(gap)
        start = self.out.length
        if listed is None and node.tag == f"{TEXT}h" and (node.get(f"{TEXT}outline-level") or "").isdigit():
            listed = ("outline", "outline", int(node.get(f"{TEXT}outline-level")), None)
        if listed is not None and not joined and node.get(f"{TEXT}is-list-header") != "true":
            label = self._numbers.label(*listed)
            if label:
                self.out.put(label)
                self.out.mark(MarkKind.LIST_LABEL, start, self.out.length, {"level": listed[2]})
                self.out.put("\t")
        begin = len(self.out.parts)
        self._inline(node, 0)
        if self.out.blank_since(begin):
            self.out.cut(place)
        elif node.tag == f"{TEXT}h":
            level = node.get(f"{TEXT}outline-level") or "1"
            self.out.mark(MarkKind.HEADING, start, self.out.length, {"level": int(level) if level.isdigit() else 1})
        if node.get(f"{TEXT}style-name") in self._hidden and self.out.length > start:
            self.out.mark(MarkKind.HIDDEN, start, self.out.length, {"how": "hidden text"})
        self._asides(gap)

    def _asides(self, gap: str) -> None:
        boxes, notes = self._boxes, self._notes
        self._boxes, self._notes = [], []
        for box in boxes:
            start = self.out.length
            self.blocks(box, gap)
            self.out.mark(MarkKind.TEXT_BOX, min(start + len(gap), self.out.length), self.out.length)
        for number, body in notes:
            self.out.put(gap)
            start = self.out.length
            words = " ".join(" ".join("".join(p.itertext()).split()) for p in body.iter(f"{TEXT}p"))
            self.out.put(f"[{number}] {words}")
            self.out.mark(
                MarkKind.FOOTNOTE, start, self.out.length, {"number": number, "kind": "footnote", "what": "note"}
            )

    def _put(self, words: str | None) -> None:
        if words and not (self._view is View.ORIGINAL and self._inserting):
            self.out.put(words)

    def _inline(self, node: Any, depth: int) -> None:
        if depth > MAX_DEPTH:
            return
        self._put(node.text)
        for child in node:
            name = _name(child)
            if name == "s":
                count = child.get(f"{TEXT}c", "1")
                self._put(" " * (min(int(count), 100) if count.isdigit() else 1))
            elif name in {"tab", "line-break"}:
                self._put("\t" if name == "tab" else "\n")
            elif name in {"change", "change-start", "change-end"}:
                self._change(child, name)
            elif name == "note":
                self._note(child)
            elif name == "annotation":
                self._comment(child)
            elif name == "frame":
                self._boxes += child.iter(f"{_DRAW}text-box")
            elif name not in {"tracked-changes", "annotation-end", "ruby-text"}:
                start = self.out.length
                self._inline(child, depth + 1)
                if child.get(f"{TEXT}style-name") in self._hidden and self.out.length > start:
                    self.out.mark(MarkKind.HIDDEN, start, self.out.length, {"how": "hidden text"})
            self._put(child.tail)

    def _note(self, node: Any) -> None:
        body, cited = node.find(f"{TEXT}note-body"), node.find(f"{TEXT}note-citation")
        if body is None or (self._view is View.ORIGINAL and self._inserting):
            return
        number = "".join(cited.itertext()) if cited is not None else "*"
        start = self.out.length
        self.out.put(f"[{number}]")
        self.out.mark(MarkKind.FOOTNOTE, start, self.out.length, {"number": number, "kind": "footnote"})
        self._notes.append((number, body))

    def _comment(self, node: Any) -> None:
        words = " ".join(" ".join("".join(p.itertext()).split()) for p in node.iter(f"{TEXT}p"))
        self.out.mark(MarkKind.COMMENT, self.out.length, self.out.length, {**_author(node), "text": words[:4000]})

    def _change(self, node: Any, name: str) -> None:
        identity = node.get(f"{TEXT}change-id", "")
        region = self._regions.get(identity)
        kind = (
            next((_name(c) for c in region if _name(c) in {"insertion", "deletion"}), "") if region is not None else ""
        )
        if kind == "insertion" and name == "change-start":
            self._inserting.append((identity, self.out.length))
        elif kind == "insertion" and name == "change-end":
            start = next((at for known, at in self._inserting if known == identity), self.out.length)
            self._inserting = [entry for entry in self._inserting if entry[0] != identity]
            self.changes += 1
            self.out.mark(MarkKind.INSERTED, start, self.out.length, _author(region))
        elif kind == "deletion" and name == "change":
            self._deleted(region)

    def _deleted(self, region: Any) -> None:
        self.changes += 1
        paragraphs = list(region.iter(f"{TEXT}p", f"{TEXT}h"))
        note: dict[str, Scalar] = _author(region)
        start = self.out.length
        if self._view is View.ORIGINAL:
            for index, paragraph in enumerate(paragraphs):
                self.out.put("\n\n" if index else "")
                self._inline(paragraph, 1)
        else:
            note["text"] = "\n".join("".join(p.itertext()) for p in paragraphs)[:2000]
        self.out.mark(MarkKind.DELETED, start, self.out.length, note)

    def _table(self, table: Any, gap: str) -> None:
        self._tables += 1
        number, begin = self._tables, self.out.length
        for row_number, row in enumerate(_rows(table), 1):
            self.out.put((gap if row_number == 1 else "\n") if self.out.length else "")
            column = 1
            for cell in row:
                if _name(cell) not in {"table-cell", "covered-table-cell"}:
                    continue
                self.out.put("\t" if column > 1 else "")
                start = self.out.length
                inner = Output()
                outer, self.out = self.out, inner
                self.blocks(cell, "\n")
                self.out = outer
                words, marks, _ = inner.finish()
                self.out.put(words)
                for mark in marks:
                    self.out.mark(mark.kind, mark.start + start, mark.end + start, mark.note)
                if words:
                    self.out.mark(
                        MarkKind.CELL, start, self.out.length, {"table": number, "row": row_number, "column": column}
                    )
                column += 1
        self.out.mark(MarkKind.TABLE, min(begin + len(gap), self.out.length), self.out.length, {"table": number})


def _rows(table: Any) -> list[Any]:
    rows = []
    for node in table:
        if _name(node) == "table-row":
            rows.append(node)
        elif _name(node) in _ROWS:
            rows += _rows(node)
    return rows


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _start(item: Any) -> int | None:
    value = item.get(f"{TEXT}start-value", "")
    return int(value) if value.isdigit() and len(value) < 7 else None


def _author(node: Any) -> dict[str, Scalar]:
    found = {name: next(node.iter(f"{_DC}{name}"), None) for name in ("creator", "date")}
    creator, date = ((entry.text or "") if entry is not None else "" for entry in found.values())
    return {"author": creator, "date": date}


def read_odt(data: bytes) -> Parsed:
    """The accepted view, the original one where they differ."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(e.file_size for e in archive.infolist() if e.filename.endswith(".xml")) > MAX_XML:
                return failed(FileStatus.TOO_LARGE, "The document unpacks to more than 100 MB: split it up.")
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                reason = "The document is protected by a password; save it without one, then add it again."
                return failed(FileStatus.PASSWORD, reason)
            content = parse_part(archive.read("content.xml"))
            styles = parse_part(archive.read("styles.xml"))
    except (zipfile.BadZipFile, BadPackage, KeyError, ValueError, OSError, EOFError, RuntimeError, zlib.error):
        return failed(FileStatus.DAMAGED, "The document is damaged and could not be opened; ask for another copy.")
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        return failed(FileStatus.UNSUPPORTED, "Spreadsheets and presentations are not read: save what matters as PDF.")
    accepted, original = _view(body, content, styles, View.ACCEPTED), _view(body, content, styles, View.ORIGINAL)
    if not any(c.isalnum() for c in accepted.text + original.text):
        return failed(FileStatus.EMPTY, "The file holds no words.")
    return Parsed(FileStatus.READ, accepted, original if original.text != accepted.text else None)


def _view(body: Any, content: Any, styles: Any, view: View) -> ParsedText:
    walker = _Odt(content, styles, view)
    walker.blocks(body)
    text, marks, _ = walker.out.finish()
    said = []
    if walker.changes:
        how = "accepted" if view is View.ACCEPTED else "rejected"
        said.append(f"{walker.changes} tracked change{'s' * (walker.changes > 1)}, read as if {how}.")
    comments = sum(mark.kind is MarkKind.COMMENT for mark in marks)
    if comments:
        said.append(f"{comments} comment{'s' * (comments > 1)} in the margin.")
    return ParsedText(text, marks=tuple(marks), warnings=tuple(said))
