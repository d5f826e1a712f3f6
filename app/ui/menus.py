"""The window's menus: each entry is one call of the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from app.ui.views.matter import DATES, GRID, IMPORT, OVERVIEW, PLAYBOOK, REVIEW, SEARCH, rail_key

if TYPE_CHECKING:
    from app.ui.window import Window


class Menus(QObject):
    """Makes the menu bar of a window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.recent = QMenu(self.tr("Open recent"), window)
        self.recent.aboutToShow.connect(self._fill_recent)
        self._open_only = self._matter_menu()
        self._open_only += self._view_menu()
        self._help_menu()
        self.enable(False)

    def _action(self, text: str, work: Callable[[], object], key: str = "") -> QAction:
        made = QAction(text, self._window)
        made.triggered.connect(lambda: work())
        if key:
            made.setShortcut(QKeySequence(key))
        return made

    def _matter_menu(self) -> list[QAction]:
        window = self._window
        menu = window.menuBar().addMenu(self.tr("&Matter"))
        menu.addAction(self._action(self.tr("New matter\u2026"), lambda: window.opening.new([]), "Ctrl+N"))
        menu.addAction(self._action(self.tr("Open a matter\u2026"), window.opening.ask_file, "Ctrl+Shift+O"))
        menu.addMenu(self.recent)
        menu.addAction(self._action(self.tr("Open the sample deal"), window.open_sample))
        menu.addSeparator()
        held = [
            self._action(self.tr("Add documents\u2026"), lambda: window.show_view(IMPORT), "Ctrl+O"),
            self._action(self.tr("Export\u2026"), window.exporting.ask, "Ctrl+E"),
            self._action(self.tr("Facts of the matter\u2026"), window.matter_facts),
            self._action(self.tr("Standard forms\u2026"), window.standard_forms),
            self._action(self.tr("Save a copy of the matter\u2026"), window.opening.ask_save_copy),
            self._action(self.tr("Take over a colleague's decisions\u2026"), window.opening.ask_copy),
            self._action(self.tr("Delete the matter\u2026"), window.delete_open),
            self._action(self.tr("Close the matter"), window.close_matter, "Ctrl+W"),
        ]
        menu.addActions(held)
        menu.addSeparator()
        menu.addAction(self._action(self.tr("Quit"), window.close, "Ctrl+Q"))
        return held

    def _view_menu(self) -> list[QAction]:
        window = self._window
        menu = window.menuBar().addMenu(self.tr("&View"))
        held = [
            self._action(f"{text}\t{rail_key(ident)}", partial(window.show_view, ident))
            for ident, text in (
                (REVIEW, self.tr("Review")), (GRID, self.tr("Grid")), (DATES, self.tr("Dates")),
                (OVERVIEW, self.tr("Overview")), (PLAYBOOK, self.tr("Playbook")), (IMPORT, self.tr("Import")),
            )
        ]  # fmt: skip
        held.append(self._action(self.tr("Search the matter"), lambda: window.show_view(SEARCH), "/"))
        menu.addActions(held)
        menu.addSeparator()
        for value, text in (
            ("light", self.tr("Light")), ("dark", self.tr("Dark")), ("system", self.tr("As the system")),
        ):  # fmt: skip
            menu.addAction(self._action(text, partial(window.choose_theme, value)))
        return held

    def _help_menu(self) -> None:
        window = self._window
        menu = window.menuBar().addMenu(self.tr("&Help"))
        menu.addAction(self._action(self.tr("Keys\u2026"), window.keys, "F1"))
        menu.addAction(self._action(self.tr("Language models\u2026"), window.models))
        menu.addAction(self._action(self.tr("Settings\u2026"), window.settings, "Ctrl+,"))
        menu.addAction(self._action(self.tr("About Privity"), window.about))

    def enable(self, on: bool) -> None:
        """What needs an open matter."""
        for action in self._open_only:
            action.setEnabled(on)

    def _fill_recent(self) -> None:
        self.recent.clear()
        entries = [entry for entry in self._window.workspace.recent() if not entry.missing][:12]
        for entry in entries:
            self.recent.addAction(self._action(entry.name, partial(self._window.open_matter, entry.matter_id)))
        if not entries:
            self.recent.addAction(self.tr("No matters yet")).setEnabled(False)
