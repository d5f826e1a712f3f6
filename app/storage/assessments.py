"""Assessments: clauses, findings and absences in tables of their own, so that lists need no more than their rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.clauses import Answer, Clause, FoundBy
from app.domain.findings import Absence, Assessment, Finding, FindingKind, Severity
from app.domain.progress import Stage
from app.domain.review import PlaybookRef
from app.storage import runs
from app.storage.tables_runs import AbsenceRow, ClauseRow, CurrentRunRow, FindingRow, RunRow
from app.storage.types import any_text, plain, unpack

_CLAUSE = ("type", "start", "end", "score", "reported", "found_by", "margin", "value")
_FINDING = (
    "finding_key", "contract_id", "kind", "rule", "severity", "clause_type", "start", "end", "quote", "page",
    "clause_number", "explanation", "recommendation", "fallback", "values", "model_note", "confidence",
    "pending_change",
)  # fmt: skip


def finish(session: Session, run_id: int, assessment: Assessment, playbook: PlaybookRef | None) -> None:
    """Store an assessment as the result of its run, and make the run current."""
    payload = {
        "key_dates": [dict(date) for date in assessment.key_dates],
        "model": runs.model_payload(assessment.model),
        "notes": list(assessment.notes),
        "playbook": [playbook.name, playbook.version, playbook.sha256, playbook.title] if playbook else None,
    }
    runs.finish(session, run_id, payload)
    rows = [dict(zip(_CLAUSE, runs.clause_payload(c), strict=True)) for c in assessment.clauses]
    _insert(session, ClauseRow, run_id, rows)
    _insert(session, FindingRow, run_id, [_finding_columns(f) for f in assessment.findings])
    absences = [{"type": a.type, "answer": a.answer.value, "evidence": dict(a.evidence)} for a in assessment.absences]
    _insert(session, AbsenceRow, run_id, absences)


def load(session: Session, run_id: int) -> tuple[Assessment, PlaybookRef | None]:
    """The assessment of a finished run, and the playbook that was used where it was told."""
    payload = runs.payload_of(session, run_id)
    a = AbsenceRow
    absences = select(a.type, a.answer, a.evidence).where(a.run_id == run_id).order_by(a.position)
    assessment = Assessment(
        clauses=tuple(_clauses(session, run_id)),
        findings=tuple(_findings(session, FindingRow.run_id == run_id)),
        absences=tuple(Absence(kind, Answer(answer), evidence) for kind, answer, evidence in session.execute(absences)),
        key_dates=tuple(payload["key_dates"]),
        model=runs.model_from(payload["model"]),
        notes=tuple(payload["notes"]),
    )
    return assessment, PlaybookRef(*payload["playbook"]) if payload["playbook"] else None


def playbook_of(session: Session, run_id: int) -> PlaybookRef | None:
    """The playbook of a finished run, where it was told."""
    told = runs.payload_of(session, run_id)["playbook"]
    return PlaybookRef(*told) if told else None


def key_dates(session: Session) -> dict[str, list[dict[str, Any]]]:
    """The key dates that count now, by contract; loads no clauses and no findings."""
    query = select(RunRow.contract_id, RunRow.payload).join(CurrentRunRow, CurrentRunRow.run_id == RunRow.run_id)
    query = query.where(CurrentRunRow.stage == Stage.ASSESS.value)
    return {contract_id: unpack(raw)["key_dates"] for contract_id, raw in session.execute(query) if raw is not None}


def findings(session: Session, contract_id: str | None = None) -> list[Finding]:
    """The findings that count now, of one contract or of all, by contract and place."""
    return list(_findings(session, FindingRow.run_id.in_(_current_ids(contract_id))))


def reported_clauses(session: Session) -> dict[str, list[Clause]]:
    """The reported clauses that count now, by contract."""
    columns = [plain(ClauseRow.__table__.c[name]) for name in _CLAUSE]
    query = select(CurrentRunRow.contract_id, *columns).join(ClauseRow, ClauseRow.run_id == CurrentRunRow.run_id)
    query = query.where(CurrentRunRow.stage == Stage.ASSESS.value, ClauseRow.reported.is_(True))
    found: dict[str, list[Clause]] = {}
    by = {f.value: f for f in FoundBy}
    ordered = query.order_by(ClauseRow.run_id, ClauseRow.position)
    for contract_id, kind, start, end, score, _, found_by, margin, raw in session.connection().execute(ordered):
        value = json.loads(raw) if raw is not None else None
        clause = Clause(kind, start, end, score, True, by[found_by], margin, value)
        found.setdefault(contract_id, []).append(clause)
    return found


def answers(session: Session) -> dict[str, dict[str, Answer]]:
    """The answers that count now: by contract, by clause type."""
    query = select(CurrentRunRow.contract_id, AbsenceRow.type, AbsenceRow.answer)
    query = query.join(AbsenceRow, AbsenceRow.run_id == CurrentRunRow.run_id)
    found: dict[str, dict[str, Answer]] = {}
    known = {a.value: a for a in Answer}
    for contract_id, kind, answer in session.connection().execute(
        query.where(CurrentRunRow.stage == Stage.ASSESS.value)
    ):
        found.setdefault(contract_id, {})[kind] = known[answer]
    return found


def _current_ids(contract_id: str | None) -> Any:
    ids = select(CurrentRunRow.run_id).where(CurrentRunRow.stage == Stage.ASSESS.value)
    return ids.where(CurrentRunRow.contract_id == contract_id) if contract_id is not None else ids


def _clauses(session: Session, run_id: int) -> Iterable[Clause]:
    columns = [ClauseRow.__table__.c[name] for name in _CLAUSE]
    query = select(*columns).where(ClauseRow.run_id == run_id).order_by(ClauseRow.position)
    return [runs.clause_from(row) for row in session.execute(query)]


def _findings(session: Session, which: Any) -> Iterable[Finding]:
    columns = [plain(FindingRow.__table__.c[name]) for name in _FINDING]
    query = select(*columns).where(which).order_by(FindingRow.contract_id, FindingRow.position)
    kinds, severities = {k.value: k for k in FindingKind}, {s.value: s for s in Severity}
    for (
        key, contract_id, kind, rule, severity, clause_type, start, end, quote, page, number,
        explanation, recommendation, fallback, values, model_note, confidence, pending,
    ) in session.connection().execute(query):  # fmt: skip
        yield Finding(
            key, contract_id, kinds[kind], rule, severities[severity], clause_type, start, end, any_text(quote), page,
            any_text(number), any_text(explanation), any_text(recommendation), any_text(fallback), json.loads(values),
            any_text(model_note), confidence, any_text(pending),
        )  # fmt: skip


def _finding_columns(finding: Finding) -> dict[str, Any]:
    row = {name: getattr(finding, name) for name in _FINDING}
    row["kind"], row["severity"] = finding.kind.value, finding.severity.value
    row["values"] = json.loads(json.dumps(finding.values, default=str))
    return row


def _insert(session: Session, table: Any, run_id: int, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), [{"run_id": run_id, "position": i} | row for i, row in enumerate(rows)])
