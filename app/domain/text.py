"""The text of a contract as it was read, immutable, with the way back to the page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias

Scalar: TypeAlias = str | int | float | bool | None


class View(StrEnum):
    """Which side of the tracked changes a text shows."""

    ACCEPTED = "accepted"  # as if every pending change were accepted: what is analysed
    ORIGINAL = "original"  # as if every pending change were rejected


@dataclass(frozen=True, slots=True)
class Span:
    """Code points [start, end) of the text named by `text_id`."""

    text_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the source; [start, end) is its part of the text. `number` counts from 1.

    `ocr` tells that the words were recognised from an image; `confidence` is then the mean word confidence, 0 to 100.
    Pages that could not be read have start == end and `unreadable` set to the reason.
    """

    number: int
    start: int
    end: int
    ocr: bool = False
    confidence: float | None = None
    unreadable: str | None = None


class MarkKind(StrEnum):
    """What a Mark says about a range of the text (or, with start == end, about a place in it)."""

    INSERTED = "inserted"  # note: author, date
    DELETED = "deleted"  # accepted view: a place; note: author, date, text; what and label of a whole paragraph or row
    MOVED = "moved"  # at its new place; where it stood: a place, as with DELETED
    COMMENT = "comment"  # note: author, date, text
    FOOTNOTE = "footnote"  # note: number
    HEADER = "header"  # kept apart from the text: a place; note: text
    FOOTER = "footer"
    TABLE = "table"
    CELL = "cell"  # note: table, row, column
    HIDDEN = "hidden"  # invisible, white or tiny text; note: how
    HEADING = "heading"  # by style or font; note: level
    LIST_LABEL = "list_label"  # a number that Word computes; note: level
    LOW_CONFIDENCE = "low_confidence"  # a word OCR was unsure of; note: confidence
    FORM_FIELD = "form_field"
    ANNOTATION = "annotation"
    TEXT_BOX = "text_box"
    FORMAT = "format"  # how Word draws it; note: bold, italic, underline, caps, strike, size (times the usual), color
    PARAGRAPH = "paragraph"  # note: left and first in points, align, page_break


@dataclass(frozen=True, slots=True)
class Mark:
    """A remark on [start, end) of the text."""

    kind: MarkKind
    start: int
    end: int
    note: dict[str, Scalar] = field(default_factory=dict)


CHANGED = (MarkKind.INSERTED, MarkKind.DELETED, MarkKind.MOVED)


def changes_in(marks: Sequence[Mark]) -> list[Mark]:
    """The first mark of each tracked change: what goes on where the last one ended is the same change."""
    changes = [mark for mark in marks if mark.kind in CHANGED]
    return [
        mark
        for before, mark in zip([None, *changes], changes, strict=False)
        if before is None
        or (before.kind, before.end, before.note.get("author")) != (mark.kind, mark.start, mark.note.get("author"))
    ]


@dataclass(frozen=True, slots=True)
class WordBox:
    """Where a recognised word stands: [start, end) of the text, page from 1, points from the upper left corner.

    `confidence` is the engine's, 0 to 100; None where it was not kept.
    """

    start: int
    end: int
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class ContractText:
    """One reading of one document in one view. Never altered: another reading is another text.

    `pages` is empty where the format has none (Word without a stored layout, plain text).
    `page_source` says what page numbers mean: "pdf", "word-layout" (Word's last layout) or None.
    """

    source_sha256: str
    ingest_version: str
    view: View
    ocr_settings: str
    text: str
    format: str  # "pdf", "docx", "rtf", "txt", "md", ...
    pages: tuple[Page, ...] = ()
    page_source: Literal["pdf", "word-layout"] | None = None
    marks: tuple[Mark, ...] = ()
    warnings: tuple[str, ...] = ()
    text_id: str = ""
    boxes: tuple[WordBox, ...] = ()  # of recognised words only; other pages give theirs on demand

    def __post_init__(self) -> None:
        if not self.text_id:
            object.__setattr__(self, "text_id", self.compute_id())

    def compute_id(self) -> str:
        """SHA-256 of all that makes this text what it is (architecture, Identity)."""
        parts = (self.source_sha256, self.ingest_version, self.view.value, self.ocr_settings, self.text)
        digest = hashlib.sha256()
        for part in parts:
            raw = part.encode("utf-8", "surrogatepass")
            digest.update(len(raw).to_bytes(8, "big"))
            digest.update(raw)
        return digest.hexdigest()

    def page_at(self, offset: int) -> int | None:
        """The number of the page that holds the code point at `offset`, or None without pages."""
        found: int | None = None
        for page in self.pages:
            if page.start > offset:
                break
            if page.start < page.end or found is None:
                found = page.number
        return found


@dataclass(frozen=True, slots=True)
class PageRect:
    """A rectangle on a page, in points from the upper left corner of the page as shown (rotation applied)."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class FileStatus(StrEnum):
    """How reading one file ended. Everything but READ and PARTLY_READ means: not analysed, see the reason."""

    READ = "read"
    PARTLY_READ = "partly read"  # some pages could not be read; they are named
    PASSWORD = "password needed"
    DAMAGED = "damaged"
    EMPTY = "empty"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too large"
    TIMED_OUT = "timed out"
    UNREADABLE = "unreadable"  # the file system would not give the bytes
    DUPLICATE = "duplicate"


READABLE = frozenset({FileStatus.READ.value, FileStatus.PARTLY_READ.value})  # what is analysed


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """What reading one file gave: the accepted view, the original one where they differ, or the reason why not."""

    status: FileStatus
    sha256: str
    accepted: ContractText | None = None
    original: ContractText | None = None
    reason: str | None = None
    attachments: tuple[tuple[str, bytes], ...] = ()  # name, bytes: of e-mails and archives
