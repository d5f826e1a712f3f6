"""PDF to text, and spans back to rectangles. Runs in the sandboxed child only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pymupdf

from app.domain.text import FileStatus, Mark, MarkKind, Page, Scalar, WordBox
from app.ingest.furniture import mark_furniture
from app.ingest.ocr import recognise_page
from app.ingest.ocr_layout import Size, set_in_paragraphs
from app.ingest.ocr_vote import Recognised
from app.ingest.parsed import Parsed, ParsedText, failed
from app.ingest.pdf_compose import Composer
from app.ingest.pdf_extras import annotation_warning, attached_files, drawn_by_others, extra_marks, place_fields
from app.ingest.pdf_headings import heading_marks
from app.ingest.pdf_labels import beside_their_words
from app.ingest.pdf_lines import ASIDE, FLAGS, Line, image_share, page_lines
from app.ingest.pdf_places import Layout
from app.ingest.pdf_tables import mark_tables
from app.ingest.pdf_text import Joiner, vocabulary_of
from app.ingest.pdf_trust import (
    FEW_CHARACTERS,
    doubtful,
    has_words,
    needs_ocr,
    picture_to_read,
    poor_scan_layer,
    reads_better,
)
from app.ingest.pictures import as_pages, is_picture

MAX_PAGES = 5000
MAX_OCR_PAGES = 1500
MANY_SCANS = 4
LOW_CONFIDENCE = 80  # catches 7 of 10 wrong words and marks 1 word in 50 on a good scan; 60 caught half
_DYNAMIC_FORM = (
    "The PDF is a form (XFA) whose pages only Adobe's programs can draw: open it there, print it to a new PDF, "
    "then add that."
)


def open_pdf(data: bytes, password: str | None) -> pymupdf.Document | Parsed:
    """The document, or why it cannot be opened; a picture file as a document of its pages."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    if is_picture(data):
        return as_pages(data)
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


class ManyScans(Exception):
    """So many pages are images that several children should read them; `pages` are their numbers from 0."""

    def __init__(self, pages: Sequence[int]) -> None:
        super().__init__(len(pages))
        self.pages = tuple(pages)


@dataclass(frozen=True, slots=True)
class Scans:
    """What was recognised before, elsewhere; `defer` asks for ManyScans instead of recognising many pages here."""

    given: Mapping[int, Recognised] = field(default_factory=dict)
    lost: frozenset[int] = frozenset()  # pages on which recognition failed
    defer: bool = False


@dataclass
class _Pages:
    """What each page gave, by number from 0."""

    lines: list[list[Line]] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    recognised: dict[int, Recognised] = field(default_factory=dict)
    sizes: dict[int, Size] = field(default_factory=dict)  # of recognised pages
    aside: dict[int, list[Line]] = field(default_factory=dict)  # their headers and footers
    broken: dict[int, str] = field(default_factory=dict)


def read_pdf(
    data: bytes, password: str | None, progress: Callable[[bool], None], scans: Scans | None = None
) -> tuple[Parsed, Layout]:
    """The text with its pages; `progress` tells that a page is done, or with True that one is being recognised."""
    document = open_pdf(data, password)
    if isinstance(document, Parsed):
        return document, Layout(())
    if drawn_by_others(document):
        return failed(FileStatus.UNSUPPORTED, _DYNAMIC_FORM), Layout(())
    scans = scans or Scans()
    if scans.defer:
        images = [number for number in range(document.page_count) if _is_image(document, number)][:MAX_OCR_PAGES]
        if len(images) >= MANY_SCANS:
            raise ManyScans(images)
    pages = _Pages()
    for number in range(document.page_count):
        found: list[Line] = []
        height = 1.0
        try:
            page = document[number]
            found, height = read_page(document, page)
            if number in scans.lost:
                raise ValueError
            words = scans.given.get(number) or _recognised(page, found, len(pages.recognised), progress)
            if words is not None:
                pages.recognised[number] = words
                pages.sizes[number] = (page.rect.width, page.rect.height)
                found = []
            progress(False)
        except Exception:
            found = []
            pages.broken[number] = (
                "The page could not be recognised." if number in scans.lost else "The page is damaged."
            )
        pages.lines.append(found)
        pages.heights.append(height)
    mark_furniture(pages.lines, pages.heights)
    pages.recognised, pages.aside = set_in_paragraphs(pages.recognised, pages.sizes)
    return _assemble(document, pages)


def _is_image(document: pymupdf.Document, number: int) -> bool:
    """Whether a page has hardly a word, so that its image will be read; cheap, and wrong at worst in who reads it."""
    try:
        page = document[number]
        return len(page.get_text("text", flags=FLAGS).strip()) < FEW_CHARACTERS and image_share(page) > 0.3
    except Exception:
        return False


def read_page(document: pymupdf.Document, page: pymupdf.Page) -> tuple[list[Line], float]:
    """The lines of a page in the order of reading, those of tables by cell; its height."""
    lines, height = page_lines(page)
    lines = beside_their_words(lines)
    return mark_tables(page, place_fields(page, lines, bool(document.is_form_pdf))), height


