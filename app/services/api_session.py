"""What the front ends do with an open matter, as a protocol."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from app.domain.findings import Action, FindingState
from app.domain.matter import Matter
from app.domain.progress import CancelToken, Progress
from app.domain.review import ContractReview, Review
from app.domain.standard_form import FormComparison
from app.domain.text import ContractText, PageRect, View
from app.services.api_rows import (
    AlikeRow,
    AnalyzeOptions,
    ConflictRow,
    DateQuestion,
    DateRow,
    DocumentRow,
    FamilyRow,
    FindingRow,
    GridCell,
    MergeRow,
    PageImage,
    SearchHit,
    SectionRow,
    StandardFormRow,
    TermRow,
    UnfinishedImport,
    ValueRow,
)


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

    def unfinished(self) -> UnfinishedImport | None:
        """The import that a crash, a power cut or Stop left unfinished; None where nothing is left to do.

        To take it up: analyze(found.paths, found.options, cancel); nothing is done twice. Or dismiss_unfinished().
        """
        ...

    def holds(self, paths: Sequence[Path]) -> bool:
        """Whether the matter is empty or has something from these files and folders: else they are another deal's."""
        ...

    def dismiss_unfinished(self) -> None:
        """Do not offer the interrupted import any more; what was analysed stays."""
        ...

    def set_password(self, document_sha256: str, password: str) -> bool:
        """Try a password on a document; where it opens it, it holds until close() (never stored) and True returns.

        A document whose status is "password needed" is read by the next analyze(). Takes as long as opening the file.
        """
        ...

    def families(self) -> list[FamilyRow]:
        """Which contracts the app takes for amendments, schedules or side letters of others, likeliest first."""
        ...

    def answer_family(self, base_id: str, member_id: str, accepted: bool) -> None:
        """The lawyer's answer; accepted: the member becomes a part of the base. The next analyze() re-assesses both."""
        ...

    def near_duplicates(self) -> list[AlikeRow]:
        """Contracts that share most of their words, the most alike first."""
        ...

    def likeness(self, contract_id: str, other_id: str) -> str:
        """What two near-duplicates are to one another (drafts, two deals on one form) and how they differ."""
        ...

    def terms(self, contract_id: str) -> list[TermRow]:
        """The defined terms of a contract, in the order of their definitions."""
        ...

    def standard_forms(self) -> list[StandardFormRow]:
        """The forms that the matter's contracts are compared with; what departs stands in contract(id).form."""
        ...

    def add_standard_form(self, path: Path, cancel: CancelToken) -> Iterator[Progress]:
        """Read a file as a standard form and compare the contracts with it; later analyses compare what they bring.

        Raises UserError where it cannot be read. The file is copied into the matter: it may go away afterwards.
        """
        ...

    def remove_standard_form(self, form_id: str) -> None:
        """Forget a form and what rests on it."""
        ...

    def form_comparison(self, contract_id: str) -> FormComparison | None:
        """How a contract stands to the matter's standard form of its kind; None without one."""
        ...

    def sections(self, contract_id: str) -> list[SectionRow]:
        """The contract's own parts, in the order of the text."""
        ...

    def values(self, contract_id: str) -> list[ValueRow]:
        """What was read from the clauses or given by the lawyer; then what may be given and was not read."""
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

    def correct_value(self, contract_id: str, clause_type: str, quote: str, typed: str, user: str) -> None:
        """The lawyer's own value for a clause, as typed; "" withdraws it. `quote` is the clause's words, "" for the
        contract as a whole. Dates and findings that follow from it are reckoned again at once; it outlives every run.
        """
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

    def date_questions(self) -> list[DateQuestion]:
        """The dates that cannot be computed until the lawyer gives a value."""
        ...

    def search(self, query: str, limit: int = 200) -> list[SearchHit]:
        """Full-text search over the matter's texts."""
        ...

    def export(self, form: str, target: Path, *, final: bool = False, reviewer: str | None = None) -> Path:
        """Write "word", "excel", "calendar", "json" or "annotated" (target is then a folder); whole or not at all."""
        ...

    def save_copy(self, target: Path) -> None:
        """Write the matter as it is into a new file, to be handed on; a protected one stays protected."""
        ...

    def take_over(self, path: Path, passphrase: str | None = None) -> MergeRow:
        """Take over what a colleague decided in a copy of this matter; what both decided differently is kept apart."""
        ...

    def conflicts(self) -> list[ConflictRow]:
        """What colleagues decided otherwise and nobody has settled yet."""
        ...

    def close(self) -> None:
        """Close the database and the children."""
        ...
