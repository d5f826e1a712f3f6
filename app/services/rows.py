"""Rows for the window's lists and the grid, from stored results; no text is loaded for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.domain.clauses import CLAUSE_TYPES, Answer, Clause
from app.domain.findings import FindingKind, FindingState, Severity, Standing
from app.domain.matter import Contract, Document
from app.domain.review import PlaybookRef
from app.domain.same_words import same_words
from app.services.api import DateRow, DocumentRow, FindingRow, GridCell


def document_row(document: Document, contract: Contract | None, states: Sequence[FindingState]) -> DocumentRow:
    """A document with the gravest finding that is still open."""
    live = [s for s in states if s.standing is not Standing.NO_LONGER_RAISED]
    return _row(document, contract, len(live), [s.effective_severity for s in live if not s.settled])


def plain_row(document: Document, contract: Contract | None, severities: Sequence[Severity]) -> DocumentRow:
    """A document on whose findings nothing was decided."""
    return _row(document, contract, len(severities), severities)


def _row(document: Document, contract: Contract | None, live: int, open_ones: Sequence[Severity]) -> DocumentRow:
    worst = min(open_ones, key=lambda severity: severity.rank, default=None)
    path = document.paths[0] if document.paths else document.sha256[:12]
    folder, _, _ = path.rpartition("/")
    return DocumentRow(
        document.sha256, contract.contract_id if contract else None, path, folder, document.status, document.reason,
        document.page_count, contract.kind.value if contract else "", contract.our_role.value if contract else "",
        worst.value if worst else None, live, live - len(open_ones),
    )  # fmt: skip


def finding_rows(
    contract: Contract, states: Sequence[FindingState], playbook: PlaybookRef | None = None
) -> list[FindingRow]:
    """One contract's findings as rows."""
    used = f"{playbook.title or playbook.name}, {playbook.version}" if playbook is not None else ""
    live = [state.finding for state in states if state.standing is not Standing.NO_LONGER_RAISED]
    beside = {key: tuple(f.finding_key for f in others) for key, others in same_words(live).items()}
    return [
        FindingRow(state, contract.contract_id, contract.name, used, beside.get(state.finding.finding_key, ()))
        for state in states
    ]


def short_value(value: Mapping[str, Any] | None) -> str:
    """What a grid cell shows of a clause's value: the analysis' own display text, "" without one."""
    return str(value.get("display", "")) if value else ""


def grid_row(clauses: Sequence[Clause], answers: Mapping[str, Answer], risky: Collection[str]) -> dict[str, GridCell]:
    """A cell for each clause type of one contract; `risky` are the types with a grave risk."""
    best: dict[str, Clause] = {}
    for clause in clauses:
        held = best.get(clause.type)
        if clause.reported and (
            held is None or (clause.value is not None, clause.score) > (held.value is not None, held.score)
        ):
            best[clause.type] = clause
    return {name: _cell(best.get(name), answers.get(name), name in risky) for name in CLAUSE_TYPES}


def raises(kind: FindingKind, severity: Severity) -> bool:
    """Whether a finding makes its clause type's cell a risk."""
    return kind is FindingKind.RISK and severity.rank <= 2


def _cell(clause: Clause | None, answer: Answer | None, risky: bool) -> GridCell:
    if clause is not None:
        return GridCell("risk" if risky else "present", short_value(clause.value), clause.start, clause.end)
    return GridCell((answer or Answer.NOT_CHECKED).value, "", None, None)


def date_rows(contract: Contract, key_dates: Sequence[Mapping[str, Any]]) -> list[DateRow]:
    """The computed dates of one contract; entries without a date are left to the report."""
    rows = []
    for entry in key_dates:
        try:
            date = dt.date.fromisoformat(str(entry.get("date")))
        except ValueError:
            continue
        rows.append(
            DateRow(
                contract.contract_id,
                contract.name,
                str(entry.get("what", "")),
                date,
                str(entry.get("formula", "")),
                entry.get("start"),
                entry.get("end"),
            )  # fmt: skip
        )
    return rows
