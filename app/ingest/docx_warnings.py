"""What the reader of a Word file must know about how it was read. Runs in the sandboxed child."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.domain.text import Mark, MarkKind, View
from app.ingest.docx_package import Package

VML = "{urn:schemas-microsoft-com:vml}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_LARGE_EMU = 914_400 * 2  # two inches, either way: a logo or a signature is smaller
_CHANGES = (MarkKind.INSERTED, MarkKind.DELETED, MarkKind.MOVED)
_NAMED = 6


def warnings(
    marks: Sequence[Mark], package: Package, view: View, body: Any, lost_chunks: int
) -> tuple[str, ...]:  # fmt: skip
    """One sentence each."""
    said = [_changes(marks, view), _comments(marks)]
    pictures = large_pictures(body)
    if pictures:
        said.append(f"{_count(pictures, 'large picture')} in the document {_be(pictures)} not read: look in Word.")
    if package.objects:
        said.append(f"{_count(package.objects, 'embedded file')} inside the document {_be(package.objects)} not read.")
    if lost_chunks:
        said.append(f"{_count(lost_chunks, 'document')} inserted into this one could not be read.")
    for mark in marks:
        if mark.note.get("watermark"):
            said.append(f"Watermark: {mark.note['text']}.")
    if package.lost:
        said.append(f"Parts of the file are damaged and were left out: {', '.join(sorted(set(package.lost)))}.")
    return tuple(dict.fromkeys(sentence for sentence in said if sentence))


def _changes(marks: Sequence[Mark], view: View) -> str:
    changes = [mark for mark in marks if mark.kind in _CHANGES]
    if not changes:
        return ""
    how = "as if accepted" if view is View.ACCEPTED else "as if rejected"
    authors = list(dict.fromkeys(str(mark.note["author"]) for mark in changes if mark.note.get("author")))
    named = ", ".join(authors[:_NAMED]) + (f" and {len(authors) - _NAMED} more" if len(authors) > _NAMED else "")
    days = sorted(day for mark in changes if (day := str(mark.note.get("date") or "")[:10]))
    when = f" ({days[0]})" if days and days[0] == days[-1] else f" ({days[0]} to {days[-1]})" if days else ""
    # One change of Word's can be several runs: what goes on where the last one ended is the same change.
    count = sum(
        not (
            before.kind is mark.kind
            and before.end == mark.start
            and before.note.get("author") == mark.note.get("author")
        )
        for before, mark in zip([Mark(MarkKind.TABLE, -1, -1), *changes], changes, strict=False)
    )
    return f"{_count(count, 'tracked change')}{f' by {named}' if named else ''}{when}, read {how}."


def _comments(marks: Sequence[Mark]) -> str:
    comments = [mark for mark in marks if mark.kind is MarkKind.COMMENT]
    settled = sum(bool(mark.note.get("resolved")) for mark in comments)
    resolved = f", {settled} of them resolved" if settled else ""
    return f"{_count(len(comments), 'comment')} in the margin{resolved}." if comments else ""


def without_words(body: Any) -> str:
    """Why a file gave nothing."""
    if any(True for _ in body.iter(_PICTURE, f"{VML}imagedata")):
        return "The Word file holds pictures only, perhaps scanned pages: save it as PDF, then add it again."
    return "The Word file holds no words."


def large_pictures(body: Any) -> int:
    """Pictures so large that they could be pages, tables or clauses."""
    count = 0
    for drawing in body.iter(f"{_DRAWING}inline", f"{_DRAWING}anchor"):
        extent = drawing.find(f"{_DRAWING}extent")
        if extent is None or next(drawing.iter(_PICTURE), None) is None:
            continue
        sides = [extent.get(name, "0") for name in ("cx", "cy")]
        count += all(side.isdigit() and int(side) >= _LARGE_EMU for side in sides)
    return count


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _be(number: int) -> str:
    return "was" if number == 1 else "were"
