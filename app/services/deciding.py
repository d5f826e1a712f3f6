"""The lawyer's decisions: appended to the log with what was decided on, and undone by a further entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.decisions import snapshot_of, undo_target
from app.domain.findings import Action, FindingState
from app.domain.matter import Contract
from app.domain.text import View
from app.errors import UserError
from app.services.relocating import carried_log
from app.services.reviewing import check_payload, states
from app.storage.database import MatterDatabase


def decide(
    database: MatterDatabase, finding_key: str, action: Action, payload: Mapping[str, Any], user: str
) -> FindingState:
    """Append a decision; returns the finding as it now stands."""
    contract, state = _find(database, finding_key)
    kept = check_payload(action, payload)
    texts = database.latest_texts(contract.parts[0].document_sha256)
    snapshot = snapshot_of(state.finding) | {"text_id": texts.get(View.ACCEPTED)}
    database.append_decision(finding_key, action, user, kept, snapshot)
    return _state(database, contract, finding_key)


def undo(database: MatterDatabase, user: str) -> FindingState | None:
    """Append the entry that compensates the last one that holds; None where there is none."""
    log = database.decisions()
    target = undo_target(log)
    if target is None:
        return None
    entry = next(decision for decision in log if decision.sequence == target)
    shown = next(decision for decision in carried_log(database, log) if decision.sequence == target)
    contract, _ = _find(database, shown.finding_key)
    database.append_decision(entry.finding_key, Action.UNDO, user, {"undoes": target}, entry.snapshot)
    try:
        return _state(database, contract, shown.finding_key)
    except UserError:
        return None  # no run raises it any more, and nothing is decided on it now


def contract_of(database: MatterDatabase, contract_id: str) -> Contract:
    """The contract of that id; UserError where it is gone."""
    for contract in database.contracts():
        if contract.contract_id == contract_id:
            return contract
    raise UserError("This contract is no longer in the matter.")


def _find(database: MatterDatabase, finding_key: str) -> tuple[Contract, FindingState]:
    """The finding by its key alone: by its row, else by what was decided on it; texts of no other are loaded."""
    owner = database.owner_of(finding_key)
    if owner is None:
        decided = (d for d in database.decisions() if d.finding_key == finding_key)
        owner = next((str(d.snapshot.get("contract_id")) for d in decided), "")
    contract = contract_of(database, owner)
    return contract, _state(database, contract, finding_key)


def _state(database: MatterDatabase, contract: Contract, finding_key: str) -> FindingState:
    log = carried_log(database, database.decisions())
    for state in states(database.findings(contract.contract_id), contract, log):
        if state.finding.finding_key == finding_key:
            return state
    raise UserError("This finding is no longer in the matter.")
