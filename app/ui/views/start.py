"""The start: recent matters, a new one, a place to drop a deal."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from app.services.api import MatterEntry
from app.ui import icons, words
from app.ui.widgets import kit
from app.ui.widgets.drop import DropArea
from app.ui.widgets.empty import Empty


class StartView(QWidget):
    """What is seen without an open matter."""

    open_asked = Signal(str)  # matter_id
    new_asked = Signal(list)  # paths to import at once, may be []
    sample_asked = Signal()
    delete_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Recent matters"))
        self.list.setIconSize(QSize(22, 22))
        self.list.setSpacing(2)
        self.list.setObjectName("matters")
        self.list.itemActivated.connect(self._activate)
        self.list.itemClicked.connect(self._activate)
        empty = Empty(
            "scales", self.tr("No matters yet"), self.tr("Drop a deal folder on the right, or open the sample deal.")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(self.list)
        drop = DropArea(
            self.tr("Drop a deal folder here"), self.tr("PDF, Word, RTF and text files. A new matter is made for them.")
        )
        drop.dropped.connect(self.new_asked)
        drop.buttons.insertWidget(
            1, kit.button(self.tr("Choose a folder\u2026"), self._ask_folder, "folder-open", "primary")
        )
        drop.buttons.insertWidget(2, kit.button(self.tr("New matter\u2026"), lambda: self.new_asked.emit([]), "plus"))
        drop.buttons.insertWidget(3, kit.button(self.tr("Sample deal"), self.sample_asked.emit, "flask", "quiet"))
        silent = kit.row(
            self._shield(),
            kit.label(
                self.tr(
                    "Nothing leaves this computer: Privity has no network code. Help, About shows how to check it."
                ),
                "soft",
                wrap=True,
            ),
            space=8,
        )
        silent.setStretch(1, 1)
        left = kit.column(
            kit.label(self.tr("Recent matters"), "lead"), kit.box(kit.column(self._stack, margin=6), "card")
        )
        right = kit.column(kit.label(self.tr("Start a review"), "lead"), drop, 8, silent)
        right.setStretch(1, 1)
        both = kit.row(left, right, space=28)
        both.setStretch(0, 5)
        both.setStretch(1, 6)
        head = kit.column(
            kit.label("Privity", "display"), kit.label(self.tr("Contract review on your own computer"), "soft"), space=2
        )
        middle = kit.box(kit.column(head, 18, both))
        middle.setMaximumWidth(1180)
        outer = kit.row(None, middle, None, margin=40)
        outer.setStretch(1, 20)
        self.setLayout(outer)

    def _shield(self) -> QWidget:
        self._sign = kit.label()
        self._sign.setFixedWidth(24)
        self.dress()
        return self._sign

    def dress(self) -> None:
        """Take the theme's colours."""
        self._sign.setPixmap(icons.icon("shield-check", "positive").pixmap(22, 22))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.dress()

    def show_matters(self, entries: list[MatterEntry]) -> None:
        """Show the recent matters."""
        self.list.clear()
        for entry in entries:
            name = entry.name if not entry.protected else self.tr("Protected matter {0}").format(entry.matter_id[:8])
            opened = self.tr("last opened {0}").format(words.moment(entry.last_opened))
            item = QListWidgetItem(
                icons.icon("lock-key" if entry.protected else "scales", "accent"), f"{name}\n{opened}"
            )
            item.setData(Qt.ItemDataRole.UserRole, entry.matter_id)
            item.setSizeHint(QSize(100, 52))
            self.list.addItem(item)
        self._stack.setCurrentIndex(1 if entries else 0)

    def _activate(self, item: QListWidgetItem) -> None:
        self.open_asked.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose a deal folder"))
        if chosen:
            self.new_asked.emit([Path(chosen)])
