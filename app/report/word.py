"""The clause report in Word."""

from __future__ import annotations

from pathlib import Path

from app.domain.review import Review
from app.report.files import write_whole
from app.report.outline import Outline
from app.report.outline_build import build_outline
from app.report.word_coverage import coverage_section, dates_section, matrix_section
from app.report.word_detail import appendix_section, contracts_section, method_section, open_section
from app.report.word_findings import flags_section, gaps_section
from app.report.word_forms import forms_section
from app.report.word_front import PAGE_BREAK, contents, cover, summary
from app.report.word_layout import section_break
from app.report.word_package import package
from app.report.word_xml import Body


def write_word(review: Review, path: Path, *, final: bool = False, reviewer: str | None = None) -> None:
    """Write the report, whole or not at all. Raises UserError where it cannot be final or cannot be written."""
    write_whole(path, word_bytes(build_outline(review, final=final, reviewer=reviewer)))


def word_bytes(outline: Outline) -> bytes:
    """The report as .docx; equal reviews give equal bytes."""
    body = Body()
    cover(body, outline)
    place = len(body.parts)
    summary(body, outline)
    body.add(PAGE_BREAK)
    coverage_section(body, outline)
    body.add(section_break(landscape=False))
    matrix_section(body, outline)
    body.add(PAGE_BREAK)
    flags_section(body, outline)
    body.add(PAGE_BREAK)
    gaps_section(body, outline)
    forms_section(body, outline)
    body.add(section_break(landscape=True))
    for part in (dates_section, contracts_section, open_section, method_section, appendix_section):
        if part is not dates_section:
            body.add(PAGE_BREAK)
        part(body, outline)
    body.parts.insert(place, contents(body))
    return package(body, outline)
