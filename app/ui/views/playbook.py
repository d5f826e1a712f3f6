"""The playbook: what is checked, how gravely it counts, and what to propose."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QScrollArea, QSplitter, QWidget

from app.domain.review import PlaybookRef
from app.services.api import PlaybookRule, Workspace
from app.ui import icons, words
from app.ui.jobs import IDLE, Jobs
from app.ui.views.detail import Section
from app.ui.widgets import kit


class PlaybookView(QWidget):
    """Positions on the left, the chosen one on the right."""

    def __init__(self, workspace: Workspace, jobs: Jobs, playbook: str) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace, self._jobs, self._wanted = workspace, jobs, playbook
        self._rules: list[PlaybookRule] = []
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Playbook"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.activated.connect(self._load)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Positions"))
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
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.list)
        split.addWidget(scroll)
        split.setSizes([380, 640])
        note = self.tr("A starter for US and UK commercial law. It has not been reviewed by counsel: make it yours.")
        above = kit.row(kit.label(self.tr("Playbook"), "title"), 12, self.choice, None, kit.label(note, "soft"))
        body = kit.column(above, kit.box(kit.column(split, margin=1), "card"), margin=20, space=12)
        body.setStretch(1, 1)
        self.setLayout(body)

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
        shown = (rule.check, everywhere, rule.reason, rule.recommendation, rule.fallback)
        for section, text in zip(self._sections, shown, strict=True):
            section.show_words(text)
