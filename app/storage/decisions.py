"""The decision log in the database, and its second record in the journal beside it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.decisions import canonical, chain
from app.domain.findings import Action, Decision
from app.storage.journal import Journal
from app.storage.tables_runs import ConflictRow, CorrectionRow, DecisionRow
from app.storage.types import now, utc_text


def append(
    session: Session, journal: Journal, finding_key: str, action: Action, user: str,
    payload: Mapping[str, Any], snapshot: Mapping[str, Any], time: dt.datetime | None = None,
) -> Decision:  # fmt: skip
    """Chain an entry onto the log. Into the journal before the commit: what is acknowledged stands in both."""
    decision = chain(last(session), finding_key, action, user, time or now(), payload, snapshot)
    put(session, decision)
    journal.append("decision", to_json(decision))
    return decision


def put(session: Session, decision: Decision) -> None:
    """Insert an entry as it is."""
    session.execute(insert(DecisionRow).values(**_columns(decision)))


def last(session: Session) -> Decision | None:
    """The head of the log."""
    row = session.scalars(select(DecisionRow).order_by(DecisionRow.sequence.desc()).limit(1)).first()
    return _decision(row) if row is not None else None


def log(session: Session) -> list[Decision]:
    """The whole log in its order."""
    return [_decision(row) for row in session.scalars(select(DecisionRow).order_by(DecisionRow.sequence))]


def to_json(decision: Decision) -> dict[str, Any]:
    """An entry as the journal keeps it."""
    return _columns(decision) | {"time": utc_text(decision.time)}


def from_json(raw: Mapping[str, Any]) -> Decision:
    """An entry from the journal."""
    time = dt.datetime.fromisoformat(raw["time"])
    payload, snapshot = json.loads(raw["payload"]), json.loads(raw["snapshot"])
    action = Action(raw["action"])
    return Decision(
        raw["sequence"], raw["finding_key"], action, raw["user"], time, payload, snapshot,
        raw["previous_hash"], raw["hash"],
    )  # fmt: skip


def newest_chain(entries: Sequence[Decision], voided: frozenset[str]) -> list[Decision]:
    """The chain that ends in the journal's last valid entry; entries of failed transactions fall out."""
    by_hash = {entry.hash: entry for entry in entries if entry.hash not in voided}
    at = next((entry for entry in reversed(entries) if entry.hash in by_hash), None)
    found: list[Decision] = []
    while at is not None:
        found.append(at)
        at = by_hash.get(at.previous_hash) if at.previous_hash else None
    return found[::-1]


def replay(session: Session, kept: Sequence[Decision]) -> int:
    """Append what the journal's chain has beyond the head; the number of entries, 0 where the head is not on it."""
    head = last(session)
    if head is None:
        fresh = list(kept) if kept and kept[0].sequence == 1 else []
    else:
        at = next((index for index, entry in enumerate(kept) if entry.hash == head.hash), None)
        first = at + 1 if at is not None else len(kept)
        if kept and kept[0].previous_hash == head.hash:
            first = 0
        fresh = list(kept[first:])
    for decision in fresh:
        put(session, decision)
    return len(fresh)


def put_conflict(session: Session, theirs: Decision, after_sequence: int) -> None:
    """Keep what a merged copy decided otherwise."""
    row = session.get(ConflictRow, (theirs.finding_key, theirs.hash))
    if row is None:
        values = {"theirs": to_json(theirs), "after_sequence": after_sequence, "found": now()}
        session.execute(insert(ConflictRow).values(finding_key=theirs.finding_key, their_hash=theirs.hash, **values))


def open_conflicts(session: Session) -> list[Decision]:
    """What merged copies decided otherwise, where no later decision here has settled it."""
    newest = select(DecisionRow.finding_key).where(
        DecisionRow.finding_key == ConflictRow.finding_key, DecisionRow.sequence > ConflictRow.after_sequence
    )
    query = select(ConflictRow.theirs).where(~newest.exists()).order_by(ConflictRow.found)
    return [from_json(theirs) for theirs in session.scalars(query)]


def correct_value(
    session: Session, contract_id: str, kind: str, quote: str, value: Mapping[str, Any] | None, user: str
) -> None:
    """Keep the lawyer's value for a clause (None withdraws it); earlier ones stay in the table."""
    values = {"contract_id": contract_id, "type": kind, "quote": quote, "user": user, "time": now()}
    session.execute(insert(CorrectionRow).values(**values, value=dict(value) if value is not None else None))


def corrections(session: Session, contract_id: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The lawyer's values that hold for a contract, by clause type and normalised quote."""
    c = CorrectionRow
    held: dict[tuple[str, str], dict[str, Any]] = {}
    query = select(c.type, c.quote, c.value).where(c.contract_id == contract_id).order_by(c.id)
    for kind, quote, value in session.execute(query):
        held.pop((kind, quote), None)
        if value is not None:
            held[(kind, quote)] = value
    return held


def _columns(decision: Decision) -> dict[str, Any]:
    return {
        "sequence": decision.sequence,
        "finding_key": decision.finding_key,
        "action": decision.action.value,
        "user": decision.user,
        "time": decision.time,
        "payload": canonical(decision.payload),
        "snapshot": canonical(decision.snapshot),
        "previous_hash": decision.previous_hash,
        "hash": decision.hash,
    }


def _decision(row: DecisionRow) -> Decision:
    return Decision(
        row.sequence, row.finding_key, Action(row.action), row.user, row.time,
        json.loads(row.payload), json.loads(row.snapshot), row.previous_hash, row.hash,
    )  # fmt: skip
