"""Annotated copies of the originals: comments in Word files at their findings; the originals stay untouched."""

from __future__ import annotations

from pathlib import Path

from app.domain.review import ContractReview, Review
from app.errors import UserError
from app.ingest.reader import SandboxedReader
from app.report.annotate_word import annotate_word
from app.report.files import write_whole
from app.services.viewing import source_bytes


def annotate_originals(review: Review, folder: Path) -> None:
    """A copy of each Word original with a comment per finding, in `folder`; PDFs are named in the error if alone."""
    wanted = [c for c in review.contracts if c.text is not None and c.text.format in {"docx", "docm"} and c.findings]
    if not wanted:
        raise UserError("No Word file with findings is in this matter, and only Word originals get comments.")
    folder.mkdir(parents=True, exist_ok=True)
    reader = SandboxedReader(workers=1)
    try:
        for contract in wanted:
            data = source_bytes(contract.document, reader)
            write_whole(folder / _name(contract), annotate_word(data, contract))
    finally:
        reader.close()


def _name(contract: ContractReview) -> str:
    path = Path(contract.document.paths[0])
    return f"{path.stem} (annotated){path.suffix}"
