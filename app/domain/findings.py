"""Findings, absences and what the lawyer decided about them."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.domain.clauses import Answer, Clause, ModelUse


class Severity(StrEnum):
    """How grave a finding is; the order of definition is the order of gravity."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 is the gravest."""
        return list(Severity).index(self)


class FindingKind(StrEnum):
    """What sort of thing a finding tells."""

    RISK = "risk"
    MISSING = "missing"  # a required clause that the second pass did not find
    UNCLEAR = "unclear"  # a required clause that may be there: see the passage
    NOT_CHECKED = "not checked"  # side unknown, pages unread, language not screened
    HIDDEN_TEXT = "hidden text"
    DRAFTING = "drafting"  # blanks, broken references, undefined terms


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell the lawyer. Quotes are slices of the text; page and clause number are None where there is none.

    `explanation` is the playbook's reason with values filled in by code. `model_note` is the model's own sentence,
    shown as "model, not checked", or None.
    """

    finding_key: str
    contract_id: str
    kind: FindingKind
    rule: str
    severity: Severity
    clause_type: str | None
    start: int | None
    end: int | None
    quote: str | None
    page: int | None
    clause_number: str | None
    explanation: str
    recommendation: str
    fallback: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    model_note: str | None = None
    confidence: float | None = None  # the clause's probability, where a clause is behind it
    pending_change: str | None = None  # "turns on a change by X of DATE that is not accepted yet"

    @property
    def pending_sentence(self) -> str | None:
        """What tracked changes have to do with the finding, as a sentence."""
        return f"This finding {self.pending_change}." if self.pending_change else None


@dataclass(frozen=True, slots=True)
class Absence:
    """The answer about one clause type of one contract; evidence is JSON-like: pages, words, nearest passage."""

    type: str
    answer: Answer
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that the assess stage says of one contract."""

    clauses: tuple[Clause, ...]  # with values filled in
    findings: tuple[Finding, ...]
    absences: tuple[Absence, ...]
    key_dates: tuple[dict[str, Any], ...] = ()
    model: ModelUse | None = None
    notes: tuple[str, ...] = ()


_WHITE = re.compile(r"\s+")


def normalise_quote(quote: str) -> str:
    """A quote folded so that layout and typography do not change its identity."""
    folded = unicodedata.normalize("NFKC", quote).casefold()
    folded = folded.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-"})
    return _WHITE.sub(" ", folded).strip()


def finding_key(contract_id: str, rule: str, clause_type: str | None, quote: str | None) -> str:
    """The identity of a finding across runs; for absences (no quote) contract and rule."""
    parts = (contract_id, rule) if quote is None else (contract_id, rule, clause_type or "", normalise_quote(quote))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def not_checked(
    contract_id: str, rule: str, severity: Severity, explanation: str, recommendation: str, values: dict[str, Any]
) -> Finding:
    """A finding about what could not be checked in a contract: it stands at no passage."""
    return Finding(
        finding_key=finding_key(contract_id, rule, None, None),
        contract_id=contract_id,
        kind=FindingKind.NOT_CHECKED,
        rule=rule,
        severity=severity,
        clause_type=None,
        start=None,
        end=None,
        quote=None,
        page=None,
        clause_number=None,
        explanation=explanation,
        recommendation=recommendation,
        values=values,
    )


class Action(StrEnum):
    """What a lawyer can do to a finding."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"  # the lawyer's own words: payload explanation, recommendation
    SEVERITY = "severity"  # payload severity
    NOTE = "note"  # payload note
    UNDO = "undo"  # payload undoes: the sequence number that is compensated


@dataclass(frozen=True, slots=True)
class Decision:
    """An entry of the append-only log. `snapshot` is what was decided on: quote, values, severity, rule, explanation.

    `hash` covers every other field and the hash before it; `sequence` counts from 1 in a matter.
    """

    sequence: int
    finding_key: str
    action: Action
    user: str
    time: dt.datetime
    payload: dict[str, Any]
    snapshot: dict[str, Any]
    previous_hash: str
    hash: str


class Standing(StrEnum):
    """How a finding's decision stands after the latest run."""

    UNDECIDED = "undecided"
    UNCHANGED = "unchanged"
    CHANGED = "changed: confirm again"
    NO_LONGER_RAISED = "no longer raised"


@dataclass(frozen=True, slots=True)
class FindingState:
    """A finding with what the log says of it."""

    finding: Finding
    decision: Action | None = None  # ACCEPT or REJECT or None
    severity: Severity | None = None  # the lawyer's, where set
    note: str | None = None
    explanation: str | None = None  # the lawyer's words, where edited
    recommendation: str | None = None
    user: str | None = None
    time: dt.datetime | None = None
    standing: Standing = Standing.UNDECIDED

    @property
    def effective_severity(self) -> Severity:
        """The lawyer's severity, else the rule's."""
        return self.severity or self.finding.severity

    @property
    def settled(self) -> bool:
        """Accepted or rejected, and on the facts as they are now."""
        return self.decision is not None and self.standing is Standing.UNCHANGED

    @property
    def rejected(self) -> bool:
        """Whether the lawyer's last word on it was no."""
        return self.decision is Action.REJECT
