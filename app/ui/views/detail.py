"""The chosen finding: quote, place, reason, the model's words, recommendation, fallback, decision, note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QScrollArea, QWidget

from app.domain.findings import Action, FindingState, Severity
from app.services.api import ConflictRow
from app.ui import detail_words, icons, words
from app.ui.models.findings import mark, place, title
from app.ui.widgets import kit
from app.ui.widgets.elided import Elided
from app.ui.widgets.note_editor import NoteEditor
from app.ui.widgets.section import Places, Section


class DetailView(QWidget):
    """Shows one FindingState and passes on what the lawyer decides."""

    decided = Signal(str, object, dict)  # finding_key, Action, payload
    undo_asked = Signal()
    place_asked = Signal(int, int)  # a further place of the finding
    value_asked = Signal(str, int, int)  # clause type and place of the value to correct

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._state: FindingState | None = None
        self.conflicts: Mapping[str, ConflictRow] = {}  # what colleagues decided otherwise, by finding
        self.beside: Sequence[FindingState] = ()  # other findings on the same words
        self.playbook = ""  # with which the contract on the desk was checked
        self._make_buttons()
        self._make_words()
        self._flow = kit.box(
            kit.column(
                self._head(), self._conflict, self._title, self._where, self._quote, self._reason, self._beside,
                self._basis, self._evidence, self._places, self._model, self._sure, self._advice, self._fallback,
                self._pending, self._note, self._by, None, margin=14, space=10,
            ),
            "flow",
        )  # fmt: skip
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._flow)
        self._scroll.setAccessibleName(self.tr("Details of the finding"))
        self.editor = NoteEditor()
        self.editor.hide()
        self.editor.saved.connect(self._save)
        self._foot = kit.box(self._buttons(), "bar")
        self.setLayout(kit.column(self._scroll, self.editor, self._foot, space=0))
        self.show_state(None)

    def _make_words(self) -> None:
        self._kind, self._mark = Elided("faint"), kit.chip()
        self._title = kit.selectable(kit.label("", "lead", wrap=True))
        self._quote = kit.selectable(kit.label("", "quote", wrap=True))
        self._where = kit.label("", "faint", wrap=True)
        self._reason = Section(self.tr("Why it was flagged"))
        self._beside = Section(self.tr("Also raised on these words"))
        self._conflict = kit.label("", "error", wrap=True)
        self._evidence = Section(self.tr("How it was looked for"), "soft")
        self._places = Places(self.tr("Also here"))
        self._places.chosen.connect(self.place_asked)
        self._basis = kit.selectable(kit.label("", "faint", wrap=True))
        self._model = Section(self.tr("Model, not checked"), "soft")
        self._sure = kit.label("", "faint", wrap=True)
        self._advice = Section(self.tr("Recommendation"))
        self._fallback = Section(self.tr("Fallback wording"), "quote")
        self._pending = Section(self.tr("Pending change"))
        self._note = Section(self.tr("Note"))
        self._by = kit.label("", "faint", wrap=True)

    def _head(self) -> QWidget:
        return kit.box(kit.row(self.severity, self._kind, self._mark))

    def _make_buttons(self) -> None:
        self.accept = kit.button(
            self.tr("Accept"), lambda: self.act(Action.ACCEPT), "check", "accept", self.tr("Accept (A)"), checkable=True
        )
        self.reject = kit.button(
            self.tr("Reject"), lambda: self.act(Action.REJECT), "x", "reject", self.tr("Reject (R)"), checkable=True
        )
        self.edit = kit.tool("pencil-simple", self.tr("Edit the wording (E)"), self.edit_words)
        self.note = kit.tool("note-pencil", self.tr("Write a note (N)"), self.edit_note)
        self.value = kit.tool("hash", self.tr("Correct the value that was read"), self.ask_value)
        self.undo = kit.tool("arrow-counter-clockwise", self.tr("Undo the last decision (Z)"), self.undo_asked.emit)
        self.severity = QComboBox()
        self.severity.setAccessibleName(self.tr("Severity"))
        self.severity.setToolTip(self.tr("Set the severity (1 to 4)"))
        self.severity.setProperty("chip", True)
        for value in Severity:
            self.severity.addItem(icons.severity_icon(value.value), words.severity(value.value), value.value)
        self.severity.setMaximumWidth(132)
        self.severity.activated.connect(self._pick_severity)

    def _buttons(self) -> QHBoxLayout:
        return kit.row(self.accept, self.reject, None, self.value, self.edit, self.note, self.undo, margin=6, space=2)

    @property
    def state(self) -> FindingState | None:
        """What is shown."""
        return self._state

    def show_state(self, state: FindingState | None) -> None:
        """Show a finding, or nothing."""
        if state is None or self._state is None or state.finding.finding_key != self._state.finding.finding_key:
            self.editor.hide()
            self._scroll.verticalScrollBar().setValue(0)
        self._state = state
        self._flow.setVisible(state is not None)
        bars = Qt.ScrollBarPolicy
        self._scroll.setVerticalScrollBarPolicy(bars.ScrollBarAlwaysOff if state is None else bars.ScrollBarAsNeeded)
        for control in (self.accept, self.reject, self.value, self.edit, self.note, self.severity):
            control.setEnabled(state is not None)
        if state is not None:
            self._fill(state)

    def _fill(self, state: FindingState) -> None:
        finding, grave = state.finding, state.effective_severity.value
        self._kind.say(words.finding_kind(finding.kind.value))
        self._mark.setText(mark(state))
        tones = {Action.ACCEPT: "positive", Action.REJECT: "info"}
        kit.set_tone(self._mark, tones.get(state.decision, "accent") if state.decision else "accent")
        self._title.setText(title(state))
        self.show_conflict()
        quote = " ".join((finding.quote or "").split())  # a PDF's line breaks and gaps are no part of the words
        self._quote.setText(f"\u201c{quote}\u201d" if quote else "")
        self._quote.setVisible(bool(finding.quote))
        clause = self.tr("clause {0}").format(finding.clause_number) if finding.clause_number else ""
        page = self.tr("page {0}").format(finding.page) if finding.page is not None else ""
        self._where.setText(", ".join(p for p in (page, clause) if p) or place(state))
        self._where.setVisible(bool(page or clause))
        self._reason.show_words(state.explanation or finding.explanation)
        self._beside.show_words(detail_words.beside(self.beside))
        self._evidence.show_words(detail_words.evidence(finding))
        self._places.show_places(detail_words.places(finding))
        self._basis.setText(detail_words.basis(finding, self.playbook))
        self.value.setEnabled(bool(finding.clause_type))
        self._model.show_words(finding.model_note)
        self._sure.setVisible(finding.confidence is not None)
        if finding.confidence is not None:
            share = round(finding.confidence * 100)
            self._sure.setText(self.tr("The passage is this kind of clause with {0} % probability.").format(share))
        self._advice.show_words(state.recommendation or finding.recommendation)
        self._fallback.show_words(finding.fallback)
        self._pending.show_words(finding.pending_sentence)
        self._note.show_words(state.note)
        who = f"{mark(state)}: {state.user}, {words.moment(state.time)}" if state.user and state.time else ""
        self._by.setText(who)
        self._by.setVisible(bool(who))
        self.accept.setChecked(state.decision is Action.ACCEPT)
        self.reject.setChecked(state.decision is Action.REJECT)
        self.severity.setCurrentIndex(self.severity.findData(grave))
        kit.set_tone(self.severity, grave)

    def show_conflict(self) -> None:
        """Say what a colleague decided otherwise of the finding shown, and how to settle it."""
        row = self.conflicts.get(self._state.finding.finding_key) if self._state is not None else None
        self._conflict.setVisible(row is not None)
        if row is not None:
            said = words.conflict(row.action, row.said, row.user, row.time)
            self._conflict.setText(self.tr("Decided differently: {0}. Decide again to settle it.").format(said))

    def act(self, action: Action, payload: dict[str, str] | None = None) -> None:
        """Pass a decision on."""
        if self._state is not None:
            self.decided.emit(self._state.finding.finding_key, action, payload or {})

    def _pick_severity(self, index: int) -> None:
        self.act(Action.SEVERITY, {"severity": str(self.severity.itemData(index))})

    def ask_value(self) -> None:
        """Ask for the lawyer's own value of the clause behind the finding."""
        finding = self._state.finding if self._state is not None else None
        if finding is not None and finding.clause_type:
            self.value_asked.emit(finding.clause_type, finding.start or 0, finding.end or 0)

    def edit_note(self) -> None:
        """Open the editor for a note."""
        if self._state is not None:
            self.editor.open(Action.NOTE, {"note": (self.tr("Note"), self._state.note or "")})

    def edit_words(self) -> None:
        """Open the editor for the reason and the recommendation."""
        if self._state is None:
            return
        finding = self._state.finding
        self.editor.open(
            Action.EDIT,
            {
                "explanation": (self.tr("Why it was flagged"), self._state.explanation or finding.explanation),
                "recommendation": (self.tr("Recommendation"), self._state.recommendation or finding.recommendation),
            },
        )

    def _save(self, action: Action, payload: dict[str, str]) -> None:
        self.act(action, payload)

    def labels(self) -> list[QLabel]:
        """What is said, for tests of what is on show."""
        return [part for part in self.findChildren(QLabel) if not part.isHidden() and part.text()]
