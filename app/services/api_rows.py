"""The rows, options and entries that the front ends see; services.api gives them out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.findings import FindingState


@dataclass(frozen=True, slots=True)
class AnalyzeOptions:
    """How to analyse. `model` is "none", "builtin" or the path of a GGUF; `playbook` a bundled name or a YAML path.

    `reading` is "gated", "full" or "off". `roles` maps a file's path to (our role, playbook), either may be "".
    """

    model: str = "none"
    playbook: str | None = None
    reading: str = "gated"
    read_minutes: float | None = None
    roles: dict[str, tuple[str, str]] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)  # path, file name or SHA-256 -> password; never stored
    workers: int | None = None
    left: tuple[str, ...] = ()  # paths of contracts whose analysis failed twice: told, not tried again
    exclude: tuple[Path, ...] = ()  # files and folders (absolute) that are no part of the deal: reports, our own data


@dataclass(frozen=True, slots=True)
class MatterEntry:
    """A matter in the recent list. A protected matter shows its id instead of a name until it is opened."""

    matter_id: str
    name: str
    path: Path
    protected: bool
    last_opened: dt.datetime
    missing: bool = False  # its file is not where it was: moved, or on a drive that is not connected
    unfinished: bool = False  # an import was interrupted: open it and ask MatterSession.unfinished()


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the left pane. `contract_id` is None where it was not analysed; `status` is a FileStatus value."""

    document_sha256: str
    contract_id: str | None
    path: str
    folder: str
    status: str
    reason: str | None
    pages: int | None
    kind: str
    our_role: str
    worst: str | None  # Severity value of the gravest open finding
    findings: int
    decided: int


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in the right pane."""

    state: FindingState
    contract_id: str
    contract_name: str
    playbook: str = ""  # the one the contract was checked with, as shown
    beside: tuple[str, ...] = ()  # keys of the contract's other findings on the same words


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of documents x clause types. `answer` is "present", "risk", "missing", "unclear" or "not checked"."""

    answer: str
    value: str  # short display value: "New York", "60 days", "2x fees"; "" without one
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A place in the matter that matches a search; `snippet` has the match between U+0002 and U+0003."""

    contract_id: str
    contract_name: str
    start: int
    end: int
    page: int | None
    snippet: str


@dataclass(frozen=True, slots=True)
class PageImage:
    """A rendered page: `rgb` is width * height * 3 bytes, rows from the top."""

    page: int
    width: int
    height: int
    scale: float  # pixels per point
    rgb: bytes


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model the user may choose. `mark` is the exam's, None where it was not examined."""

    key: str  # "none", "builtin" or a GGUF path
    title: str
    sha256: str | None
    mark: str | None
    note: str
    minutes: float | None = None  # for a contract of 30 pages, gated, by the exam's pace on this machine
    memory: int | None = None  # bytes it needs at least
    memory_free: int | None = None  # bytes free now
    warned: bool = False  # `note` says why it should not be used as it is: for research only, or not known
    memory_card: int = 0  # bytes of it that a graphics card takes; asked only where the memory is short

    @property
    def fits(self) -> bool:
        """Whether it can be loaded now, as far as is known."""
        return self.memory is None or self.memory_free is None or self.memory - self.memory_card <= self.memory_free


@dataclass(frozen=True, slots=True)
class DateRow:
    """A computed date of a contract. `formula` says how it follows from the words, e.g. "31 Mar 2027 - 60 days"."""

    contract_id: str
    contract_name: str
    what: str
    date: dt.date
    formula: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class PlaybookRule:
    """One position of a playbook, as the playbook view shows it. `check` is the test in words."""

    rule: str
    title: str
    severity: str
    clause_type: str | None
    applies_to: str  # kinds and sides, in words; "" for every contract
    check: str
    reason: str
    recommendation: str
    fallback: str | None = None


@dataclass(frozen=True, slots=True)
class UnfinishedImport:
    """An import that ended before its time: what was dropped, how it was to be analysed, how far it came."""

    paths: tuple[Path, ...]
    options: AnalyzeOptions  # without passwords
    started: dt.datetime
    files_done: int  # read and assessed, or with a reason why not
    files_total: int
    missing: tuple[Path, ...] = ()  # dropped paths that are no longer there


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A proposal that `member` is an amendment, schedule or side letter of `base`; `accepted` None: not answered."""

    base_id: str
    base_name: str
    member_id: str
    member_name: str
    role: str  # a PartRole value
    reason: str
    score: float
    accepted: bool | None


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """Two contracts that share most of their words (drafts, copies in another format); `likeness` 0 to 1."""

    contract_id: str
    name: str
    other_id: str
    other_name: str
    likeness: float


@dataclass(frozen=True, slots=True)
class StandardFormRow:
    """A standard form of the matter, and how many contracts are compared with it."""

    form_id: str
    name: str
    kind: str  # a ContractKind value, as read from the form
    compared: int


@dataclass(frozen=True, slots=True)
class TermRow:
    """A defined term of a contract: the places of its definitions, how often it is used, what is odd about it."""

    name: str
    definitions: tuple[tuple[int, int], ...]
    uses: int
    remark: str  # "defined twice", "never used" or ""


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A part of a contract by its own numbering; `level` counts from 1."""

    number: str
    heading: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A value read from a clause, or one that could be given; `quote` is the clause's words, "" for the contract."""

    clause_type: str
    value: str  # "" where nothing was read
    quote: str
    start: int | None
    end: int | None
    corrected: bool  # the lawyer's own


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """A date that waits for an answer: `asks` says for what, `clause_type` is the value to be given."""

    contract_id: str
    contract_name: str
    what: str
    asks: str
    clause_type: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class MergeRow:
    """What taking over a colleague's decisions did: how many came, how many agreed, how many differ."""

    added: int
    agreed: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A finding on which a colleague decided otherwise; settled by deciding it again."""

    finding_key: str
    contract_id: str
    action: str  # an Action value
    said: str  # the severity or the note, "" for a plain decision
    user: str
    time: dt.datetime
