"""What the views share: the open matter behind its jobs. One call per thing a user does; answers come as signals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextDocument

from app.domain.findings import Action, FindingState
from app.domain.matter import Matter
from app.domain.progress import Progress
from app.domain.text import ContractText, View
from app.services.api import AnalyzeOptions, ConflictRow, DocumentRow, FindingRow, MatterSession
from app.ui import shown_text
from app.ui.jobs import DESK, PAGES, WORK, Job, Jobs
from app.ui.widgets.changes_bar import MARKED, ORIGINAL
from app.ui.widgets.text_document import make_document

REFRESH_MS = 1500  # how often lists are read again while an import runs


@dataclass(frozen=True, slots=True)
class ReadyText:
    """A contract's text, made ready for the text view off the window's thread."""

    shown: shown_text.Shown
    document: QTextDocument
    text: ContractText
    how: str = MARKED


class Desk(QObject):
    """An open matter. Every signal carries rows, states or ids."""

    documents_changed = Signal(list)  # DocumentRow
    contract_changed = Signal(str)  # another contract is on the desk
    findings_changed = Signal(str, list)  # contract_id, FindingRow
    finding_changed = Signal(object)  # FindingState
    text_ready = Signal(str, object)  # contract_id, ReadyText or None
    sizes_ready = Signal(str, list)
    import_changed = Signal(str)  # "running", "pausing", "paused", "stopping", "stopped", "done", "failed"
    import_step = Signal(object)  # Progress
    undone = Signal(object)  # FindingState or None
    place_asked = Signal(str, int, int)  # show [start, end) of a contract
    conflicts_changed = Signal()  # what colleagues decided otherwise
    finding_asked = Signal(str, str)  # contract_id, finding_key: choose this finding
    said = Signal(str)  # one sentence for the status bar

    def __init__(self, session: MatterSession, jobs: Jobs, user: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session, self.jobs, self.user = session, jobs, user
        self.contract_id = ""
        self.rows: list[DocumentRow] = []
        self.conflicts: dict[str, ConflictRow] = {}  # by finding
        self.import_state = "done"
        self._analysis: Job | None = None
        self._asked: tuple[list[Path], AnalyzeOptions] = ([], AnalyzeOptions())
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self.load_documents)
        self._dirty_contract = False
        self._shown_findings: tuple[str, list[FindingRow]] = ("", [])
        self._again: AnalyzeOptions | None = None  # assess once more when the import that runs is over

    # reading

    def load_documents(self) -> None:
        """Read the list of documents again, and the findings on show if they may have changed."""
        self.jobs.run(DESK, self.session.documents, self._on_documents)
        if self._dirty_contract and self.contract_id:
            self._dirty_contract = False
            self.load_findings()

    def _on_documents(self, rows: list[DocumentRow]) -> None:
        self.rows = rows
        self.documents_changed.emit(rows)

    def show_contract(self, contract_id: str) -> None:
        """Put a contract on the desk: its findings, pages and text follow as signals."""
        if contract_id == self.contract_id:
            return
        self.contract_id = contract_id
        self._shown_findings = ("", [])
        self.contract_changed.emit(contract_id)
        self.load_findings()
        session = self.session
        self.jobs.run(
            PAGES, lambda: session.page_sizes(contract_id), lambda sizes: self.sizes_ready.emit(contract_id, sizes),
            failed=lambda sentence, bug: self._no_pages(contract_id, sentence),
        )  # fmt: skip
        self.jobs.run(DESK, lambda: self._shown(contract_id), lambda shown: self.text_ready.emit(contract_id, shown))

    def _no_pages(self, contract_id: str, sentence: str) -> None:
        self.said.emit(sentence)
        self.sizes_ready.emit(contract_id, [])

    def load_text(self, how: str) -> None:
        """The text of the contract on the desk with its pending changes marked, accepted or rejected."""
        contract_id = self.contract_id
        self.jobs.run(
            DESK, lambda: self._shown(contract_id, how), lambda shown: self.text_ready.emit(contract_id, shown)
        )

    def _shown(self, contract_id: str, how: str = MARKED) -> ReadyText | None:
        view = View.ORIGINAL if how == ORIGINAL else View.ACCEPTED
        text: ContractText | None = self.session.text(contract_id, view)
        if text is None:
            return None
        shown = shown_text.build(text, markup=how == MARKED)
        return ReadyText(shown, make_document(shown), text, how)

    def load_findings(self) -> None:
        """Read the findings of the contract on the desk again; where they are as they were, nothing is shown anew."""
        contract_id = self.contract_id
        session = self.session
        self.jobs.run(DESK, lambda: session.findings(contract_id), lambda rows: self._on_findings(contract_id, rows))

    def _on_findings(self, contract_id: str, rows: list[FindingRow]) -> None:
        if (contract_id, rows) != self._shown_findings:  # while an import runs they are read again and again
            self._shown_findings = (contract_id, rows)
            self.findings_changed.emit(contract_id, rows)

    def load_conflicts(self) -> None:
        """Read again what colleagues decided otherwise."""
        self.jobs.run(DESK, self.session.conflicts, self._on_conflicts)

    def _on_conflicts(self, rows: list[ConflictRow]) -> None:
        self.conflicts = {row.finding_key: row for row in rows}
        self.conflicts_changed.emit()

    def ask(self, work: Callable[[MatterSession], Any], then: Callable[..., None]) -> Job:
        """Any other question to the matter, on the desk's lane."""
        session = self.session
        return self.jobs.run(DESK, lambda: work(session), then)

    def go_to(self, contract_id: str, start: int | None, end: int | None) -> None:
        """Show a place of a contract."""
        self.show_contract(contract_id)
        if start is not None:
            self.place_asked.emit(contract_id, start, end if end is not None else start)

    # deciding

    def decide(self, finding_key: str, action: Action, payload: dict[str, Any] | None = None) -> None:
        """Write a decision; the finding as it then stands comes by finding_changed."""
        session, user = self.session, self.user
        self.jobs.run(DESK, lambda: session.decide(finding_key, action, payload or {}, user), self._on_state)

    def undo(self) -> None:
        """Take the last decision back."""
        session, user = self.session, self.user
        self.jobs.run(DESK, lambda: session.undo(user), self._on_undone)

    def _on_state(self, state: FindingState) -> None:
        if state.finding.finding_key in self.conflicts:
            self.load_conflicts()
        self.finding_changed.emit(state)
        self._refresh_soon()

    def _on_undone(self, state: FindingState | None) -> None:
        if state is not None:
            self.finding_changed.emit(state)
            self._refresh_soon()
        self.undone.emit(state)

    def _refresh_soon(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start(150 if self._analysis is None else REFRESH_MS)

    def set_contract(
        self, contract_id: str, kind: str, our_role: str, playbook: str | None, then: Callable[[], None]
    ) -> None:  # fmt: skip
        """Store the lawyer's correction, then have the contract checked again."""
        session = self.session
        self.jobs.run(
            DESK, lambda: session.set_contract(contract_id, kind=kind, our_role=our_role, playbook=playbook),
            lambda _: then(),
        )  # fmt: skip

    def set_matter(self, matter: Matter, options: AnalyzeOptions) -> None:
        """Store the matter's facts and check every contract again."""
        session = self.session
        self.jobs.run(
            DESK, lambda: session.update_matter(matter),
            lambda _: self.reassess(options),
        )  # fmt: skip

    # importing

    def reassess(self, options: AnalyzeOptions) -> None:
        """Go on with what is known, now or when the import that runs is over."""
        if self._analysis is not None:
            self._again = options
        else:
            self.start_import([], options)

    def start_import(self, paths: Sequence[Path], options: AnalyzeOptions) -> None:
        """Import and analyse; with no paths, go on with what is known."""
        if self._analysis is not None:
            self.said.emit(self.tr("An import is running; wait for it or stop it first."))
            return
        self._asked = (list(paths), options)
        session = self.session
        self._analysis = self.jobs.stream(
            WORK, lambda cancel: session.analyze(list(paths), options, cancel), self._on_step,
            lambda _: self._on_end("done"), self._on_stopped, failed=self._on_import_failed,
        )  # fmt: skip
        self._set_import("running")

    def pause(self) -> None:
        """Stop at once, remembering what was asked; what is finished stays."""
        self._interrupt("pausing")

    def stop_import(self) -> None:
        """Stop at once; what is finished stays."""
        self._interrupt("stopping")
        if self._analysis is None and self.import_state == "paused":
            self._set_import("stopped")

    def resume(self) -> None:
        """Take up what was paused or stopped; nothing is done twice."""
        if self._analysis is None:
            self.start_import(*self._asked)

    def _interrupt(self, state: str) -> None:
        if self._analysis is not None:
            self._analysis.cancel()
            self._set_import(state)

    def _on_step(self, step: Progress) -> None:
        self.import_step.emit(step)
        if step.status.over:
            self._dirty_contract = True
            self._refresh_soon()

    def _on_stopped(self) -> None:
        self._on_end("paused" if self.import_state == "pausing" else "stopped")

    def _on_import_failed(self, sentence: str, is_bug: bool) -> None:
        self._on_end("failed")
        self.jobs.trouble.emit(sentence, is_bug)

    def _on_end(self, state: str) -> None:
        self._analysis = None
        self._set_import(state)
        self._dirty_contract = True
        self.load_documents()
        again, self._again = self._again, None
        if again is not None and state == "done":
            self.start_import([], again)

    def _set_import(self, state: str) -> None:
        self.import_state = state
        self.import_changed.emit(state)

    @property
    def grave(self) -> int:
        """Documents in which a critical or high finding is still open."""
        return sum(row.worst in ("critical", "high") for row in self.rows)

    @property
    def sideless(self) -> int:
        """Contracts in which our side is not known, so that rules that depend on it were not checked."""
        return sum(row.contract_id is not None and row.our_role == "unknown" for row in self.rows)

    @property
    def reviewed(self) -> tuple[int, int]:
        """Decided and all findings of the matter."""
        return sum(r.decided for r in self.rows), sum(r.findings for r in self.rows)
