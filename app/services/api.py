"""What the front ends see: rows, options and the two services, as protocols. The window is written against these."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from app.domain.findings import Action, FindingState
from app.domain.matter import Matter
from app.domain.progress import CancelToken, Progress
from app.domain.review import ContractReview, PlaybookRef, Review
from app.domain.text import ContractText, PageRect, View


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
    passwords: dict[str, str] = field(default_factory=dict)  # file name -> password
    workers: int | None = None


@dataclass(frozen=True, slots=True)
class MatterEntry:
    """A matter in the recent list. A protected matter shows its id instead of a name until it is opened."""

    matter_id: str
    name: str
    path: Path
    protected: bool
    last_opened: dt.datetime


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


class MatterSession(Protocol):
    """An open matter; long methods are generators of Progress.

    The window calls from three threads at once: analyze() on one, page_image() on another, all else on a third.
    """

    @property
    def matter(self) -> Matter:
        """The matter's own facts."""
        ...

    def update_matter(self, matter: Matter) -> None:
        """Store changed facts (name, parties, home law, playbook)."""
        ...

    def analyze(self, paths: Sequence[Path], options: AnalyzeOptions, cancel: CancelToken) -> Iterator[Progress]:
        """Import files and folders and analyse what is not analysed yet; with no paths, go on with what is known."""
        ...

    def documents(self) -> list[DocumentRow]:
        """All documents of the matter, by path."""
        ...

    def findings(self, contract_id: str | None = None) -> list[FindingRow]:
        """Findings of one contract or of all, gravest first."""
        ...

    def contract(self, contract_id: str) -> ContractReview:
        """Everything about one contract."""
        ...

    def review(self) -> Review:
        """Everything about the matter."""
        ...

    def set_contract(self, contract_id: str, *, kind: str, our_role: str, playbook: str | None) -> None:
        """The lawyer's correction of a proposal; the next analyze() re-assesses this contract."""
        ...

    def decide(self, finding_key: str, action: Action, payload: dict[str, Any], user: str) -> FindingState:
        """Append a decision; returns the finding as it now stands. Durable when this returns."""
        ...

    def undo(self, user: str) -> FindingState | None:
        """Append the entry that compensates the last one not undone; None where there is none."""
        ...

    def text(self, contract_id: str, view: View = View.ACCEPTED) -> ContractText | None:
        """The stored text in a view; None where the view does not exist or nothing was read."""
        ...

    def page_image(self, contract_id: str, page: int, scale: float) -> PageImage:
        """A page as it looks (PDF only), rendered in the viewer child. Raises UserError where it cannot be shown."""
        ...

    def page_sizes(self, contract_id: str) -> list[tuple[float, float]]:
        """Width and height in points of every page; [] for formats that are shown as text."""
        ...

    def rectangles(self, contract_id: str, start: int, end: int) -> list[PageRect]:
        """Where [start, end) of the accepted text stands on the pages; [] for formats that are shown as text."""
        ...

    def grid(self) -> tuple[list[str], list[tuple[DocumentRow, dict[str, GridCell]]]]:
        """Clause types, and per analysed document a cell for each."""
        ...

    def key_dates(self) -> list[DateRow]:
        """Every computed date of the matter, soonest first."""
        ...

    def search(self, query: str, limit: int = 200) -> list[SearchHit]:
        """Full-text search over the matter's texts."""
        ...

    def export(self, form: str, target: Path, *, final: bool = False, reviewer: str | None = None) -> Path:
        """Write "word", "excel", "calendar", "json" or "annotated" (target is then a folder); whole or not at all."""
        ...

    def close(self) -> None:
        """Close the database and the children."""
        ...


class Workspace(Protocol):
    """The user's matters, settings, playbooks and models. `data_dir` holds app.db and matters/."""

    def recent(self) -> list[MatterEntry]:
        """Matters, most recently opened first."""
        ...

    def create(
        self, name: str, our_parties: Sequence[str], playbook: str, passphrase: str | None = None
    ) -> MatterSession:
        """Make a matter and open it."""
        ...

    def open(self, matter_id: str, passphrase: str | None = None) -> MatterSession:
        """Open a matter; raises UserError with one sentence on a wrong passphrase or a damaged file."""
        ...

    def delete(self, matter_id: str) -> str:
        """Remove a matter and every trace of it; returns the deletion record's text."""
        ...

    def setting(self, key: str, default: Any = None) -> Any:
        """A JSON-like setting: "model", "user", "theme", "window", "reading", ..."""
        ...

    def set_setting(self, key: str, value: Any) -> None:
        """Store a setting."""
        ...

    def playbooks(self) -> list[PlaybookRef]:
        """Bundled and user playbooks."""
        ...

    def models(self) -> list[ModelEntry]:
        """No model, the built-in one, and those the user added."""
        ...

    def playbook_rules(self, name: str) -> list[PlaybookRule]:
        """The positions of a playbook by the name that playbooks() gives; raises UserError where it cannot be read."""
        ...

    def add_model(self, path: Path) -> ModelEntry:
        """Read a GGUF's header and digest and remember it; raises UserError where it is none. Takes seconds."""
        ...


@runtime_checkable
class ModelExaminer(Protocol):
    """A workspace that can sit a model its exam; the window offers the exam only where this is there."""

    def examine_model(self, key: str, cancel: CancelToken) -> Iterator[Progress]:
        """Sit the model the exam; afterwards models() has its mark."""
        ...
