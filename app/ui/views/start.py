"""The start: recent matters, a new one, a place to drop a deal."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from app.services.api import MatterEntry
from app.ui import icons, words
from app.ui.widgets import kit
from app.ui.widgets.drop import DropArea
from app.ui.widgets.empty import Empty
from app.ui.widgets.rich_delegate import TWO, TwoLines
from app.ui.widgets.sign import Sign


class StartView(QWidget):
    """What is seen without an open matter."""

    open_asked = Signal(str)  # matter_id
    new_asked = Signal(list)  # paths to import at once, may be []
    sample_asked = Signal()
    delete_asked = Signal(str)  # matter_id

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        left = kit.column(kit.label(self.tr("Recent matters"), "lead"), self._matters_card())
        right = kit.column(kit.label(self.tr("Start a review"), "lead"), self._drop(), 8, self._silent())
        right.setStretch(1, 1)
        both = kit.row(left, right, space=28)
        both.setStretch(0, 5)
        both.setStretch(1, 6)
        head = kit.column(
            kit.label("Privity", "display"), kit.label(self.tr("Contract review on your own computer"), "soft"), space=2
        )
        middle = kit.box(kit.column(head, 18, both))
        middle.setMaximumWidth(1180)
        middle.setMaximumHeight(860)
        outer = kit.row(None, middle, None, margin=40)
        outer.setStretch(1, 20)
        self.setLayout(outer)

    def _matters_card(self) -> QWidget:
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Recent matters"))
        self.list.setObjectName("matters")
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.itemActivated.connect(lambda item: self.open_asked.emit(self._id(item)))
        self.list.itemDoubleClicked.connect(lambda item: self.open_asked.emit(self._id(item)))
        self.list.currentItemChanged.connect(lambda item, _: self._enable(item is not None))
        self.open = kit.button(self.tr("Open"), lambda: self._ask(self.open_asked), "arrow-right", "primary")
        self.delete = kit.button(self.tr("Delete\u2026"), lambda: self._ask(self.delete_asked), "trash")
        gone = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        gone.setContext(Qt.ShortcutContext.WidgetShortcut)
        gone.activated.connect(lambda: self._ask(self.delete_asked))
        empty = Empty(
            "scales", self.tr("No matters yet"), self.tr("Drop a deal folder on the right, or open the sample deal.")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        foot = kit.row(self.delete, None, self.open, margin=6)
        self._stack.addWidget(kit.box(kit.column(self.list, kit.rule(), foot, space=4)))
        self._enable(False)
        return kit.box(kit.column(self._stack, margin=4), "card")

    def _drop(self) -> QWidget:
        drop = DropArea(
            self.tr("Drop a deal folder here"), self.tr("PDF, Word, RTF and text files. A new matter is made for them.")
        )
        drop.dropped.connect(self.new_asked)
        choose = kit.button(self.tr("Choose a folder\u2026"), self._ask_folder, "folder-open", "primary")
        new = kit.button(self.tr("New matter\u2026"), lambda: self.new_asked.emit([]), "plus")
        sample = kit.button(self.tr("Sample deal"), self.sample_asked.emit, "flask", "quiet")
        for place, made in enumerate((choose, new, sample), start=1):
            drop.buttons.insertWidget(place, made)
        return drop

    def _silent(self) -> QWidget:
        said = kit.label(
            self.tr("Nothing leaves this computer: Privity has no network code. Help, About shows how to check it."),
            "soft", wrap=True,
        )  # fmt: skip
        both = kit.row(Sign(icons.icon("shield-check", "positive"), 22), said)
        both.setStretch(1, 1)
        return kit.box(both)

    def show_matters(self, entries: list[MatterEntry]) -> None:
        """Show the recent matters."""
        self.list.clear()
        for entry in entries:
            name = entry.name if not entry.protected else self.tr("Protected matter {0}").format(entry.matter_id[:8])
            opened = self.tr("last opened {0}").format(words.moment(entry.last_opened))
            item = QListWidgetItem(icons.icon("lock-key" if entry.protected else "scales", "accent"), name)
            item.setData(TWO, opened)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {opened}")
            item.setData(Qt.ItemDataRole.UserRole, entry.matter_id)
            item.setSizeHint(QSize(100, 52))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._enable(bool(entries))
        self._stack.setCurrentIndex(1 if entries else 0)

    def _enable(self, on: bool) -> None:
        self.open.setEnabled(on)
        self.delete.setEnabled(on)

    def _id(self, item: QListWidgetItem) -> str:
        return str(item.data(Qt.ItemDataRole.UserRole))

    def _ask(self, signal: object) -> None:
        item = self.list.currentItem()
        if item is not None:
            signal.emit(self._id(item))  # type: ignore[attr-defined]

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose a deal folder"))
        if chosen:
            self.new_asked.emit([Path(chosen)])
