"""The plain tables: import rows, dates, search hits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.progress import ItemStatus, Progress
from app.domain.text import FileStatus
from app.services.api import DateQuestion, DateRow, DocumentRow
from app.ui import icons, words

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW = Qt.ItemDataRole.UserRole
T = TypeVar("T")


class RowTable(QAbstractTableModel, Generic[T]):
    """Rows of one kind; each column is a heading and a function of the row."""

    def __init__(self, columns: Sequence[tuple[str, Callable[[T], str]]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = list(columns)
        self.rows: list[T] = []

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The column's words; the row itself."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._columns[index.column()][1](row)
        return row if role == ROW else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Column headings."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section][0]
        return None


def _told(row: DocumentRow) -> Progress:
    """A document as the last step of its import."""
    if row.contract_id is not None:
        return Progress(row.path, ItemStatus.DONE, message=words.pages(row.pages) if row.pages else None)
    status = ItemStatus.LOCKED if row.status == FileStatus.PASSWORD.value else ItemStatus.FAILED
    return Progress(row.path, status, message=row.reason or words.file_status(row.status))


class ImportTable(RowTable[Progress]):
    """What became of each file of an import, updated step by step."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__([], parent)
        self._columns = [
            (self.tr("File"), lambda p: p.item),
            (self.tr("State"), lambda p: words.item_status(p.status.value)),
            (self.tr("Remark"), lambda p: p.message or ""),
        ]
        self._where: dict[str, int] = {}
        self.from_import = False  # rows are an import's steps, not the matter's documents

    @property
    def failed(self) -> int:
        """Files that were not analysed."""
        return sum(row.status.unread for row in self.rows)

    def forget(self) -> None:
        """Empty the list."""
        self._where, self.from_import = {}, False
        self.set_rows([])

    def show_documents(self, documents: Sequence[DocumentRow]) -> None:
        """What became of the matter's documents, where no import tells."""
        self._where, self.from_import = {}, False
        self.set_rows([_told(row) for row in documents])

    def step(self, progress: Progress) -> None:
        """A file's new state; a new file gets a row at once."""
        if not progress.item:
            return
        if not self.from_import:
            self.forget()
            self.from_import = True
        where = self._where.get(progress.item)
        if where is None:
            where = self._where[progress.item] = len(self.rows)
            self.beginInsertRows(QModelIndex(), where, where)
            self.rows.append(progress)
            self.endInsertRows()
            return
        self.rows[where] = progress
        self.dataChanged.emit(self.index(where, 0), self.index(where, len(self._columns) - 1))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As every table, with a sign for the state."""
        if index.isValid() and role == Qt.ItemDataRole.DecorationRole and index.column() == 1:
            status = self.rows[index.row()].status
            if status is ItemStatus.DUPLICATE:
                return icons.icon("copy", "ink_soft")
            if status.over and not status.unread:
                return icons.icon("check-circle", "positive")
            if status.unread:
                return icons.icon("warning-circle", "high")
            return icons.icon("circle-dashed" if status is ItemStatus.QUEUED else "hourglass", "accent")
        return super().data(index, role)


class DateTable(RowTable[DateRow | DateQuestion]):
    """What expires, renews or must be notified when, with the formula; and the dates that wait for an answer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__([], parent)
        self._columns = [
            (self.tr("Date"), lambda d: words.day(d.date) if isinstance(d, DateRow) else self.tr("not known")),
            (self.tr("In"), self._distance),
            (self.tr("What"), lambda d: words.sentence_case(d.what)),
            (self.tr("Contract"), lambda d: d.contract_name),
            (self.tr("How it was computed"), self._formula),
        ]
        self.today = dt.date.today()

    def _formula(self, row: DateRow | DateQuestion) -> str:
        if isinstance(row, DateRow):
            said = words.dated(row.formula)
            return said[:1].upper() + said[1:]
        return self.tr("Needs {0}: give it here").format(row.asks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As every table, with a sign on what waits for an answer."""
        if index.isValid() and role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            asked = isinstance(self.rows[index.row()], DateQuestion)
            return icons.icon("question", "medium") if asked else None
        return super().data(index, role)

    def _distance(self, row: DateRow | DateQuestion) -> str:
        if isinstance(row, DateQuestion):
            return ""
        days = (row.date - self.today).days
        if days < 0:
            return self.tr("passed")
        return self.tr("{0} days").format(days) if days < 730 else self.tr("{0} years").format(round(days / 365.25, 1))
