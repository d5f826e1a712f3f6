"""The playbook: what is checked, how gravely it counts, and what to propose; to read and to edit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QScrollArea, QSplitter, QStackedWidget, QWidget

from app.domain.review import PlaybookRef
from app.services.api import PlaybookRule, Workspace
from app.services.api_playbooks import PlaybookEditor
from app.ui import icons, words
from app.ui.desk import Desk
from app.ui.jobs import IDLE
from app.ui.views.playbook_editor import PlaybookEditorView
from app.ui.widgets import kit
from app.ui.widgets.section import Section


class PlaybookView(QWidget):
    """Positions on the left, the chosen one on the right; or the editor."""

    jump = Signal(str, object, object)
    use_asked = Signal(str)  # the name of a playbook, for this matter

    def __init__(self, workspace: Workspace, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace, self._desk, self._jobs = workspace, desk, desk.jobs
        self._wanted = desk.session.matter.playbook
        self._rules: list[PlaybookRule] = []
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Playbook"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.activated.connect(self._load)
        self._used = kit.chip(self.tr("Used in this matter"), "positive")
        self.use = kit.button(self.tr("Use in this matter"), self._use, "check")
        self.edit = kit.button(self.tr("Edit a copy"), self._edit, "pencil-simple")
        if not isinstance(workspace, PlaybookEditor):
            self.edit.hide()
        note = self.tr("A starter for US and UK commercial law. It has not been reviewed by counsel: make it yours.")
        self._head = kit.box(
            kit.row(kit.label(self.tr("Playbook"), "title"), 8, self.choice, self._used, None, self.use, self.edit)
        )
        self._note = kit.label(note, "soft", wrap=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._reader())
        self.editor: PlaybookEditorView | None = None
        if isinstance(workspace, PlaybookEditor):
            self.editor = PlaybookEditorView(workspace, desk)
            self.editor.left.connect(self._read)
            self.editor.saved.connect(self._on_saved)
            self.editor.jump.connect(self.jump)
            self._stack.addWidget(self.editor)
        card = kit.box(kit.column(self._stack, margin=1), "card")
        body = kit.column(self._head, self._note, card, margin=20, space=10)
        body.setStretch(2, 1)
        self.setLayout(body)

    def _reader(self) -> QWidget:
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Positions"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show)
        self._title = kit.selectable(kit.label("", "title", wrap=True))
        self._severity = kit.chip()
        self._type = kit.label("", "faint")
        self._sections = [
            Section(self.tr("What is checked")), Section(self.tr("Applies to")), Section(self.tr("Reason")),
            Section(self.tr("Recommendation")), Section(self.tr("Fallback wording"), "quote"),
        ]  # fmt: skip
        head = kit.row(self._severity, self._type, None)
        flow = kit.box(kit.column(self._title, head, *self._sections, None, margin=24, space=14), "flow")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(flow)
        scroll.setAccessibleName(self.tr("The position chosen"))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.list)
        split.addWidget(scroll)
        split.setSizes([380, 640])
        split.setStretchFactor(1, 1)
        return split

    def reload(self) -> None:
        """Read the playbooks there are."""
        self._jobs.run(IDLE, self._workspace.playbooks, self._fill)

    def _fill(self, refs: list[PlaybookRef]) -> None:
        self.choice.clear()
        for ref in refs:
            self.choice.addItem(ref.title or words.plain(ref.name), ref.name)
        self.choice.setCurrentIndex(max(0, self.choice.findData(self._wanted)))
        self._load()

    def _load(self) -> None:
        name = self.choice.currentData()
        if name:
            self._wanted = str(name)
            used = self._wanted == self._desk.session.matter.playbook
            self._used.setVisible(used)
            self.use.setVisible(not used)
            self._jobs.run(IDLE, lambda: self._workspace.playbook_rules(str(name)), self.show_rules)

    def show_rules(self, rules: list[PlaybookRule]) -> None:
        """Show positions."""
        self._rules = rules
        self.list.clear()
        for rule in rules:
            item = QListWidgetItem(icons.severity_icon(rule.severity), rule.title)
            item.setToolTip(words.severity(rule.severity))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _show(self, row: int) -> None:
        if not 0 <= row < len(self._rules):
            return
        rule = self._rules[row]
        self._title.setText(rule.title)
        self._severity.setText(words.severity(rule.severity))
        kit.set_tone(self._severity, rule.severity)
        self._type.setText(words.clause_type(rule.clause_type) if rule.clause_type else "")
        everywhere = rule.applies_to or self.tr("Every contract")
        shown = (words.check(rule.check), everywhere, rule.reason, rule.recommendation, rule.fallback)
        for section, text in zip(self._sections, shown, strict=True):
            section.show_words(text)

    def _use(self) -> None:
        self.use_asked.emit(self._wanted)
        self._used.show()
        self.use.hide()

    def _edit(self) -> None:
        if self.editor is not None:
            self._turn(editing=True)
            self.editor.open(self._wanted)

    def _read(self) -> None:
        self._turn(editing=False)

    def _turn(self, editing: bool) -> None:
        self._stack.setCurrentIndex(1 if editing else 0)
        self._head.setVisible(not editing)
        self._note.setVisible(not editing)

    def _on_saved(self, ref: PlaybookRef) -> None:
        self._wanted = ref.name
        self._read()
        self.reload()
        self._desk.said.emit(self.tr("Saved. Choose \u201cUse in this matter\u201d to check the contracts with it."))
