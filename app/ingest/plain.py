"""Plain text, Markdown, RTF and OpenDocument to text. Runs in the sandboxed child."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from striprtf.striprtf import rtf_to_text

from app.domain.text import FileStatus
from app.ingest.html import decoded, html_words
from app.ingest.parsed import Parsed, ParsedText, failed

MAX_CHARACTERS = 20_000_000
MAX_XML = 100 * 1024 * 1024
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


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


def read_rtf(data: bytes) -> Parsed:
    """Rich Text Format; what the file hides from its reader stays out."""
    try:
        text = rtf_to_text(data.decode("latin-1"), errors="replace")
    except (ValueError, IndexError, KeyError, RecursionError, LookupError):
        return failed(FileStatus.DAMAGED, "The RTF file is damaged and could not be read; ask for another copy.")
    return _result(re.sub(r"\n(?!\n)", "\n\n", text))


def read_html(data: bytes) -> Parsed:
    """A web page, such as an exhibit saved from a register."""
    words, hides = html_words(decoded(data))
    parsed = _result(words)
    if parsed.accepted is None or not hides:
        return parsed
    return replace(parsed, accepted=replace(parsed.accepted, warnings=("Words that the page hides were left out.",)))


def read_odt(data: bytes) -> Parsed:
    """OpenDocument text: headings and paragraphs in order."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo("content.xml").file_size > MAX_XML:
                return failed(FileStatus.TOO_LARGE, "The document unpacks to more than 100 MB: split it up.")
            root = fromstring(archive.read("content.xml"), forbid_dtd=True)
    except (zipfile.BadZipFile, KeyError, ParseError, DefusedXmlException, ValueError, OSError, EOFError):
        return failed(FileStatus.DAMAGED, "The document is damaged and could not be opened; ask for another copy.")
    paragraphs = [_words(node) for node in root.iter() if node.tag in {f"{_TEXT}p", f"{_TEXT}h"}]
    return _result("\n\n".join(part for part in paragraphs if part.strip()))


def _words(node: Any) -> str:
    parts = [node.text or ""]
    for child in node:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(int(child.get(f"{_TEXT}c", "1")), 100))
        elif child.tag in {f"{_TEXT}tab", f"{_TEXT}line-break"}:
            parts.append("\t" if child.tag.endswith("tab") else "\n")
        elif child.tag not in {f"{_TEXT}note", f"{_TEXT}tracked-changes"}:
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)
