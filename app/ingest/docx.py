"""Word to text, in both views of its tracked changes. Runs in the sandboxed child."""

from __future__ import annotations

from typing import Any

from app.domain.text import FileStatus, Mark, MarkKind, Page, View
from app.ingest.docx_numbering import Numbering, W
from app.ingest.docx_package import BadPackage, Package, TooLarge, open_package
from app.ingest.docx_runs import words_of
from app.ingest.docx_walk import Walker
from app.ingest.parsed import Parsed, ParsedText, failed

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHANGED = frozenset(
    f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "pPrChange", "numberingChange")
)


def read_docx(data: bytes) -> Parsed:
    """The accepted view, the original one where they differ; damaged files are a status with a sentence."""
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
    accepted = _view(body, package, View.ACCEPTED)
    changed = any(node.tag in _CHANGED for node in body.iter())
    original = _view(body, package, View.ORIGINAL) if changed else None
    if not _has_words(accepted) and (original is None or not _has_words(original)):
        return failed(FileStatus.EMPTY, "The Word file holds no words.")
    if original is not None and original.text == accepted.text:
        original = None
    return Parsed(FileStatus.READ, accepted, original)


def _has_words(text: ParsedText) -> bool:
    """Whether there is a letter or digit in it; the words of headers and footers do not count."""
    return any(c.isalnum() for c in text.text)


def _view(body: Any, package: Package, view: View) -> ParsedText:
    roots = package.roots
    walker = Walker(
        Numbering(roots.get("numbering"), roots.get("styles"), view), view,
        notes={kind: _notes(roots.get(f"{kind}s"), kind) for kind in ("footnote", "endnote")},
        comments=_notes(roots.get("comments"), "comment"),
    )  # fmt: skip
    walker.blocks(body)
    text, marks, breaks = walker.out.finish()
    aside = [*_furniture(package.headers, MarkKind.HEADER), *_furniture(package.footers, MarkKind.FOOTER)]
    pages = _pages(breaks, len(text))
    ordered = tuple(sorted([*aside, *marks], key=lambda mark: (mark.start, mark.end)))
    return ParsedText(text, pages, "word-layout" if pages else None, ordered, _warnings(ordered, package, view))


def _furniture(roots: list[Any], kind: MarkKind) -> list[Mark]:
    """Headers or footers, each wording once, kept apart from the text."""
    wordings = dict.fromkeys(words for root in roots if (words := words_of(root)))
    return [Mark(kind, 0, 0, {"text": words[:2000]}) for words in wordings]


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


def _warnings(marks: tuple[Mark, ...], package: Package, view: View) -> tuple[str, ...]:
    changes = sum(mark.kind in {MarkKind.INSERTED, MarkKind.DELETED, MarkKind.MOVED} for mark in marks)
    comments = sum(mark.kind is MarkKind.COMMENT for mark in marks)
    warnings = []
    if changes:
        how = "as if accepted" if view is View.ACCEPTED else "as if rejected"
        warnings.append(f"{changes} tracked change{'s' * (changes > 1)}, read {how}.")
    if comments:
        warnings.append(f"{comments} comment{'s' * (comments > 1)} in the margin.")
    if package.lost:
        warnings.append(f"Parts of the file are damaged and were left out: {', '.join(sorted(set(package.lost)))}.")
    return tuple(warnings)
