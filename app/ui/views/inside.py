"""Inside the contract on the desk: its parts, its defined terms, the values read from it and their correction."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QTableView,
    QWidget,
)

from app.domain.standard_form import FormComparison, FormDeviation
from app.services.api import MatterSession, TermRow, ValueRow
from app.ui import detail_words, icons
from app.ui.correcting import Correcting
from app.ui.desk import Desk
from app.ui.models.inside import FormTable, SectionTable, TermTable, ValueTable
from app.ui.models.tables import ROW
from app.ui.widgets import kit
from app.ui.widgets.empty import Empty

PARTS, TERMS, VALUES, FORM = range(4)


def _departures(session: MatterSession, contract_id: str) -> Sequence[Any]:
    found = session.form_comparison(contract_id)
    return [found] if found is not None else []


def value_behind(rows: Sequence[ValueRow], clause_type: str, start: int, end: int) -> ValueRow | None:
    """The value that belongs to a finding at [start, end): of its type, read from words it shares, else any."""
    typed = [row for row in rows if row.clause_type == clause_type]
    near = [r for r in typed if r.start is not None and r.end is not None and r.start < end and start < r.end]
    return next(iter(near or typed), None)


class InsidePane(QWidget):
    """Reads only what is on show; choosing a row goes to its words."""

    shown = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._known = ("", -1)  # contract and list that the table shows
        self._turn = 0  # which of a term's definitions comes next
        self._last: Any = None
        self.models = (SectionTable(self), TermTable(self), ValueTable(self), FormTable(self))
        self.correcting = Correcting(desk, self)
        self.correcting.corrected.connect(self.reload)
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("What to show of the contract"))
        for name in (self.tr("Parts"), self.tr("Defined terms"), self.tr("Values read"), self.tr("Against the form")):
            self.choice.addItem(name)
        self.choice.currentIndexChanged.connect(lambda _: self.refresh())
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter"))
        self.filter.setAccessibleName(self.tr("Filter this list"))
        self.filter.setClearButtonEnabled(True)
        self.filter.addAction(icons.icon("magnifying-glass", "ink_faint"), QLineEdit.ActionPosition.LeadingPosition)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._proxy.setFilterKeyColumn(-1)
        self.filter.textChanged.connect(self._proxy.setFilterFixedString)
        self.correct = kit.button(self.tr("Correct the value\u2026"), self.ask_value, "pencil-simple")
        self.correct.setToolTip(self.tr("Correct the value (F2)"))
        self._empty = Empty("list-bullets", self.tr("Nothing here"), "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._make_table())
        self._foot = kit.box(kit.column(self.correct, margin=10))
        self.stands = kit.label("", "faint", wrap=True)  # how the contract stands to the standard form
        self.difference = kit.selectable(kit.label("", "soft", wrap=True))
        self._below = QScrollArea()
        self._below.setWidgetResizable(True)
        self._below.setAccessibleName(self.tr("What differs from the form"))
        flow = kit.box(kit.column(self.difference, None, margin=10), "flow")
        self._below.setWidget(flow)
        self._below.setFixedHeight(170)
        top = kit.box(kit.column(self.choice, self.filter, self.stands, margin=10))
        self.setLayout(kit.column(top, self._stack, self._below, self._foot, space=0))
        desk.contract_changed.connect(lambda _: self.refresh())

    def _make_table(self) -> QTableView:
        self.table = QTableView()
        self.table.setAccessibleName(self.tr("Inside the contract"))
        self.table.setModel(self._proxy)
        self.table.horizontalHeader().hide()
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(30)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._on_row(now.data(ROW)))
        self.table.clicked.connect(self._go)
        self.table.activated.connect(self._go)
        key = QShortcut(QKeySequence("F2"), self.table)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self.ask_value)
        return self.table

    @property
    def mode(self) -> int:
        """PARTS, TERMS or VALUES."""
        return self.choice.currentIndex()

    def show_mode(self, mode: int) -> None:
        """Show one of the lists."""
        self.choice.setCurrentIndex(mode)
        self.refresh()
        self.table.setFocus()

    def reload(self) -> None:
        """Read the list again, wherever it is shown."""
        self._known = ("", -1)
        self.refresh()

    def refresh(self) -> None:
        """Read the list on show, where it is another contract's."""
        contract_id, mode = self._desk.contract_id, self.mode
        self._foot.setVisible(mode == VALUES)
        for part in (self.stands, self._below):
            part.setVisible(mode == FORM)
        if not self.isVisible() or self._known == (contract_id, mode):
            return
        self._known = (contract_id, mode)
        if not contract_id:
            self.show_rows(contract_id, mode, [])
            return

        def read(session: MatterSession) -> Sequence[Any]:
            return (session.sections, session.terms, session.values, partial(_departures, session))[mode](contract_id)

        self._desk.ask(read, lambda rows: self.show_rows(contract_id, mode, rows))

    def show_rows(self, contract_id: str, mode: int, rows: Sequence[Any]) -> None:
        """Show a list, unless another was asked for meanwhile."""
        if (contract_id, mode) != (self._desk.contract_id, self.mode):
            return
        model = self.models[mode]
        if mode == FORM:
            rows = self._take_comparison(rows)
        model.set_rows(rows)
        self._proxy.setSourceModel(model)
        self._widths(mode)
        said = (
            self.tr("No numbered parts or headings were found in this contract."),
            self.tr("No defined terms were found in this contract."),
            self.tr("Nothing was read from this contract."),
            self.tr("Choose the matter's standard forms under Matter, Standard forms."),
        )
        if mode == FORM and self.stands.text():
            self._empty.say(self.tr("No departures"), self.tr("Nothing of this contract departs from the form."))
        else:
            self._empty.say(self.tr("Nothing here"), said[mode])
        self._stack.setCurrentIndex(1 if rows else 0)
        if rows:
            self.table.selectRow(0)
        self.shown.emit()

    def _take_comparison(self, found: Sequence[Any]) -> Sequence[Any]:
        comparison: FormComparison | None = next(iter(found), None)
        self.stands.setText(comparison.said if comparison is not None else "")
        self.difference.setText("")
        return comparison.deviations if comparison is not None else ()

    def _on_row(self, row: Any) -> None:
        if isinstance(row, FormDeviation):
            self.difference.setText(detail_words.departure(row))

    def _widths(self, mode: int) -> None:
        header, resize = self.table.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionResizeMode(0, resize.Stretch)
        if mode != PARTS:
            header.setSectionResizeMode(1, resize.Stretch if mode == VALUES else resize.ResizeToContents)

    def showEvent(self, event: Any) -> None:
        """Read what is shown now."""
        super().showEvent(event)
        self.refresh()

    def _go(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        start, end = self._place(row)
        if start is not None:
            self._desk.go_to(self._desk.contract_id, start, end)

    def _place(self, row: Any) -> tuple[int | None, int | None]:
        """Where a row stands; a term defined twice shows its definitions in turn."""
        if isinstance(row, FormDeviation) and row.start is None:
            return None, None
        if isinstance(row, TermRow):
            self._turn = self._turn + 1 if row == self._last else 0
            self._last = row
            return row.definitions[self._turn % len(row.definitions)]
        if row is None:
            return None, None
        end = row.end
        if self.mode == PARTS:  # the part's own line, not all that stands in it
            end = min(row.end, row.start + len(row.number) + len(row.heading) + 2)
        return row.start, end

    def ask_value(self) -> None:
        """Let the lawyer correct or give the value chosen."""
        row = self.table.currentIndex().data(ROW)
        if isinstance(row, ValueRow):
            self.correcting.ask(self._desk.contract_id, row.clause_type, row.value, row.quote)
