"""How contracts and texts hang together: near-duplicates, and where a span of one text stands in a later one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.storage.tables import NearDuplicateRow, RelocationRow


@dataclass(frozen=True, slots=True)
class Relocation:
    """[start, end) of text `text_id` stands at [to_start, to_end) of `to_text_id`; None: it was not relocated."""

    text_id: str
    start: int
    end: int
    to_text_id: str
    to_start: int | None
    to_end: int | None
    score: float


def put_relocations(session: Session, relocations: Iterable[Relocation]) -> None:
    """Keep where spans went; what is known already is left as it is."""
    for r in relocations:
        values = {
            "text_id": r.text_id, "start": r.start, "end": r.end, "to_text_id": r.to_text_id, "to_start": r.to_start,
            "to_end": r.to_end, "score": r.score,
        }  # fmt: skip
        session.execute(insert(RelocationRow).values(**values).on_conflict_do_nothing())


def relocations(session: Session) -> list[Relocation]:
    """Everything that was carried over to a later text, or could not be."""
    r = RelocationRow
    columns = select(r.text_id, r.start, r.end, r.to_text_id, r.to_start, r.to_end, r.score)
    return [Relocation(*row) for row in session.execute(columns.order_by(r.to_text_id, r.text_id, r.start, r.end))]


def put_near_duplicates(session: Session, pairs: Iterable[tuple[str, str, float]]) -> None:
    """Keep the pairs of contract ids with their likeness in place of those known before."""
    session.execute(delete(NearDuplicateRow))
    for one, other, likeness in pairs:
        low, high = sorted((one, other))
        session.execute(insert(NearDuplicateRow).values(contract_id=low, other_id=high, likeness=likeness))


def near_duplicates(session: Session) -> list[tuple[str, str, float]]:
    """The pairs of contract ids with their likeness, the most alike first."""
    n = NearDuplicateRow
    query = select(n.contract_id, n.other_id, n.likeness).order_by(n.likeness.desc(), n.contract_id, n.other_id)
    return [(one, other, likeness) for one, other, likeness in session.execute(query)]
