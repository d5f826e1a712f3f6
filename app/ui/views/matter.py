"""An open matter: the rail of views on the left, the bar on top, the view itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QDialog, QStackedWidget, QToolButton, QWidget

from app.domain.review import PlaybookRef
from app.services.api import ConflictRow, DocumentRow, MatterSession, MergeRow, Workspace
from app.ui import icons
from app.ui.desk import Desk
from app.ui.dialogs.contract import ContractDialog
from app.ui.jobs import Jobs
from app.ui.models.findings import title
from app.ui.taking import Taking
from app.ui.views.review import ReviewView
from app.ui.widgets import kit
from app.ui.widgets.banner import Banner
from app.ui.widgets.ring import Ring

REVIEW, GRID, DATES, OVERVIEW, SEARCH, PLAYBOOK, IMPORT = range(7)


def rail_key(ident: int) -> str:
    """The key of a view, as the system writes it."""
    return QKeySequence(f"Ctrl+{ident + 1}").toString(QKeySequence.SequenceFormat.NativeText)


def _conflicts(session: MatterSession) -> list[tuple[ConflictRow, str]]:
    rows = session.conflicts()
    names = {
        row.state.finding.finding_key: f"{title(row.state)}, {row.contract_name}"
        for contract_id in {conflict.contract_id for conflict in rows}
        for row in session.findings(contract_id)
    }
    return [(row, names.get(row.finding_key, "")) for row in rows]


class MatterView(QWidget):
    """Holds the desk and the views; a jump from any view ends in the review."""

    import_asked = Signal(list)
    export_asked = Signal()
    close_asked = Signal()
    reassess_asked = Signal()
    facts_asked = Signal()  # the facts of the matter, our parties among them
    playbook_asked = Signal(str)

    def __init__(self, workspace: Workspace, session: MatterSession, jobs: Jobs, user: str) -> None:
        super().__init__()
        self._workspace = workspace
        self.desk = Desk(session, jobs, user, self)
        self.desk.load_documents()  # they are read while the panes are made; the answer comes when those are there
        self.review = ReviewView(self.desk)
        # Made when first shown: an open matter must be on the screen at once.
        self._makers: dict[int, Callable[[], tuple[QWidget, Callable[[], object]]]] = {
            GRID: self._grid, DATES: self._dates, OVERVIEW: self._overview, SEARCH: self._search,
            PLAYBOOK: self._playbook, IMPORT: self._import,
        }  # fmt: skip
        self._enter: dict[int, Callable[[], object]] = {REVIEW: self.review.take_focus}
        self._views: dict[int, QWidget] = {REVIEW: self.review}
        self.stack = QStackedWidget()
        self.stack.addWidget(self.review)
        body = kit.row(self._make_rail(), self.stack, space=0)
        body.setStretch(1, 1)
        self.banner = Banner()
        self.taking = Taking(self.desk, self.banner, self)
        self.taking.resumed.connect(lambda: self.show_view(IMPORT))
        self.taking.read_again.connect(self.reassess_asked)
        self.taking.parties_asked.connect(self.facts_asked)
        self.setLayout(kit.column(self._make_bar(session.matter.name), self.banner, body, space=0))
        self.desk.documents_changed.connect(self._on_documents)
        self.desk.import_changed.connect(self._on_import)
        self.review.head.edit_asked.connect(self._edit_contract)
        self._on_import("done")

    def _make_bar(self, name: str) -> QWidget:
        home = kit.tool("house", self.tr("Back to the matters"), self.close_asked.emit)
        self.ring, self.reviewed = Ring(24), kit.label("", "soft")
        self.state = kit.button("", lambda: self.show_view(IMPORT), "hourglass", "quiet", self.tr("Show the import"))
        self.state.setAccessibleName(self.tr("Show the import"))
        add = kit.button(self.tr("Add documents"), lambda: self.show_view(IMPORT), "plus")
        export = kit.button(self.tr("Export\u2026"), self.export_asked.emit, "export", "primary")
        self._name = kit.label(name, "lead")
        return kit.box(
            kit.row(home, self._name, None, self.state, self.ring, self.reviewed, 8, add, export, margin=8), "bar"
        )

    def show_name(self, name: str) -> None:
        """Another name of the matter."""
        self._name.setText(name)

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
            made.setToolTip(f"{name} ({rail_key(ident)})")
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
            self._views[ident], self._enter[ident] = self._makers[ident]()
            self.stack.addWidget(self._views[ident])
        return self._views[ident]

    # Each with what to do when it is shown; its code is loaded with it.

    def _grid(self) -> tuple[QWidget, Callable[[], object]]:
        from app.ui.views.grid import GridView

        made = GridView(self.desk, self._workspace.setting("grid_hidden", None) or ())
        made.hidden_changed.connect(lambda names: self._workspace.set_setting("grid_hidden", names))
        made.jump.connect(self.jump)
        return made, made.reload

    def _dates(self) -> tuple[QWidget, Callable[[], object]]:
        from app.ui.views.dates import DatesView

        made = DatesView(self.desk)
        made.jump.connect(self.jump)
        return made, made.reload

    def _overview(self) -> tuple[QWidget, Callable[[], object]]:
        from app.ui.views.overview import OverviewView

        made = OverviewView(self.desk)
        made.jump.connect(self.jump)
        return made, made.reload

    def _search(self) -> tuple[QWidget, Callable[[], object]]:
        from app.ui.views.search import SearchView

        made = SearchView(self.desk)
        made.jump.connect(self.jump)

        def enter() -> None:
            made.box.setFocus()
            made.box.selectAll()

        return made, enter

    def _playbook(self) -> tuple[QWidget, Callable[[], object]]:
        from app.ui.views.playbook import PlaybookView

        made = PlaybookView(self._workspace, self.desk)
        made.jump.connect(self.jump)
        made.use_asked.connect(self.playbook_asked)
        return made, made.reload

    def _import(self) -> tuple[QWidget, Callable[[], object]]:
        from app.ui.views.imports import ImportView

        made = ImportView(self._workspace, self.desk)
        made.paths_chosen.connect(self.import_asked)
        made.passwords_asked.connect(self.taking.ask)
        made.review_asked.connect(lambda: self.show_view(REVIEW))
        return made, lambda: None

    def show_view(self, ident: int) -> None:
        """Switch the view and have it read what it shows."""
        self.rail.button(ident).setChecked(True)
        self.stack.setCurrentWidget(self.view(ident))
        self._enter[ident]()

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

    def _edit_contract(self, row: DocumentRow) -> None:
        contract_id = str(row.contract_id)
        self.desk.ask(
            lambda session: (session.contract(contract_id).contract.playbook, self._workspace.playbooks()),
            lambda found: self.ask_contract(row, *found),
        )  # fmt: skip

    def ask_contract(self, row: DocumentRow, playbook: str | None, playbooks: list[PlaybookRef]) -> None:
        """Let the lawyer correct what was proposed of a contract."""
        dialog = ContractDialog(self, row, playbooks, playbook)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.desk.set_contract(
                str(row.contract_id), dialog.kind, dialog.role, dialog.playbook, self.reassess_asked.emit
            )

    def show_merge(self, done: MergeRow) -> None:
        """Say what taking over a colleague's decisions did."""
        self.desk.load_documents()
        self.desk.load_findings()
        self.desk.load_conflicts()
        said = self.tr("Taken over: {0} decisions. Decided alike: {1}. Decided differently: {2}.").format(
            done.added, done.agreed, done.conflicts
        )
        if done.conflicts:
            self.banner.offer(said, self.tr("Show them"), self.ask_conflicts, self.tr("Later"), lambda: None)
        else:
            self.desk.said.emit(said)

    def ask_conflicts(self) -> None:
        """Show what colleagues decided otherwise."""
        self.desk.ask(_conflicts, self._show_conflicts)

    def _show_conflicts(self, rows: list[tuple[ConflictRow, str]]) -> None:
        from app.ui.dialogs.copies import ConflictsDialog

        dialog = ConflictsDialog(self, rows)
        dialog.chosen.connect(self._go_to_conflict)
        dialog.exec()

    def _go_to_conflict(self, row: ConflictRow) -> None:
        self.show_view(REVIEW)
        self.desk.finding_asked.emit(row.contract_id, row.finding_key)

    def show_copied(self, target: Path) -> None:
        """Say where the copy lies, and what belongs to it."""
        said = self.tr("A copy was written: {0}").format(target)
        if target.with_name(target.name + ".key").exists():
            said += " " + self.tr("Hand on the file beside it that ends in .key too: it is needed with the passphrase.")
        self.banner.offer(
            said, self.tr("Show the folder"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(target.parent))), self.tr("Done"), lambda: None,
        )  # fmt: skip

    def take(self, paths: list[Path]) -> None:
        """Documents were dropped or chosen."""
        self.import_asked.emit(paths)
