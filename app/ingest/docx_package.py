"""The parts of a Word package, parsed with entities refused and sizes bounded. Runs in the sandboxed child."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from app.ingest.docx_drawings import DRAWING_MAIN, large_pictures

MAX_XML = 100 * 1024 * 1024
MAX_PARTS = 10_000
MAX_PICTURE = 40 * 1024 * 1024
_READ = frozenset({"styles", "numbering", "footnotes", "endnotes", "comments", "commentsExtended", "header", "footer"})
# ISO strict files use other namespaces for the same things.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


class BadPackage(Exception):
    """The package or a part of it cannot be read."""


class TooLarge(Exception):
    """The package unpacks to more than the bound."""


@dataclass(slots=True)
class Package:
    """Roots of the parts by kind ("document", "styles", "footnotes", ...); headers and footers in lists."""

    roots: dict[str, Any] = field(default_factory=dict)
    headers: list[Any] = field(default_factory=list)
    footers: list[Any] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)  # kinds of parts that are damaged and were left out
    chunks: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # w:altChunk by relationship: name, bytes
    objects: int = 0  # embedded files of other programs
    charts: int = 0
    pictures: dict[str, bytes] = field(default_factory=dict)  # the large ones by relationship
    diagrams: dict[str, str] = field(default_factory=dict)  # the words of SmartArt by relationship


def parse_part(data: bytes) -> Any:
    """The root of a part; raises BadPackage on damage, DOCTYPE or entities."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        data = data.decode("utf-16", "replace").encode("utf-8").replace(b'encoding="UTF-16"', b'encoding="UTF-8"', 1)
    if b"<!DOCTYPE" in data[:65536] or b"<!ENTITY" in data:
        raise BadPackage
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise BadPackage from None


def open_package(data: bytes) -> Package:
    """The parts that hold words. Raises BadPackage or TooLarge; a damaged side part is named in `lost`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {entry.filename.lstrip("/"): entry for entry in archive.infolist()}
            xml = (entry.file_size for name, entry in entries.items() if name.endswith((".xml", ".rels")))
            if len(entries) > MAX_PARTS or sum(xml) > MAX_XML:
                raise TooLarge
            return _read(archive, entries)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        raise BadPackage from None


def _read(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> Package:
    main = _main_part(archive, entries)
    package = Package()
    package.roots["document"] = parse_part(archive.read(entries[main]))
    wanted = {picture.identity for picture in large_pictures(package.roots["document"])}
    for kind, target, identity in _related(archive, entries, main):
        package.objects += kind in {"package", "oleObject"}
        package.charts += kind == "chart"
        if kind == "aFChunk" and entries[target].file_size <= MAX_XML:
            package.chunks[identity] = (target, archive.read(entries[target]))
        if kind == "image" and identity in wanted and entries[target].file_size <= MAX_PICTURE:
            package.pictures[identity] = _bytes(archive, entries[target])
        if kind == "diagramData" and entries[target].file_size <= MAX_PICTURE:
            package.diagrams[identity] = _drawn_words(_bytes(archive, entries[target]))
        if kind not in _READ:
            continue
        try:
            root = parse_part(archive.read(entries[target]))
        except (BadPackage, zipfile.BadZipFile, zlib.error, OSError, EOFError):
            package.lost.append(kind)
            continue
        if kind in {"header", "footer"}:
            (package.headers if kind == "header" else package.footers).append(root)
        else:
            package.roots[kind] = root
    return package


def _bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A part that may be damaged without harm to the words; b"" then."""
    try:
        return archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError):
        return b""


def _drawn_words(data: bytes) -> str:
    """The words of a diagram, one box a line."""
    try:
        root = parse_part(data)
    except BadPackage:
        return ""
    boxes = ("".join(t.text or "" for t in p.iter(f"{DRAWING_MAIN}t")) for p in root.iter(f"{DRAWING_MAIN}p"))
    return "\n".join(words for box in boxes if (words := " ".join(box.split())))


def _main_part(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> str:
    """The name of the document part, by the package's relationships, else by its usual name."""
    for kind, target, _ in _related(archive, entries, ""):
        if kind == "officeDocument":
            return target
    return "word/document.xml"  # a KeyError follows where it is not there


def _related(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], part: str) -> list[tuple[str, str, str]]:
    """(last word of the type, part name, id) of a part's relationships; those that lead outside are never followed."""
    folder, name = posixpath.split(part)
    entry = entries.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if entry is None:
        return []
    try:
        root = parse_part(archive.read(entry))
    except BadPackage:
        return []
    found = []
    for node in root:
        target = node.get("Target", "") if isinstance(node.tag, str) else ""
        if not target or node.get("TargetMode") == "External":
            continue
        path = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        if path in entries:
            found.append((node.get("Type", "").rpartition("/")[2], path, node.get("Id", "")))
    return found
