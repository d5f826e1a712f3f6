"""What the text view shows besides a view's own words: deletions, comments, headers. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from app.domain.text import ContractText, Mark, MarkKind, Scalar

CHANGED = (MarkKind.INSERTED, MarkKind.DELETED, MarkKind.MOVED)
_LONGEST_ASIDE = 300


@dataclass(frozen=True, slots=True)
class Insert:
    """Words put in at a place of the text; `row` tells that they are a row of the table they stand in."""

    place: int
    words: str
    style: str = ""
    tip: str = ""
    author: int = 0
    row: bool = False
    indents: dict[str, Scalar] | None = None  # of the paragraph that these words begin


def who_changed(marks: Sequence[Mark]) -> tuple[str, ...]:
    """The authors of changes, in the order of the text."""
    found = (str(mark.note.get("author") or "") for mark in marks if mark.kind in CHANGED)
    return tuple(dict.fromkeys(author for author in found if author))


def change_tip(style: str, mark: Mark) -> str:
    """Who did it, and when."""
    said = {
        "inserted": QCoreApplication.translate("Shown", "Inserted"),
        "deleted": QCoreApplication.translate("Shown", "Deleted"),
        "moved": QCoreApplication.translate("Shown", "Moved here"),
        "moved away": QCoreApplication.translate("Shown", "Moved away"),
    }[style]
    author, day = str(mark.note.get("author") or ""), str(mark.note.get("date") or "")[:10]
    by = QCoreApplication.translate("Shown", "{0} by {1}").format(said, author) if author else said
    return f"{by}, {day}" if day else by


def inserts(text: ContractText, authors: tuple[str, ...], markup: bool) -> list[Insert]:
    """All of them, in the order of their places."""
    found = list(_asides(text))
    if markup:
        found += _changes(text, authors)
        found += _comments(text)
    found.sort(key=lambda insert: insert.place)
    return [*found, *_edges(text, found)] if text.text else found


def _asides(text: ContractText) -> Iterator[Insert]:
    """Headers and footers of a document without page images, once, above its first words."""
    heads = {
        MarkKind.HEADER: QCoreApplication.translate("Shown", "Header"),
        MarkKind.FOOTER: QCoreApplication.translate("Shown", "Footer"),
    }
    told = False
    for mark in text.marks:
        words = str(mark.note.get("text") or "")[:_LONGEST_ASIDE]
        if mark.kind in heads and mark.start == 0 and words and text.page_source != "pdf":
            watermark = QCoreApplication.translate("Shown", "Watermark")
            head = watermark if mark.note.get("watermark") else heads[mark.kind]
            told = True
            yield Insert(0, f"{head}: {words}\n", "aside")
    if told or any(mark.kind is MarkKind.TABLE and mark.start == 0 for mark in text.marks):
        yield Insert(0, "\n")


def _changes(text: ContractText, authors: tuple[str, ...]) -> Iterator[Insert]:
    """What pending changes take away, each whole paragraph or row in a line of its own, as Word shows it."""
    spans = [(mark.start, mark.end) for mark in text.marks if mark.kind is MarkKind.TABLE]
    marks = [m for m in text.marks if m.kind in {MarkKind.DELETED, MarkKind.MOVED} and m.start == m.end]
    for order, mark in enumerate(marks):
        author = str(mark.note.get("author") or "")
        style = "deleted" if mark.kind is MarkKind.DELETED else "moved away"
        tip, number = change_tip(style, mark), authors.index(author) if author in authors else 0
        words = str(mark.note.get("text") or "")
        what = mark.note.get("what")
        if not words:
            if what == "paragraph mark" and _joins(text, mark, marks):
                yield Insert(mark.start, "\u00b6", style, tip, number)
            continue
        made = Insert(mark.start, words, style, tip, number)
        if what not in {"paragraph", "table row"}:
            yield made
            continue
        inside = any(start <= mark.start <= end for start, end in spans)
        made = replace(made, row=what == "table row" and inside)
        same = mark.note.get("paragraph")
        first = order == 0 or same is None or marks[order - 1].note.get("paragraph") != same
        rest = (m for m in marks[order + 1 :] if m.note.get("text"))
        last = same is None or getattr(next(rest, None), "note", {}).get("paragraph") != same
        indents: dict[str, Scalar] = {name: mark.note.get(name) for name in ("left", "first")}
        label = str(mark.note.get("label") or "")
        yield from _lined(text.text, replace(made, indents=indents), label, inside, first, last)


def _lined(text: str, made: Insert, label: str, inside: bool, first: bool, last: bool) -> Iterator[Insert]:
    """A piece of a paragraph that is gone, kept apart from its neighbours by what stands between paragraphs there."""
    gap = "\n" if inside else "\n\n"
    before, after = text[made.place - 1 : made.place], text[made.place : made.place + 1]
    glued = before not in {"", "\n", "\t"}
    if glued and first:
        yield Insert(made.place, gap, row=made.row)
    if label:
        yield replace(made, words=label)
        yield Insert(made.place, "\t")
    yield replace(made, indents=None) if label or not first else made
    if not glued and last and after not in {"", "\n", "\t"}:
        yield Insert(made.place, gap, row=made.row)


def _joins(text: ContractText, mark: Mark, marks: Sequence[Mark]) -> bool:
    """Whether a paragraph mark that is gone stood between words that are still there."""
    before, after = text.text[mark.start - 1 : mark.start], text.text[mark.start : mark.start + 1]
    whole = any(m.start == mark.start and m.note.get("what") == "paragraph" for m in marks)
    return not whole and before not in {"", "\n", "\t"} and after not in {"", "\n"}


def _comments(text: ContractText) -> Iterator[Insert]:
    for mark in text.marks:
        words = str(mark.note.get("text") or "")
        if mark.kind is not MarkKind.COMMENT or not words:
            continue
        author, day = str(mark.note.get("author") or ""), str(mark.note.get("date") or "")[:10]
        answer = "\u21b3 " if mark.note.get("reply") else ""
        done = QCoreApplication.translate("Shown", " (resolved)") if mark.note.get("resolved") else ""
        said = f" [{answer}{author}{done}{': ' if author else ''}{words}] "
        yield Insert(mark.end, said, "comment", f"{author}, {day}" if author and day else author)


def _edges(text: ContractText, found: Sequence[Insert]) -> Iterator[Insert]:
    """A line after a table that ends the text, and one before a table that begins it: the view needs them."""
    size = len(text.text)
    if any(mark.kind is MarkKind.TABLE and mark.end == size for mark in text.marks):
        yield Insert(size, "\n")
