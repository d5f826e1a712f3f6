"""Annotated copies of the originals: comments in Word files at their findings; the originals stay untouched."""

from __future__ import annotations

from pathlib import Path

from app.domain.review import Review
from app.errors import UserError
from app.ingest.reader import SandboxedReader
from app.report.annotate import plan_copies
from app.report.annotate_word import annotate_docx
from app.report.files import write_whole
from app.services.viewing import source_bytes


def annotate_originals(review: Review, folder: Path) -> None:
    """A copy of each Word original with a comment for every finding, in `folder`.

    Raises UserError where no Word file has a finding: PDFs are shown with their marks in the window instead.
    """
    plans = [plan for plan in plan_copies(review) if plan.text.format == "docx"]
    if not plans:
        raise UserError(
            "No Word file of this matter has findings, and comments are put into copies of Word files only."
        )
    folder.mkdir(parents=True, exist_ok=True)
    reader = SandboxedReader(workers=1)
    try:
        for plan in plans:
            data = source_bytes(plan.document, reader)
            write_whole(folder / plan.file_name, annotate_docx(data, plan.notes, review.made).data)
    finally:
        reader.close()
