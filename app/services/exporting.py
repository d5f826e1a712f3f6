"""Exports: the review as Word, Excel, calendar, JSON, or as annotated copies; whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.domain.review import Review
from app.errors import UserError
from app.report.calendar import write_calendar
from app.report.excel import write_excel
from app.report.files import why_not_written, write_whole
from app.report.record import write_json
from app.report.word import write_word

ENDINGS = {"word": ".docx", "excel": ".xlsx", "calendar": ".ics", "json": ".json"}


def export_review(
    review: Review, form: str, target: Path, *, final: bool, reviewer: str | None,
    annotate: Callable[[Review, Path], None],
) -> Path:  # fmt: skip
    """Write one form of the review to `target` (a folder for "annotated"); returns what was written."""
    if form != "annotated" and form not in ENDINGS:
        raise UserError(f"There is no export named {form}: use {', '.join([*ENDINGS, 'annotated'])}.")
    try:
        if form == "annotated":
            annotate(review, target)
        elif form == "word":
            write_word(review, target, final=final, reviewer=reviewer)
        else:
            {"excel": write_excel, "calendar": write_calendar, "json": write_json}[form](review, target)
    except OSError as error:
        raise UserError(why_not_written(target, error)) from None
    return target


def write_text(target: Path, text: str) -> None:
    """A text file, whole or not at all."""
    write_whole(target, text.encode())
