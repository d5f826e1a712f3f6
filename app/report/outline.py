"""What the report says, before any file format: plain rows made from a Review. Word and Excel lay them out."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.findings import FindingState, Severity
from app.domain.review import ContractReview, Review
from app.report.quotes import Cite


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the matter with its number in the report and what was read of it."""

    number: int
    name: str
    other_names: tuple[str, ...]  # the same bytes under other paths
    sha256: str
    status: str
    analysed: bool
    pages: int | None
    ocr_pages: int
    unreadable: tuple[tuple[int, str], ...]  # page, reason
    remarks: tuple[str, ...]  # a sentence each


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a source and where they stand. `quote` is cleaned, perhaps shortened."""

    quote: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class Flag:
    """A finding as a row: numbered, with what the lawyer said of it."""

    number: int
    anchor: str  # bookmark of its row
    contract: str
    contract_anchor: str
    issue: str
    severity: Severity
    passage: Passage | None
    where: str  # for findings without a quote: what they are about
    why: str
    recommendation: str
    by_lawyer: bool  # why or recommendation are the lawyer's own words
    fallback: str | None
    model_note: str | None
    note: str | None
    decision: tuple[str, ...]
    decided: bool
    evidence: tuple[str, ...]
    nearest: Passage | None
    pending: str | None
    state: FindingState
    beside: tuple[str, ...] = ()  # the contract's other red flags on the same words: "no. 12 (Renewal Term)"


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A date with what it follows from; `date` is ISO 8601 or "" where an input is unknown."""

    contract: str
    contract_id: str
    what: str
    date: str
    formula: str
    inputs: str


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A reported clause with its words; `further` cites passages that are less likely part of the same type."""

    type: str
    value: str
    passage: Passage
    found_by: str
    score: float
    further: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True)
class Departure:
    """A clause that departs from the standard form: its own words, those of the form, what differs in short lines."""

    clause: str
    change: str
    passage: Passage | None
    form_words: str  # "" where only the contract has the clause
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContractDetail:
    """One contract: its facts, its clauses, and the answers about the clause types that were not found."""

    review: ContractReview
    file: FileEntry
    name: str
    anchor: str
    facts: tuple[tuple[str, str], ...]  # label, value
    clauses: tuple[ClauseRow, ...]
    flags: tuple[Flag, ...]
    cells: dict[str, str]  # clause type -> "present", "risk", "missing", "unclear", "not checked"
    notes: tuple[str, ...]
    departures: tuple[Departure, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole report."""

    review: Review
    final: bool
    reviewer: str | None
    files: tuple[FileEntry, ...]
    contracts: tuple[ContractDetail, ...]
    flags: tuple[Flag, ...]  # with a quote or a place: by issue, gravest first
    gaps: tuple[Flag, ...]  # missing, unclear, not checked
    gone: tuple[Flag, ...]  # decided once, no longer raised
    dates: tuple[KeyDate, ...]
    counts: dict[Severity, int]
    undecided: dict[Severity, int]
    decided: int
    total: int
    rejected: int
    open_items: tuple[tuple[str, str], ...]  # contract, sentence

    @property
    def live(self) -> tuple[Flag, ...]:
        """All findings that the report raises, gravest first, in the order of their numbers where equal."""
        return tuple(sorted((*self.flags, *self.gaps), key=lambda f: (f.severity.rank, f.number)))

    @property
    def status_line(self) -> str:
        """What the header of every page says."""
        if self.final:
            return f"FINAL: reviewed by {self.reviewer}"
        counted = f"({self.decided} of {self.total} decided)"
        if self.decided and not grave_open(self.review):
            return f"DRAFT: critical and high findings decided, not signed off {counted}"
        return f"DRAFT: machine findings, not reviewed by a lawyer {counted}"


def grave_open(review: Review) -> int:
    """Critical and high findings that wait for a decision; what is no longer raised waits for none."""
    return sum(
        1
        for contract in review.contracts
        for state in contract.findings
        if state.effective_severity.rank <= 1 and not state.settled and not gone(state)
    )


def gone(state: FindingState) -> bool:
    """Whether the latest run no longer raises the finding."""
    return state.standing.value == "no longer raised"
