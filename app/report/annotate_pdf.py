"""Highlight annotations in a copy of a PDF. PyMuPDF parses untrusted bytes: run this in a sandboxed child only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pymupdf

from app.domain.findings import Severity
from app.domain.text import PageRect
from app.report.annotate import CopyNote
from app.report.names import SEVERITY_COLOURS


def annotate_pdf(
    data: bytes, notes: Sequence[tuple[CopyNote, Sequence[PageRect]]], made: dt.datetime, password: str | None = None
) -> bytes:
    """A copy with a highlight on each note's rectangles (from SourceReader.locate), the remark on the first page.

    Raises ValueError where the PDF cannot be opened.
    """
    with pymupdf.open(stream=data, filetype="pdf") as document:
        if document.needs_pass and not document.authenticate(password or ""):
            raise ValueError("the PDF needs a password")
        stamp = made.strftime("D:%Y%m%d%H%M%SZ")
        for note, rectangles in notes:
            by_page: dict[int, list[PageRect]] = {}
            for rectangle in rectangles:
                by_page.setdefault(rectangle.page, []).append(rectangle)
            for index, (number, held) in enumerate(sorted(by_page.items())):
                if not 1 <= number <= document.page_count:
                    continue
                page = document[number - 1]
                quads = [(pymupdf.Rect(r.x0, r.y0, r.x1, r.y1) * page.derotation_matrix).quad for r in held]
                mark = page.add_highlight_annot(quads=quads)
                mark.set_colors(stroke=_colour(note.severity))
                body = note.body if index == 0 else "Continued from the page before."
                mark.set_info(title=note.author, content=body, creationDate=stamp, modDate=stamp)
                mark.update(opacity=0.45)
        copy: bytes = document.tobytes(garbage=0, deflate=True, encryption=pymupdf.PDF_ENCRYPT_KEEP)
        return copy


def _colour(severity: str) -> tuple[float, float, float]:
    """The report's colour of the severity, 0 to 1."""
    value = SEVERITY_COLOURS[Severity(severity)][0]
    return int(value[0:2], 16) / 255, int(value[2:4], 16) / 255, int(value[4:6], 16) / 255
