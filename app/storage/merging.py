"""Merging another copy's decisions: by finding key, conflicts kept and shown, nothing overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.domain.decisions import standing_entries
from app.domain.findings import Action, Decision
from app.storage import decisions
from app.storage.journal import Journal


@dataclass(frozen=True, slots=True)
class Conflict:
    """A finding on which both copies decided, differently. `theirs` was not applied."""

    finding_key: str
    ours: Decision
    theirs: Decision


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did: entries appended, findings on which both agreed, conflicts left to the lawyer."""

    added: int
    agreed: int
    conflicts: tuple[Conflict, ...]


def merge(session: Session, journal: Journal, theirs: Sequence[Decision]) -> MergeReport:
    """Append to our log what only the other copy decided. An entry keeps its user and time and names its origin."""
    ours = decisions.log(session)
    known = {entry.hash for entry in ours} | {_origin(entry) for entry in ours}
    fresh = [e for e in theirs if e.hash not in known and _origin(e) not in known]
    shared = {entry.hash for entry in theirs} | {_origin(entry) for entry in theirs}
    their_new, our_new = (
        _by_finding(theirs, {e.hash for e in fresh}),
        _by_finding(ours, {e.hash for e in ours} - shared),
    )
    undoings = [e for e in fresh if e.action is Action.UNDO and _target(theirs, e) in {d.hash for d in ours}]
    added, agreed = 0, 0
    conflicts: list[Conflict] = []
    for key, entries in their_new.items():
        mine = our_new.get(key)
        if mine is None:
            for entry in entries:
                decisions.append(
                    session, journal, key, entry.action, entry.user, entry.payload | _mark(entry), entry.snapshot,
                    entry.time,
                )  # fmt: skip
                added += 1
        elif _outcome(mine) == _outcome(entries):
            agreed += 1
        else:
            conflicts.append(Conflict(key, mine[-1], entries[-1]))
            head = decisions.last(session)
            decisions.put_conflict(session, entries[-1], head.sequence if head else 0)
    held = {entry.hash: entry.sequence for entry in standing_entries(ours)}
    for entry in undoings:
        target = _target(theirs, entry)
        if target in held and entry.finding_key not in our_new:
            payload = {"undoes": held[target]} | _mark(entry)
            decisions.append(
                session, journal, entry.finding_key, entry.action, entry.user, payload, entry.snapshot, entry.time
            )
            added += 1
    return MergeReport(added, agreed, tuple(conflicts))


def _by_finding(log: Sequence[Decision], wanted: set[str]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for entry in standing_entries(log):
        if entry.hash in wanted:
            found.setdefault(entry.finding_key, []).append(entry)
    return found


def _outcome(entries: Sequence[Decision]) -> dict[str, Any]:
    """What the entries come to: a decision, a severity, words, a note."""
    outcome: dict[str, Any] = {}
    for entry in entries:
        if entry.action in {Action.ACCEPT, Action.REJECT}:
            outcome["decision"] = entry.action
        outcome |= {name: value for name, value in entry.payload.items() if name != "merged"}
    return outcome


def _mark(entry: Decision) -> dict[str, Any]:
    return {"merged": {"hash": _origin(entry), "sequence": entry.sequence}}


def _origin(entry: Decision) -> str:
    """The hash of the entry where it was first made."""
    return str(entry.payload.get("merged", {}).get("hash", entry.hash))


def _target(log: Sequence[Decision], undoing: Decision) -> str | None:
    """The hash of the entry that an undoing compensates."""
    number = undoing.payload.get("undoes")
    return next((entry.hash for entry in log if entry.sequence == number), None)
