"""The grid: documents by clause types, the whole deal at a glance. It sorts and filters itself: 500 rows in no time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.services.api import DocumentRow, GridCell
from app.ui import words

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
CELL = Qt.ItemDataRole.UserRole
NOTHING = GridCell("not checked", "", None, None)
_GRAVITY = {"risk": 0, "missing": 1, "unclear": 2, "present": 3, "not checked": 4}


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A document with its cells in the order of the columns, and what is compared when sorting and filtering."""

    document: DocumentRow
    name: str
    path: str  # casefolded
    cells: tuple[GridCell, ...]
    answers: frozenset[str]


def _line(document: DocumentRow, cells: dict[str, GridCell], types: list[str]) -> Line:
    row = tuple(cells.get(name, NOTHING) for name in types)
    name = document.path.rpartition("/")[2]
    return Line(document, name, document.path.casefold(), row, frozenset(cell.answer for cell in row))


class GridModel(QAbstractTableModel):
    """Column 0 is the document; every further column a clause type."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.types: list[str] = []
        self._all: list[Line] = []
        self._shown: list[Line] = []
        self._by, self._descending = 0, False
        self._words, self._answer = "", ""

    def set_grid(self, types: list[str], rows: list[tuple[DocumentRow, dict[str, GridCell]]]) -> None:
        """Show a matter's grid, sorted and filtered as the one before."""
        self.beginResetModel()
        self.types = types
        self._all = [_line(document, cells, types) for document, cells in rows]
        self._arrange()
        self.endResetModel()

    def set_filter(self, sought: str, answer: str) -> None:
        """Show documents whose path holds the words and, where asked, with an answer of a kind in any column."""
        self.beginResetModel()
        self._words, self._answer = sought.casefold(), answer
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By name, or by gravity and then value."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        lines = [self._shown[index.row()] for index in held]
        self._by, self._descending = max(0, column), order is Qt.SortOrder.DescendingOrder
        self._arrange()
        place = {id(line): row for row, line in enumerate(self._shown)}
        self.changePersistentIndexList(
            held, [self.index(place[id(line)], index.column()) for line, index in zip(lines, held, strict=True)]
        )
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        wanted = [
            line for line in self._all
            if self._words in line.path and (not self._answer or self._answer in line.answers)
        ]  # fmt: skip
        self._shown = sorted(wanted, key=self._key, reverse=self._descending)

    def _key(self, line: Line) -> tuple[int, str, str]:
        if self._by == 0 or self._by > len(line.cells):
            return 0, line.name.casefold(), line.path
        cell = line.cells[self._by - 1]
        return _GRAVITY.get(cell.answer, 9), cell.value.casefold(), line.path

    def rowCount(self, parent: Index = ROOT) -> int:
        """Documents shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = ROOT) -> int:
        """The document and the clause types."""
        return 0 if parent.isValid() else len(self.types) + 1

    def document(self, row: int) -> DocumentRow:
        """The document of a row."""
        return self._shown[row].document

    def cell(self, row: int, column: int) -> GridCell:
        """The cell of a clause type's column."""
        return self._shown[row].cells[column - 1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Document names and cells."""
        if not index.isValid():
            return None
        line, column = self._shown[index.row()], index.column()
        if column == 0:
            if role == Qt.ItemDataRole.DisplayRole:
                return line.name
            return line.document.path if role == Qt.ItemDataRole.ToolTipRole else None
        if role == CELL:
            return line.cells[column - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            cell = line.cells[column - 1]
            return words.value(cell.value) or words.answer(cell.answer)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            cell = line.cells[column - 1]
            kind = words.clause_type(self.types[column - 1])
            return f"{kind}: {words.answer(cell.answer)}" + (f", {words.value(cell.value)}" if cell.value else "")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Clause types, with their full name as tool tip."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return self.tr("Document") if section == 0 else words.clause_type(self.types[section - 1])
