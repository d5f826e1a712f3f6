"""What every format backend returns: texts without identity, made inside the sandboxed child."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.domain.text import FileStatus, Mark, Page, WordBox


@dataclass(frozen=True, slots=True)
class ParsedText:
    """One view of a document. `pages` and `marks` are sorted by start; offsets are code points of `text`."""

    text: str
    pages: tuple[Page, ...] = ()
    page_source: Literal["pdf", "word-layout"] | None = None
    marks: tuple[Mark, ...] = ()
    warnings: tuple[str, ...] = ()
    boxes: tuple[WordBox, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """How reading ended. `original` is None where it equals `accepted`; `reason` is one sentence where not READ."""

    status: FileStatus
    accepted: ParsedText | None = None
    original: ParsedText | None = None
    reason: str | None = None
    attachments: tuple[tuple[str, bytes], ...] = ()  # name, bytes: of e-mails and archives


def failed(status: FileStatus, reason: str) -> Parsed:
    """A file that gave no text, with the sentence that says why."""
    return Parsed(status=status, reason=reason)
