"""An open matter: the rail of views on the left, the bar on top, the view itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QToolButton, QWidget

from app.services.api import MatterSession, Workspace
from app.ui import icons
from app.ui.desk import Desk
from app.ui.jobs import Jobs
from app.ui.views.dates import DatesView
from app.ui.views.grid import GridView
from app.ui.views.imports import ImportView
from app.ui.views.overview import OverviewView
from app.ui.views.playbook import PlaybookView
from app.ui.views.review import ReviewView
from app.ui.views.search import SearchView
from app.ui.widgets import kit
from app.ui.widgets.ring import Ring

REVIEW, GRID, DATES, OVERVIEW, SEARCH, PLAYBOOK, IMPORT = range(7)


class MatterView(QWidget):
    """Holds the desk and the views; a jump from any view ends in the review."""

    import_asked = Signal(list)
    export_asked = Signal()
    close_asked = Signal()

    def __init__(self, workspace: Workspace, session: MatterSession, jobs: Jobs, user: str) -> None:
        super().__init__()
        self.desk = Desk(session, jobs, user, self)
        self.review = ReviewView(self.desk)
        # Made when first shown: an open matter must be on the screen at once.
        self._makers: dict[int, Callable[[], QWidget]] = {
            GRID: lambda: GridView(self.desk),
            DATES: lambda: DatesView(self.desk),
            OVERVIEW: lambda: OverviewView(self.desk),
            SEARCH: lambda: SearchView(self.desk),
            PLAYBOOK: lambda: PlaybookView(workspace, jobs, session.matter.playbook),
            IMPORT: lambda: ImportView(self.desk),
        }
        self._views: dict[int, QWidget] = {REVIEW: self.review}
        self.stack = QStackedWidget()
        self.stack.addWidget(self.review)
        body = kit.row(self._make_rail(), self.stack, space=0)
        body.setStretch(1, 1)
        self.setLayout(kit.column(self._make_bar(session.matter.name), body, space=0))
        self.desk.documents_changed.connect(self._on_documents)
        self.desk.import_changed.connect(self._on_import)
        self._on_import("done")

    def _make_bar(self, name: str) -> QWidget:
        home = kit.tool("house", self.tr("Back to the matters"), self.close_asked.emit)
        self.ring, self.reviewed = Ring(24), kit.label("", "soft")
        self.state = kit.button("", lambda: self.show_view(IMPORT), "hourglass", "quiet", self.tr("Show the import"))
        self.state.setAccessibleName(self.tr("Show the import"))
        add = kit.button(self.tr("Add documents"), lambda: self.show_view(IMPORT), "plus")
        export = kit.button(self.tr("Export\u2026"), self.export_asked.emit, "export", "primary")
        title = kit.label(name, "lead")
        return kit.box(
            kit.row(home, title, None, self.state, self.ring, self.reviewed, 8, add, export, margin=8), "bar"
        )

    def _make_rail(self) -> QWidget:
        self.rail = QButtonGroup(self)
        column = kit.column(margin=6, space=4)
        for ident, icon, name in (
            (REVIEW, "scales", self.tr("Review")), (GRID, "table", self.tr("Grid")),
            (DATES, "calendar-blank", self.tr("Dates")), (OVERVIEW, "chart-bar", self.tr("Overview")),
            (SEARCH, "magnifying-glass", self.tr("Search")), (PLAYBOOK, "book-bookmark", self.tr("Playbook")),
            (IMPORT, "upload-simple", self.tr("Import")),
        ):  # fmt: skip
            made = QToolButton()
            made.setText(name)
            made.setAccessibleName(name)
            made.setToolTip(f"{name} (Ctrl+{ident + 1})")
            made.setIcon(icons.icon(icon))
            made.setIconSize(QSize(22, 22))
            made.setCheckable(True)
            made.setShortcut(f"Ctrl+{ident + 1}")
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.rail.addButton(made, ident)
            column.addWidget(made)
        column.addStretch(1)
        self.rail.button(REVIEW).setChecked(True)
        self.rail.idClicked.connect(self.show_view)
        return kit.box(column, "rail")

    def view(self, ident: int) -> QWidget:
        """A view, made when first asked for."""
        if ident not in self._views:
            made = self._makers[ident]()
            if isinstance(made, GridView | DatesView | OverviewView | SearchView):
                made.jump.connect(self.jump)
            if isinstance(made, ImportView):
                made.paths_chosen.connect(self.import_asked)
            self._views[ident] = made
            self.stack.addWidget(made)
        return self._views[ident]

    def show_view(self, ident: int) -> None:
        """Switch the view and have it read what it shows."""
        self.rail.button(ident).setChecked(True)
        view = self.view(ident)
        self.stack.setCurrentWidget(view)
        if isinstance(view, GridView | DatesView | OverviewView | PlaybookView):
            view.reload()
        if isinstance(view, SearchView):
            view.box.setFocus()
            view.box.selectAll()
        if isinstance(view, ReviewView):
            view.findings.list.setFocus()

    def jump(self, contract_id: str, start: int | None, end: int | None) -> None:
        """Show a place in the review."""
        self.show_view(REVIEW)
        self.desk.go_to(contract_id, start, end)

    def _on_documents(self, rows: list[object]) -> None:
        done, total = self.desk.reviewed
        self.ring.show_share(done, total)
        self.reviewed.setText(self.tr("{0} of {1} reviewed").format(done, total))
        for part in (self.ring, self.reviewed):
            part.setVisible(total > 0)

    def _on_import(self, state: str) -> None:
        texts = {
            "running": self.tr("Reading documents\u2026"), "pausing": self.tr("Pausing\u2026"),
            "paused": self.tr("Import paused"), "stopping": self.tr("Stopping\u2026"),
            "stopped": self.tr("Import stopped"), "failed": self.tr("Import failed"),
        }  # fmt: skip
        self.state.setText(texts.get(state, ""))
        self.state.setVisible(state in texts)

    def take(self, paths: list[Path]) -> None:
        """Documents were dropped or chosen."""
        self.import_asked.emit(paths)
