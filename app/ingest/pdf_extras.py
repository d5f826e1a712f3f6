"""What stands on a PDF page beside its words: form fields, annotations, attached files. Runs in the sandboxed child."""

from __future__ import annotations

from collections.abc import Sequence

import pymupdf

from app.domain.text import Mark, MarkKind, Page, Scalar
from app.ingest.pdf_lines import Line
from app.ingest.pdf_order import same_row
from app.ingest.pdf_places import span_under
from app.ingest.pdf_text import Piece

TICKED, EMPTY = "\u2612", "\u2610"
_BOXES = (pymupdf.PDF_WIDGET_TYPE_CHECKBOX, pymupdf.PDF_WIDGET_TYPE_RADIOBUTTON)
_TYPED = (pymupdf.PDF_ANNOT_FREE_TEXT, pymupdf.PDF_ANNOT_STAMP)
_MARKUP = {
    pymupdf.PDF_ANNOT_STRIKE_OUT: "struck out", pymupdf.PDF_ANNOT_HIGHLIGHT: "highlighted",
    pymupdf.PDF_ANNOT_UNDERLINE: "underlined", pymupdf.PDF_ANNOT_SQUIGGLY: "underlined",
}  # fmt: skip
_OTHER = {
    pymupdf.PDF_ANNOT_TEXT: "note", pymupdf.PDF_ANNOT_FREE_TEXT: "typed on the page",
    pymupdf.PDF_ANNOT_STAMP: "stamp", pymupdf.PDF_ANNOT_INK: "drawn by hand",
    pymupdf.PDF_ANNOT_REDACT: "to be redacted",
    pymupdf.PDF_ANNOT_FILE_ATTACHMENT: "attached file", pymupdf.PDF_ANNOT_CARET: "insertion proposed",
}  # fmt: skip
MAX_FILES = 200
MAX_FILE_BYTES = 200 * 1024 * 1024


def place_fields(page: pymupdf.Page, lines: list[Line], forms: bool) -> list[Line]:
    """What was filled in or typed on the page, where it stands: it is drawn last and would come last."""
    if page.first_annot is None and not forms:
        return lines
    areas = [annot.rect for annot in page.annots(types=_TYPED)]
    boxes: list[tuple[pymupdf.Rect, bool]] = []
    for field in page.widgets() if forms else ():
        if field.field_type in _BOXES:
            boxes.append((field.rect, field.field_value not in (None, "", "Off", False)))
        else:
            areas.append(field.rect)
    late = [line for line in lines if any(_in(line, area) for area in areas)]
    ticks = [line for line in lines if any(_in(line, rect) for rect, _ in boxes) and len(line.text.strip()) == 1]
    gone = set(map(id, [*late, *ticks]))
    placed = [line for line in lines if id(line) not in gone]
    for line in late:
        _insert(placed, line)
    for rect, ticked in boxes:
        own = next((line for line in ticks if _in(line, rect)), None)
        if own is None:
            sign = TICKED if ticked else EMPTY
            own = Line(sign, rect.x0, rect.y0, rect.x1, rect.y1, min(12.0, rect.height or 9.0), -1, -1)
        own.text = own.text.replace(own.text.strip(), TICKED if ticked else EMPTY)
        _insert(placed, own)
    return placed


