"""The dates: what expires, renews or must be notified when; a timeline and a list with every formula."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QTableView, QWidget

from app.services.api import DateQuestion, DateRow, MatterSession
from app.ui import words
from app.ui.correcting import Correcting
from app.ui.desk import Desk
from app.ui.models.tables import ROW, DateTable
from app.ui.widgets import kit
from app.ui.widgets.empty import Empty
from app.ui.widgets.timeline import Timeline


def _look(session: MatterSession) -> tuple[list[DateRow], list[DateQuestion]]:
    return session.key_dates(), session.date_questions()


def _words_of(session: MatterSession, row: DateQuestion) -> str:
    text = session.text(row.contract_id) if row.start is not None else None
    return text.text[row.start : row.end] if text is not None else ""


class DatesView(QWidget):
    """Click a row to see the words behind it, or to give what a date waits for."""

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
            self.tr("Computed by the app from the quoted words; check each against its clause."), "soft", wrap=True
        )
        self.answer = kit.button("", self.answer_next, "question", tip=self.tr("Give what the next date waits for"))
        said = kit.column(kit.label(self.tr("Dates"), "title"), self._note, space=2)
        head = kit.row(said, self.answer)
        head.setStretch(0, 1)
        self.correcting = Correcting(desk, self)
        self.correcting.corrected.connect(self.reload)
        key = QShortcut(QKeySequence("F2"), self.table)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(lambda: self._ask(self.table.currentIndex().data(ROW)))
        self.setLayout(kit.column(head, self._stack, margin=20, space=12))

    def reload(self) -> None:
        """Read the dates again."""
        self._desk.ask(_look, lambda found: self.show_rows(*found))

    def show_rows(self, rows: list[DateRow], questions: list[DateQuestion]) -> None:
        """Show dates: those to come, soonest first, those that wait for an answer, those passed, the last first."""
        today = dt.date.today()
        ahead = sorted((r for r in rows if r.date >= today), key=lambda r: r.date)
        passed = sorted((r for r in rows if r.date < today), key=lambda r: r.date, reverse=True)
        self.model.set_rows([*ahead, *questions, *passed])
        self.timeline.show_rows(rows, today)
        self._stack.setCurrentIndex(1 if rows or questions else 0)
        self.answer.setText(words.waiting(len(questions)))
        self.answer.setAccessibleName(self.answer.text())
        self.answer.setVisible(bool(questions))

    def answer_next(self) -> None:
        """Ask for what the first date that is not known waits for."""
        number, row = next((n, r) for n, r in enumerate(self.model.rows) if isinstance(r, DateQuestion))
        self.table.selectRow(number)
        self._ask(row)

    def _ask(self, row: DateRow | DateQuestion | None) -> None:
        if not isinstance(row, DateQuestion):
            return
        self._desk.ask(
            lambda session: _words_of(session, row),
            lambda quote: self.correcting.ask(row.contract_id, row.clause_type, "", "", shown=quote, asks=row.asks),
        )

    def _activate(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, DateRow):
            self._jump(row)
        else:
            self._ask(row)

    def _jump(self, row: DateRow) -> None:
        self.jump.emit(row.contract_id, row.start, row.end)
