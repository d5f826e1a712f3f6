"""`privity verify`: every quote of a report against the files of a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from app.errors import UserError
from app.ingest.folder import walk
from app.ingest.reader import SandboxedReader
from app.report.verify import verify
from app.services.passwords import password_for
from app.services.reading_files import file_bytes


def verify_report(report: Path, folder: Path, passwords: Mapping[str, str] | None = None) -> tuple[list[str], bool]:
    """(what to tell, whether all is sound); raises UserError for what is no report or no folder."""
    if not folder.is_dir():
        raise UserError(f"There is no folder named {folder}.")
    data = file_bytes(report)
    reader = SandboxedReader()
    try:
        sources: dict[str, bytes] = {}
        for entry in walk([folder]):
            if entry.file is not None:
                sources |= _with_attachments(entry.path, file_bytes(entry.file), reader)
        found = {name: password_for(name, content, passwords or {}) for name, content in sources.items()}
        reader.remember({hashlib.sha256(sources[name]).hexdigest(): word for name, word in found.items() if word})
        result = verify(data, sources, reader)
    finally:
        reader.close()
    lines = [f"{result.verified} of {result.quotes} quotes stand in the files that the report cites."]
    lines += [f"{problem.where}: {problem.why}" for problem in result.problems]
    return lines, result.good


def _with_attachments(path: str, data: bytes, reader: SandboxedReader) -> dict[str, bytes]:
    """A file, and what an archive or e-mail holds."""
    found = {path: data}
    if data[:4] == b"PK\x03\x04" and path.lower().endswith(".zip") or path.lower().endswith(".eml"):
        for name, inner in reader.read(data, path).attachments:
            found |= _with_attachments(f"{path}/{name}", inner, reader)
    return found
