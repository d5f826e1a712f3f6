"""Word to text, in both views of its tracked changes. Runs in the sandboxed child."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.text import FileStatus, Mark, MarkKind, Page, View
from app.ingest.docx_chunks import chunk_words
from app.ingest.docx_comments import comments_of
from app.ingest.docx_drawings import VML
from app.ingest.docx_fields import unended_fields
from app.ingest.docx_nodes import GONE, words_of
from app.ingest.docx_numbering import Numbering, W
from app.ingest.docx_package import BadPackage, Package, TooLarge, open_package
from app.ingest.docx_pictures import Drawn, Pictures
from app.ingest.docx_walk import Walker
from app.ingest.docx_warnings import warnings, without_words
from app.ingest.parsed import Parsed, ParsedText, failed

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHANGED = frozenset(
    f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "pPrChange", "numberingChange")
)


def read_docx(data: bytes, progress: Callable[[bool], None] = lambda recognised: None) -> Parsed:
    """The accepted view, the original one where they differ; damaged files are a status with a sentence.

    `progress` is told True before a picture is recognised.
    """
    if not data:
        return failed(FileStatus.EMPTY, "The file is empty (0 bytes).")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            return failed(
                FileStatus.PASSWORD, "The Word file is protected by a password; save it without one, then add it again."
            )
        return failed(
            FileStatus.UNSUPPORTED, "Old Word format (.doc): open it in Word and save it as .docx, then add it again."
        )
    try:
        package = open_package(data)
    except TooLarge:
        return failed(FileStatus.TOO_LARGE, "The document unpacks to more than 100 MB; split it and add the parts.")
    except BadPackage:
        return failed(FileStatus.DAMAGED, "The Word file is damaged and could not be opened; ask for another copy.")
    body = package.roots["document"].find(f"{W}body")
    if body is None:
        return failed(FileStatus.DAMAGED, "The Word file has no text part; ask for another copy.")
    chunks = {identity: chunk_words(*part) for identity, part in package.chunks.items()}
    notes = [root for kind in ("footnotes", "endnotes") if (root := package.roots.get(kind)) is not None]
    changed = any(node.tag in _CHANGED for root in (body, *notes) for node in root.iter())
    labels: dict[Any, str] = {}
    pictures = Pictures(package.pictures, progress)
    original = _view(body, package, View.ORIGINAL, chunks, labels, pictures) if changed else None
    accepted = _view(body, package, View.ACCEPTED, chunks, labels, pictures)
    if not _has_words(accepted) and (original is None or not _has_words(original)):
        return failed(FileStatus.EMPTY, without_words(body))
    if original is not None and original.text == accepted.text:
        original = None
    return Parsed(FileStatus.READ, accepted, original)


def _has_words(text: ParsedText) -> bool:
    """Whether there is a letter or digit in it; the words of headers and footers do not count."""
    return any(c.isalnum() for c in text.text)


def _view(
    body: Any, package: Package, view: View, chunks: Mapping[str, str | None], labels: dict[Any, str],
    pictures: Pictures,
) -> ParsedText:  # fmt: skip
    """One view; `labels` takes the original view's numbers to the accepted one."""
    roots = package.roots
    notes = {kind: _notes(roots.get(f"{kind}s"), kind) for kind in ("footnote", "endnote")}
    stories = [body, *(node for kind in notes.values() for node in kind.values())]
    walker = Walker(
        Numbering(roots.get("numbering"), roots.get("styles"), view), view, notes,
        comments_of(roots.get("comments"), roots.get("commentsExtended")), unended_fields(stories, GONE[view]), chunks,
    )  # fmt: skip
    walker.drawn = Drawn(pictures, package.diagrams)
    if view is View.ACCEPTED:
        walker.before = labels
    walker.blocks(body)
    if view is View.ORIGINAL:
        labels |= walker.labels
    text, marks, breaks = walker.finish()
    aside = [
        *_furniture(package.headers, MarkKind.HEADER, view), *_furniture(package.footers, MarkKind.FOOTER, view),
    ]  # fmt: skip
    pages = _pages(breaks, len(text))
    ordered = tuple(sorted([*aside, *marks], key=lambda mark: (mark.start, mark.end)))
    said = warnings(ordered, package, view, body, walker.lost_chunks, pictures.read)
    return ParsedText(text, pages, "word-layout" if pages else None, ordered, said)


def _furniture(roots: list[Any], kind: MarkKind, view: View) -> list[Mark]:
    """Headers or footers, each wording once, kept apart from the text; watermarks are named as such."""
    wordings = dict.fromkeys(words for root in roots if (words := words_of(root, GONE[view])))
    drawn = dict.fromkeys(
        words for root in roots for node in root.iter(f"{VML}textpath") if (words := node.get("string", "").strip())
    )
    marks = [Mark(kind, 0, 0, {"text": words[:2000]}) for words in wordings]
    return marks + [Mark(kind, 0, 0, {"text": words[:200], "watermark": True}) for words in drawn]


def _notes(root: Any, kind: str) -> dict[str, Any]:
    """Footnotes, endnotes or comments by id, without Word's separators."""
    if root is None:
        return {}
    return {
        node.get(f"{W}id", ""): node for node in root.iter(f"{W}{kind}") if node.get(f"{W}type") in {None, "normal"}
    }


def _pages(breaks: list[int], length: int) -> tuple[Page, ...]:
    """Pages as Word last laid them out; none where it stored no layout."""
    if not breaks:
        return ()
    starts = [0, *breaks]
    return tuple(Page(i + 1, start, end) for i, (start, end) in enumerate(zip(starts, [*breaks, length], strict=True)))
