"""The middle pane: the contract as it looks, or as text; zoom, page, find."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QTextDocument
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QWidget

from app.domain.text import PageRect
from app.services.api import FindingRow
from app.ui import icons
from app.ui.desk import Desk, ReadyText
from app.ui.jobs import PAGES
from app.ui.widgets import kit
from app.ui.widgets.changes_bar import MARKED, ORIGINAL, ChangesBar
from app.ui.widgets.empty import Empty
from app.ui.widgets.page_cache import PageCache
from app.ui.widgets.page_view import PageView
from app.ui.widgets.text_view import TextView

EMPTY, PAGE, TEXT = 0, 1, 2


class ContractPane(QWidget):
    """Pages for PDFs, text for all else; both mark the findings."""

    finding_clicked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: list[FindingRow] = []
        self._chosen = ""
        self._place: tuple[str, int, int] | None = None
        self._ready: ReadyText | None = None
        self._last_found = -1
        self._filled = False  # the text view has this contract's text
        self.cache = PageCache(desk.session, desk.jobs, self)
        self.pages = PageView(self.cache)
        self.text = TextView()
        empty = Empty(
            "book-open", self.tr("No contract open"), self.tr("Choose a document on the left to read it here.")
        )
        self._stack = QStackedWidget()
        for part in (empty, self.pages, self.text):
            self._stack.addWidget(part)
        self.changes = ChangesBar()
        self._bar = self._make_bar()
        self._bar.hide()  # until there is a contract to page through
        self.setLayout(kit.column(self._bar, self.changes, self._stack, space=0))
        self.setMinimumWidth(320)
        self._stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._connect()

    def _make_bar(self) -> QWidget:
        self.as_pages = kit.tool("article", self.tr("Show pages"), lambda: self._prefer(PAGE), checkable=True)
        self.as_text = kit.tool("text-aa", self.tr("Show text"), lambda: self._prefer(TEXT), checkable=True)
        self.page_box = QLineEdit()
        self.page_box.setAccessibleName(self.tr("Page"))
        self.page_box.setValidator(QIntValidator(1, 99_999, self))
        self.page_box.setFixedWidth(50)
        self.page_box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._of = kit.label("", "soft")
        smaller = kit.tool("magnifying-glass-minus", self.tr("Zoom out"), lambda: self._zoom(1 / 1.2))
        bigger = kit.tool("magnifying-glass-plus", self.tr("Zoom in"), lambda: self._zoom(1.2))
        width = kit.tool("arrows-out", self.tr("Fit the width"), self.pages.fit_width)
        self.find_box = QLineEdit()
        self.find_box.setPlaceholderText(self.tr("Find in this contract"))
        self.find_box.setAccessibleName(self.tr("Find in this contract"))
        self.find_box.setClearButtonEnabled(True)
        self.find_box.setMaximumWidth(240)
        self.find_box.addAction(icons.icon("magnifying-glass", "ink_faint"), QLineEdit.ActionPosition.LeadingPosition)
        self._hits = kit.label("", "faint")
        self._paging = (self.page_box, self._of, width)
        parts = (
            self.as_pages,
            self.as_text,
            self.page_box,
            self._of,
            None,
            self._hits,
            self.find_box,
            smaller,
            bigger,
        )
        return kit.box(kit.row(*parts, width, margin=6, space=2), "bar")

    def _connect(self) -> None:
        desk = self._desk
        desk.contract_changed.connect(self._on_contract)
        desk.sizes_ready.connect(self._on_sizes)
        desk.text_ready.connect(self._on_text)
        desk.findings_changed.connect(self._on_findings)
        desk.place_asked.connect(self._on_place)
        self.cache.refused.connect(desk.said)
        self.pages.highlight_clicked.connect(self.finding_clicked)
        self.pages.page_changed.connect(self._on_page)
        self.page_box.returnPressed.connect(lambda: self.pages.go_to_page(int(self.page_box.text() or 0)))
        self.text.place_clicked.connect(self._on_text_click)
        self.find_box.returnPressed.connect(self.find_next)
        self.changes.chosen.connect(desk.load_text)

    def _on_contract(self, contract_id: str) -> None:
        self._rows, self._chosen, self._ready, self._last_found = [], "", None, -1
        self._filled = False
        self._bar.setVisible(bool(contract_id))
        self.changes.show_choice(MARKED)
        self.changes.hide()
        self.cache.show_contract(contract_id)
        self.pages.set_sizes([])
        self.text.set_text(None, QTextDocument())
        self.find_box.clear()
        self._hits.setText("")

    def _on_sizes(self, contract_id: str, sizes: list[tuple[float, float]]) -> None:
        if contract_id != self._desk.contract_id:
            return
        self.pages.set_sizes(sizes)
        self.as_pages.setEnabled(bool(sizes))
        self._of.setText(self.tr("of {0}").format(len(sizes)) if sizes else "")
        self._prefer(PAGE if sizes else TEXT)
        self._locate_all()
        self._show_asked_place()

    def _on_text(self, contract_id: str, ready: ReadyText | None) -> None:
        if contract_id != self._desk.contract_id:
            return
        self._ready, self._filled, self._last_found = ready, False, -1
        if ready is not None and ready.how == MARKED:
            self.changes.show_authors(ready.shown.authors)
        self._show_changes()
        if self._stack.currentIndex() == TEXT:
            self._fill_text()
        self._show_asked_place()

    def _show_changes(self) -> None:
        changed = self._ready is not None and (self._ready.how != MARKED or self._ready.shown.changed)
        self.changes.setVisible(changed and self._stack.currentIndex() == TEXT)

    def _as_analysed(self) -> bool:
        """Whether the words on show are those that findings quote; if not, they are asked for again."""
        if self._ready is None or self._ready.how != ORIGINAL:
            return True
        self.changes.show_choice(MARKED)
        self._desk.load_text(MARKED)
        return False

    def _fill_text(self) -> None:
        # Only while it is on show: laying out hundreds of pages of text behind the page view would slow every step.
        if self._ready is not None and not self._filled:
            self._filled = True
            self.text.set_text(self._ready.shown, self._ready.document)
            self._mark_text()

    def _on_findings(self, contract_id: str, rows: list[FindingRow]) -> None:
        if contract_id != self._desk.contract_id:
            return
        self._rows = rows
        self._mark_text()
        self._locate_all()

    def _mark_text(self) -> None:
        marks = []
        for row in self._rows:
            finding = row.state.finding
            if finding.start is not None and finding.end is not None:
                marks.append((finding.finding_key, row.state.effective_severity.value, finding.start, finding.end))
        if self._filled and self._ready is not None:
            self.text.set_marks(marks if self._ready.how != ORIGINAL else [])
            self.text.choose(self._chosen)

    def _locate_all(self) -> None:
        if self.pages.page_count:
            for row in self._rows:
                finding = row.state.finding
                if finding.start is not None and finding.end is not None:
                    chosen = finding.finding_key == self._chosen
                    self._locate(
                        finding.finding_key, row.state.effective_severity.value, finding.start, finding.end, chosen
                    )

    def _locate(self, key: str, severity: str, start: int, end: int, first: bool) -> None:
        contract_id, session = self._desk.contract_id, self._desk.session

        def take(rectangles: list[PageRect]) -> None:
            if contract_id != self._desk.contract_id:
                return
            self.pages.set_highlight(key, severity, rectangles)
            if key == self._chosen:
                self.pages.choose(key)

        self._desk.jobs.run(
            PAGES, lambda: session.rectangles(contract_id, start, end), take,
            failed=lambda sentence, bug: self._desk.said.emit(sentence), priority=2 if first else 0,
        )  # fmt: skip

    def choose(self, finding_key: str) -> None:
        """Bring a finding's words into view and mark them."""
        self._chosen = finding_key
        self.pages.choose(finding_key)
        if self._filled and self._as_analysed():
            self.text.choose(finding_key)

    def _on_place(self, contract_id: str, start: int, end: int) -> None:
        self._place = (contract_id, start, end)
        self._show_asked_place()

    def _show_asked_place(self) -> None:
        if self._place is None or self._place[0] != self._desk.contract_id or self._ready is None:
            return
        if not self._as_analysed():
            return  # the place is shown when the words have come
        _, start, end = self._place
        if self._filled:
            self.text.show_place(start, end)
            self._place = None
        if self.pages.page_count:
            self._chosen = "place"
            self._locate("place", "info", start, end, first=True)
            self._place = None

    def _prefer(self, which: int) -> None:
        which = PAGE if which == PAGE and self.pages.page_count else TEXT
        self._stack.setCurrentIndex(which)
        if which == TEXT:
            self._fill_text()
        self.as_pages.setChecked(which == PAGE)
        self.as_text.setChecked(which == TEXT)
        for part in self._paging:
            part.setVisible(which == PAGE)
        self._show_changes()

    def _zoom(self, factor: float) -> None:
        if self._stack.currentIndex() == PAGE:
            self.pages.zoom_by(factor)
        elif factor > 1:
            self.text.zoomIn(1)
        else:
            self.text.zoomOut(1)

    def _on_page(self, page: int) -> None:
        self.page_box.setText(str(page))

    def _on_text_click(self, point: int) -> None:
        for row in self._rows:
            finding = row.state.finding
            if finding.start is not None and finding.end is not None and finding.start <= point < finding.end:
                self.finding_clicked.emit(finding.finding_key)
                return

    def find_next(self) -> None:
        """Go to the next place of the words in the find box."""
        sought = self.find_box.text().strip()
        if not sought or self._ready is None:
            return
        pattern = re.compile(r"\s+".join(re.escape(word) for word in sought.split()), re.IGNORECASE)
        places = [m.span() for m in pattern.finditer(self._ready.text.text)]
        if not places:
            self._hits.setText(self.tr("not found"))
            return
        after = next((i for i, (s, _) in enumerate(places) if s > self._last_found), 0)
        self._last_found = places[after][0]
        self._hits.setText(self.tr("{0} of {1}").format(after + 1, len(places)))
        if self._ready.how == ORIGINAL:  # its places are not those of the text that all else speaks of
            self.text.show_place(*places[after])
        else:
            self._desk.go_to(self._desk.contract_id, *places[after])
