"""The window: the start or an open matter, the menus, and what is remembered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QIcon, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget

from app.paths import resources
from app.services.api import AnalyzeOptions, MatterSession, Workspace
from app.ui import theme
from app.ui.dialogs.about import AboutDialog
from app.ui.dialogs.export import ExportDialog
from app.ui.dialogs.matter import NewMatterDialog, PassphraseDialog
from app.ui.dialogs.settings import SettingsDialog
from app.ui.jobs import DESK, IDLE, PAGES, WORK, Jobs
from app.ui.views.matter import IMPORT, SEARCH, MatterView
from app.ui.views.start import StartView
from app.ui.widgets.drop import dropped_paths
from app.ui.widgets.trouble import show_trouble


class Window(QMainWindow):
    """Composes the views; asks the workspace; shows sentences."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.jobs = Jobs(self)
        self.jobs.trouble.connect(lambda sentence, bug: show_trouble(self, sentence, bug))
        self.matter: MatterView | None = None
        self.start = StartView()
        self.start.open_asked.connect(self.open_matter)
        self.start.new_asked.connect(self.new_matter)
        self.start.sample_asked.connect(self.open_sample)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.setCentralWidget(self.stack)
        self.setWindowTitle("Privity")
        self.setWindowIcon(QIcon(str(resources() / "icons" / "privity.svg")))
        self.setMinimumSize(960, 600)
        self.setAcceptDrops(True)
        self._make_menus()
        self._restore()
        self.load_recent()

    # menus

    def _action(self, text: str, work: Callable[[], object], key: str = "") -> QAction:
        made = QAction(text, self)
        made.triggered.connect(lambda: work())
        if key:
            made.setShortcut(QKeySequence(key))
        return made

    def _make_menus(self) -> None:
        matter = self.menuBar().addMenu(self.tr("&Matter"))
        self._open_only = [
            self._action(self.tr("Add documents\u2026"), lambda: self.show_view(IMPORT), "Ctrl+O"),
            self._action(self.tr("Search the matter"), lambda: self.show_view(SEARCH), "/"),
            self._action(self.tr("Export\u2026"), self.export, "Ctrl+E"),
            self._action(self.tr("Close the matter"), self.close_matter, "Ctrl+W"),
        ]
        matter.addAction(self._action(self.tr("New matter\u2026"), lambda: self.new_matter([]), "Ctrl+N"))
        matter.addAction(self._action(self.tr("Open the sample deal"), self.open_sample))
        matter.addActions(self._open_only)
        matter.addSeparator()
        matter.addAction(self._action(self.tr("Quit"), self.close, "Ctrl+Q"))
        view = self.menuBar().addMenu(self.tr("&View"))
        for value, text in (
            ("light", self.tr("Light")), ("dark", self.tr("Dark")), ("system", self.tr("As the system")),
        ):  # fmt: skip
            view.addAction(self._action(text, partial(self.choose_theme, value)))
        extras = self.menuBar().addMenu(self.tr("&Help"))
        extras.addAction(self._action(self.tr("Settings\u2026"), self.settings, "Ctrl+,"))
        extras.addAction(self._action(self.tr("About Privity"), lambda: AboutDialog(self).exec()))
        self._enable()

    def _enable(self) -> None:
        for action in self._open_only:
            action.setEnabled(self.matter is not None)

    def show_view(self, ident: int) -> None:
        """Switch the open matter's view."""
        if self.matter is not None:
            self.matter.show_view(ident)

    def choose_theme(self, choice: str) -> None:
        """Change the theme and remember it."""
        self.workspace.set_setting("theme", choice)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, choice)

    def settings(self) -> None:
        """Open the settings."""
        if SettingsDialog(self, self.workspace, self.jobs).exec() == QDialog.DialogCode.Accepted:
            self.choose_theme(str(self.workspace.setting("theme", "system")))
            if self.matter is not None:
                self.matter.desk.user = self.user

    # matters

    @property
    def user(self) -> str:
        """Who decides."""
        return str(self.workspace.setting("user", "") or self.tr("unnamed user"))

    def load_recent(self) -> None:
        """Read the list of matters."""
        self.jobs.run(IDLE, self.workspace.recent, self.start.show_matters)

    def new_matter(self, paths: list[Path]) -> None:
        """Ask for its facts, make it, import."""
        name = paths[0].name if len(paths) == 1 and paths[0].is_dir() else ""
        dialog = NewMatterDialog(self, self.workspace.playbooks(), name)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.create_matter(
                dialog.name.text().strip(), dialog.our_parties, str(dialog.playbook.currentData() or "commercial"),
                dialog.passphrase, paths,
            )  # fmt: skip

    def create_matter(
        self, name: str, parties: list[str], playbook: str, passphrase: str | None, paths: list[Path]
    ) -> None:  # fmt: skip
        """Make a matter, open it and import."""
        self.jobs.run(
            DESK,
            lambda: self.workspace.create(name, parties, playbook, passphrase),
            lambda made: self.show_matter(made, paths),
        )

    def open_matter(self, matter_id: str, passphrase: str | None = None) -> None:
        """Open a matter; a protected one asks for its passphrase first."""
        entry = next((e for e in self.workspace.recent() if e.matter_id == matter_id), None)
        if entry is not None and entry.protected and passphrase is None:
            self.ask_passphrase(matter_id)
            return
        protected = entry is not None and entry.protected
        self.jobs.run(
            DESK, lambda: self.workspace.open(matter_id, passphrase), lambda session: self.show_matter(session, []),
            failed=lambda sentence, bug: self._not_opened(matter_id, protected, sentence, bug),
        )  # fmt: skip

    def _not_opened(self, matter_id: str, protected: bool, sentence: str, is_bug: bool) -> None:
        if protected and not is_bug:
            self.ask_passphrase(matter_id, sentence)
        else:
            show_trouble(self, sentence, is_bug)

    def ask_passphrase(self, matter_id: str, problem: str = "") -> None:
        """Ask until it fits or the user gives up."""
        dialog = PassphraseDialog(self, problem)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.open_matter(matter_id, dialog.field.text())

    def open_sample(self) -> None:
        """Open the sample deal; the first time, make and read it."""
        name = self.tr("Sample deal")
        known = next((e for e in self.workspace.recent() if e.name == name and not e.protected), None)
        if known is not None:
            self.open_matter(known.matter_id)
        else:
            self.create_matter(name, [], "commercial", None, [resources() / "sample_deal"])

    def show_matter(self, session: MatterSession, paths: list[Path]) -> None:
        """Put an open matter into the window."""
        self.close_matter()
        self.matter = MatterView(self.workspace, session, self.jobs, self.user)
        self.matter.import_asked.connect(self.take)
        self.matter.export_asked.connect(self.export)
        self.matter.close_asked.connect(self.close_matter)
        self.matter.desk.said.connect(lambda sentence: self.statusBar().showMessage(sentence, 8000))
        self.matter.review.restore_state(str(self.workspace.setting("panes", "") or ""))
        self.stack.addWidget(self.matter)
        self.stack.setCurrentWidget(self.matter)
        self.setWindowTitle(f"{session.matter.name} \u2013 Privity")
        self._enable()
        self.matter.review.findings.list.setFocus()
        self.matter.desk.load_documents()
        if paths:
            self.take(paths)

    def close_matter(self) -> None:
        """Back to the start; what runs is stopped and can be taken up."""
        if self.matter is None:
            return
        self.workspace.set_setting("panes", self.matter.review.save_state())
        view, self.matter = self.matter, None
        session = view.desk.session
        self.stack.removeWidget(view)
        self.jobs.cancel_all()
        self.jobs.run(DESK, lambda: self._end(session), lambda _: self.load_recent())
        view.hide()
        view.deleteLater()
        self.setWindowTitle("Privity")
        self._enable()

    def _end(self, session: MatterSession) -> None:
        # On the lane that opened it: a matter's lock belongs to the thread that took it.
        self.jobs.wait(WORK, PAGES)
        session.close()

    def take(self, paths: list[Path]) -> None:
        """Import documents into the open matter, or into a new one."""
        if self.matter is None:
            self.new_matter(paths)
            return
        options = AnalyzeOptions(
            model=str(self.workspace.setting("model", "none")), playbook=self.matter.desk.session.matter.playbook,
            reading=str(self.workspace.setting("reading", "gated")),
        )  # fmt: skip
        self.matter.show_view(IMPORT)
        self.matter.desk.start_import(paths, options)

    def export(self) -> None:
        """Ask for form and place, then write."""
        if self.matter is None:
            return
        done, total = self.matter.desk.reviewed
        dialog = ExportDialog(self, self.matter.desk.session.matter.name, total - done)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.target is not None:
            self.write(dialog.form_name, dialog.target, dialog.final.isChecked())

    def write(self, form: str, target: Path, final: bool) -> None:
        """Export off the window's thread."""
        if self.matter is None:
            return
        session, user = self.matter.desk.session, self.user
        self.statusBar().showMessage(self.tr("Writing\u2026"))
        self.jobs.run(
            DESK, lambda: session.export(form, target, final=final, reviewer=user if final else None),
            lambda path: self.statusBar().showMessage(self.tr("Written: {0}").format(path)),
        )  # fmt: skip

    # the window itself

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        event.acceptProposedAction()
        self.take(dropped_paths(event.mimeData()))

    def _restore(self) -> None:
        self.resize(1280, 800)
        state = self.workspace.setting("window", "")
        if state:
            self.restoreGeometry(QByteArray.fromBase64(str(state).encode("ascii")))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window's place and stop what runs."""
        self.workspace.set_setting("window", bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        self.close_matter()
        self.jobs.wait()
        event.accept()
