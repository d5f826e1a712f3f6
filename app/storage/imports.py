"""What was dropped on a matter and is not analysed yet, so that an interrupted import can be offered again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.storage.tables import ImportRow
from app.storage.types import now


@dataclass(frozen=True, slots=True)
class StoredImport:
    """An import that was begun and has not ended. Options are JSON-like and hold no password."""

    paths: tuple[str, ...]
    options: dict[str, Any]
    started: dt.datetime


def begin(session: Session, paths: Sequence[str], options: Mapping[str, Any]) -> None:
    """Note an import. One that was interrupted before is taken into it: its paths are analysed too."""
    before = unfinished(session)
    kept = [*(before.paths if before else ()), *paths]
    session.execute(delete(ImportRow).where(ImportRow.ended.is_(None)))
    values = {"paths": list(dict.fromkeys(kept)), "options": dict(options), "started": now(), "ended": None}
    session.execute(insert(ImportRow).values(**values))


def end(session: Session, paths: Sequence[str]) -> None:
    """These paths are analysed; an import with others among its own goes on waiting for those."""
    before = unfinished(session)
    if before is None:
        return
    left = [path for path in before.paths if path not in set(paths)]
    facts = {"paths": left} if left else {"ended": now()}
    session.execute(update(ImportRow).where(ImportRow.ended.is_(None)).values(**facts))


def dismiss(session: Session) -> None:
    """Nothing waits any more, whatever was left."""
    session.execute(update(ImportRow).where(ImportRow.ended.is_(None)).values(ended=now()))


def unfinished(session: Session) -> StoredImport | None:
    """The import that has not ended, None where there is none."""
    row = session.scalars(select(ImportRow).where(ImportRow.ended.is_(None)).order_by(ImportRow.id.desc())).first()
    return StoredImport(tuple(row.paths), row.options, row.started) if row is not None else None
