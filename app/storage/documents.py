"""Documents and their paths."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.domain.matter import Document
from app.storage.tables import DocumentPathRow, DocumentRow


def add(session: Session, document: Document) -> None:
    """Store a document; paths and places of one already there are added to, its other facts replaced."""
    facts = {
        "size": document.size,
        "status": document.status,
        "reason": document.reason,
        "page_count": document.page_count,
        "language": document.language,
        "ingest_version": document.ingest_version,
    }
    statement = insert(DocumentRow).values(sha256=document.sha256, **facts)
    session.execute(statement.on_conflict_do_update(index_elements=["sha256"], set_=facts))
    places = [(path, False) for path in document.paths] + [(file, True) for file in document.files]
    for path, is_file in places:
        row = insert(DocumentPathRow).values(document_sha256=document.sha256, path=path, is_file=is_file)
        session.execute(row.on_conflict_do_nothing())


def load_all(session: Session) -> list[Document]:
    """Every document, by its first path."""
    paths: dict[str, list[str]] = defaultdict(list)
    files: dict[str, list[str]] = defaultdict(list)
    p = DocumentPathRow
    for sha256, path, is_file in session.execute(select(p.document_sha256, p.path, p.is_file).order_by(p.id)):
        (files if is_file else paths)[sha256].append(path)
    d = DocumentRow
    columns = select(d.sha256, d.size, d.status, d.reason, d.page_count, d.language, d.ingest_version)
    found = [
        Document(sha, size, tuple(paths[sha]), status, reason, pages, language, version, tuple(files[sha]))
        for sha, size, status, reason, pages, language, version in session.execute(columns)
    ]
    return sorted(found, key=lambda document: document.paths[:1])


def set_status(session: Session, sha256: str, status: str, reason: str | None) -> None:
    """Change how reading a document ended; KeyError where it is not in the matter."""
    changed = session.execute(
        update(DocumentRow)
        .where(DocumentRow.sha256 == sha256)
        .values(status=status, reason=reason)
        .returning(DocumentRow.sha256)
    ).first()
    if changed is None:
        raise KeyError(sha256)
