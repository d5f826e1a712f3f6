"""What the reader of a Word file must know about how it was read. Runs in the sandboxed child."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.domain.text import CHANGED, Mark, MarkKind, View, changes_in
from app.ingest.docx_drawings import large_pictures, pictures
from app.ingest.docx_package import Package

_NAMED = 6


def warnings(
    marks: Sequence[Mark], package: Package, view: View, body: Any, lost_chunks: int, read: int
) -> tuple[str, ...]:  # fmt: skip
    """One sentence each."""
    said = [_changes(marks, view), _comments(marks)]
    if read:
        said.append(f"The words of {_count(read, 'picture')} were recognised: read them against the picture.")
    unread = len({picture.identity for picture in large_pictures(body)}) - read
    if unread > 0:
        said.append(f"{_count(unread, 'large picture')} in the document {_be(unread)} not read: look in Word.")
    if package.charts:
        said.append(f"{_count(package.charts, 'chart')} in the document {_be(package.charts)} not read: look in Word.")
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
    changes = [mark for mark in marks if mark.kind in CHANGED]
    if not changes:
        return ""
    how = "as if accepted" if view is View.ACCEPTED else "as if rejected"
    authors = list(dict.fromkeys(str(mark.note["author"]) for mark in changes if mark.note.get("author")))
    named = ", ".join(authors[:_NAMED]) + (f" and {len(authors) - _NAMED} more" if len(authors) > _NAMED else "")
    days = sorted(day for mark in changes if (day := str(mark.note.get("date") or "")[:10]))
    when = f" ({days[0]})" if days and days[0] == days[-1] else f" ({days[0]} to {days[-1]})" if days else ""
    count = len(changes_in(marks))
    return f"{_count(count, 'tracked change')}{f' by {named}' if named else ''}{when}, read {how}."


def _comments(marks: Sequence[Mark]) -> str:
    comments = [mark for mark in marks if mark.kind is MarkKind.COMMENT]
    settled = sum(bool(mark.note.get("resolved")) for mark in comments)
    resolved = f", {settled} of them resolved" if settled else ""
    return f"{_count(len(comments), 'comment')} in the margin{resolved}." if comments else ""


def without_words(body: Any) -> str:
    """Why a file gave nothing."""
    if next(pictures(body), None) is not None:
        return "The Word file holds pictures only, and no words were recognised in them: save it as PDF and add that."
    return "The Word file holds no words."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _be(number: int) -> str:
    return "was" if number == 1 else "were"
