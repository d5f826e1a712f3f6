"""Runs: what each stage found, keyed by its inputs; immutable once finished."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.domain.clauses import Candidate, Clause, FoundBy, ModelUse
from app.domain.progress import Stage
from app.domain.runs import ReadResult, RunKey
from app.storage.tables_runs import CurrentRunRow, RunChunkRow, RunRow
from app.storage.types import now, pack, unpack


@dataclass(frozen=True, slots=True)
class CurrentRun:
    """The run that counts now for a contract and a stage."""

    run_id: int
    stage: Stage
    contract_id: str
    inputs: dict[str, str]


def find(session: Session, key: RunKey) -> int | None:
    """The finished run of this key, None where there is none."""
    done = RunRow.finished.is_not(None)
    return session.scalar(select(RunRow.run_id).where(RunRow.digest == key.digest, done))


def start(session: Session, key: RunKey) -> int:
    """The run of this key, made where it is not there yet."""
    values = {
        "stage": key.stage.value,
        "contract_id": key.contract_id,
        "inputs": [list(pair) for pair in key.inputs],
        "started": now(),
    }
    session.execute(insert(RunRow).values(digest=key.digest, **values).on_conflict_do_nothing())
    return session.scalars(select(RunRow.run_id).where(RunRow.digest == key.digest)).one()


def finish(session: Session, run_id: int, payload: Any) -> None:
    """Keep the payload, make the run its contract's current one, and drop its chunks. ValueError if it was finished."""
    waiting = (RunRow.run_id == run_id, RunRow.finished.is_(None))
    done = update(RunRow).where(*waiting).values(finished=now(), payload=pack(payload)).returning(RunRow.run_id)
    if session.execute(done).first() is None:
        raise ValueError("a finished run is immutable")
    session.execute(delete(RunChunkRow).where(RunChunkRow.run_id == run_id))
    make_current(session, run_id)


def make_current(session: Session, run_id: int) -> None:
    """Let a finished run count again for its contract and stage."""
    contract_id, stage = session.execute(
        select(RunRow.contract_id, RunRow.stage).where(RunRow.run_id == run_id, RunRow.finished.is_not(None))
    ).one()
    statement = insert(CurrentRunRow).values(contract_id=contract_id, stage=stage, run_id=run_id)
    session.execute(statement.on_conflict_do_update(index_elements=["contract_id", "stage"], set_={"run_id": run_id}))


def current(session: Session, stage: Stage, contract_id: str | None = None) -> list[CurrentRun]:
    """The runs that count now, of one contract or of all."""
    query = select(RunRow.run_id, RunRow.contract_id, RunRow.inputs).join(
        CurrentRunRow, CurrentRunRow.run_id == RunRow.run_id
    )
    query = query.where(CurrentRunRow.stage == stage.value)
    if contract_id is not None:
        query = query.where(CurrentRunRow.contract_id == contract_id)
    return [CurrentRun(run_id, stage, cid, dict(inputs)) for run_id, cid, inputs in session.execute(query)]


def payload_of(session: Session, run_id: int) -> Any:
    """The JSON-like payload of a finished run."""
    raw = session.scalars(select(RunRow.payload).where(RunRow.run_id == run_id)).one()
    return unpack(raw) if raw is not None else None


def put_chunk(session: Session, key: RunKey, chunk_id: str, answer: str) -> None:
    """Keep one chunk's answer (JSON text) of an unfinished run."""
    values = {"run_id": start(session, key), "chunk_id": chunk_id, "answer": pack(json.loads(answer))}
    statement = insert(RunChunkRow).values(**values)
    session.execute(
        statement.on_conflict_do_update(index_elements=["run_id", "chunk_id"], set_={"answer": values["answer"]})
    )


def chunks(session: Session, key: RunKey) -> dict[str, str]:
    """The answers (JSON text) that an unfinished run already has, by chunk."""
    query = select(RunChunkRow.chunk_id, RunChunkRow.answer).join(RunRow).where(RunRow.digest == key.digest)
    return {
        chunk_id: json.dumps(unpack(answer))
        for chunk_id, answer in session.execute(query.order_by(RunChunkRow.chunk_id))
    }


def candidates_payload(candidates: tuple[Candidate, ...]) -> Any:
    """Candidates as JSON."""
    return [[c.type, c.start, c.end, c.score, c.reported, c.found_by.value, c.threshold] for c in candidates]


def candidates_from(payload: Any) -> tuple[Candidate, ...]:
    """Candidates from JSON; runs of earlier versions kept no threshold."""
    return tuple(Candidate(t, a, b, score, told, FoundBy(by), *rest) for t, a, b, score, told, by, *rest in payload)


def clause_payload(clause: Clause) -> list[Any]:
    """A clause as JSON."""
    value = dict(clause.value) if clause.value is not None else None
    found_by = clause.found_by.value
    return [clause.type, clause.start, clause.end, clause.score, clause.reported, found_by, clause.margin, value]


def clause_from(row: Any) -> Clause:
    """A clause from JSON or from its columns in that order."""
    kind, start_, end, score, reported, found_by, margin, value = row
    return Clause(kind, start_, end, score, bool(reported), FoundBy(found_by), margin, value)


def read_payload(result: ReadResult) -> Any:
    """A read stage's result as JSON."""
    return {
        "clauses": [clause_payload(c) for c in result.clauses],
        "use": model_payload(result.use),
        "unread": list(result.unread),
    }


def read_from(payload: Any) -> ReadResult:
    """A read stage's result from JSON."""
    clauses = tuple(clause_from(row) for row in payload["clauses"])
    return ReadResult(clauses, model_from(payload["use"]), tuple(payload["unread"]))


def model_payload(model: ModelUse | None) -> Any:
    """What a model did, as JSON."""
    if model is None:
        return None
    return list(astuple(model))


def model_from(payload: Any) -> ModelUse | None:
    """What a model did, from JSON; runs of earlier versions kept fewer facts."""
    return ModelUse(*payload) if payload is not None else None
