"""Scope and coverage, the matrix of contracts x clause types, and the key dates."""

from __future__ import annotations

from collections import Counter

from app.domain.clauses import CLAUSE_TYPES
from app.domain.findings import FindingKind
from app.domain.type_names import type_name
from app.report.names import short_name
from app.report.outline import ContractDetail, FileEntry, KeyDate, Outline
from app.report.outline_files import page_list
from app.report.quotes import spelled
from app.report.word_layout import TEXT_WIDTH, WIDE_WIDTH
from app.report.word_xml import Body, cell, link, para, row, run, table, text

_COVERAGE = (560, 2700, 1150, 1250, TEXT_WIDTH - 5660)
_DATES = (1700, 2300, 2500, TEXT_WIDTH - 6500)
_COLUMNS = 24  # clause types a matrix table can hold and stay readable
SIGNS = {"present": "✓", "risk": "▲", "missing": "✕", "unclear": "?", "not checked": "–"}
_FILLS = {"present": None, "risk": "F6D9CB", "missing": "F0CF7A", "unclear": "E7E0F2", "not checked": None}
_SIGN_WORDS = (
    "✓ present, ▲ present and flagged, ✕ missing (coloured where the playbook requires the clause), "
    "? unclear: see the passage, – not checked"
)


def coverage_section(body: Body, outline: Outline) -> None:
    """Every file: what was read of it, what was not and why."""
    body.heading(1, "Scope and coverage", "coverage")
    read = [f for f in outline.files if f.analysed]
    pages = sum(f.pages or 0 for f in read)
    ocr = sum(f.ocr_pages for f in read)
    lost = sum(len(f.unreadable) for f in read)
    said = f"{len(read)} of {len(outline.files)} files were analysed, {pages} pages where the format has pages; "
    said += f"{ocr} recognised from images (OCR), {lost} not readable."
    body.add(text("BodyText", said))
    states = Counter(f.status for f in outline.files)
    body.add(text("BodyText", "By status: " + "; ".join(f"{s} {n}" for s, n in sorted(states.items())) + "."))
    body.caption("Files and what was read of them")
    heads = ("No.", "File", "Status", "Pages", "Remarks")
    body.add(table(_COVERAGE, heads, (_file_row(f) for f in outline.files), "Files and coverage"))


def _file_row(entry: FileEntry) -> str:
    w = _COVERAGE
    unpaged = "no pages" if entry.analysed else "not read"
    pages = [text("CellText", str(entry.pages) if entry.pages is not None else unpaged)]
    if entry.ocr_pages:
        pages.append(text("CellMuted", f"{entry.ocr_pages} recognised (OCR)"))
    remarks = [text("CellText", remark) for remark in entry.remarks]
    for reason in dict.fromkeys(why for _, why in entry.unreadable):
        numbers = [number for number, why in entry.unreadable if why == reason]
        remarks.append(text("CellText", f"Not readable: {page_list(numbers)} ({reason})"))
    name = para(
        "CellText", link(f"contract_{entry.number}", entry.name, "QuietLink") if entry.analysed else run(entry.name)
    )
    status = para("CellText", run(entry.status, None if entry.analysed else "DraftMark"))
    return row((cell(w[0], text("CellText", str(entry.number))), cell(w[1], name), cell(w[2], status),
                cell(w[3], *pages), cell(w[4], *remarks)))  # fmt: skip


def matrix_section(body: Body, outline: Outline) -> None:
    """Contracts x clause types, ten types to a table; types that nowhere stand are listed, not drawn."""
    body.heading(1, "Matrix of contracts and clause types", "matrix")
    if not outline.contracts:
        body.add(text("BodyText", "No contract was analysed."))
        return
    body.add(text("BodyText", f"{_SIGN_WORDS}."))
    dull = [t for t in CLAUSE_TYPES if all(c.cells[t] in ("missing", "not checked") for c in outline.contracts)]
    shown = [t for t in CLAUSE_TYPES if t not in dull]
    for start in range(0, len(shown), _COLUMNS):
        part = shown[start : start + _COLUMNS]
        first = 4000
        width = (WIDE_WIDTH - first) // _COLUMNS
        widths = (first, *[width] * len(part))
        body.caption(f"Clause types {start + 1} to {start + len(part)} of {len(shown)}")
        rows = (_matrix_row(c, part, first, width) for c in outline.contracts)
        heads = ("Contract", *(type_name(t) for t in part))
        body.add(table(widths, heads, rows, "Contracts by clause types", "PrivityGrid", "GridHead", 1))
    absent = [t for t in dull if all(c.cells[t] == "missing" for c in outline.contracts)]
    unsure = [t for t in dull if t not in absent]
    for words, types in (("Missing in every contract", absent), ("Found in none, and not checked in some", unsure)):
        if types:
            body.add(text("Note", f"{words}: " + ", ".join(type_name(t) for t in types) + "."))


def _matrix_row(detail: ContractDetail, types: list[str], first: int, width: int) -> str:
    name = f"{detail.file.number}: {short_name(detail.name, 46)}"
    cells = [cell(first, para("CellText", link(detail.anchor, name, "QuietLink")))]
    wanted = {f.state.finding.clause_type for f in detail.flags if f.state.finding.kind is FindingKind.MISSING}
    for name in types:
        answer = detail.cells[name]
        fill = _FILLS[answer] if answer != "missing" or name in wanted else None
        cells.append(cell(width, text("CellCentre", SIGNS[answer]), fill=fill))
    return row(cells)


def dates_section(body: Body, outline: Outline) -> None:
    """Term, renewal and last notice dates, each with its formula."""
    body.heading(1, "Key dates", "dates")
    if not outline.dates:
        body.add(text("BodyText", "No date could be computed from the contracts' own words."))
        return
    body.add(
        text(
            "BodyText",
            "Computed from the contracts' words as the formula says. Check the inputs before you rely on a date.",
        )
    )
    day = (outline.review.matter.reference_date or outline.review.made.date()).isoformat()
    written = spelled(day)
    groups = (
        (f"From {written} on", [d for d in outline.dates if d.date >= day]),
        ("Not known: an input is missing", [d for d in outline.dates if not d.date]),
        (f"Before {written}", [d for d in outline.dates if d.date and d.date < day]),
    )
    for title, dates in groups:
        if dates:
            body.heading(2, title)
            rows = (_date_row(d) for d in dates)
            body.add(table(_DATES, ("Date", "What", "Contract", "Formula"), rows, f"Key dates: {title}"))


def _date_row(entry: KeyDate) -> str:
    w = _DATES
    basis = [text("CellMuted", f"From: {entry.inputs}")] if entry.inputs else []
    return row((
        cell(w[0], para("CellText", run(spelled(entry.date) or "not known", "Strong" if entry.date else "DraftMark"))),
        cell(w[1], text("CellText", entry.what)), cell(w[2], text("CellText", short_name(entry.contract))),
        cell(w[3], text("CellText", entry.formula), *basis),
    ))  # fmt: skip
