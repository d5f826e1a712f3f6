"""Parsed documents as frames, checked on the way back: the parent trusts no offset that a child sent."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from app.domain.text import FileStatus, Mark, MarkKind, Page, WordBox
from app.ingest.frames import BrokenFrame
from app.ingest.ocr_vote import Recognised, Word
from app.ingest.parsed import Parsed, ParsedText

MAX_TEXT = 64 * 1024 * 1024
_SOURCES = {"pdf", "word-layout", None}


def pack_parsed(parsed: Parsed) -> tuple[dict[str, Any], list[bytes]]:
    """A frame; texts and attachments travel as blobs."""
    blobs: list[bytes] = []

    def view(text: ParsedText | None) -> dict[str, Any] | None:
        if text is None:
            return None
        blobs.append(text.text.encode("utf-8", "replace"))
        return {
            "pages": [astuple(page) for page in text.pages], "page_source": text.page_source,
            "marks": [[m.kind.value, m.start, m.end, m.note] for m in text.marks],
            "warnings": list(text.warnings), "boxes": [_rounded(box) for box in text.boxes],
        }  # fmt: skip

    header = {
        "status": parsed.status.value, "reason": parsed.reason, "accepted": view(parsed.accepted),
        "original": view(parsed.original), "names": [name for name, _ in parsed.attachments],
    }  # fmt: skip
    blobs.extend(data for _, data in parsed.attachments)
    return header, blobs


def _rounded(box: WordBox) -> list[float | None]:
    return [None if value is None else round(value, 1) for value in astuple(box)]


def unpack_parsed(header: dict[str, Any], blobs: list[bytes]) -> Parsed:
    """The document; raises BrokenFrame where anything is not as it must be."""
    try:
        views = iter(blobs)
        accepted = _view(header["accepted"], views)
        original = _view(header["original"], views)
        attachments = tuple((str(name), next(views)) for name in header["names"])
        reason = header["reason"]
        said = None if reason is None else str(reason)
        return Parsed(FileStatus(header["status"]), accepted, original, said, attachments)
    except (KeyError, TypeError, ValueError, StopIteration, UnicodeDecodeError):
        raise BrokenFrame from None


def _view(raw: dict[str, Any] | None, blobs: Any) -> ParsedText | None:
    if raw is None:
        return None
    data = next(blobs)
    if len(data) > MAX_TEXT or raw["page_source"] not in _SOURCES:
        raise ValueError
    text = data.decode("utf-8")
    size = len(text)
    pages = tuple(
        Page(int(n), *_span(s, e, size), bool(ocr), None if c is None else float(c), None if u is None else str(u))
        for n, s, e, ocr, c, u in raw["pages"]
    )
    marks = tuple(Mark(MarkKind(kind), *_span(s, e, size), _note(note)) for kind, s, e, note in raw["marks"])
    boxes = tuple(
        WordBox(*_span(int(s), int(e), size), int(p), float(a), float(b), float(c), float(d), _share(f))
        for s, e, p, a, b, c, d, f in raw["boxes"]
    )
    return ParsedText(text, pages, raw["page_source"], marks, tuple(str(w) for w in raw["warnings"]), boxes)


def _span(start: Any, end: Any, size: int) -> tuple[int, int]:
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= size):
        raise ValueError
    return start, end


def _share(raw: Any) -> float | None:
    return None if raw is None else min(100.0, max(0.0, float(raw)))


def _note(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict) or not all(isinstance(v, str | int | float | bool | None) for v in raw.values()):
        raise TypeError
    return {str(key): value for key, value in raw.items()}


def pack_recognised(number: int, page: Recognised) -> list[Any]:
    """A recognised page for the way through the parent to the child that puts the document together."""
    words = [
        [w.start, w.end, *(round(v, 1) for v in (w.x0, w.y0, w.x1, w.y1, w.confidence)), w.line, w.block]
        for w in page.words
    ]
    return [number, page.text, page.confidence, page.turn, page.angle, words]


def unpack_recognised(raw: list[list[Any]]) -> dict[int, Recognised]:
    """By page number; offsets outside the text are refused."""
    found = {}
    for number, text, confidence, turn, angle, words in raw:
        kept = tuple(
            Word(*_span(int(s), int(e), len(text)), a, b, c, d, f, line=int(line), block=int(block))
            for s, e, a, b, c, d, f, line, block in words
        )
        found[int(number)] = Recognised(str(text), kept, confidence, int(turn), float(angle))
    return found


def unpack_boxes(raw: list[list[float]]) -> tuple[WordBox, ...]:
    """Word boxes that the parent sends along with a request."""
    return tuple(WordBox(int(s), int(e), int(p), a, b, c, d) for s, e, p, a, b, c, d, *_ in raw)
