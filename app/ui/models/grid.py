"""The grid: documents by clause types, the whole deal at a glance."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from app.services.api import DocumentRow, GridCell
from app.ui import words

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
CELL = Qt.ItemDataRole.UserRole
SORT = Qt.ItemDataRole.UserRole + 1
NOTHING = GridCell("not checked", "", None, None)
_GRAVITY = {"risk": 0, "missing": 1, "unclear": 2, "present": 3, "not checked": 4}


class GridModel(QAbstractTableModel):
    """Column 0 is the document; every further column a clause type."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.types: list[str] = []
        self._rows: list[tuple[DocumentRow, dict[str, GridCell]]] = []

    def set_grid(self, types: list[str], rows: list[tuple[DocumentRow, dict[str, GridCell]]]) -> None:
        """Show a matter's grid."""
        self.beginResetModel()
        self.types, self._rows = types, rows
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Documents."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """The document and the clause types."""
        return 0 if parent.isValid() else len(self.types) + 1

    def document(self, row: int) -> DocumentRow:
        """The document of a row."""
        return self._rows[row][0]

    def cell(self, row: int, column: int) -> GridCell:
        """The cell of a clause type's column."""
        return self._rows[row][1].get(self.types[column - 1], NOTHING)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Document names and cells."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if column == 0:
            path = self._rows[row][0].path
            if role in (Qt.ItemDataRole.DisplayRole, SORT):
                name = path.rpartition("/")[2]
                return name.casefold() if role == SORT else name
            return path if role == Qt.ItemDataRole.ToolTipRole else None
        cell = self.cell(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.value or words.answer(cell.answer)
        if role == CELL:
            return cell
        if role == SORT:
            return f"{_GRAVITY.get(cell.answer, 9)}{cell.value.casefold()}"
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            kind = words.clause_type(self.types[column - 1])
            return f"{kind}: {words.answer(cell.answer)}" + (f", {cell.value}" if cell.value else "")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Clause types, with their full name as tool tip."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return self.tr("Document") if section == 0 else words.clause_type(self.types[section - 1])


class GridFilter(QSortFilterProxyModel):
    """Rows whose document's path holds the words and, where asked, with an answer of a kind in any column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self._answer = ""
        self.setSortRole(SORT)

    def set_filter(self, sought: str, answer: str) -> None:
        """Show rows that fit both; "" fits all."""
        self.beginFilterChange()
        self._words, self._answer = sought.casefold(), answer
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Whether a document is shown."""
        model = self.sourceModel()
        if not isinstance(model, GridModel):
            return True
        if self._words and self._words not in model.document(source_row).path.casefold():
            return False
        columns = range(1, len(model.types) + 1)
        return not self._answer or any(model.cell(source_row, c).answer == self._answer for c in columns)
