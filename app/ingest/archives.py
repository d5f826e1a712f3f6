"""Zip archives and e-mails: their files come out as attachments, bounded in number, size and compression."""

from __future__ import annotations

import email
import email.policy
import io
import zipfile
from email.message import EmailMessage

from app.domain.text import FileStatus
from app.ingest.html import html_words
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
    return html_words(content)[0]


def _safe(name: str) -> str:
    """The entry's path without anything that leads outside."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    return "/".join(parts).replace(":", "_") or "unnamed"


def _forwarded(part: EmailMessage) -> tuple[str, bytes]:
    """A message sent along: its subject as name, its bytes."""
    inner = part.get_payload()
    message = inner[0] if isinstance(inner, list) and inner else None
    if not isinstance(message, EmailMessage):
        return "", b""
    subject = part.get_filename() or str(message["Subject"] or "") or "message"
    return f"{subject.removesuffix('.eml')[:120]}.eml", message.as_bytes()


def _unique(name: str, files: list[tuple[str, bytes]]) -> str:
    """The name, numbered where another file has it: each is found again by its name."""
    taken = {known for known, _ in files}
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    tries = (f"{stem} ({number}){dot}{ending}" for number in range(2, MAX_FILES + 2))
    return name if name not in taken else next(other for other in tries if other not in taken)


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
    files: list[tuple[str, bytes]] = []
    for index, part in enumerate(message.iter_attachments()):
        if index >= MAX_FILES:
            break
        name, content = part.get_filename(), part.get_payload(decode=True)
        if part.get_content_type() == "message/rfc822":
            name, content = _forwarded(part)
        if isinstance(content, bytes) and content:
            files.append((_unique(_safe(name or f"attachment-{index + 1}"), files), content))
    text = tidy("\n".join(head) + "\n\n" + words)
    return Parsed(FileStatus.READ, ParsedText(text), None, None, tuple(files))
