"""The left pane: the matter's documents, with a filter on top."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStackedWidget, QTreeView, QWidget

from app.services.api import DocumentRow
from app.ui import icons
from app.ui.models.documents import ROW, DocumentFilter, DocumentTree
from app.ui.widgets import kit
from app.ui.widgets.document_delegate import DocumentDelegate
from app.ui.widgets.empty import Empty


class DocumentsPane(QWidget):
    """A tree by folder; choosing a document puts its contract on the desk."""

    chosen = Signal(str)  # contract_id
    refused = Signal(str)  # why a document was not analysed

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = DocumentTree(self)
        self._filter = DocumentFilter(self)
        self._filter.setSourceModel(self.model)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter documents"))
        self.filter.setAccessibleName(self.tr("Filter documents"))
        self.filter.setClearButtonEnabled(True)
        self.filter.addAction(icons.icon("magnifying-glass", "ink_faint"), QLineEdit.ActionPosition.LeadingPosition)
        self.filter.textChanged.connect(self._on_filter)
        self.tree = QTreeView()
        self.tree.setModel(self._filter)
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(self.tr("Documents"))
        self.tree.setItemDelegate(DocumentDelegate(self.tree))
        self.tree.setUniformRowHeights(True)
        self.model.modelReset.connect(self._open_few)
        self.tree.setIndentation(10)
        self.tree.setMouseTracking(True)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.selectionModel().currentChanged.connect(self._on_current)
        self._empty = Empty("tray", "", "")
        self.show_reading(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.tree)
        top = kit.box(kit.column(self.filter, margin=10))
        self.setLayout(kit.column(top, self._stack, space=0))
        self.setMinimumWidth(200)

    def show_rows(self, rows: list[DocumentRow]) -> None:
        """Show the matter's documents."""
        self.model.set_rows(rows)
        self._stack.setCurrentIndex(1 if rows else 0)

    def show_reading(self, on: bool) -> None:
        """Say why there is nothing yet."""
        if on:
            self._empty.say(self.tr("Reading\u2026"), self.tr("Each document appears here as soon as it is read."))
        else:
            self._empty.say(self.tr("No documents yet"), self.tr("Drop a folder or files anywhere on this window."))

    def _open_few(self) -> None:
        if self.model.rowCount() < 40:
            self.tree.expandAll()

    def select(self, contract_id: str) -> None:
        """Mark the contract on the desk, without choosing it again."""
        index = self._filter.mapFromSource(self.model.index_of(contract_id))
        if index.isValid() and index != self.tree.currentIndex():
            self.tree.setCurrentIndex(index)

    def _on_filter(self, text: str) -> None:
        self._filter.setFilterFixedString(text)
        if text:
            self.tree.expandAll()

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        row: DocumentRow | None = current.data(ROW)
        if row is None:
            return
        if row.contract_id is not None:
            self.chosen.emit(row.contract_id)
        else:
            self.refused.emit(row.reason or row.status)
