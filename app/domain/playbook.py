"""A playbook: the firm's positions as rules over clauses and their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from app.domain.findings import Severity
from app.domain.matter import ContractKind, Role
from app.domain.review import PlaybookRef


class Test(StrEnum):
    """What a condition asks. `subject` and `operand` of the Condition depend on it."""

    ABOVE = "above"  # value at path subject > operand
    AT_LEAST = "at_least"
    BELOW = "below"
    AT_MOST = "at_most"
    IS = "is"
    IS_NOT = "is_not"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    KNOWN = "known"  # the value at path subject could be read (operand True) or not (False)
    SAYS = "says"  # any of the patterns matches in the scope named by subject
    LACKS = "lacks"  # none of the patterns matches in the scope named by subject
    PARTY = "party"  # whom the clause binds or favours: "us", "them", "one side" or "mutual"
    DEAL = "deal"  # the matter's deal structure is one of operand
    LAW = "law"  # the governing law is "foreign" or "home" to the matter
    HAS = "has"  # the contract has a clause of each type in operand
    HAS_NOT = "has_not"  # it has no clause of any type in operand
    RUN_OUT = "run_out"  # the value at path subject is a date before the reference date
    ANY = "any"  # any of the conditions in operand holds
    UNFAIR = "unfair"  # the playbook's detector tells a passage of one of the categories in operand


SCOPES = ("clause", "section", "contract")


@dataclass(frozen=True, slots=True)
class Condition:
    """One test. `subject` is a path into the clause's value or a scope; `operand` a scalar or a tuple."""

    test: Test
    operand: Any
    subject: str = ""

    @property
    def words(self) -> str:
        """The condition for people to read."""
        shown = ", ".join(map(str, self.operand)) if isinstance(self.operand, tuple) else str(self.operand)
        match self.test:
            case Test.SAYS | Test.LACKS:
                verb = "mentions" if self.test is Test.SAYS else "does not mention"
                return f"the {self.subject} {verb} one of {len(self.operand)} wordings"
            case Test.KNOWN:
                return f"{self.subject} {'can' if self.operand else 'cannot'} be read"
            case Test.PARTY:
                return f"it concerns {shown}"
            case Test.DEAL:
                return f"the deal is one of: {shown}"
            case Test.LAW:
                return f"the governing law is {shown}"
            case Test.HAS | Test.HAS_NOT:
                return f"the contract has {'no ' if self.test is Test.HAS_NOT else ''}{shown}"
            case Test.RUN_OUT:
                return f"{self.subject} is before the reference date"
            case Test.UNFAIR:
                return f"the playbook's detector tells a passage on {shown}"
            case Test.ANY:
                return " or ".join(c.words for c in self.operand)
        return f"{self.subject} {self.test.value.replace('_', ' ')} {shown}"


class Position(StrEnum):
    """How far a clause is from what we want."""

    PREFERRED = "preferred"
    ACCEPTABLE = "acceptable"
    ESCALATE = "escalate"


@dataclass(frozen=True, slots=True)
class Rule:
    """One position. With clause types it looks at each such clause; without, once at the whole contract.

    `required` rules raise a finding where none of `clauses` is found. `reason` has {name} fields that code fills in
    from the clause's value; `without_value` is the reason where one of them could not be read.
    """

    rule_id: str
    title: str
    clauses: tuple[str, ...]
    severity: Severity
    reason: str
    recommendation: str
    fallback: str | None = None
    without_value: str | None = None
    position: Position = Position.ESCALATE
    required: bool = False
    roles: tuple[Role, ...] = ()  # our role; () for every one
    kinds: tuple[ContractKind, ...] = ()  # kinds of agreement; () for every one
    conditions: tuple[Condition, ...] = ()
    question: str | None = None  # for the model, answered yes or no
    line: int = 0

    @property
    def applies_to(self) -> str:
        """Kinds and sides in words, "" for every contract."""
        kinds = ", ".join(kind.value for kind in self.kinds)
        roles = " or ".join(role.value for role in self.roles)
        return "; ".join(part for part in (kinds, f"as {roles}" if roles else "") if part)

    @property
    def check(self) -> str:
        """The test in words."""
        if self.required:
            return f"no clause found on: {', '.join(self.clauses)}"
        tests = " and ".join(condition.words for condition in self.conditions)
        where = f"a clause on {', '.join(self.clauses)}" if self.clauses else "the contract"
        return f"{where}: {tests}" if tests else where


class ToldPassage(Protocol):
    """A passage that a detector tells, with its category."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def category(self) -> str: ...  # noqa: D102
    @property
    def clear(self) -> bool: ...  # noqa: D102


class Detector(Protocol):
    """A trained detector that belongs to a playbook."""

    def passages(self, text: str) -> Sequence[ToldPassage]:
        """The passages that are told, in the order of the text."""


@dataclass(frozen=True, slots=True)
class Playbook:
    """A validated playbook. `sha256` is of the file's bytes (and its detector's): every review is pinned to it."""

    name: str
    version: str
    sha256: str
    title: str
    notice: str
    side: tuple[Role, ...]  # whom it is written for; () for either side
    kinds: tuple[ContractKind, ...]  # the kinds of agreement it is proposed for
    rules: tuple[Rule, ...]
    detector: Detector | None = None

    @property
    def ref(self) -> PlaybookRef:
        """What a review keeps of it."""
        return PlaybookRef(self.name, self.version, self.sha256, self.title)

    @property
    def expected(self) -> tuple[str, ...]:
        """The clause types that a contract should have, in the order of the rules."""
        return tuple(dict.fromkeys(name for rule in self.rules if rule.required for name in rule.clauses))
