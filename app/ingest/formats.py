"""Which reader a file needs, told by its content, never by its name alone. Runs in the sandboxed child."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from app.domain.text import FileStatus
from app.ingest.parsed import Parsed, failed

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_ENDINGS = {"txt", "text", "md", "markdown"}
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)


def read_document(
    data: bytes, name: str, password: str | None, progress: Callable[[bool], None], scans: Any = None
) -> Parsed:
    """Read any document; what cannot be read is a status with a sentence."""
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if not data.strip(b"\x00 \t\r\n"):
        return failed(FileStatus.EMPTY, "The file is empty.")
    if data[:4] == b"PK\x03\x04" and ending != "pdf":  # first: an archive may begin with a PDF that it holds
        return _zipped(data, ending, progress)
    if b"%PDF-" in data[:1024] or ending == "pdf":
        from app.ingest.pdf import read_pdf

        return read_pdf(data, password, progress, scans)[0]
    if data[:8] == _OLE:
        return _ole(data, ending)
    if data[:5] == b"{\\rtf":
        from app.ingest.rtf import read_rtf

        return read_rtf(data)
    from app.ingest.pictures import is_picture, words_or_none

    if is_picture(data):
        from app.ingest.pdf import read_pdf

        return words_or_none(read_pdf(data, password, progress, scans)[0])
    if ending in {"htm", "html", "xhtml"} or _PAGE.match(data[:2000]):
        from app.ingest.plain import read_html

        return read_html(data)
    if ending == "eml":
        from app.ingest.archives import read_email

        return read_email(data)
    if ending in _TEXT_ENDINGS or not ending:
        from app.ingest.plain import read_text

        return read_text(data)
    if ending in {"docx", "odt", "zip"}:
        return failed(FileStatus.DAMAGED, f"The .{ending} file is damaged and could not be opened; get another copy.")
    kind = f".{ending}" if ending else "This kind of file"
    return failed(FileStatus.UNSUPPORTED, f"{kind} is not supported: save it as .docx or PDF, then add it again.")


def _zipped(data: bytes, ending: str, progress: Callable[[bool], None]) -> Parsed:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return failed(FileStatus.DAMAGED, "The file is damaged and could not be opened; ask for another copy.")
    if "word/document.xml" in names or ("[Content_Types].xml" in names and ending in {"docx", "docm", "dotx"}):
        from app.ingest.docx import read_docx

        return read_docx(data, progress)
    if "content.xml" in names and "mimetype" in names:
        from app.ingest.odt import read_odt

        return read_odt(data)
    if "[Content_Types].xml" in names:
        return failed(FileStatus.UNSUPPORTED, "Spreadsheets and presentations are not read: save what matters as PDF.")
    from app.ingest.archives import read_zip

    return read_zip(data)


def _ole(data: bytes, ending: str) -> Parsed:
    if b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e" in data:
        reason = "The Word file is protected by a password: open it in Word and save it without one, then add it again."
        return failed(FileStatus.PASSWORD, reason)
    if ending == "msg":
        return failed(FileStatus.UNSUPPORTED, "Outlook message (.msg): save it as .eml or PDF, then add it again.")
    reason = "Old Word format (.doc): install LibreOffice, or save it in Word as .docx, then add it again."
    return failed(FileStatus.UNSUPPORTED, reason)
