"""A standard form that the lawyer chose, and how a contract stands to it, clause by clause."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.clauses import Clause
from app.domain.matter import ContractKind


class Change(StrEnum):
    """What became of a clause."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class StandardForm:
    """A form of the client's. `form_id` is the SHA-256 of its file; `text_id` names its stored text."""

    form_id: str
    name: str  # of the file
    kind: ContractKind
    text_id: str
    clauses: tuple[Clause, ...] = ()  # what the screener reports in it, with values


@dataclass(frozen=True, slots=True)
class FormDeviation:
    """One clause that departs from the form. [start, end) is in the contract's accepted text, both None where the
    clause is only in the form; `form_quote` is "" where it is only in the contract."""

    change: Change
    clause: str  # "9.2 Limitation of liability", as the form numbers it, or the contract where only it has the clause
    start: int | None
    end: int | None
    quote: str
    form_quote: str
    likeness: float = 0.0  # of the two wordings, 0 to 1
    words: tuple[tuple[str, str], ...] = ()  # (the form's words, the contract's), either may be ""
    types: tuple[str, ...] = ()  # clause types that stand in either wording
    values: tuple[tuple[str, str, str], ...] = ()  # clause type, the form's value, the contract's


@dataclass(frozen=True, slots=True)
class FormComparison:
    """A contract against a form. `on_form`: most of it is the form's wording, so that words are compared; else only
    clause types and their values are. `said` tells in a sentence or two how the contract stands to the form."""

    form_id: str
    form_name: str
    compared: bool
    on_form: bool
    followed: float  # share of the form's clauses whose wording is found again, changed or not
    said: str
    deviations: tuple[FormDeviation, ...] = ()
