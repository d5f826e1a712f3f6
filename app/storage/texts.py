"""Texts: immutable readings of documents, and the index that searches them."""

from __future__ import annotations

import zlib
from dataclasses import astuple
from typing import Any

from sqlalchemy import Row, insert, select, text
from sqlalchemy.orm import Session

from app.domain.folding import fold_words
from app.domain.text import ContractText, Mark, MarkKind, Page, View, WordBox
from app.storage.tables import TextRow
from app.storage.types import inflate, now, pack, unpack


def put(session: Session, contract_text: ContractText) -> None:
    """Store a text and index its words; one already there is left as it is."""
    if session.scalar(select(TextRow.id).where(TextRow.text_id == contract_text.text_id)) is not None:
        return
    extras = {
        "pages": [[p.number, p.start, p.end, p.ocr, p.confidence, p.unreadable] for p in contract_text.pages],
        "marks": [[m.kind.value, m.start, m.end, m.note] for m in contract_text.marks],
        "warnings": list(contract_text.warnings),
        "boxes": [astuple(box) for box in contract_text.boxes],
    }
    row_id = session.scalar(
        insert(TextRow)
        .values(
            text_id=contract_text.text_id,
            source_sha256=contract_text.source_sha256,
            ingest_version=contract_text.ingest_version,
            view=contract_text.view.value,
            ocr_settings=contract_text.ocr_settings,
            format=contract_text.format,
            page_source=contract_text.page_source,
            length=len(contract_text.text),
            body=zlib.compress(contract_text.text.encode("utf-8", "surrogatepass"), 6),
            extras=pack(extras),
            stored=now(),
        )
        .returning(TextRow.id)
    )
    words = text("INSERT INTO texts_fts (rowid, words) VALUES (:id, :words)")
    session.execute(words, {"id": row_id, "words": fold_words(contract_text.text)})


def load(session: Session, text_id: str) -> ContractText:
    """A text with pages and marks; KeyError where it is not stored."""
    row = session.execute(select(TextRow.__table__).where(TextRow.text_id == text_id)).first()
    if row is None:
        raise KeyError(text_id)
    return _contract_text(row)


def body(raw: bytes) -> str:
    """The words of a stored text."""
    return inflate(raw).decode("utf-8", "surrogatepass")


def latest(session: Session, source_sha256: str) -> dict[View, str]:
    """The texts of a document's newest reading by view; a view that only an earlier reading had is none of them."""
    t = TextRow
    query = select(t.view, t.text_id, t.ingest_version).where(t.source_sha256 == source_sha256).order_by(t.id)
    rows = session.execute(query).all()
    return {View(view): text_id for view, text_id, version in rows if version == rows[-1].ingest_version}


def _contract_text(row: Row[Any]) -> ContractText:
    extras = unpack(row.extras)
    return ContractText(
        source_sha256=row.source_sha256,
        ingest_version=row.ingest_version,
        view=View(row.view),
        ocr_settings=row.ocr_settings,
        text=body(row.body),
        format=row.format,
        pages=tuple(Page(*page) for page in extras["pages"]),
        page_source=row.page_source,
        marks=tuple(Mark(MarkKind(kind), start, end, note) for kind, start, end, note in extras["marks"]),
        warnings=tuple(extras["warnings"]),
        text_id=row.text_id,
        boxes=tuple(WordBox(*box) for box in extras.get("boxes", ())),  # readings of earlier versions kept none
    )
