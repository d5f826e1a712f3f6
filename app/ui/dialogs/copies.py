"""A second copy of a matter: whether to take over its decisions; and what colleagues decided otherwise."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from app.services.api import ConflictRow
from app.ui import icons, words
from app.ui.dialogs.frame import FormDialog
from app.ui.widgets import kit
from app.ui.widgets.rich_delegate import TWO, TwoLines


class CopyDialog(FormDialog):
    """The file is a copy of a matter that is in the list already."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.head(
            self.tr("A copy of a matter you have"), self.tr("Open mine and take them over"),
            self.tr(
                "Your own matter opens, and what was decided in this copy is taken over. Where you decided "
                "otherwise yourself, your decision stands and the other is shown beside it."
            ),
        )  # fmt: skip


class ConflictsDialog(QDialog):
    """What colleagues decided otherwise; a row goes to its finding, where deciding again settles it."""

    chosen = Signal(object)  # ConflictRow

    def __init__(self, parent: QWidget | None, rows: list[tuple[ConflictRow, str]]) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Decided differently"))
        self.resize(560, 420)
        self._rows = rows
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Findings decided differently"))
        self.list.setItemDelegate(TwoLines(self.list))
        for row, name in rows:
            item = QListWidgetItem(icons.icon("warning-circle", "medium"), name)
            item.setData(TWO, words.conflict(row.action, row.said, row.user, row.time))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {item.data(TWO)}")
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _: self._go())
        said = kit.label(
            self.tr("Your decision stands until you decide the finding again, which settles it."), "soft", wrap=True
        )
        go = kit.button(self.tr("Go to the finding"), self._go, "arrow-right", "primary")
        close = kit.button(self.tr("Close"), self.reject)
        card = kit.box(kit.column(self.list, margin=1), "card")
        title = kit.label(self.tr("Decided differently"), "title")
        self.setLayout(kit.column(title, said, card, kit.row(None, close, go), margin=24, space=12))

    def _go(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._rows):
            self.chosen.emit(self._rows[row][0])
            self.accept()
