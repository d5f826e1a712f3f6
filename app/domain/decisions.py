"""The log of decisions: its hash chain, and what it says of findings. Pure functions over domain objects."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.domain.findings import (
    Action,
    Decision,
    Finding,
    FindingKind,
    FindingState,
    Severity,
    Standing,
    normalise_quote,
)

_JUDGEMENTS = (Action.ACCEPT, Action.REJECT)
_OWN_WORDS = (Action.EDIT, Action.SEVERITY)
_KEPT = (
    "contract_id", "clause_type", "rule", "start", "end", "quote", "page", "clause_number", "explanation",
    "recommendation", "fallback", "values", "model_note", "confidence", "pending_change",
)  # fmt: skip


def canonical(value: Any) -> str:
    """JSON with one spelling for one value: what hashes are taken of."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)


def decision_hash(
    sequence: int, finding_key: str, action: Action, user: str, time: dt.datetime,
    payload: Mapping[str, Any], snapshot: Mapping[str, Any], previous_hash: str,
) -> str:  # fmt: skip
    """SHA-256 over every field of an entry and the hash before it."""
    moment = time.astimezone(dt.UTC).isoformat(timespec="microseconds")
    fields = [sequence, finding_key, action.value, user, moment, dict(payload), dict(snapshot), previous_hash]
    return hashlib.sha256(canonical(fields).encode()).hexdigest()


def chain(
    previous: Decision | None, finding_key: str, action: Action, user: str, time: dt.datetime,
    payload: Mapping[str, Any], snapshot: Mapping[str, Any],
) -> Decision:  # fmt: skip
    """The next entry of a log whose last entry is `previous`."""
    sequence, before = (previous.sequence + 1, previous.hash) if previous else (1, "")
    plain_payload, plain_snapshot = json.loads(canonical(dict(payload))), json.loads(canonical(dict(snapshot)))
    digest = decision_hash(sequence, finding_key, action, user, time, plain_payload, plain_snapshot, before)
    return Decision(sequence, finding_key, action, user, time, plain_payload, plain_snapshot, before, digest)


def broken_links(log: Iterable[Decision]) -> list[int]:
    """The sequence numbers at which the chain does not hold; [] for a whole log."""
    broken, expected, before = [], 1, ""
    for d in log:
        own = decision_hash(
            d.sequence, d.finding_key, d.action, d.user, d.time, d.payload, d.snapshot, d.previous_hash
        )  # fmt: skip
        if d.sequence != expected or d.previous_hash != before or d.hash != own:
            broken.append(d.sequence)
        expected, before = d.sequence + 1, d.hash
    return broken


def snapshot_of(finding: Finding) -> dict[str, Any]:
    """A finding as it is kept with a decision, so that it can be shown after no run raises it any more."""
    kept: dict[str, Any] = {name: getattr(finding, name) for name in _KEPT}
    return kept | {"kind": finding.kind.value, "severity": finding.severity.value}


def standing_entries(log: Sequence[Decision]) -> list[Decision]:
    """The entries that hold: neither undone nor themselves undoings. An undoing may be undone in turn."""
    undone: set[int] = set()
    for entry in reversed(log):
        if entry.action is Action.UNDO and entry.sequence not in undone:
            undone.add(int(entry.payload["undoes"]))
    return [entry for entry in log if entry.action is not Action.UNDO and entry.sequence not in undone]


def undo_target(log: Sequence[Decision]) -> int | None:
    """The sequence number of the last entry that holds: what an undo compensates."""
    holding = standing_entries(log)
    return holding[-1].sequence if holding else None


def fold(findings: Sequence[Finding], log: Sequence[Decision], contract_id: str | None = None) -> list[FindingState]:
    """Every finding with what the log says of it, then those decided on that are no longer raised.

    With `contract_id`, entries whose snapshot is of another contract raise nothing.
    """
    entries: dict[str, list[Decision]] = {}
    for entry in standing_entries(log):
        entries.setdefault(entry.finding_key, []).append(entry)
    states = [_state(finding, entries.get(finding.finding_key, [])) for finding in findings]
    raised = {finding.finding_key for finding in findings}
    for key, held in entries.items():
        if key not in raised and contract_id in {None, held[-1].snapshot.get("contract_id")}:
            states.append(_state(_finding_from(key, held), held, raised=False))
    return states


def _state(finding: Finding, entries: Sequence[Decision], *, raised: bool = True) -> FindingState:
    if not entries:
        return FindingState(finding)
    judged = next((e for e in reversed(entries) if e.action in _JUDGEMENTS), None)
    own = [e for e in entries if e.action in _OWN_WORDS]
    weighed = judged or (own[-1] if own else None)
    standing = Standing.UNDECIDED
    if not raised:
        standing = Standing.NO_LONGER_RAISED
    elif weighed is not None and not same_facts(finding, weighed.snapshot):
        standing = Standing.CHANGED
    elif judged is not None:
        standing = Standing.UNCHANGED
    # The lawyer's severity and words hold for the facts they were said of, and are not put on others.
    fitting = own if not raised else [e for e in own if same_facts(finding, e.snapshot)]
    words = {name: value for e in fitting if e.action is Action.EDIT for name, value in e.payload.items()}
    graded = next((e.payload["severity"] for e in reversed(fitting) if e.action is Action.SEVERITY), None)
    note = next((e.payload.get("note") for e in reversed(entries) if e.payload.get("note") is not None), None)
    teller = judged or entries[-1]
    return FindingState(
        finding,
        decision=judged.action if judged else None,
        severity=Severity(graded) if graded else None,
        note=note or None,
        explanation=words.get("explanation"),
        recommendation=words.get("recommendation"),
        user=teller.user,
        time=teller.time,
        standing=standing,
    )


def same_facts(finding: Finding, snapshot: Mapping[str, Any]) -> bool:
    """Whether quote, values and severity are those of the snapshot; typography and layout do not count."""
    quotes = [normalise_quote(quote or "") for quote in (finding.quote, snapshot.get("quote"))]
    values = [canonical(value or {}) for value in (finding.values, snapshot.get("values"))]
    return quotes[0] == quotes[1] and values[0] == values[1] and finding.severity.value == snapshot.get("severity")


def _finding_from(key: str, entries: Sequence[Decision]) -> Finding:
    """The finding as it was when it was last decided on; a snapshot may lack what older versions did not keep."""
    snapshot = entries[-1].snapshot
    kept: dict[str, Any] = {name: snapshot.get(name) for name in _KEPT}
    kept |= {name: kept[name] or "" for name in ("contract_id", "rule", "explanation", "recommendation")}
    kept["values"] = dict(kept["values"] or {})
    kind = FindingKind(snapshot.get("kind", FindingKind.RISK.value))
    severity = Severity(snapshot.get("severity", Severity.INFO.value))
    return Finding(finding_key=key, kind=kind, severity=severity, **kept)
