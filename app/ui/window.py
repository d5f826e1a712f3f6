"""The window: the start or an open matter, and what is remembered."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget

from app.paths import resources
from app.services.api import AnalyzeOptions, MatterSession, Workspace
from app.ui import theme
from app.ui.exporting import Exporting
from app.ui.jobs import DESK, IDLE, PAGES, WORK, Jobs
from app.ui.menus import Menus
from app.ui.opening import Opening
from app.ui.views.matter import IMPORT, MatterView
from app.ui.views.start import StartView
from app.ui.widgets.drop import dropped_paths
from app.ui.widgets.trouble import show_trouble

Roles = dict[str, tuple[str, str]]


def minutes_until(clock: str, now: dt.datetime) -> float | None:
    """Minutes from `now` to the next time the clock shows "HH:MM"; None for ""."""
    if not clock:
        return None
    then = dt.datetime.combine(now.date(), dt.time.fromisoformat(clock), now.tzinfo)
    return ((then - now) % dt.timedelta(days=1)).total_seconds() / 60


class Window(QMainWindow):
    """Composes the views; asks the workspace; shows sentences."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.jobs = Jobs(self)
        self.jobs.trouble.connect(lambda sentence, bug: show_trouble(self, sentence, bug))
        self.matter: MatterView | None = None
        self.opening = Opening(self)
        self.exporting = Exporting(self)
        self.start = StartView()
        self.start.open_asked.connect(self.open_matter)
        self.start.new_asked.connect(lambda paths: self.take(paths) if paths else self.opening.new([]))
        self.start.sample_asked.connect(self.open_sample)
        self.start.delete_asked.connect(self.opening.delete)
        self.start.forget_asked.connect(self.opening.forget)
        self.start.file_asked.connect(self.opening.ask_file)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.setCentralWidget(self.stack)
        self.setWindowTitle("Privity")
        self.setWindowIcon(QIcon(str(resources() / "icons" / "privity.svg")))
        self.setMinimumSize(960, 600)
        self.setAcceptDrops(True)
        self.menus = Menus(self)
        self._restore()
        self.load_recent()
        self.jobs.run(IDLE, workspace.location_warning, self.start.show_location)

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

    # dialogs

    def settings(self) -> None:
        """Open the settings."""
        from app.ui.dialogs.settings import SettingsDialog

        if SettingsDialog(self, self.workspace, self.jobs).exec() == QDialog.DialogCode.Accepted:
            self.choose_theme(str(self.workspace.setting("theme", "system")))
            if self.matter is not None:
                self.matter.desk.user = self.user

    def models(self) -> None:
        """Open the list of language models, with the exam."""
        from app.ui.dialogs.models import ModelsDialog

        ModelsDialog(self, self.workspace, self.jobs).exec()

    def keys(self) -> None:
        """Show the keys."""
        from app.ui.dialogs.keys import KeysDialog

        KeysDialog(self).exec()

    def about(self) -> None:
        """Show versions, licences and the privacy statement."""
        from app.ui.dialogs.about import AboutDialog

        AboutDialog(self).exec()

    def matter_facts(self) -> None:
        """Correct what all contracts of the matter share."""
        from app.ui.dialogs.matter import MatterFactsDialog

        if self.matter is None:
            return
        dialog = MatterFactsDialog(self, self.matter.desk.session.matter, self.workspace.playbooks())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.matter.desk.set_matter(dialog.matter, self.options())
            self.matter.show_name(dialog.matter.name)
            self.setWindowTitle(f"{dialog.matter.name} \u2013 Privity")

    def standard_forms(self) -> None:
        """Choose what the matter's contracts are compared with."""
        from app.ui.dialogs.forms import StandardFormsDialog

        if self.matter is not None:
            dialog = StandardFormsDialog(self, self.matter.desk)
            dialog.changed.connect(self.matter.review.inside.reload)
            dialog.exec()

    # matters

    @property
    def user(self) -> str:
        """Who decides."""
        return str(self.workspace.setting("user", "") or self.tr("unnamed user"))

    def load_recent(self) -> None:
        """Read the list of matters."""
        self.jobs.run(IDLE, self.workspace.recent, self.start.show_matters)

    def open_matter(self, matter_id: str) -> None:
        """Open a matter; a protected one asks for its passphrase first."""
        self.opening.open(matter_id)

    def open_sample(self) -> None:
        """Open the sample deal; the first time, make and read it."""
        self.opening.sample()

    def show_matter(self, session: MatterSession, paths: list[Path], roles: Roles | None = None) -> None:
        """Put an open matter into the window; with `roles` (our side by file) the import runs behind the review."""
        self.close_matter()
        self.matter = MatterView(self.workspace, session, self.jobs, self.user)
        self.matter.import_asked.connect(self.take)
        self.matter.reassess_asked.connect(lambda: self._reassess())
        self.matter.playbook_asked.connect(self.use_playbook)
        self.matter.facts_asked.connect(self.matter_facts)
        self.matter.export_asked.connect(self.exporting.ask)
        self.matter.close_asked.connect(self.close_matter)
        self.matter.desk.said.connect(lambda sentence: self.statusBar().showMessage(sentence, 8000))
        self.matter.review.restore_state(str(self.workspace.setting("panes", "") or ""))
        self.stack.addWidget(self.matter)
        self.stack.setCurrentWidget(self.matter)
        self.setWindowTitle(f"{session.matter.name} \u2013 Privity")
        self.menus.enable(True)
        self.matter.review.take_focus()
        self.matter.desk.load_conflicts()
        self.opening.take_waiting_copy(session.matter.matter_id)
        if paths and roles is not None:
            self.matter.desk.start_import(paths, replace(self.options(), roles=roles))
        elif paths:
            self.take(paths)
        else:
            self.matter.taking.look()

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
        self.menus.enable(False)

    def _end(self, session: MatterSession) -> None:
        # On the lane that opened it: a matter's lock belongs to the thread that took it.
        self.jobs.wait(WORK, PAGES)
        session.close()

    def delete_open(self) -> None:
        """Close the open matter and ask whether to delete it."""
        if self.matter is not None:
            ident = self.matter.desk.session.matter.matter_id
            self.close_matter()
            self.opening.delete(ident)

    # work

    def options(self) -> AnalyzeOptions:
        """How to analyse, from the settings and the open matter."""
        clock = str(self.workspace.setting("read_until", "") or "")
        return AnalyzeOptions(
            model=str(self.workspace.setting("model", "none")),
            reading=str(self.workspace.setting("reading", "gated")),
            read_minutes=minutes_until(clock, dt.datetime.now()),
        )  # fmt: skip

    def take(self, paths: list[Path]) -> None:
        """Import documents into the open matter, or into a new one; a matter's own file is opened."""
        if len(paths) == 1 and paths[0].suffix == ".privity" and paths[0].is_file():
            self.opening.file(paths[0])
            return
        if self.matter is None:
            self.opening.new(paths)
            return
        self.matter.show_view(IMPORT)
        self.matter.desk.start_import(paths, self.options())

    def _reassess(self) -> None:
        if self.matter is not None:
            self.matter.desk.reassess(self.options())

    def use_playbook(self, name: str) -> None:
        """Check the open matter with another playbook from now on."""
        if self.matter is not None:
            desk = self.matter.desk
            desk.set_matter(replace(desk.session.matter, playbook=name), self.options())

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
        room = self.screen().availableGeometry()
        self.resize(min(1440, room.width()), min(900, room.height()))
        state = self.workspace.setting("window", "")
        if state:
            self.restoreGeometry(QByteArray.fromBase64(str(state).encode("ascii")))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window's place and stop what runs."""
        self.workspace.set_setting("window", bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        self.close_matter()
        self.jobs.wait()
        event.accept()
