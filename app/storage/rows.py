"""Rows for lists: what a window shows of hundreds of contracts and thousands of findings, without their words."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.findings import FindingKind, Severity
from app.domain.matter import Document
from app.domain.progress import Stage
from app.storage import contracts, documents
from app.storage.tables_runs import CurrentRunRow, FindingRow


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document with its contract, None where it is part of none, and the findings that count now, by severity."""

    document: Document
    contract_id: str | None
    contract_name: str
    kind: str
    our_role: str
    findings: dict[Severity, int]


@dataclass(frozen=True, slots=True)
class FindingSummary:
    """A finding in a list. Its words are had by findings(contract_id)."""

    finding_key: str
    contract_id: str
    kind: FindingKind
    rule: str
    severity: Severity
    clause_type: str | None
    page: int | None


def document_rows(session: Session) -> list[DocumentSummary]:
    """Every document, by its first path."""
    counts: dict[str, dict[Severity, int]] = {}
    f = FindingRow
    counted = select(CurrentRunRow.contract_id, f.severity, func.count()).join(f, f.run_id == CurrentRunRow.run_id)
    counted = counted.where(CurrentRunRow.stage == Stage.ASSESS.value)
    for contract_id, severity, number in session.execute(counted.group_by(CurrentRunRow.contract_id, f.severity)):
        counts.setdefault(contract_id, {})[Severity(severity)] = number
    owner = {part.document_sha256: c for c in contracts.load_all(session) for part in c.parts}
    found = []
    for document in documents.load_all(session):
        contract = owner.get(document.sha256)
        if contract is None:
            found.append(DocumentSummary(document, None, "", "", "", {}))
        else:
            kind, role = contract.kind.value, contract.our_role.value
            found_here = counts.get(contract.contract_id, {})
            found.append(DocumentSummary(document, contract.contract_id, contract.name, kind, role, found_here))
    return found


def owner_of(session: Session, finding_key: str) -> str | None:
    """The contract of a finding that counts now."""
    f = FindingRow
    query = select(f.contract_id).join(CurrentRunRow, CurrentRunRow.run_id == f.run_id)
    query = query.where(CurrentRunRow.stage == Stage.ASSESS.value, f.finding_key == finding_key)
    return session.scalar(query.limit(1))


def finding_rows(session: Session) -> list[FindingSummary]:
    """Every finding that counts now, by contract and place."""
    f = FindingRow
    query = select(f.finding_key, f.contract_id, f.kind, f.rule, f.severity, f.clause_type, f.page)
    query = query.join(CurrentRunRow, CurrentRunRow.run_id == f.run_id).where(CurrentRunRow.stage == Stage.ASSESS.value)
    kinds, severities = {k.value: k for k in FindingKind}, {s.value: s for s in Severity}
    return [
        FindingSummary(key, contract_id, kinds[kind], rule, severities[severity], clause_type, page)
        for key, contract_id, kind, rule, severity, clause_type, page in session.connection().execute(
            query.order_by(f.contract_id, f.run_id, f.position)
        )
    ]
