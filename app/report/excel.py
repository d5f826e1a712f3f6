"""The review as an Excel workbook: a sheet each for the grid, findings, dates and coverage. No cell is a formula."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from app.domain.clauses import CLAUSE_TYPES
from app.domain.review import Review
from app.domain.type_names import type_name
from app.report.files import write_whole
from app.report.names import SEVERITY_COLOURS, severity_name
from app.report.outline import Flag, Outline
from app.report.outline_build import build_outline
from app.report.outline_files import page_list
from app.report.quotes import clean

CELL_COLOURS = {
    "present": ("E4EFE9", "1E4B36"),
    "risk": ("F6D9CB", "7A2A0E"),
    "missing": ("F0CF7A", "3A2E05"),
    "unclear": ("E7E0F2", "3F2E66"),
    "not checked": ("EEF0F1", "5B666E"),
}
_CELL_LIMIT = 32_000  # Excel refuses more than 32,767 characters in a cell


def write_excel(review: Review, path: Path) -> None:
    """Write the workbook, whole or not at all."""
    write_whole(path, excel_bytes(build_outline(review)))


def excel_bytes(outline: Outline) -> bytes:
    """The workbook; strings stay strings whatever they begin with."""
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({
        "title": clean(outline.review.matter.name), "author": "Privity", "comments": outline.status_line,
        "created": outline.review.made.replace(tzinfo=None),
    })  # fmt: skip
    formats = _formats(book)
    for sheet in (_grid, _findings, _dates, _coverage):
        sheet(book, formats, outline)
    if any(detail.review.form is not None for detail in outline.contracts):
        _forms(book, formats, outline)
    book.close()
    return stream.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
    formats = {
        "text": book.add_format(base),
        "head": book.add_format(
            {**base, "bold": True, "bg_color": "#1F4E5F", "font_color": "#FFFFFF", "valign": "bottom", "border": 1,
             "border_color": "#C9D1D6"}
        ),
        "turned": book.add_format(
            {**base, "bold": True, "bg_color": "#1F4E5F", "font_color": "#FFFFFF", "rotation": 60, "text_wrap": False,
             "valign": "bottom", "border": 1, "border_color": "#C9D1D6"}
        ),
    }  # fmt: skip
    for severity, (fill, ink) in SEVERITY_COLOURS.items():
        colours = {"bg_color": f"#{fill}", "font_color": f"#{ink}", "bold": True}
        formats[severity.value] = book.add_format({**base, **colours})
    for answer, (fill, ink) in CELL_COLOURS.items():
        colours = {"bg_color": f"#{fill}", "font_color": f"#{ink}", "border": 1, "border_color": "#FFFFFF"}
        formats[f"cell {answer}"] = book.add_format({**base, **colours, "font_size": 9})
    return formats


def _sheet(
    book: Any, formats: dict[str, Any], name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Any]],
    outline: Outline, style: Callable[[int, int], str] = lambda _row, _column: "text", frozen: int = 1,
    head: str = "head",
) -> None:  # fmt: skip
    """A sheet with a frozen, filtered heading row under a line that says what state the review is in."""
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, f"{clean(outline.review.matter.name)}: {outline.status_line}")
    for index, (title, width) in enumerate(columns):
        sheet.set_column(index, index, width)
        sheet.write_string(1, index, title, formats["head" if index == 0 else head])
    for number, values in enumerate(rows):
        for index, value in enumerate(values):
            form = formats[style(number, index)]
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                sheet.write_number(number + 2, index, value, form)
            else:
                sheet.write_string(number + 2, index, clean(str(value or ""))[:_CELL_LIMIT], form)
    sheet.freeze_panes(2, frozen)
    sheet.autofilter(1, 0, max(1, len(rows) + 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)


def _grid(book: Any, formats: dict[str, Any], outline: Outline) -> None:
    """Contracts x clause types: the answer in a word, with the value where one was read."""
    columns = [("Contract", 38)] + [(type_name(name), 11) for name in CLAUSE_TYPES]
    rows: list[list[str]] = []
    answers: list[list[str]] = []
    for detail in outline.contracts:
        values: dict[str, str] = {}
        for row in detail.clauses:
            values.setdefault(row.type, row.value)
        answers.append([detail.cells[name] for name in CLAUSE_TYPES])
        rows.append(
            [detail.name]
            + [
                ": ".join(p for p in (detail.cells[name], values.get(type_name(name), "")) if p)
                for name in CLAUSE_TYPES
            ]
        )
    _sheet(
        book, formats, "Grid", columns, rows, outline, head="turned",
        style=lambda row, column: f"cell {answers[row][column - 1]}" if column else "text",
    )  # fmt: skip


def _findings(book: Any, formats: dict[str, Any], outline: Outline) -> None:
    columns = [
        ("No.", 6), ("Contract", 30), ("Issue", 22), ("Risk", 10), ("File", 6), ("Page", 6), ("Clause", 10),
        ("Quote", 60),
        ("Why", 45), ("Recommendation", 40), ("Fallback wording", 40), ("Decision", 26), ("Decided by", 18),
        ("Decided on (UTC)", 14), ("Note", 30), ("Rule", 20),
    ]  # fmt: skip
    live = outline.live
    rows = [_finding(flag) for flag in live]

    def style(row: int, column: int) -> str:
        return live[row].severity.value if column == 3 else "text"

    _sheet(book, formats, "Findings", columns, rows, outline, style, frozen=2)


def _finding(flag: Flag) -> list[Any]:
    cite = flag.passage.cite if flag.passage else None
    finding, state = flag.state.finding, flag.state
    return [
        flag.number, flag.contract, flag.issue, severity_name(flag.severity), cite.file if cite else "",
        cite.page or "" if cite else "", cite.clause or "" if cite else "", finding.quote or flag.where,
        f"{flag.why} {flag.pending}" if flag.pending else flag.why,
        flag.recommendation, flag.fallback or "", flag.decision[0], state.user or "",
        state.time.date().isoformat() if state.time else "", flag.note or "", finding.rule,
    ]  # fmt: skip


def _dates(book: Any, formats: dict[str, Any], outline: Outline) -> None:
    columns = [("Date", 12), ("What", 30), ("Contract", 38), ("Formula", 60), ("Inputs", 60)]
    rows = [[d.date or "not known", d.what, d.contract, d.formula, d.inputs] for d in outline.dates]
    _sheet(book, formats, "Key dates", columns, rows, outline)


def _coverage(book: Any, formats: dict[str, Any], outline: Outline) -> None:
    columns = [
        ("File no.", 8), ("File", 48), ("Status", 14), ("Pages", 8), ("Recognised (OCR)", 12), ("Not readable", 24),
        ("Remarks", 70), ("SHA-256", 68),
    ]  # fmt: skip
    rows = [
        [f.number, f.name, f.status, f.pages if f.pages is not None else "", f.ocr_pages,
         page_list([n for n, _ in f.unreadable]) if f.unreadable else "", " ".join(f.remarks), f.sha256]
        for f in outline.files
    ]  # fmt: skip
    _sheet(book, formats, "Coverage", columns, rows, outline, frozen=2)


def _forms(book: Any, formats: dict[str, Any], outline: Outline) -> None:
    """A row for each clause that departs from the standard form; contracts without any have a row that says so."""
    columns = [
        ("Contract", 30), ("Form", 24), ("Clause", 26), ("Change", 14), ("File", 6), ("Page", 6), ("The contract", 60),
        ("The form", 60), ("What differs", 60),
    ]  # fmt: skip
    rows: list[list[Any]] = []
    for detail in outline.contracts:
        form = detail.review.form
        if form is None:
            continue
        if not detail.departures:
            rows.append([detail.name, form.form_name, "", "", "", "", "", "", form.said])
        for d in detail.departures:
            cite = d.passage.cite if d.passage else None
            rows.append([
                detail.name, form.form_name, d.clause, d.change, cite.file if cite else "",
                cite.page or "" if cite else "", d.passage.quote if d.passage else "", d.form_words, " ".join(d.lines),
            ])  # fmt: skip
    _sheet(book, formats, "Standard form", columns, rows, outline)
