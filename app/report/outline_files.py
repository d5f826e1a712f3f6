"""Scope and coverage: what each file is and what was read of it."""

from __future__ import annotations

from app.domain.matter import Document
from app.domain.review import ContractReview, Review
from app.domain.text import ContractText, MarkKind, changes_in
from app.report.outline import FileEntry
from app.report.quotes import brief, clean

NOTES, NOTE = (
    2,
    160,
)  # remarks on what a contract says that stand here too, and their characters; the rest stands under it


def file_entries(review: Review) -> tuple[FileEntry, ...]:
    """Every file once, numbered from 1 in the order of their paths."""
    reviews = {item.document.sha256: item for item in review.contracts}
    documents = {d.sha256: d for d in (*review.documents, *(c.document for c in review.contracts))}
    ordered = sorted(documents.values(), key=lambda d: (d.paths[0].casefold() if d.paths else "", d.sha256))
    return tuple(_entry(number, document, reviews.get(document.sha256)) for number, document in enumerate(ordered, 1))


def _entry(number: int, document: Document, item: ContractReview | None) -> FileEntry:
    text = item.text if item is not None else None
    pages = text.pages if text is not None else ()
    unreadable = tuple((p.number, clean(p.unreadable)) for p in pages if p.unreadable)
    names = tuple(clean(path) for path in document.paths) or (document.sha256[:12],)
    return FileEntry(
        number=number,
        name=names[0],
        other_names=names[1:],
        sha256=document.sha256,
        status=document.status,
        analysed=text is not None,
        pages=document.page_count if document.page_count is not None else (len(pages) or None),
        ocr_pages=sum(1 for p in pages if p.ocr),
        unreadable=unreadable,
        remarks=_remarks(document, item, text, names),
    )


def _remarks(
    document: Document, item: ContractReview | None, text: ContractText | None, names: tuple[str, ...]
) -> tuple[str, ...]:
    remarks: list[str] = []
    if document.reason:
        remarks.append(clean(document.reason))
    if len(names) > 1:
        remarks.append(f"The same bytes also lie at: {'; '.join(names[1:])}.")
    if document.language not in (None, "en"):
        remarks.append(f"Language: {document.language or 'not known'}.")
    if text is not None:
        remarks += _text_remarks(text)
    if item is not None:
        remarks += [brief(note, NOTE) for note in item.notes[:NOTES]]
        if len(item.notes) > NOTES:
            remarks.append(f"More remarks under the contract itself: {len(item.notes) - NOTES}.")
    return tuple(dict.fromkeys(remarks))


def _text_remarks(text: ContractText) -> list[str]:
    remarks: list[str] = []
    weak = [p for p in text.pages if p.ocr and p.confidence is not None and p.confidence < 80]
    if weak:
        remarks.append(
            f"Doubtful recognition (mean confidence under 80 of 100) on {page_list([p.number for p in weak])}."
        )
    told = tuple(clean(warning) for warning in text.warnings)
    changes = _counted(len(changes_in(text.marks)), "tracked change")
    if changes and not any(warning.startswith(changes) for warning in told):  # a warning says whose they are, too
        remarks.append(f"{changes} pending: read as if accepted.")
    comments = _counted(sum(1 for mark in text.marks if mark.kind is MarkKind.COMMENT), "comment")
    if comments and not any(warning.startswith(comments) for warning in told):
        remarks.append(f"{comments} in the document, not part of the text.")
    if any(mark.kind is MarkKind.HIDDEN for mark in text.marks):
        remarks.append("Holds hidden text.")
    if text.page_source == "word-layout":
        remarks.append("Pages as Word last laid it out.")
    return [*remarks, *told]


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}" if count else ""


def page_list(numbers: list[int]) -> str:
    """ "page 4", "pages 4, 7 to 9"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    return ("page " if sum(map(len, runs)) == 1 else "pages ") + ", ".join(parts)
