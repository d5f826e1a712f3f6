"""Word to text, in both views of its tracked changes. Runs in the sandboxed child."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

from app.domain.text import FileStatus, Mark, MarkKind, Page, View
from app.ingest.docx_numbering import W, Numbering
from app.ingest.docx_walk import Walker
from app.ingest.parsed import Parsed, ParsedText, failed

MAX_XML = 100 * 1024 * 1024
_PARTS = "word/"


class BadPart(Exception):
    """A part of the package that cannot be parsed."""


def read_docx(data: bytes) -> Parsed:
    """The accepted view, the original one where they differ; damaged files are a status with a sentence."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist() if entry.filename.endswith(".xml")) > MAX_XML:
                return failed(FileStatus.TOO_LARGE, "The document unpacks to more than 100 MB; split it and add the parts.")
            parts = {name: archive.read(name) for name in archive.namelist() if _wanted(name)}
        body = _parse(parts.get("word/document.xml"))
    except (zipfile.BadZipFile, BadPart, KeyError, ValueError, OSError, EOFError, NotImplementedError):
        return failed(FileStatus.DAMAGED, "The Word file is damaged and could not be opened; ask for another copy.")
    if body is None:
        return failed(FileStatus.DAMAGED, "The Word file has no text part; ask for another copy.")
    accepted = _view(body, parts, View.ACCEPTED)
    if not any(c.isalnum() for c in accepted.text):
        return failed(FileStatus.EMPTY, "The Word file holds no words.")
    original = _view(body, parts, View.ORIGINAL) if _has_changes(body) else None
    if original is not None and original.text == accepted.text:
        original = None
    return Parsed(FileStatus.READ, accepted, original)


def _wanted(name: str) -> bool:
    stem = name.removeprefix(_PARTS).removesuffix(".xml")
    return name.startswith(_PARTS) and (
        stem in {"document", "styles", "numbering", "footnotes", "endnotes", "comments"}
        or stem.startswith(("header", "footer"))
    )


def _parse(data: bytes | None) -> Any:
    """The root of a part, None without one; DOCTYPEs and entities are refused."""
    if data is None:
        return None
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise BadPart
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise BadPart from None


def _optional(data: bytes | None) -> Any:
    try:
        return _parse(data)
    except BadPart:
        return None


def _has_changes(body: Any) -> bool:
    names = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")}
    return any(node.tag in names for node in body.iter())


def _view(body: Any, parts: dict[str, bytes], view: View) -> ParsedText:
    numbering = Numbering(_optional(parts.get("word/numbering.xml")), _optional(parts.get("word/styles.xml")))
    walker = Walker(
        numbering, view,
        notes={kind: _notes(_optional(parts.get(f"word/{kind}s.xml")), kind) for kind in ("footnote", "endnote")},
        comments=_notes(_optional(parts.get("word/comments.xml")), "comment"),
    )  # fmt: skip
    walker.blocks(body.find(f"{W}body"))
    text, marks, breaks = walker.finish()
    for name in sorted(parts):
        kind = MarkKind.HEADER if name.startswith("word/header") else MarkKind.FOOTER
        if name.startswith(("word/header", "word/footer")):
            root = _optional(parts[name])
            words = " ".join("".join(t.text or "" for t in root.iter(f"{W}t")).split()) if root is not None else ""
            if words:
                marks.append(Mark(kind, 0, 0, {"text": words[:2000]}))
    pages = _pages(breaks, len(text))
    warnings = _warnings(marks, view)
    ordered = tuple(sorted(marks, key=lambda mark: (mark.start, mark.end)))
    return ParsedText(text, pages, "word-layout" if pages else None, ordered, warnings)


def _notes(root: Any, kind: str) -> dict[str, Any]:
    if root is None:
        return {}
    return {node.get(f"{W}id", ""): node for node in root.iter(f"{W}{kind}") if node.get(f"{W}type") in {None, "normal"}}


def _pages(breaks: list[int], length: int) -> tuple[Page, ...]:
    """Pages as Word last laid them out; none where it stored no layout."""
    if not breaks:
        return ()
    starts = [0, *breaks]
    return tuple(Page(i + 1, start, end) for i, (start, end) in enumerate(zip(starts, [*breaks, length], strict=True)))


def _warnings(marks: list[Mark], view: View) -> tuple[str, ...]:
    changes = sum(mark.kind in {MarkKind.INSERTED, MarkKind.DELETED, MarkKind.MOVED} for mark in marks)
    comments = sum(mark.kind is MarkKind.COMMENT for mark in marks)
    warnings = []
    if changes:
        how = "as if accepted" if view is View.ACCEPTED else "as if rejected"
        warnings.append(f"{changes} tracked change{'s' * (changes > 1)}, read {how}.")
    if comments:
        warnings.append(f"{comments} comment{'s' * (comments > 1)} in the margin.")
    return tuple(warnings)
