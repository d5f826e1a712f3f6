"""The tables of runs, what they found and what the lawyer decided."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables import Base
from app.storage.types import AnyText


class RunRow(Base):
    """A stage's run for one contract, keyed by its inputs; immutable once finished."""

    __tablename__ = "runs"
    run_id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    stage: Mapped[str]
    contract_id: Mapped[str] = mapped_column(ForeignKey("contracts.contract_id"), index=True)
    inputs: Mapped[list[Any]]
    started: Mapped[dt.datetime]
    finished: Mapped[dt.datetime | None]
    payload: Mapped[bytes | None]


class RunChunkRow(Base):
    """What an unfinished run already has: one answer per chunk."""

    __tablename__ = "run_chunks"
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.run_id", ondelete="CASCADE"), primary_key=True)
    chunk_id: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[bytes]


class CurrentRunRow(Base):
    """The run that counts now for a contract and a stage."""

    __tablename__ = "current_runs"
    contract_id: Mapped[str] = mapped_column(ForeignKey("contracts.contract_id"), primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.run_id"))


class ClauseRow(Base):
    """A clause of an assess run, reported or not."""

    __tablename__ = "clauses"
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.run_id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    score: Mapped[float]
    reported: Mapped[bool]
    found_by: Mapped[str]
    margin: Mapped[float | None]
    value: Mapped[dict[str, Any] | None]
    __table_args__ = (Index("ix_clauses_run_id_reported", "run_id", "reported"),)


class FindingRow(Base):
    """A finding of an assess run."""

    __tablename__ = "findings"
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.run_id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    finding_key: Mapped[str] = mapped_column(index=True)
    contract_id: Mapped[str]
    kind: Mapped[str]
    rule: Mapped[str]
    severity: Mapped[str]
    clause_type: Mapped[str | None]
    start: Mapped[int | None]
    end: Mapped[int | None]
    quote: Mapped[str | None] = mapped_column(AnyText)
    page: Mapped[int | None]
    clause_number: Mapped[str | None] = mapped_column(AnyText)
    explanation: Mapped[str] = mapped_column(AnyText)
    recommendation: Mapped[str] = mapped_column(AnyText)
    fallback: Mapped[str | None] = mapped_column(AnyText)
    values: Mapped[dict[str, Any]]
    model_note: Mapped[str | None] = mapped_column(AnyText)
    confidence: Mapped[float | None]
    pending_change: Mapped[str | None] = mapped_column(AnyText)


class AbsenceRow(Base):
    """The answer about one clause type in an assess run."""

    __tablename__ = "absences"
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.run_id"), primary_key=True)
    type: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    answer: Mapped[str]
    evidence: Mapped[dict[str, Any]]


class DecisionRow(Base):
    """An entry of the log; triggers forbid changing or removing it. `payload` and `snapshot` are canonical JSON."""

    __tablename__ = "decisions"
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    finding_key: Mapped[str] = mapped_column(index=True)
    action: Mapped[str]
    user: Mapped[str]
    time: Mapped[dt.datetime]
    payload: Mapped[str]
    snapshot: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)


class CorrectionRow(Base):
    """The lawyer's value for a clause, by contract, type and quote, so that it outlives every run. Only appended to."""

    __tablename__ = "corrections"
    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[str] = mapped_column(index=True)
    type: Mapped[str]
    quote: Mapped[str] = mapped_column(AnyText)
    value: Mapped[dict[str, Any] | None]  # None: withdrawn
    user: Mapped[str]
    time: Mapped[dt.datetime]


class ConflictRow(Base):
    """A finding on which a merged copy decided otherwise; open until a later decision here settles it."""

    __tablename__ = "conflicts"
    finding_key: Mapped[str] = mapped_column(primary_key=True)
    their_hash: Mapped[str] = mapped_column(primary_key=True)
    theirs: Mapped[dict[str, Any]]
    after_sequence: Mapped[int]
    found: Mapped[dt.datetime]
