"""Real comments in a copy of a Word original, anchored at the words of each finding. Bytes in, bytes out."""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from app.report.annotate import CopyNote
from app.report.names import initials
from app.report.quotes import fold, fold_with_origin

_DELETED = (qn("w:del"), qn("w:moveFrom"))
_LABEL = re.compile(
    r"^(?:\(?[0-9A-Za-z]{1,5}[.)]|[0-9]+(?:\.[0-9]+)+\.?|(?:article|section|clause) \S+|[•▪·–-])\s+", re.IGNORECASE
)
_SHOWN = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


@dataclass(frozen=True, slots=True)
class AnnotatedCopy:
    """The copy, and how many notes could not be anchored at their words and stand at the document's start instead."""

    data: bytes
    unanchored: int


@dataclass(slots=True)
class _Line:
    """A paragraph's visible runs and its folded text with the way back: character -> (run, offset in the run)."""

    element: Any
    runs: list[Any]
    folded: str
    origin: list[int]


def annotate_docx(data: bytes, notes: Sequence[CopyNote], made: dt.datetime) -> AnnotatedCopy:
    """A copy of the document with a comment for every note; the bytes given are not altered."""
    document = docx.Document(io.BytesIO(data))
    lines = [_line(p) for p in document.element.body.iter(qn("w:p"))]
    unanchored = 0
    for note in notes:
        place = _find(lines, note)
        runs = _cut(lines, place) if place is not None else []
        body = note.body
        if not runs:
            unanchored += 1
            runs = _first_run(document)
            body = f"{body}\nThe words could not be located in this copy: “{fold(note.quote)[:300]}”"
        comment = document.add_comment(runs=runs, text=body, author=note.author, initials=initials(note.author) or "P")
        comment._comment_elm.set(qn("w:date"), made.strftime("%Y-%m-%dT%H:%M:%SZ"))
    stream = io.BytesIO()
    document.save(stream)
    return AnnotatedCopy(stream.getvalue(), unanchored)


def _line(paragraph: Any) -> _Line:
    runs = [r for r in paragraph.iter(qn("w:r")) if _owner(r) is paragraph]
    folded, origin = fold_with_origin("".join(_text(r) for r in runs))
    return _Line(paragraph, runs, folded, origin)


def _owner(run: Any) -> Any:
    """The paragraph that a run belongs to, None for deleted words: text boxes nest paragraphs in runs."""
    parent = run.getparent()
    while parent is not None and parent.tag != qn("w:p"):
        if parent.tag in _DELETED:
            return None
        parent = parent.getparent()
    return parent


def _text(run: Any) -> str:
    return "".join((child.text or "") if child.tag == qn("w:t") else _SHOWN.get(child.tag, "") for child in run)


def _find(lines: list[_Line], note: CopyNote) -> tuple[int, int, int, int] | None:
    """(line, offset) of the note's first word and (line, offset) after its last, in runs' characters."""
    pieces = [piece for piece in (fold(part) for part in note.quote.splitlines()) if piece]
    if not pieces:
        return None
    first = _occurrences(lines, pieces[0])
    if not first:
        return None
    line, start, length = first[min(note.occurrence, len(first) - 1)]
    last_line, end = line, start + length
    for piece in pieces[1:]:
        following = [found for found in _occurrences(lines[last_line + 1 : last_line + 40], piece)]
        if following:
            offset, at, size = following[0]
            last_line, end = last_line + 1 + offset, at + size
    return line, lines[line].origin[start], last_line, lines[last_line].origin[end - 1] + 1


def _occurrences(lines: Sequence[_Line], piece: str) -> list[tuple[int, int, int]]:
    """Where the words stand: (line, offset in the folded text, length). Numbers that Word computes are in no run."""
    for words in dict.fromkeys((piece, _LABEL.sub("", piece))):
        found = [
            (index, match.start(), len(words))
            for index, line in enumerate(lines)
            if words in line.folded
            for match in re.finditer(re.escape(words), line.folded)
        ]
        if words and found:
            return found
    return []


def _cut(lines: list[_Line], place: tuple[int, int, int, int]) -> list[Run]:
    """Split the runs at both ends; the runs from the first word to the last."""
    first, start, last, end = place
    _split(lines[last], end)
    _split(lines[first], start)
    begin = _run_at(lines[first], start)
    close = _run_at(lines[last], end - 1)
    if begin is None or close is None:
        return []
    return [Run(begin, Paragraph(lines[first].element, None)), Run(close, Paragraph(lines[last].element, None))]


def _run_at(line: _Line, offset: int) -> Any:
    seen = 0
    for run in line.runs:
        seen += len(_text(run))
        if offset < seen:
            return run
    return None


def _split(line: _Line, offset: int) -> None:
    """Make a run end at `offset` of the paragraph's characters; what it shows stays the same."""
    seen = 0
    for index, run in enumerate(line.runs):
        length = len(_text(run))
        if seen < offset < seen + length:
            right = _split_run(run, offset - seen)
            line.runs.insert(index + 1, right)
            return
        seen += length


def _split_run(run: Any, offset: int) -> Any:
    right = copy.deepcopy(run)
    seen = 0
    for left_child, right_child in zip(list(run), list(right), strict=True):
        if left_child.tag == qn("w:rPr"):
            continue
        words = (left_child.text or "") if left_child.tag == qn("w:t") else _SHOWN.get(left_child.tag, "")
        if seen + len(words) <= offset and (words or seen < offset):
            right.remove(right_child)
        elif seen >= offset:
            run.remove(left_child)
        else:
            for child, part in ((left_child, words[: offset - seen]), (right_child, words[offset - seen :])):
                child.text = part
                child.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        seen += len(words)
    run.addnext(right)
    return right


def _first_run(document: Any) -> list[Run]:
    """A run at the document's start, an empty one where it has none."""
    for paragraph in document.paragraphs:
        if paragraph.runs:
            return [paragraph.runs[0]]
    return [(document.paragraphs[0] if document.paragraphs else document.add_paragraph()).add_run("")]
