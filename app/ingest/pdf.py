"""PDF to text, and spans back to rectangles. Runs in the sandboxed child only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pymupdf

from app.domain.text import FileStatus, Mark, MarkKind, Page, PageRect, Scalar, WordBox
from app.ingest.furniture import mark_furniture
from app.ingest.ocr import recognise_page
from app.ingest.ocr_vote import Recognised
from app.ingest.parsed import Parsed, ParsedText, failed
from app.ingest.pdf_lines import FLAGS, Line, image_share, page_lines
from app.ingest.pdf_text import Joiner, Piece, vocabulary_of

MAX_PAGES = 5000
MAX_OCR_PAGES = 1500
FEW_CHARACTERS = 20  # fewer letters than this beside an image: a scanned page
STAMP_CHARACTERS = 200  # so few over a full-page image: a scan with a stamp, such as an envelope number
BROKEN_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the text came from: what `rectangles` needs."""

    pieces: tuple[Piece, ...]


def open_pdf(data: bytes, password: str | None) -> pymupdf.Document | Parsed:
    """The document, or why it cannot be opened."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        document = pymupdf.open(stream=data, filetype="pdf")
    except Exception:
        return failed(FileStatus.DAMAGED, "The PDF is damaged and could not be opened; ask for another copy.")
    if document.needs_pass and not document.authenticate(password or ""):
        wrong = "The password given is not the right one." if password else "The PDF asks for a password."
        return failed(FileStatus.PASSWORD, f"{wrong} Give the password, or save the file without one.")
    try:
        count = document.page_count
    except Exception:
        count = 0
    if count == 0:
        return failed(FileStatus.DAMAGED, "The PDF has no page that can be read; ask for another copy.")
    if count > MAX_PAGES:
        reason = f"The PDF has {count} pages, more than {MAX_PAGES}; split it and add the parts."
        return failed(FileStatus.TOO_LARGE, reason)
    return document


def read_pdf(data: bytes, password: str | None, progress: Callable[[bool], None]) -> tuple[Parsed, Layout]:
    """The text with its pages; `progress` tells that a page is done, or with True that one is being recognised."""
    document = open_pdf(data, password)
    if isinstance(document, Parsed):
        return document, Layout(())
    lines: list[list[Line]] = []
    recognised: dict[int, Recognised] = {}
    broken: dict[int, str] = {}
    heights: list[float] = []
    for number in range(document.page_count):
        try:
            page = document[number]
            heights.append(page.rect.height)
            found = page_lines(page)
            if needs_ocr(page, found) and len(recognised) < MAX_OCR_PAGES:
                progress(True)  # before: the parent waits longer for a page that is recognised
                recognised[number] = recognise_page(page)
                found = []
            progress(False)
        except Exception:
            found = []
            broken[number] = "The page is damaged."
            heights += [1.0] * (number + 1 - len(heights))
        lines.append(found)
    mark_furniture(lines, heights)
    return _assemble(document, lines, recognised, broken)


def layout_of(document: pymupdf.Document, ocr_lengths: Mapping[int, int]) -> Layout:
    """The layout of a document read before. Pages (from 1) in `ocr_lengths` gave so many recognised characters."""
    pages = [[] if number + 1 in ocr_lengths else page_lines(document[number]) for number in range(document.page_count)]
    mark_furniture(pages, [page.rect.height for page in document])
    joiner = Joiner(vocabulary_of(pages))
    for number, found in enumerate(pages):
        if number + 1 in ocr_lengths:
            joiner.break_paragraph()
            joiner.assembly.put(" " * ocr_lengths[number + 1])
        else:
            _put_lines(joiner, found, number, [])
    return Layout(tuple(joiner.assembly.pieces))


def _put_lines(joiner: Joiner, found: Sequence[Line], number: int, marks: list[Mark]) -> None:
    body = [line for line in found if line.furniture is None]
    joiner.begin_page(body)
    for line in body:
        begin = joiner.put(line, number)
        if line.hidden:
            marks.append(Mark(MarkKind.HIDDEN, begin, joiner.assembly.length, {"how": line.hidden}))


def needs_ocr(page: pymupdf.Page, lines: Sequence[Line]) -> bool:
    """Whether the page is an image, or its text layer is not to be trusted."""
    text = "".join(line.text for line in lines)
    letters = [c for c in text if not c.isspace()]
    if len(letters) < FEW_CHARACTERS:
        return image_share(page) > 0.3 or len(page.get_drawings()) > 400
    if len(letters) < STAMP_CHARACTERS and image_share(page) > 0.6:
        return True
    bad = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or (ord(c) < 32 and c not in "\t") for c in letters)
    return bad > BROKEN_SHARE * len(letters)


def _assemble(
    document: pymupdf.Document, lines: list[list[Line]], recognised: dict[int, Recognised], broken: dict[int, str]
) -> tuple[Parsed, Layout]:
    joiner = Joiner(vocabulary_of(lines))
    pages: list[Page] = []
    marks: list[Mark] = []
    boxes: list[WordBox] = []
    for number, found in enumerate(lines):
        start = joiner.assembly.length
        if number in recognised:
            joiner.break_paragraph()
            start = joiner.assembly.length
            _put_recognised(joiner, recognised[number], number, boxes, marks)
        else:
            _put_lines(joiner, found, number, marks)
        for line in found:
            if line.furniture in {"header", "footer"}:
                kind = MarkKind.HEADER if line.furniture == "header" else MarkKind.FOOTER
                marks.append(Mark(kind, start, start, {"text": line.text.strip(), "page": number + 1}))
        ocr = recognised.get(number)
        confidence, unreadable = ocr.confidence if ocr else None, broken.get(number)
        pages.append(Page(number + 1, start, joiner.assembly.length, ocr is not None, confidence, unreadable))
    marks += _extras(document, pages)
    text = joiner.assembly.text.rstrip()
    pages = [_clipped(page, len(text)) for page in pages]
    parsed = ParsedText(
        text, tuple(pages), "pdf", tuple(sorted(marks, key=lambda m: (m.start, m.end))),
        tuple(_warnings(document, pages)), tuple(boxes),
    )  # fmt: skip
    return _status(parsed, pages), Layout(tuple(joiner.assembly.pieces))


def _clipped(page: Page, length: int) -> Page:
    return Page(page.number, min(page.start, length), min(page.end, length), page.ocr, page.confidence, page.unreadable)


def _put_recognised(
    joiner: Joiner, page: Recognised, number: int, boxes: list[WordBox], marks: list[Mark]
) -> None:  # fmt: skip
    base = joiner.assembly.length
    joiner.assembly.put(page.text)
    for word in page.words:
        start, end = base + word.start, base + word.end
        boxes.append(WordBox(start, end, number + 1, word.x0, word.y0, word.x1, word.y1))
        if word.confidence < 60:
            marks.append(Mark(MarkKind.LOW_CONFIDENCE, start, end, {"confidence": round(word.confidence)}))
    if page.text:
        joiner.assembly.put("\n\n")


def _extras(document: pymupdf.Document, pages: Sequence[Page]) -> list[Mark]:
    """Form fields and annotations, as marks at the beginning of their page."""
    marks = []
    for page in pages:
        if page.unreadable:
            continue
        source = document[page.number - 1]
        for field in source.widgets() or ():
            if field.field_value not in (None, "", "Off"):
                note: dict[str, Scalar] = {"name": str(field.field_name), "text": str(field.field_value)}
                marks.append(Mark(MarkKind.FORM_FIELD, page.start, page.start, note))
        for annotation in source.annots() or ():
            content = annotation.info.get("content", "")
            if content:
                remark: dict[str, Scalar] = {"text": content, "author": annotation.info.get("title", "")}
                marks.append(Mark(MarkKind.ANNOTATION, page.start, page.start, remark))
    return marks


def _warnings(document: pymupdf.Document, pages: Sequence[Page]) -> list[str]:
    warnings = [f"Page {page.number}: {page.unreadable}" for page in pages if page.unreadable]
    poor = [str(page.number) for page in pages if page.ocr and (page.confidence or 0) < 75 and page.start < page.end]
    if poor:
        warnings.append(f"Recognised with low confidence, read against the image: page {', '.join(poor)}.")
    names = document.embfile_names()
    if names:
        warnings.append(f"Files are attached inside the PDF and were not read: {', '.join(names)}.")
    return warnings


def _status(parsed: ParsedText, pages: Sequence[Page]) -> Parsed:
    if not parsed.text.strip():
        if any(page.unreadable for page in pages):
            return failed(FileStatus.DAMAGED, "No page of the PDF could be read; ask for another copy.")
        return failed(FileStatus.EMPTY, "No words were found on any page, neither as text nor in images.")
    lost = [page for page in pages if page.unreadable]
    if lost:
        named = ", ".join(str(page.number) for page in lost[:20])
        return Parsed(FileStatus.PARTLY_READ, parsed, reason=f"Pages that could not be read: {named}.")
    return Parsed(FileStatus.READ, parsed)


def rectangles(
    document: pymupdf.Document, layout: Layout, boxes: Sequence[WordBox], start: int, end: int
) -> list[PageRect]:
    """One rectangle per line under [start, end) of the text."""
    found: list[PageRect] = []
    cache: dict[int, list[list[list[tuple[float, float, float, float]]]]] = {}
    for piece in layout.pieces:
        if piece.end <= start or piece.start >= end:
            continue
        if piece.page not in cache:
            cache[piece.page] = _character_boxes(document[piece.page])
        characters = cache[piece.page][piece.block][piece.index]
        first = piece.offset + max(start, piece.start) - piece.start
        last = piece.offset + min(end, piece.end) - piece.start
        found += _union(piece.page + 1, characters[first:last])
    rows: dict[tuple[int, int], list[tuple[float, float, float, float]]] = {}
    for box in boxes:
        if box.end > start and box.start < end:
            rows.setdefault((box.page, round((box.y0 + box.y1) / 12)), []).append((box.x0, box.y0, box.x1, box.y1))
    for (page, _), row in rows.items():
        found += _union(page, row)
    return found


def _character_boxes(page: pymupdf.Page) -> list[list[list[tuple[float, float, float, float]]]]:
    """Boxes by block, line and character, in the same order as `page_lines` saw them; made on demand."""
    data = page.get_text("rawdict", flags=FLAGS)
    return [
        [[char["bbox"] for span in line["spans"] for char in span["chars"]] for line in block.get("lines", ())]
        for block in data["blocks"]
    ]


def _union(page: int, boxes: Sequence[tuple[float, float, float, float]]) -> list[PageRect]:
    if not boxes:
        return []
    x0, y0 = min(b[0] for b in boxes), min(b[1] for b in boxes)
    return [PageRect(page, x0, y0, max(b[2] for b in boxes), max(b[3] for b in boxes))]
