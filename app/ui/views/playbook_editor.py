"""A playbook being edited: its positions, the fields of one, and what the changes would do in this matter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from app.domain.review import PlaybookRef
from app.services.api_playbooks import PlaybookDraft, PlaybookEditor, PlaybookPreviewer
from app.ui import icons, words
from app.ui.desk import Desk
from app.ui.jobs import EXAM, IDLE, Job
from app.ui.views.playbook_effect import EffectView
from app.ui.widgets import kit
from app.ui.widgets.rule_form import RuleForm

FORM, TEXT = 0, 1


class PlaybookEditorView(QWidget):
    """Holds a draft; every change of it is made by the workspace, off the window's thread."""

    saved = Signal(object)  # PlaybookRef
    left = Signal()
    jump = Signal(str, object, object)

    def __init__(self, editor: PlaybookEditor, desk: Desk) -> None:
        super().__init__()
        self._editor, self._desk, self._jobs = editor, desk, desk.jobs
        self.draft: PlaybookDraft | None = None
        self._preview: Job | None = None
        self._row = -1
        self._title = kit.label("", "lead")
        self.as_text = kit.button(self.tr("Edit as text"), self._switch, "code", checkable=True)
        self.preview = kit.button(self.tr("Preview the effect"), self.show_preview, "eye")
        self.save = kit.button(self.tr("Save as my playbook"), self.keep, "floppy-disk", "primary")
        leave = kit.button(self.tr("Leave"), self.leave)
        head = kit.row(self._title, None, self.as_text, self.preview, leave, self.save, margin=8)
        self.problem = kit.label("", "error", wrap=True)
        self.problem.setContentsMargins(12, 0, 12, 4)
        self.problem.hide()
        self.form = RuleForm()
        self.form.changed.connect(self._on_change)
        self.effect = EffectView()
        self.effect.jump.connect(self.jump)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._make_form())
        self.text = QPlainTextEdit()
        self.text.setObjectName("code")
        self.text.setAccessibleName(self.tr("The playbook as text"))
        self.text.textChanged.connect(self._on_change)
        self._pages.addWidget(self.text)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._pages)
        split.addWidget(self.effect)
        split.setSizes([760, 300])
        split.setChildrenCollapsible(False)
        column = kit.column(head, kit.rule(), self.problem, split, space=0)
        column.setStretch(3, 1)
        self.setLayout(column)

    def _make_form(self) -> QWidget:
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Positions"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._on_row)
        drop = kit.button(self.tr("Take this position out"), self.drop, "trash")
        inner = kit.box(kit.column(self.form, kit.row(drop, None), margin=18, space=12), "flow")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setAccessibleName(self.tr("The position being edited"))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.list)
        split.addWidget(scroll)
        split.setSizes([280, 480])
        split.setChildrenCollapsible(False)
        return split

    def open(self, name: str) -> None:
        """Edit a playbook, or a copy of a bundled one."""
        self.effect.clear()
        self._row = -1
        self._jobs.run(IDLE, lambda: self._editor.draft_playbook(name), self._begin, failed=self._failed)

    def _begin(self, draft: PlaybookDraft) -> None:
        self.as_text.setChecked(False)
        self._pages.setCurrentIndex(FORM)
        self.show_draft(draft)

    def show_draft(self, draft: PlaybookDraft) -> None:
        """Show a draft as it now is."""
        self.draft = draft
        self.problem.hide()
        self._title.setText(draft.title)
        row, self._row = max(0, self._row), -1
        self.list.blockSignals(True)
        self.list.clear()
        for rule in draft.rules:
            item = QListWidgetItem(icons.severity_icon(rule.severity), rule.title)
            item.setToolTip(words.severity(rule.severity))
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.text.blockSignals(True)
        self.text.setPlainText(draft.text)
        self.text.blockSignals(False)
        self.list.setCurrentRow(min(row, len(draft.rules) - 1))

    def _on_row(self, row: int) -> None:
        if self._row >= 0 and (self.form.values or self.form.numbers):
            self._commit(lambda: self.list.setCurrentRow(row))
        else:
            self._show(row)

    def _show(self, row: int) -> None:
        if self.draft is not None and 0 <= row < len(self.draft.rules):
            self._row = row
            rule = self.draft.rules[row]
            self.form.show_rule(rule, [limit for limit in self.draft.limits if limit.rule == rule.rule])

    def _on_change(self) -> None:
        self.problem.hide()

    def _commit(self, then: Callable[[], object]) -> None:
        """Put what was typed into the draft, then go on; what the playbook refuses is said and stays to be mended."""
        draft, editor = self.draft, self._editor
        if draft is None:
            return
        if self._pages.currentIndex() == TEXT:
            text = self.text.toPlainText()
            if text == draft.text:
                then()
                return
            work: Callable[[], PlaybookDraft] = lambda: editor.check_playbook(draft, text)  # noqa: E731
        else:
            rule = draft.rules[self._row].rule if 0 <= self._row < len(draft.rules) else ""
            values, numbers = self.form.values, self.form.numbers
            if not values and not numbers:
                then()
                return

            def work() -> PlaybookDraft:
                made = draft
                for place, number in numbers.items():
                    made = editor.change_limit(made, place, number)
                return editor.change_rule(made, rule, values) if values else made

        def done(made: PlaybookDraft) -> None:
            self.show_draft(made)
            then()

        self._jobs.run(IDLE, work, done, failed=self._failed)

    def _failed(self, sentence: str, is_bug: bool) -> None:
        self.list.blockSignals(True)
        self.list.setCurrentRow(self._row)
        self.list.blockSignals(False)
        self.problem.setText(self.tr("This change cannot be made.") if is_bug else sentence)
        self.problem.show()

    def _switch(self) -> None:
        wanted = TEXT if self.as_text.isChecked() else FORM
        self.as_text.setChecked(self._pages.currentIndex() == TEXT)
        self._commit(lambda: self._turn(wanted))

    def _turn(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.as_text.setChecked(page == TEXT)

    def drop(self) -> None:
        """Take the position shown out of the draft."""
        draft = self.draft
        if draft is not None and 0 <= self._row < len(draft.rules):
            rule = draft.rules[self._row].rule
            self._jobs.run(IDLE, lambda: self._editor.drop_rule(draft, rule), self.show_draft, failed=self._failed)

    def show_preview(self) -> None:
        """Say what the draft would change in this matter."""
        self._commit(self._start_preview)

    def _start_preview(self) -> None:
        session, draft = self._desk.session, self.draft
        if self._preview is not None:
            self._preview.cancel()
        if draft is None or not isinstance(session, PlaybookPreviewer):
            return
        self.effect.clear(self.tr("Looking at the contracts\u2026"))
        self._preview = self._jobs.stream(
            EXAM, lambda cancel: session.preview_playbook(draft, cancel), self.effect.show_effect,
            lambda _: None, lambda: None, failed=self._failed,
        )  # fmt: skip

    def keep(self) -> None:
        """Save the draft as a playbook of one's own."""
        self._commit(self._save)

    def _save(self) -> None:
        draft = self.draft
        if draft is not None:
            self._jobs.run(IDLE, lambda: self._editor.save_playbook(draft), self._on_saved, failed=self._failed)

    def _on_saved(self, ref: PlaybookRef) -> None:
        self.saved.emit(ref)

    def leave(self) -> None:
        """Drop the draft."""
        if self._preview is not None:
            self._preview.cancel()
        self.draft = None
        self.left.emit()
