"""An export that the disk refuses: one sentence that says why and what to do, nothing half written, no bug."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.progress import CancelToken
from app.errors import UserError
from app.report import files
from app.services.api import AnalyzeOptions
from app.services.workspace import open_workspace

CONTRACT = "SERVICES AGREEMENT\n\n1. Exclusivity. Customer shall purchase all services exclusively from Supplier.\n"
FORMS = {"word": "report.docx", "excel": "grid.xlsx", "calendar": "dates.ics", "json": "record.json"}


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("deal")
    from docx import Document

    document = Document()
    for line in CONTRACT.splitlines():
        document.add_paragraph(line)
    document.save(str(folder / "services.docx"))
    workspace = open_workspace(tmp_path_factory.mktemp("data"))
    made = workspace.create("Deal", [], "commercial")
    list(made.analyze([folder], AnalyzeOptions(workers=1), CancelToken()))
    yield made
    made.close()
    workspace.close()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full. Free some space"),
        (errno.EACCES, "open in another program, or the folder is protected"),
        (errno.EROFS, "open in another program, or the folder is protected"),
        (errno.EIO, "Choose another folder"),
    ],
)
@pytest.mark.parametrize("form", [*FORMS, "annotated"])
def test_what_the_disk_refuses_is_one_sentence(
    session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, number: int, said: str
) -> None:
    target = tmp_path / FORMS.get(form, "copies")

    def refuse(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files.os, "fsync", refuse)
    with pytest.raises(UserError) as told:
        session.export(form, target)
    assert said in str(told.value)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


@pytest.mark.parametrize("form", [*FORMS, "annotated"])
def test_a_folder_that_is_gone_is_said(session: Any, tmp_path: Path, form: str) -> None:
    inside = tmp_path / "a file"
    inside.write_text("no folder")
    with pytest.raises(UserError, match="cannot be written"):
        session.export(form, inside / FORMS.get(form, "copies"))


def test_a_file_that_is_there_stays_as_it_was(session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.docx"
    target.write_bytes(b"the last one")

    def refuse(*_: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(files.os, "replace", refuse)
    with pytest.raises(UserError, match="report.docx cannot be written"):
        session.export("word", target)
    assert target.read_bytes() == b"the last one"
    assert list(tmp_path.iterdir()) == [target]
