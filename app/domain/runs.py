"""Runs: what a stage found, keyed by what went into it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.clauses import Clause, ModelUse
from app.domain.progress import Stage


@dataclass(frozen=True, slots=True)
class RunKey:
    """The inputs of a stage for one contract. Equal keys mean that the stage need not run again."""

    stage: Stage
    contract_id: str
    inputs: tuple[tuple[str, str], ...]  # sorted by name

    @classmethod
    def of(cls, stage: Stage, contract_id: str, inputs: Mapping[str, str]) -> RunKey:
        """A key with its inputs in canonical order."""
        return cls(stage, contract_id, tuple(sorted(inputs.items())))

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON of the key."""
        raw = json.dumps([self.stage.value, self.contract_id, self.inputs], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(raw.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What the read stage gave: the clauses after the model's vote, and what the model did."""

    clauses: tuple[Clause, ...]
    use: ModelUse | None
    unread: tuple[str, ...] = ()  # parts that went unread, a phrase each
