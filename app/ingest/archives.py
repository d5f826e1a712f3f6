"""Zip archives and e-mails: their files come out as attachments, bounded in number, size and compression."""

from __future__ import annotations

import email
import email.policy
import io
import zipfile
from email.message import EmailMessage
from html.parser import HTMLParser

from app.domain.text import FileStatus
from app.ingest.parsed import Parsed, ParsedText, failed
from app.ingest.plain import tidy

MAX_FILES = 2000
MAX_BYTES = 600 * 1024 * 1024
MAX_RATIO = 200


def read_zip(data: bytes) -> Parsed:
    """The files of a data room; refused whole where it unpacks to more than a deal could hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir() and not _litter(e.filename)]
            total = sum(entry.file_size for entry in entries)
            if len(entries) > MAX_FILES or total > MAX_BYTES or total > MAX_RATIO * max(len(data), 1000):
                reason = "The archive unpacks to more than Privity takes at once; unpack it and add the files."
                return failed(FileStatus.TOO_LARGE, reason)
            if any(entry.flag_bits & 1 for entry in entries):
                reason = "The archive is protected by a password; unpack it and add the files."
                return failed(FileStatus.PASSWORD, reason)
            files = tuple((_safe(entry.filename), archive.read(entry)) for entry in entries)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError):
        return failed(FileStatus.DAMAGED, "The archive is damaged and could not be unpacked; ask for another copy.")
    if not files:
        return failed(FileStatus.EMPTY, "The archive holds no files.")
    return Parsed(
        FileStatus.READ, None, None, f"An archive of {len(files)} files, which are listed on their own.", files
    )


class _Words(HTMLParser):
    """The words of an HTML message; scripts and styles are none."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line."""
        self._silent += tag in {"script", "style"}
        if tag in {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "table"}:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A script or style is over."""
        self._silent = max(0, self._silent - (tag in {"script", "style"}))

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._silent:
            self.parts.append(data)


def _body(message: EmailMessage) -> str:
    """The message's words, plain if it has them so, else those of its HTML."""
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        content = str(body.get_content())
    except (KeyError, LookupError, ValueError):
        return ""
    if body.get_content_type() != "text/html":
        return content
    parser = _Words()
    parser.feed(content)
    return "".join(parser.parts)


def _safe(name: str) -> str:
    """The entry's path without anything that leads outside."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    return "/".join(parts).replace(":", "_") or "unnamed"


def _litter(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return last.startswith(("._", "~$", ".")) or name.startswith("__MACOSX/")


def read_email(data: bytes) -> Parsed:
    """The message's own words as text, its files as attachments."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        return failed(FileStatus.DAMAGED, "The e-mail is damaged and could not be read; save it again.")
    head = [f"{name}: {message[name]}" for name in ("From", "To", "Date", "Subject") if message[name]]
    words = _body(message)
    files = []
    for index, part in enumerate(message.iter_attachments()):
        if index >= MAX_FILES:
            break
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            files.append((_safe(part.get_filename() or f"attachment-{index + 1}"), content))
    text = tidy("\n".join(head) + "\n\n" + words)
    return Parsed(FileStatus.READ, ParsedText(text), None, None, tuple(files))
