"""Clause types, candidates and clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

# CUAD's 41 categories (The Atticus Project, CC BY 4.0), by CUAD's own names, and seven of ours, found by rules.
CUAD_TYPES: tuple[str, ...] = (
    "Document Name", "Parties", "Agreement Date", "Effective Date", "Expiration Date", "Renewal Term",
    "Notice Period To Terminate Renewal", "Governing Law", "Most Favored Nation", "Non-Compete", "Exclusivity",
    "No-Solicit Of Customers", "Competitive Restriction Exception", "No-Solicit Of Employees", "Non-Disparagement",
    "Termination For Convenience", "Rofr/Rofo/Rofn", "Change Of Control", "Anti-Assignment", "Revenue/Profit Sharing",
    "Price Restrictions", "Minimum Commitment", "Volume Restriction", "Ip Ownership Assignment", "Joint Ip Ownership",
    "License Grant", "Non-Transferable License", "Affiliate License-Licensor", "Affiliate License-Licensee",
    "Unlimited/All-You-Can-Eat-License", "Irrevocable Or Perpetual License", "Source Code Escrow",
    "Post-Termination Services", "Audit Rights", "Uncapped Liability", "Cap On Liability", "Liquidated Damages",
    "Warranty Duration", "Insurance", "Covenant Not To Sue", "Third Party Beneficiary",
)  # fmt: skip
RULE_TYPES: tuple[str, ...] = (
    "Indemnification", "Confidentiality", "Data Protection", "Force Majeure", "Payment Terms", "Dispute Resolution",
    "Notices",
)  # fmt: skip
CLAUSE_TYPES: tuple[str, ...] = CUAD_TYPES + RULE_TYPES

LIKELY = 0.3  # the probability from which a passage stands for its type without being the best


class FoundBy(StrEnum):
    """What made a clause stand: the screener alone, rules, the model's vote, or the lawyer.

    DISPUTED: the screener or a rule reports the passage and the examined model rejects it; flags on it stand.
    """

    SCREENER = "screener"
    RULES = "rules"
    SCREENER_AND_MODEL = "screener+model"
    MODEL = "model"
    LAWYER = "lawyer"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may be a clause. `score` is a probability; `reported`: the screener alone would report it.

    `threshold` is the score from which the screener reports this type; None where what made it does not say.
    """

    type: str
    start: int
    end: int
    score: float
    reported: bool
    found_by: FoundBy = FoundBy.SCREENER
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A candidate after reading. `margin` is the model's log-odds of yes against no, None where it was not asked.

    `reported` False means: a candidate that does not stand, kept for ranking, absence evidence and the log.
    `value` is JSON-like and depends on the type; None where nothing could be read with certainty.
    """

    type: str
    start: int
    end: int
    score: float
    reported: bool
    found_by: FoundBy
    margin: float | None = None
    value: Mapping[str, Any] | None = None


def leading(clauses: Iterable[Clause]) -> list[Clause]:
    """Of the reported clauses the best of each type and all likely ones; the rest is there lest a part be missed."""
    reported = [clause for clause in clauses if clause.reported]
    best: dict[str, Clause] = {}
    for clause in reported:
        if clause.type not in best or clause.score > best[clause.type].score:
            best[clause.type] = clause
    return [clause for clause in reported if clause.score >= LIKELY or clause is best[clause.type]]


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What the language model was and did in one read stage."""

    name: str
    sha256: str
    weight: float = 0.0
    questions: int = 0
    tokens_evaluated: int = 0
    note: str | None = None  # how deep it read, and why its answers weigh nothing where they do
    unread: int = 0  # passages that were to be read and were not, for want of time or because the model failed
    kept: int = 0  # its sentences beside findings
    dropped: int = 0  # sentences that said what does not stand in the words, and are shown nowhere


class Answer(StrEnum):
    """What may be said about a clause type of a contract. Never to be confused with one another."""

    PRESENT = "present"
    MISSING = "missing"
    UNCLEAR = "unclear"
    NOT_CHECKED = "not checked"
