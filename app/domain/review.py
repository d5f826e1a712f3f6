"""A review: everything a report or a window shows of a matter, ready to be laid out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.domain.clauses import Clause, ModelUse
from app.domain.findings import Absence, FindingState, Standing
from app.domain.matter import Contract, Document, Matter
from app.domain.text import ContractText

if TYPE_CHECKING:
    from app.domain.sections import Section
    from app.domain.standard_form import FormComparison


@dataclass(frozen=True, slots=True)
class PlaybookRef:
    """Which playbook a review is pinned to."""

    name: str
    version: str
    sha256: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class ContractReview:
    """One contract with what the latest runs found and what was decided. Without `text` it was not analysed."""

    contract: Contract
    document: Document  # of the base part
    text: ContractText | None
    sections: tuple[Section, ...] = ()
    clauses: tuple[Clause, ...] = ()  # reported and not: filter on `reported`
    findings: tuple[FindingState, ...] = ()
    absences: tuple[Absence, ...] = ()
    key_dates: tuple[dict[str, Any], ...] = ()  # what, date (ISO), formula, inputs
    playbook: PlaybookRef | None = None
    model: ModelUse | None = None
    notes: tuple[str, ...] = ()  # what was not done and why, a sentence each
    form: FormComparison | None = None  # how it stands to a standard form of the matter, if there is one


@dataclass(frozen=True, slots=True)
class Review:
    """A matter as it stands. `documents` includes those that could not be read, each with its reason."""

    matter: Matter
    contracts: tuple[ContractReview, ...]
    documents: tuple[Document, ...]
    model: ModelUse | None  # totals over the contracts, None: no model was used
    screener_version: str
    ingest_version: str
    log_head: str  # hash of the last decision, "" without one
    made: dt.datetime
    reviewer: str | None = None  # who signs a final report

    @property
    def undecided_grave(self) -> int:
        """Critical and high findings without a decision that still holds: above nought the report is a draft."""
        return sum(
            1
            for contract in self.contracts
            for state in contract.findings
            if state.effective_severity.rank <= 1
            and not state.settled
            and state.standing is not Standing.NO_LONGER_RAISED
        )


def gravest(states: Iterable[FindingState], count: int) -> list[tuple[FindingState, int]]:
    """The gravest findings, one for each rule, each with the number of others that the same rule raises as gravely.

    Thirty contracts with one fault are one thing to know. What is no longer raised, or rejected, is left out.
    """
    live = [s for s in states if s.standing is not Standing.NO_LONGER_RAISED and not (s.settled and s.rejected)]
    live.sort(key=lambda s: (s.effective_severity.rank, -(s.finding.confidence or 0)))
    first: dict[tuple[str, int], FindingState] = {}
    others: Counter[tuple[str, int]] = Counter()
    for state in live:
        kind = (state.finding.rule, state.effective_severity.rank)
        first.setdefault(kind, state)
        others[kind] += 1
    return [(state, others[kind] - 1) for kind, state in list(first.items())[:count]]
