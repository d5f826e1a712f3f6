"""The right pane: findings of the contract on the desk, grouped by risk, and below them the one chosen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListView, QSplitter, QStackedWidget, QWidget

from app.domain.findings import FindingState, Severity
from app.services.api import FindingRow
from app.ui import icons, words
from app.ui.models.findings import ROW, FindingList
from app.ui.views.detail import DetailView
from app.ui.widgets import kit
from app.ui.widgets.empty import Empty
from app.ui.widgets.finding_delegate import FindingDelegate


class FindingsPane(QWidget):
    """List, filter and detail."""

    chosen = Signal(str)  # finding_key, "" for none
    past_end = Signal(int)  # +1 or -1: the user went on beyond the list

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = FindingList(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(FindingDelegate(self.list))
        self.list.setAccessibleName(self.tr("Findings"))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.detail = DetailView()
        self.empty = Empty("flag", "", "")
        self.show_reading(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self._stack)
        split.addWidget(self.detail)
        split.setSizes([250, 460])
        split.setChildrenCollapsible(False)
        self._count = kit.label("", "faint")
        self.filter_button = kit.tool("funnel", self.tr("Filter findings (F)"), self.toggle_filter, checkable=True)
        head = kit.box(kit.row(kit.label(self.tr("Findings"), "lead"), self._count, None, self.filter_button, margin=8))
        self._bar = self._make_filter()
        self.setLayout(kit.column(head, self._bar, split, space=0))
        self.setMinimumWidth(280)

    def _make_filter(self) -> QWidget:
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(self.tr("Words in a finding"))
        self.sought.setAccessibleName(self.tr("Words in a finding"))
        self.sought.setClearButtonEnabled(True)
        self.sought.textChanged.connect(self._filter)
        self.sought.returnPressed.connect(self.list.setFocus)
        self.open_only = kit.button(self.tr("Open only"), self._filter, checkable=True)
        self._severities = {}
        for value in Severity:
            made = kit.tool(icons.SEVERITY[value.value], words.severity(value.value), self._filter, checkable=True)
            made.setIcon(icons.severity_icon(value.value))
            self._severities[value.value] = made
        buttons = kit.row(*self._severities.values(), None, self.open_only, space=2)
        bar = kit.box(kit.column(self.sought, buttons, margin=8, space=6))
        bar.hide()
        return bar

    def show_reading(self, on: bool) -> None:
        """Say why there is nothing before a contract is open."""
        if on:
            self.empty.say(self.tr("Findings follow"), self.tr("They appear while the rest is still being read."))
        else:
            self.empty.say(self.tr("No findings yet"), self.tr("They appear here when a document is open."))

    def toggle_filter(self) -> None:
        """Open or close the filter; closed it filters nothing."""
        show = self._bar.isHidden()
        self._bar.setVisible(show)
        self.filter_button.setChecked(show)
        if show:
            self.sought.setFocus()
        else:
            self.sought.clear()
            self.open_only.setChecked(False)
            for button in self._severities.values():
                button.setChecked(False)
            self._filter()

    def filters(self, part: QWidget | None) -> bool:
        """Whether a part of the window belongs to the filter."""
        return part is not None and self._bar.isAncestorOf(part)

    def _filter(self) -> None:
        chosen = frozenset(value for value, button in self._severities.items() if button.isChecked())
        key = self._current_key()
        self.model.set_filter(chosen, self.open_only.isChecked(), self.sought.text().strip())
        self._after_reset(key)

    def show_rows(self, rows: list[FindingRow]) -> None:
        """Show a contract's findings, keeping the chosen one where it is still there."""
        key = self._current_key()
        self.model.set_rows(rows)
        self._after_reset(key)

    def _after_reset(self, key: str) -> None:
        shown, total = self.model.rowCount(), self.model.total
        self._count.setText(self.tr("{0} of {1}").format(shown, total) if shown != total else str(total))
        self._stack.setCurrentIndex(1 if shown else 0)
        self.empty.say(
            self.tr("No findings"),
            self.tr("Nothing fits the filter.") if total else self.tr("Nothing was flagged in this document."),
        )
        self.select_row(max(0, self.model.find(key)))
        if not shown:
            self.detail.show_state(None)
            self.chosen.emit("")

    def _current_key(self) -> str:
        row: FindingRow | None = self.list.currentIndex().data(ROW)
        return row.state.finding.finding_key if row is not None else ""

    def select_row(self, row: int) -> None:
        """Choose a finding by its place."""
        if 0 <= row < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(row))

    def select(self, finding_key: str) -> None:
        """Choose a finding by its key."""
        self.select_row(self.model.find(finding_key))

    def step(self, by: int) -> None:
        """Go to the next or the one before."""
        row = self.list.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.select_row(row)
        else:
            self.past_end.emit(by)

    def update_state(self, state: FindingState) -> None:
        """Show a finding's new state."""
        self.model.replace(state)
        shown = self.detail.state
        if shown is not None and shown.finding.finding_key == state.finding.finding_key:
            self.detail.show_state(state)

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        row: FindingRow | None = current.data(ROW)
        self.detail.playbook = row.playbook if row is not None else ""
        self.detail.beside = self.model.beside(row) if row is not None else ()
        self.detail.show_state(row.state if row is not None else None)
        self.chosen.emit(row.state.finding.finding_key if row is not None else "")