def _recognised(
    page: pymupdf.Page, found: Sequence[Line], before: int, progress: Callable[[bool], None]
) -> Recognised | None:
    """The words of the page's image where they are to be had from nowhere else, or are better than the text layer."""
    if before >= MAX_OCR_PAGES:
        return None
    certain = needs_ocr(page, found)
    doubted = not certain and (doubtful(found) or poor_scan_layer(page, found))
    picture = None if certain or doubted else picture_to_read(page, found)
    if not certain and not doubted and picture is None:
        return None
    progress(True)  # before: the parent waits longer for a page that is recognised
    words = recognise_page(page, lambda: progress(True), likely_upright=not certain)
    if picture is not None:
        return words if has_words(picture, words, found) else None
    return words if certain or reads_better(words.text, " ".join(line.text for line in found)) else None


def layout_of(document: pymupdf.Document, ocr_lengths: Mapping[int, int]) -> Layout:
    """The layout of a document read before. Pages (from 1) in `ocr_lengths` gave so many recognised characters."""
    pages = _Pages()
    for number in range(document.page_count):
        found, height = ([], 1.0) if number + 1 in ocr_lengths else read_page(document, document[number])
        pages.lines.append(found)
        pages.heights.append(height)
    mark_furniture(pages.lines, pages.heights)
    composer = Composer(Joiner(vocabulary_of(pages.lines)))
    for number, found in enumerate(pages.lines):
        if number + 1 in ocr_lengths:
            composer.skip(ocr_lengths[number + 1])
        else:
            composer.page(found, number, pages.heights[number])
    return Layout(tuple(composer.joiner.assembly.pieces))


def _assemble(document: pymupdf.Document, given: _Pages) -> tuple[Parsed, Layout]:
    composer = Composer(Joiner(vocabulary_of(given.lines)))
    assembly, marks = composer.joiner.assembly, composer.marks
    pages: list[Page] = []
    boxes: list[WordBox] = []
    for number, found in enumerate(given.lines):
        start = assembly.length
        ocr = given.recognised.get(number)
        if ocr is not None:
            start = composer.recognised(ocr.text)
            _note_words(ocr, start, number, boxes, marks)
        else:
            composer.page(found, number, given.heights[number])
        marks += _kept_apart(given.aside.get(number, found), start, number)
        confidence, unreadable = ocr.confidence if ocr else None, given.broken.get(number)
        pages.append(Page(number + 1, start, assembly.length, ocr is not None, confidence, unreadable))
    marks += extra_marks(document, pages, assembly.pieces)
    text = assembly.text.rstrip()
    marks += heading_marks(composer.rows, text)
    pages = [_clipped(page, len(text)) for page in pages]
    files, left = attached_files(document)
    said = _warnings(pages, marks, [name for name, _ in files], left)
    ordered = tuple(sorted((_clipped_mark(m, len(text)) for m in marks), key=lambda m: (m.start, m.end)))
    parsed = ParsedText(text, tuple(pages), "pdf", ordered, said, tuple(boxes))
    return replace(_status(parsed, pages), attachments=files), Layout(tuple(assembly.pieces))


def _kept_apart(lines: Sequence[Line], at: int, number: int) -> list[Mark]:
    """Headers, footers, stamps and watermarks, as marks at the beginning of their page."""
    marks = []
    for line in lines:
        if line.furniture in {"header", "footer", ASIDE}:
            note: dict[str, Scalar] = {"text": line.text.strip(), "page": number + 1}
            if line.furniture == ASIDE:
                note["turned"] = True
            marks.append(Mark(MarkKind.FOOTER if line.furniture == "footer" else MarkKind.HEADER, at, at, note))
    return marks


def _clipped_mark(mark: Mark, length: int) -> Mark:
    return replace(mark, start=min(mark.start, length), end=min(mark.end, length))


def _clipped(page: Page, length: int) -> Page:
    return Page(page.number, min(page.start, length), min(page.end, length), page.ocr, page.confidence, page.unreadable)


def _note_words(page: Recognised, base: int, number: int, boxes: list[WordBox], marks: list[Mark]) -> None:
    """Where the recognised words stand, and of which the engine was unsure."""
    for word in page.words:
        start, end = base + word.start, base + word.end
        boxes.append(WordBox(start, end, number + 1, word.x0, word.y0, word.x1, word.y1, word.confidence))
        if word.confidence < LOW_CONFIDENCE:
            marks.append(Mark(MarkKind.LOW_CONFIDENCE, start, end, {"confidence": round(word.confidence)}))


def _warnings(
    pages: Sequence[Page], marks: Sequence[Mark], files: Sequence[str], left: Sequence[str]
) -> tuple[str, ...]:
    said = [f"Page {page.number}: {page.unreadable}" for page in pages if page.unreadable]
    poor = [str(page.number) for page in pages if page.ocr and (page.confidence or 0) < 75 and page.start < page.end]
    if poor:
        said.append(f"Recognised with low confidence, read against the image: page {', '.join(poor)}.")
    annotated = annotation_warning(marks)
    if annotated:
        said.append(annotated)
    if files:
        said.append(f"Files are attached inside the PDF and are listed on their own: {', '.join(files)}.")
    if left:
        said.append(f"Files are attached inside the PDF and were not read: {', '.join(left)}.")
    return tuple(said)


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
