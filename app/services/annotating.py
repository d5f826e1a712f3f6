"""Annotated copies of the originals: comments in Word files, highlights in PDFs; the originals stay untouched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from app.domain.review import Review
from app.errors import UserError
from app.ingest.pool import Child, ChildFailed
from app.ingest.reader import SandboxedReader
from app.report.annotate import CopyPlan, plan_copies
from app.report.annotate_word import annotate_docx
from app.report.files import write_whole
from app.services import annotating_child
from app.services.viewing import source_bytes


def annotate_originals(review: Review, folder: Path, passwords: Mapping[str, str]) -> None:
    """A copy of each Word and PDF original that has findings, in `folder`; each copy whole or not at all.

    `passwords` by SHA-256, for protected PDFs. Raises UserError where no file has a finding; and, after the other
    copies are made, where an original cannot be had.
    """
    plans = list(plan_copies(review))
    if not plans:
        raise UserError("No Word or PDF file of this matter has findings to mark.")
    folder.mkdir(parents=True, exist_ok=True)
    reader = SandboxedReader(workers=1)
    reader.remember(passwords)
    marker = PdfMarker(reader)
    missed = []
    try:
        for plan in plans:
            try:
                data = source_bytes(plan.document, reader)
                copy = annotate_docx(data, plan.notes, review.made).data if plan.text.format == "docx" else None
                copy = copy or marker.mark(data, plan, review.made)
            except UserError:
                missed.append(plan.document.paths[0] if plan.document.paths else plan.file_name)
                continue
            write_whole(folder / plan.file_name, copy)
    finally:
        marker.close()
        reader.close()
    if missed:
        raise UserError(
            f"{len(plans) - len(missed)} marked copies are in {folder.name}; the originals of these have moved, "
            f"changed or could not be opened: {', '.join(missed)}."
        )


class PdfMarker:
    """Highlights in PDFs, made in a restricted child of its own, which is started when first needed."""

    def __init__(self, reader: SandboxedReader) -> None:
        self._reader = reader
        self._child: Child | None = None

    def mark(self, data: bytes, plan: CopyPlan, made: dt.datetime) -> bytes:
        """The copy; UserError where the PDF cannot be marked."""
        notes = [(note, self._reader.locate(data, plan.text, note.start, note.end)) for note in plan.notes]
        request = annotating_child.pack(notes, made, self._reader.passwords.get(plan.document.sha256))
        failed = UserError(f"No marked copy of file {plan.file_name[:3]} could be made; the file may be damaged.")
        try:
            if self._child is None:
                self._child = Child(annotating_child.MODULE)
            _, blobs = self._child.ask(request, [data])
        except ChildFailed:
            self.close()
            raise failed from None
        if len(blobs) != 1 or not blobs[0].startswith(b"%PDF-"):
            raise failed
        return blobs[0]

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.close()
            self._child = None