def _in(line: Line, area: pymupdf.Rect) -> bool:
    x, y = (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2
    return bool(area.x0 - 2 <= x <= area.x1 + 2 and area.y0 - 2 <= y <= area.y1 + 2)


def _insert(lines: list[Line], line: Line) -> None:
    """Put a line after its left neighbour in the row, before its right one, or after what stands above it."""
    row = [(index, other) for index, other in enumerate(lines) if same_row(other, line)]
    left = [(index, other) for index, other in row if other.x0 <= line.x0]
    above = [(other.y1, index) for index, other in enumerate(lines) if other.y1 <= line.y0 + 2]
    if left:
        at = max(left, key=lambda entry: entry[1].x0)[0] + 1
    elif row:
        at = min(row, key=lambda entry: entry[1].x0)[0]
    else:
        at = max(above)[1] + 1 if above else 0
    lines.insert(at, line)


def extra_marks(document: pymupdf.Document, pages: Sequence[Page], pieces: Sequence[Piece]) -> list[Mark]:
    """Form fields and annotations, at the words they belong to, else at the beginning of their page."""
    by_page: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_page.setdefault(piece.page, []).append(piece)
    marks: list[Mark] = []
    forms = bool(document.is_form_pdf)
    for page in pages:
        if page.unreadable:
            continue
        source = document[page.number - 1]
        own = by_page.get(page.number - 1, [])
        if forms:
            marks += _field_marks(source, page, own)
        if source.first_annot is not None:
            marks += _annotation_marks(source, page, own)
    return marks


def _field_marks(source: pymupdf.Page, page: Page, pieces: Sequence[Piece]) -> list[Mark]:
    marks = []
    for field in source.widgets() or ():
        value = field.field_value
        note: dict[str, Scalar] = {"name": str(field.field_name)}
        if field.field_type in _BOXES:
            note["checked"] = value not in (None, "", "Off", False)
        elif value not in (None, ""):
            note["text"] = str(value)
        else:
            continue
        start, end = span_under(source, pieces, [field.rect]) or (page.start, page.start)
        marks.append(Mark(MarkKind.FORM_FIELD, start, end, note))
    return marks


def _annotation_marks(source: pymupdf.Page, page: Page, pieces: Sequence[Piece]) -> list[Mark]:
    marks = []
    for annotation in source.annots():
        kind = annotation.type[0]
        what = _MARKUP.get(kind) or _OTHER.get(kind)
        content = annotation.info.get("content", "")
        if what is None and not content:
            continue
        areas = _areas(annotation) if kind in _MARKUP else [annotation.rect]
        found = span_under(source, pieces, areas) if kind in _MARKUP or kind in _TYPED else None
        start, end = found or (page.start, page.start)
        note: dict[str, Scalar] = {"text": content, "author": annotation.info.get("title", ""), "what": what or "mark"}
        marks.append(Mark(MarkKind.ANNOTATION, start, end, note))
    return marks


def _areas(annotation: pymupdf.Annot) -> list[pymupdf.Rect]:
    """The rectangles of a markup annotation, a line each."""
    points = annotation.vertices or []
    quads = [points[i : i + 4] for i in range(0, len(points) - 3, 4)]
    found = [
        pymupdf.Rect(min(x for x, _ in q), min(y for _, y in q), max(x for x, _ in q), max(y for _, y in q))
        for q in quads
    ]
    return found or [annotation.rect]


def annotation_warning(marks: Sequence[Mark]) -> str | None:
    """How many annotations of which kind the pages bear."""
    counts: dict[str, int] = {}
    for mark in marks:
        if mark.kind is MarkKind.ANNOTATION:
            what = str(mark.note["what"])
            counts[what] = counts.get(what, 0) + 1
    if not counts:
        return None
    listed = ", ".join(f"{what} ({count})" for what, count in counts.items())
    return f"Annotations on the pages, which are not the contract's own words: {listed}."


def attached_files(document: pymupdf.Document) -> tuple[tuple[tuple[str, bytes], ...], list[str]]:
    """Files inside the PDF that can be read on their own, and the names of those that were left out."""
    files: list[tuple[str, bytes]] = []
    left: list[str] = []
    total = 0
    for name in document.embfile_names():
        try:
            info = document.embfile_info(name)
            shown = str(info.get("ufilename") or info.get("filename") or name)
            if len(files) >= MAX_FILES or total + int(info.get("size") or 0) > MAX_FILE_BYTES:
                left.append(shown)
                continue
            data = document.embfile_get(name)
        except Exception:
            left.append(str(name))
            continue
        total += len(data)
        files.append((shown, data))
    return tuple(files), left


def drawn_by_others(document: pymupdf.Document) -> bool:
    """Whether the pages are a mere notice, and a program that knows XFA must draw the form itself."""
    catalog = document.pdf_catalog()
    if document.xref_get_key(catalog, "NeedsRendering")[1] == "true":
        return True
    if document.page_count > 1 or document.xref_get_key(catalog, "AcroForm/XFA")[0] == "null":
        return False
    return bool(document[0].get_text("text").lstrip().startswith("Please wait"))
