"""Copies of the playbooks that lie outside a matter, so that it can be handed on with them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.storage.tables import KeptPlaybookRow


@dataclass(frozen=True, slots=True)
class KeptPlaybook:
    """`source` is the path by which the playbook was chosen where the copy was made."""

    source: str
    name: str
    sha256: str
    text: str


def put(session: Session, kept: KeptPlaybook) -> None:
    """Keep a copy in place of an earlier one of the same source."""
    values = {"name": kept.name, "sha256": kept.sha256, "text": kept.text}
    statement = insert(KeptPlaybookRow).values(source=kept.source, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["source"], set_=values))


def load(session: Session, source: str) -> KeptPlaybook | None:
    """The copy of a playbook, None where there is none."""
    row = session.scalars(select(KeptPlaybookRow).where(KeptPlaybookRow.source == source)).first()
    return KeptPlaybook(row.source, row.name, row.sha256, row.text) if row is not None else None
