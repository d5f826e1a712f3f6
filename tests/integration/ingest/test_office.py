"""Old Word files, where the machine has LibreOffice, and the sentence where it has not."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.text import FileStatus
from app.ingest import office
from app.ingest import reader as reading
from app.ingest.reader import SandboxedReader

DATA = (Path(__file__).resolve().parents[2] / "samples" / "old-word.doc").read_bytes()


@pytest.mark.skipif(office.office() is None, reason="no LibreOffice on this machine")
def test_an_old_word_file_is_read_through_libreoffice() -> None:
    reader = SandboxedReader(1)
    try:
        outcome = reader.read(DATA, "old.doc")
    finally:
        reader.close()
    assert outcome.status is FileStatus.READ
    assert outcome.accepted is not None
    assert outcome.original is not None
    assert outcome.accepted.text == "1.\tThe fee is due in 90 days.\n\n2.\tSecond clause."
    assert outcome.original.text.startswith("1.\tThe fee is due in 30 days.")
    assert outcome.accepted.source_sha256 == outcome.sha256
    assert outcome.accepted.format == "doc"
    assert "LibreOffice" in outcome.accepted.warnings[0]


def test_without_it_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "office", lambda: None)
    reader = SandboxedReader(1)
    try:
        outcome = reader.read(DATA, "old.doc")
    finally:
        reader.close()
    assert outcome.status is FileStatus.UNSUPPORTED
    assert "LibreOffice" in (outcome.reason or "")
