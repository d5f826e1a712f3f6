"""The grid: the whole deal at a glance. Click to jump, sort, filter, pick columns; the first column stays."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit, QMenu, QTableView, QWidget

from app.services.api import DocumentRow, GridCell, MatterSession
from app.ui import icons, words
from app.ui.correcting import Correcting
from app.ui.desk import Desk
from app.ui.models.grid import GridModel
from app.ui.widgets import kit
from app.ui.widgets.column_menu import ColumnMenu
from app.ui.widgets.grid_delegate import GridDelegate
from app.ui.widgets.legend import Legend

_LEGEND = 1040  # pixels of the view, from which on there is room for it
ANSWERS = ("risk", "missing", "unclear", "present", "not checked")


def _words_of(session: MatterSession, contract_id: str, cell: GridCell) -> str:
    """The words behind a cell, "" where there are none."""
    text = session.text(contract_id) if cell.start is not None else None
    return text.text[cell.start : cell.end] if text is not None else ""


class GridView(QWidget):
    """Two tables on one model: the documents' column, which stays, and the clause types, which scroll."""

    jump = Signal(str, object, object)  # contract_id, start, end

    hidden_changed = Signal(list)  # clause types whose columns are not on show

    def __init__(self, desk: Desk, hidden: Iterable[str] = ()) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._correcting = Correcting(desk, self)
        self._correcting.corrected.connect(self.reload)
        self.model = GridModel(self)
        self.cells = self._table(self.tr("Clauses by document"))
        self.names = self._table(self.tr("Documents"))
        self.cells.setItemDelegate(GridDelegate(self.cells))
        self.cells.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.cells.customContextMenuRequested.connect(self._menu)
        correct = QShortcut(QKeySequence("F2"), self.cells)
        correct.setContext(Qt.ShortcutContext.WidgetShortcut)
        correct.activated.connect(lambda: self.ask_value(self.cells.currentIndex()))
        self._tie()
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(self.tr("Filter documents"))
        self.sought.setAccessibleName(self.tr("Filter documents"))
        self.sought.setClearButtonEnabled(True)
        self.sought.setMinimumWidth(130)
        self.sought.setMaximumWidth(260)
        self.sought.textChanged.connect(self._filter)
        self.answer = QComboBox()
        self.answer.setAccessibleName(self.tr("Show documents with"))
        self.answer.addItem(self.tr("All answers"), "")
        for value in ANSWERS:
            self.answer.addItem(icons.answer_icon(value), words.answer(value), value)
        self.answer.currentIndexChanged.connect(self._filter)
        self.columns = ColumnMenu(self, hidden)
        self.columns.hidden_changed.connect(self._show_columns)
        self.columns.hidden_changed.connect(self.hidden_changed)
        self._pick = kit.button(self.tr("Columns"), icon="columns")
        self._pick.setMenu(self.columns)
        self._pick.setProperty("menu", True)
        self.legend = Legend(ANSWERS)
        head = kit.row(kit.label(self.tr("Grid"), "title"), 12, self.sought, self.answer, self._pick, None, self.legend)
        both = kit.box(kit.row(self.names, self.cells, margin=1, space=0), "card")
        self.setLayout(kit.column(head, both, margin=20, space=12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the signs, which each cell says in words too, make room for what is asked."""
        super().resizeEvent(event)
        self.legend.setVisible(event.size().width() >= _LEGEND)

    def _table(self, name: str) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(name)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(34)
        table.setSortingEnabled(True)
        table.setWordWrap(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setDefaultSectionSize(168)
        table.horizontalHeader().setMinimumHeight(36)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.activated.connect(self._activate)
        table.clicked.connect(self._activate)
        return table

    def _tie(self) -> None:
        self.names.setFixedWidth(260)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.names.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.horizontalHeader().setStretchLastSection(False)
        self.names.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.names.verticalScrollBar().valueChanged.connect(self.cells.verticalScrollBar().setValue)
        self.cells.verticalScrollBar().valueChanged.connect(self.names.verticalScrollBar().setValue)
        self.cells.setSelectionModel(self.names.selectionModel())
        self.names.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.model.modelReset.connect(self._after_reset)
        self._after_reset()

    def _after_reset(self) -> None:
        for column in range(self.model.columnCount()):
            self.names.setColumnHidden(column, column != 0)
        self.cells.setColumnHidden(0, True)
        self.names.setColumnWidth(0, 258)

    def reload(self) -> None:
        """Read the grid again."""
        self._desk.ask(lambda session: session.grid(), self.show_grid)

    def show_grid(self, grid: tuple[list[str], list[tuple[DocumentRow, dict[str, GridCell]]]]) -> None:
        """Show a grid."""
        fresh = self.model.types != grid[0]
        self.model.set_grid(*grid)
        if fresh:
            self.columns.set_columns([(name, words.clause_type(name)) for name in self.model.types])
        self._show_columns()

    def _show_columns(self) -> None:
        hidden = self.columns.hidden
        for column, name in enumerate(self.model.types, start=1):
            self.cells.setColumnHidden(column, name in hidden)
        count = len(hidden.intersection(self.model.types))
        self._pick.setText(self.tr("Columns ({0} hidden)").format(count) if count else self.tr("Columns"))

    def _filter(self) -> None:
        self.model.set_filter(self.sought.text().strip(), str(self.answer.currentData()))

    def _menu(self, at: QPoint) -> None:
        index = self.cells.indexAt(at)
        if index.isValid():
            menu = QMenu(self)
            menu.addAction(self.tr("Show the words"), lambda: self._activate(index))
            menu.addAction(self.tr("Correct the value\u2026 (F2)"), lambda: self.ask_value(index))
            menu.popup(self.cells.viewport().mapToGlobal(at))

    def ask_value(self, index: QModelIndex) -> None:
        """Let the lawyer correct a cell's value."""
        document = self.model.document(index.row()) if index.isValid() else None
        if document is None or document.contract_id is None or not index.column():
            return
        contract_id, name = document.contract_id, self.model.types[index.column() - 1]
        cell = self.model.cell(index.row(), index.column())
        self._desk.ask(
            lambda session: _words_of(session, contract_id, cell),
            lambda quote: self._correcting.ask(contract_id, name, cell.value, quote),
        )

    def _activate(self, index: QModelIndex) -> None:
        document = self.model.document(index.row())
        cell = self.model.cell(index.row(), index.column()) if index.column() else None
        if document.contract_id is not None:
            self.jump.emit(document.contract_id, cell.start if cell else None, cell.end if cell else None)
