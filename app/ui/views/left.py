"""The left pane: the matter's documents, or what is inside the one on the desk."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from app.ui.views.documents import DocumentsPane
from app.ui.views.inside import InsidePane
from app.ui.widgets import kit

DOCUMENTS, INSIDE = 0, 1


class LeftPane(QWidget):
    """Two tabs."""

    def __init__(self, documents: DocumentsPane, inside: InsidePane) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.documents, self.inside = documents, inside
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("Documents, or inside the contract"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.addTab(self.tr("Documents"))
        self.tabs.addTab(self.tr("This contract"))
        self.tabs.setTabToolTip(DOCUMENTS, self.tr("The documents of the matter (D)"))
        self.tabs.setTabToolTip(INSIDE, self.tr("Parts (C), terms (T), values (V), against the standard form (S)"))
        self._stack = QStackedWidget()
        self._stack.addWidget(documents)
        self._stack.addWidget(inside)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.setLayout(kit.column(self.tabs, kit.rule(), self._stack, space=0))
        self.setMinimumWidth(200)

    def show_documents(self) -> None:
        """Show the matter's documents."""
        self.tabs.setCurrentIndex(DOCUMENTS)
        self.documents.tree.setFocus()

    def show_inside(self, mode: int) -> None:
        """Show a list of what is inside the contract."""
        self.tabs.setCurrentIndex(INSIDE)
        self.inside.show_mode(mode)
