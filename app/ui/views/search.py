"""Search across the matter: hits with their surroundings, jumping to the words."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from app.services.api import SearchHit
from app.ui import icons, words
from app.ui.desk import Desk
from app.ui.jobs import Job
from app.ui.widgets import kit
from app.ui.widgets.empty import Empty
from app.ui.widgets.rich_delegate import HTML, RichDelegate

WAIT_MS = 250  # after the last key


class SearchView(QWidget):
    """A box and the places found."""

    jump = Signal(str, object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._job: Job | None = None
        self._hits: list[SearchHit] = []
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("Search all contracts of this matter"))
        self.box.setAccessibleName(self.tr("Search all contracts of this matter"))
        self.box.setClearButtonEnabled(True)
        self.box.addAction(icons.icon("magnifying-glass", "ink_faint"), QLineEdit.ActionPosition.LeadingPosition)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self.search)
        self.box.textChanged.connect(lambda text: self._wait.start())
        self.box.returnPressed.connect(self.search)
        self.count = kit.label("", "soft")
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Places found"))
        self.list.setItemDelegate(RichDelegate(self.list))
        self.list.itemActivated.connect(self._activate)
        self.list.itemClicked.connect(self._activate)
        self._empty = Empty(
            "magnifying-glass", self.tr("Search the whole deal"), self.tr("Words, or a phrase in quotation marks.")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(kit.box(kit.column(self.list, margin=1), "card"))
        head = kit.row(kit.label(self.tr("Search"), "title"), None, self.count)
        self.setLayout(kit.column(head, self.box, self._stack, margin=20, space=12))

    def search(self) -> None:
        """Look for what is in the box."""
        self._wait.stop()
        if self._job is not None:
            self._job.cancel()
        sought = self.box.text().strip()
        if not sought:
            self.show_hits([])
            return
        self._job = self._desk.ask(lambda session: session.search(sought), self.show_hits)

    def show_hits(self, hits: list[SearchHit]) -> None:
        """Show places."""
        self._hits = hits
        self.list.clear()
        for hit in hits:
            place = f"{hit.contract_name}" + (f" \u00b7 {words.page(hit.page)}" if hit.page is not None else "")
            marked = escape(hit.snippet).replace("\x02", "<b>").replace("\x03", "</b>").replace("\n", " ")
            item = QListWidgetItem(f"{place}: {hit.snippet}".replace("\x02", "").replace("\x03", ""))
            item.setData(HTML, (place, marked))
            self.list.addItem(item)
        sought = bool(self.box.text().strip())
        self.count.setText(words.counted(len(hits), self.tr("1 place"), self.tr("{0} places")) if sought else "")
        if sought and not hits:
            self._empty.say(self.tr("Not found"), self.tr("No contract of this matter has these words."))
        elif not sought:
            self._empty.say(self.tr("Search the whole deal"), self.tr("Words, or a phrase in quotation marks."))
        self._stack.setCurrentIndex(1 if hits else 0)

    def _activate(self, item: QListWidgetItem) -> None:
        hit = self._hits[self.list.row(item)]
        self.jump.emit(hit.contract_id, hit.start, hit.end)
