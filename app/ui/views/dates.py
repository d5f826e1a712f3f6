"""The dates: what expires, renews or must be notified when; a timeline and a list with every formula."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QTableView, QWidget

from app.services.api import DateRow
from app.ui.desk import Desk
from app.ui.models.tables import ROW, DateTable
from app.ui.widgets import kit
from app.ui.widgets.empty import Empty
from app.ui.widgets.timeline import Timeline


class DatesView(QWidget):
    """Click a row to see the words behind it."""

    jump = Signal(str, object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self.model = DateTable(self)
        self.timeline = Timeline()
        self.timeline.chosen.connect(self._jump)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Dates"))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(34)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate((110, 90, 230, 260)):
            self.table.setColumnWidth(column, width)
        self.table.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self.table.clicked.connect(self._activate)
        self.table.activated.connect(self._activate)
        empty = Empty(
            "calendar-blank", self.tr("No dates yet"),
            self.tr("Dates appear here when contracts state a term, a renewal or a notice period."),
        )  # fmt: skip
        card = kit.box(kit.column(self.table, margin=1), "card")
        above = kit.box(kit.column(self.timeline, margin=12), "card")
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(kit.box(kit.column(above, card, space=14)))
        self._note = kit.label(
            self.tr("Computed by the app from the quoted words; check each against its clause."), "soft"
        )
        head = kit.column(kit.label(self.tr("Dates"), "title"), self._note, space=2)
        self.setLayout(kit.column(head, self._stack, margin=20, space=12))

    def reload(self) -> None:
        """Read the dates again."""
        self._desk.ask(lambda session: session.key_dates(), self.show_rows)

    def show_rows(self, rows: list[DateRow]) -> None:
        """Show dates: those to come, soonest first, then those passed, the last first."""
        today = dt.date.today()
        ordered = sorted(rows, key=lambda r: (r.date < today, abs((r.date - today).days)))
        self.model.set_rows(ordered)
        self.timeline.show_rows(rows, today)
        self._stack.setCurrentIndex(1 if rows else 0)

    def _activate(self, index: QModelIndex) -> None:
        self._jump(index.data(ROW))

    def _jump(self, row: DateRow) -> None:
        self.jump.emit(row.contract_id, row.start, row.end)
