"""Plain text, Markdown and web pages to text. Runs in the sandboxed child."""

from __future__ import annotations

import re
from dataclasses import replace

from app.domain.text import FileStatus
from app.ingest.html import decoded, html_words
from app.ingest.parsed import Parsed, ParsedText, failed

MAX_CHARACTERS = 20_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def tidy(text: str) -> str:
    """One kind of line end, no control characters, at most one blank line in a row."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _BLANKS.sub("\n\n", text).strip()


def _result(text: str) -> Parsed:
    if len(text) > MAX_CHARACTERS:
        return failed(FileStatus.TOO_LARGE, "The text is longer than 20 million characters: split it up.")
    text = tidy(text)
    if not any(c.isalnum() for c in text):
        return failed(FileStatus.EMPTY, "The file holds no words.")
    return Parsed(FileStatus.READ, ParsedText(text))


def read_text(data: bytes) -> Parsed:
    """Plain text or Markdown in UTF-8, UTF-16 or Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _result(data.decode("utf-16", "replace"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if data.count(b"\x00") > len(data) // 100:
            return failed(FileStatus.UNSUPPORTED, "This is no text: save it as Word (.docx) or PDF, then add it again.")
        text = data.decode("cp1252", "replace")
    if text.count("\x00") > len(text) // 100:
        return failed(FileStatus.UNSUPPORTED, "This is no text: save it as Word (.docx) or PDF, then add it again.")
    return _result(text)


def read_html(data: bytes) -> Parsed:
    """A web page, such as an exhibit saved from a register."""
    words, hides = html_words(decoded(data))
    parsed = _result(words)
    if parsed.accepted is None or not hides:
        return parsed
    return replace(parsed, accepted=replace(parsed.accepted, warnings=("Words that the page hides were left out.",)))
