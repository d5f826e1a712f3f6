"""Documents put whole into a Word file (w:altChunk): their words. Runs in the sandboxed child."""

from __future__ import annotations

from app.domain.text import FileStatus
from app.ingest.plain import read_html, read_text
from app.ingest.rtf import read_rtf

_LIMIT = 20 * 1024 * 1024


def chunk_words(name: str, data: bytes) -> str | None:
    """The words; None where they cannot be had."""
    ending = name.rsplit(".", 1)[-1].lower()
    if len(data) > _LIMIT:
        return None
    if data[:4] == b"PK\x03\x04":
        from app.ingest.docx import read_docx  # a Word file in a Word file: the one circle there is

        if b"afchunk" in data.lower():
            return None  # no deeper
        parsed = read_docx(data)
    elif data[:5] == b"{\\rtf":
        parsed = read_rtf(data)
    elif ending in {"htm", "html", "xhtml", "mht"} or b"<html" in data[:2000].lower():
        parsed = read_html(data)
    else:
        parsed = read_text(data)
    if parsed.status is FileStatus.EMPTY:
        return ""
    return parsed.accepted.text if parsed.accepted is not None else None
