"""One file on its own: its text, its sections, and where a span stands on its pages."""

from __future__ import annotations

from pathlib import Path

from app.domain.sections import Section, find_sections
from app.domain.text import ContractText, PageRect, ReadOutcome
from app.errors import UserError
from app.ingest.reader import SandboxedReader


def file_bytes(path: Path) -> bytes:
    """The bytes, or a UserError that says why not."""
    if path.is_dir():
        raise UserError(f"{path} is a folder; name one file.")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"There is no file named {path}.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be opened: {error.strerror}.") from None


def read_file(path: Path, password: str | None = None) -> ReadOutcome:
    """Read one file in a sandboxed child."""
    data = file_bytes(path)
    reader = SandboxedReader(workers=1)
    try:
        return reader.read(data, path.name, password)
    finally:
        reader.close()


def sections_of(text: ContractText) -> tuple[Section, ...]:
    """The section tree that the analysis uses."""
    return find_sections(text.text)


def locate_span(path: Path, start: int, end: int, password: str | None = None) -> tuple[ContractText, list[PageRect]]:
    """The text of a file and the rectangles of a span of it; raises UserError for a span outside the text."""
    data = file_bytes(path)
    reader = SandboxedReader(workers=1)
    try:
        outcome = reader.read(data, path.name, password)
        text = outcome.accepted
        if text is None:
            raise UserError(outcome.reason or "The file could not be read.")
        if not 0 <= start < end <= len(text.text):
            raise UserError(f"The span {start} to {end} is outside the text, which has {len(text.text)} characters.")
        return text, reader.locate(data, text, start, end)
    finally:
        reader.close()
