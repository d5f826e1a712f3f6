"""The start: recent matters, a new one, a place to drop a deal."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QWidget,
)

from app.services.api import MatterEntry
from app.ui import icons, words
from app.ui.widgets import kit
from app.ui.widgets.drop import DropArea
from app.ui.widgets.empty import Empty
from app.ui.widgets.rich_delegate import TWO, TwoLines
from app.ui.widgets.sign import Sign

MISSING = Qt.ItemDataRole.UserRole + 1


class StartView(QWidget):
    """What is seen without an open matter."""

    open_asked = Signal(str)  # matter_id
    new_asked = Signal(list)  # paths to import at once, may be []
    sample_asked = Signal()
    delete_asked = Signal(str)  # matter_id
    forget_asked = Signal(str)  # matter_id
    file_asked = Signal()  # open a matter's file from elsewhere

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
        self.list.itemActivated.connect(lambda _: self._open())
        self.list.itemDoubleClicked.connect(lambda _: self._open())
        self.list.currentItemChanged.connect(lambda item, _: self._enable(item is not None))
        self.open = kit.button(self.tr("Open"), self._open, "arrow-right", "primary")
        self.delete = kit.button(self.tr("Delete\u2026"), self._delete, "trash")
        self.elsewhere = kit.button(self.tr("Open a file\u2026"), self.file_asked.emit, "folder-open")
        self.elsewhere.setToolTip(self.tr("Open a matter that lies elsewhere, such as a colleague's copy"))
        gone = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        gone.setContext(Qt.ShortcutContext.WidgetShortcut)
        gone.activated.connect(self._delete)
        empty = Empty(
            "scales", self.tr("No matters yet"), self.tr("Drop a deal folder on the right, or open the sample deal.")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(self.list)
        foot = kit.row(self.delete, None, self.elsewhere, self.open, margin=6)
        self._enable(False)
        return kit.box(kit.column(self._stack, kit.rule(), foot, margin=4, space=4), "card")

    def _drop(self) -> QWidget:
        drop = DropArea(
            self.tr("Drop a deal folder here"),
            self.tr("PDF, Word, RTF, e-mail, text and scanned pages. A new matter is made for them."),
        )
        drop.dropped.connect(self.new_asked)
        choose = kit.button(self.tr("Choose a folder\u2026"), self._ask_folder, "folder-open", "primary")
        new = kit.button(self.tr("New matter\u2026"), lambda: self.new_asked.emit([]), "plus")
        sample = kit.button(self.tr("Sample deal"), self.sample_asked.emit, "flask", "quiet")
        for place, made in enumerate((choose, new, sample), start=1):
            drop.buttons.insertWidget(place, made)
        return drop

    def _silent(self) -> QWidget:
        self._safe = kit.label(
            self.tr("Nothing leaves this computer: Privity has no network code. Help, About shows how to check it."),
            "soft", wrap=True,
        )  # fmt: skip
        self._good, self._bad = (
            Sign(icons.icon("shield-check", "positive"), 22), Sign(icons.icon("warning-circle", "high"), 22),
        )  # fmt: skip
        self._bad.hide()
        line = kit.row(self._good, self._bad, self._safe)
        line.setStretch(2, 1)
        return kit.box(line)

    def show_location(self, warning: str | None) -> None:
        """Say where matters live, where that takes them off this computer; the promise would not be true there."""
        if warning:
            self._safe.setText(warning)
            self._good.hide()
            self._bad.show()

    def show_matters(self, entries: list[MatterEntry]) -> None:
        """Show the recent matters."""
        self.list.clear()
        for entry in entries:
            name = entry.name if not entry.protected else self.tr("Protected matter {0}").format(entry.matter_id[:8])
            opened = self.tr("last opened {0}").format(words.moment(entry.last_opened))
            sign, tone = "lock-key" if entry.protected else "scales", "accent"
            if entry.missing:
                opened = self.tr("its file is not at {0} any more").format(entry.path.parent)
                sign, tone = "warning-circle", "high"
            elif entry.unfinished:
                opened += " \u00b7 " + self.tr("import interrupted")
            item = QListWidgetItem(icons.icon(sign, tone), name)
            item.setData(TWO, opened)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {opened}")
            item.setToolTip(str(entry.path))
            item.setData(Qt.ItemDataRole.UserRole, entry.matter_id)
            item.setData(MISSING, entry.missing)
            item.setSizeHint(QSize(100, 52))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._enable(bool(entries))
        self._stack.setCurrentIndex(1 if entries else 0)
        if entries and self.isVisible() and not isinstance(QApplication.focusWidget(), QLineEdit):
            self.list.setFocus()

    def _enable(self, on: bool) -> None:
        self.open.setEnabled(on)
        self.delete.setEnabled(on)
        missing = self._missing
        for control, text in (
            (self.open, self.tr("Find the file\u2026") if missing else self.tr("Open")),
            (self.delete, self.tr("Take off the list") if missing else self.tr("Delete\u2026")),
        ):  # fmt: skip
            control.setText(text)
            control.setAccessibleName(text)

    @property
    def _missing(self) -> bool:
        item = self.list.currentItem()
        return bool(item is not None and item.data(MISSING))

    def _open(self) -> None:
        if self._missing:
            self.file_asked.emit()
        else:
            self._ask(self.open_asked)

    def _delete(self) -> None:
        self._ask(self.forget_asked if self._missing else self.delete_asked)

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
