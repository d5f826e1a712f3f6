"""The documents of a matter as a tree: folders, and in them the documents."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from app.services.api import DocumentRow
from app.ui import icons, words

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW = Qt.ItemDataRole.UserRole
PATH = Qt.ItemDataRole.UserRole + 1
FACTS = Qt.ItemDataRole.UserRole + 2  # the second line: kind, side and pages, or why it was not analysed
_PICTURES = (".tif", ".tiff", ".png", ".jpg", ".jpeg", ".bmp", ".gif")
_TOP = 0  # internal id of what stands at the top


def _file_icon(path: str) -> str:
    ending = PurePath(path).suffix.lower()
    return "file-pdf" if ending == ".pdf" else "image" if ending in _PICTURES else "file-text"


def facts(row: DocumentRow) -> str:
    """Kind, our side and pages of a document; what is wrong with one that was not analysed."""
    if row.contract_id is None:
        return words.file_status(row.status)
    parts = [words.contract_kind(row.kind) if row.kind else "", words.role(row.our_role) if row.our_role else ""]
    parts.append(words.pages(row.pages) if row.pages else "")
    return " \u00b7 ".join(part for part in parts if part)


class DocumentTree(QAbstractItemModel):
    """Two levels: documents without a folder and folders first, documents of a folder below it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders: list[tuple[str, list[DocumentRow]]] = []
        self._loose: list[DocumentRow] = []

    def set_rows(self, rows: list[DocumentRow]) -> None:
        """Show these; where only contents changed, keep what is open and chosen."""
        folders: dict[str, list[DocumentRow]] = {}
        for row in rows:
            folders.setdefault(row.folder, []).append(row)
        loose = folders.pop("", [])
        new = sorted(folders.items())
        same = [(n, [r.path for r in d]) for n, d in new] == [(n, [r.path for r in d]) for n, d in self._folders]
        if same and [r.path for r in loose] == [r.path for r in self._loose]:
            self._folders, self._loose = new, loose
            self._tell_changed()
            return
        self.beginResetModel()
        self._folders, self._loose = new, loose
        self.endResetModel()

    def _tell_changed(self) -> None:
        parents = [ROOT] + [self.index(i, 0, ROOT) for i in range(len(self._folders))]
        for parent in parents:
            if count := self.rowCount(parent):
                self.dataChanged.emit(self.index(0, 0, parent), self.index(count - 1, 0, parent))

    def row_at(self, index: Index) -> DocumentRow | None:
        """The document at an index, None for a folder."""
        if not index.isValid():
            return None
        if index.internalId() != _TOP:
            return self._folders[index.internalId() - 1][1][index.row()]
        loose = index.row() - len(self._folders)
        return self._loose[loose] if loose >= 0 else None

    def index_of(self, contract_id: str) -> QModelIndex:
        """Where a contract's document stands; invalid where it is not listed."""
        for number, (_, rows) in enumerate(self._folders):
            for place, row in enumerate(rows):
                if row.contract_id == contract_id:
                    return self.createIndex(place, 0, number + 1)
        for place, row in enumerate(self._loose):
            if row.contract_id == contract_id:
                return self.createIndex(len(self._folders) + place, 0, _TOP)
        return QModelIndex()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Folders and loose documents at the top, documents in a folder."""
        if not parent.isValid():
            return len(self._folders) + len(self._loose)
        if parent.internalId() == _TOP and parent.row() < len(self._folders):
            return len(self._folders[parent.row()][1])
        return 0

    def columnCount(self, parent: Index = ROOT) -> int:
        """One."""
        return 1

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """The index of a child."""
        if column != 0 or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, child: Index = ROOT) -> QModelIndex:  # type: ignore[override]
        """The folder of a document."""
        if not child.isValid() or child.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(child.internalId() - 1, 0, _TOP)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, icon, tool tip, the row itself."""
        row = self.row_at(index)
        if row is None:
            return self._folder_data(index, role) if index.isValid() else None
        name = row.path.rpartition("/")[2]
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == ROW:
            return row
        if role == FACTS:
            return facts(row)
        if role == PATH:
            return row.path
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.path if row.contract_id else f"{row.path}\n{words.file_status(row.status)}. {row.reason or ''}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, name)
        if role == Qt.ItemDataRole.DecorationRole:
            if row.contract_id is None:
                return icons.icon("prohibit", "ink_faint")
            return icons.icon(_file_icon(row.path))
        return None

    def _folder_data(self, index: Index, role: int) -> Any:
        name, rows = self._folders[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, PATH):
            return name
        if role == Qt.ItemDataRole.DecorationRole:
            return icons.icon("folder")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("Folder {0}, {1} documents").format(name, len(rows))
        return None

    def _spoken(self, row: DocumentRow, name: str) -> str:
        if row.contract_id is None:
            return f"{name}, {words.file_status(row.status)}, {row.reason or ''}"
        worst = words.severity(row.worst) if row.worst else self.tr("nothing open")
        said = self.tr("{0}, {1} of {2} reviewed, gravest open: {3}").format(name, row.decided, row.findings, worst)
        return f"{said}, {facts(row)}"


class DocumentFilter(QSortFilterProxyModel):
    """Documents whose path holds the words; folders that hold one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setFilterRole(PATH)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setRecursiveFilteringEnabled(True)
