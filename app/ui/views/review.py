"""The review: documents, contract, findings; and triage by keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QSplitter, QWidget

from app.domain.findings import Action, FindingState, Severity
from app.services.api import FindingRow, ValueRow
from app.ui.desk import Desk
from app.ui.views.contract import ContractPane
from app.ui.views.contract_head import ContractHead
from app.ui.views.documents import DocumentsPane
from app.ui.views.findings import FindingsPane
from app.ui.views.inside import FORM, PARTS, TERMS, VALUES, InsidePane, value_behind
from app.ui.views.left import LeftPane
from app.ui.widgets import kit

ADVANCING = (Action.ACCEPT, Action.REJECT)


class ReviewView(QWidget):
    """Three panes that follow one another."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._acted = ""  # the finding that was accepted or rejected last: the next one follows it
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # keys mean the review also before there is a finding
        self._sized = False  # the panes have their widths
        self._wanted = ""  # a finding of the contract that is being put on the desk
        self._enter_at = 0  # where to enter the next contract's list: 0 first, -1 last
        self.documents = DocumentsPane()
        self.inside = InsidePane(desk)
        self.left = LeftPane(self.documents, self.inside)
        self.contract = ContractPane(desk)
        self.head = ContractHead(desk)
        middle = kit.box(kit.column(self.head, self.contract, space=0))
        self.findings = FindingsPane()
        self.split = QSplitter(Qt.Orientation.Horizontal)
        for part in (self.left, middle, self.findings):
            self.split.addWidget(part)
        self.split.setChildrenCollapsible(False)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([290, 580, 350])
        self.setLayout(kit.column(self.split))
        self._connect()
        self._make_shortcuts()

    def _connect(self) -> None:
        desk = self._desk
        desk.documents_changed.connect(self._on_documents)
        desk.contract_changed.connect(self.documents.select)
        desk.findings_changed.connect(self._on_findings)
        desk.finding_changed.connect(self._on_state)
        desk.undone.connect(self._on_undone)
        desk.import_changed.connect(self._on_import)
        desk.conflicts_changed.connect(self._on_conflicts)
        desk.finding_asked.connect(self._on_finding_asked)
        self.documents.chosen.connect(desk.show_contract)
        self.documents.refused.connect(desk.said)
        self.findings.chosen.connect(self.contract.choose)
        self.findings.past_end.connect(self._next_contract)
        self.findings.detail.decided.connect(self._decide)
        self.findings.detail.undo_asked.connect(desk.undo)
        self.findings.detail.editor.left.connect(self.findings.list.setFocus)
        self.findings.detail.place_asked.connect(lambda start, end: desk.go_to(desk.contract_id, start, end))
        self.findings.detail.value_asked.connect(self._ask_value)
        self.contract.finding_clicked.connect(self.findings.select)

    def _make_shortcuts(self) -> None:
        detail = self.findings.detail
        keys: list[tuple[str, Callable[[], object]]] = [
            ("J", lambda: self.findings.step(1)), ("K", lambda: self.findings.step(-1)),
            ("A", lambda: detail.act(Action.ACCEPT)), ("R", lambda: detail.act(Action.REJECT)),
            ("E", detail.edit_words), ("N", detail.edit_note), ("Z", self._desk.undo),
            ("F", self.findings.toggle_filter), ("Ctrl+F", self.contract.find_box.setFocus),
            ("C", lambda: self.left.show_inside(PARTS)), ("T", lambda: self.left.show_inside(TERMS)),
            ("V", lambda: self.left.show_inside(VALUES)), ("S", lambda: self.left.show_inside(FORM)),
            ("D", self.left.show_documents), ("Esc", self._leave_field),
        ]  # fmt: skip
        grave = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)
        for number, value in enumerate(grave, start=1):
            keys.append((str(number), lambda v=value: detail.act(Action.SEVERITY, {"severity": v.value})))  # type: ignore[misc]
        for key, work in keys:
            made = QShortcut(QKeySequence(key), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(lambda w=work, k=key: self._key(k, w))

    def _key(self, key: str, work: Callable[[], object]) -> None:
        typing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit | QAbstractSpinBox)
        if len(key) > 1 or not typing:
            work()

    def _leave_field(self) -> None:
        """Back to the findings from wherever something was typed; what was sought is sought no longer."""
        at = QApplication.focusWidget()
        if at is not None and self.findings.detail.editor.isAncestorOf(at):
            self.findings.detail.editor.leave()
        elif self.findings.filters(at):
            self.findings.toggle_filter()
        elif isinstance(at, QLineEdit) and at is not self.contract.page_box:
            at.clear()
        self.take_focus()

    def _on_documents(self, rows: list[object]) -> None:
        self.documents.show_rows(self._desk.rows)
        if self._desk.contract_id:
            self.documents.select(self._desk.contract_id)
            return
        first = next((r.contract_id for r in self._desk.rows if r.contract_id and r.findings > r.decided), None)
        first = first or next((r.contract_id for r in self._desk.rows if r.contract_id), None)
        if first:
            self._desk.show_contract(first)

    def _on_findings(self, contract_id: str, rows: list[FindingRow]) -> None:
        if contract_id != self._desk.contract_id:
            return
        self.findings.show_rows(rows)
        if rows and self.isVisible() and QApplication.focusWidget() in (None, self):
            self.findings.list.setFocus()  # it waited for something to work on
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.findings.select(wanted)
        if self._enter_at:
            self.findings.select_row(self.findings.model.rowCount() - 1)
            self._enter_at = 0

    def _decide(self, finding_key: str, action: Action, payload: dict[str, str]) -> None:
        self._acted = finding_key if action in ADVANCING else ""
        self._desk.decide(finding_key, action, payload)

    def _on_state(self, state: FindingState) -> None:
        self.findings.update_state(state)
        if self._acted == state.finding.finding_key:
            self._acted = ""
            self.findings.step(1)

    def take_focus(self) -> None:
        """Let the keys mean the findings, as soon as there are some."""
        if self.findings.list.isVisible():
            self.findings.list.setFocus()
        else:
            self.setFocus()

    def _on_import(self, state: str) -> None:
        if not self._desk.contract_id:
            for pane in (self.documents, self.findings):
                pane.show_reading(state == "running")

    def _on_conflicts(self) -> None:
        self.findings.detail.conflicts = self._desk.conflicts
        self.findings.detail.show_conflict()

    def _on_finding_asked(self, contract_id: str, finding_key: str) -> None:
        self._wanted = finding_key
        if contract_id == self._desk.contract_id:
            self.findings.select(finding_key)
        else:
            self._desk.show_contract(contract_id)

    def _ask_value(self, clause_type: str, start: int, end: int) -> None:
        contract_id = self._desk.contract_id

        def found(rows: list[ValueRow]) -> None:
            row = value_behind(rows, clause_type, start, end)
            self.inside.correcting.ask(contract_id, clause_type, row.value if row else "", row.quote if row else "")

        self._desk.ask(lambda session: session.values(contract_id), found)

    def _on_undone(self, state: FindingState | None) -> None:
        if state is None:
            self._desk.said.emit(self.tr("There is nothing to undo."))
        elif state.finding.contract_id != self._desk.contract_id:
            self._desk.show_contract(state.finding.contract_id)
        else:
            self.findings.select(state.finding.finding_key)

    def _next_contract(self, by: int) -> None:
        ids = [row.contract_id for row in self._desk.rows if row.contract_id and row.findings]
        if self._desk.contract_id not in ids:
            return
        at = ids.index(self._desk.contract_id) + by
        if 0 <= at < len(ids):
            self._enter_at = -1 if by < 0 else 0
            self._desk.show_contract(str(ids[at]))
        else:
            self._desk.said.emit(
                self.tr("That was the last finding.") if by > 0 else self.tr("That is the first finding.")
            )

    def showEvent(self, event: QShowEvent) -> None:
        """Where no widths are remembered, the panes beside the contract share in a wide window."""
        super().showEvent(event)
        if not self._sized:
            self._sized = True
            left, right = min(420, max(290, self.width() * 18 // 100)), min(560, max(350, self.width() * 26 // 100))
            self.split.setSizes([left, self.width() - left - right, right])

    def save_state(self) -> str:
        """The panes' widths, as text."""
        return bytes(self.split.saveState().toBase64().data()).decode("ascii")

    def restore_state(self, state: str) -> None:
        """Widths as they were."""
        self._sized = self.split.restoreState(QByteArray.fromBase64(state.encode("ascii")))
