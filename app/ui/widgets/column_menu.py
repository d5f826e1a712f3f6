"""The menu of a table's columns: which are on show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

_TICK = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ColumnMenu(QMenu):
    """A tick for every column. It stays open while several are ticked; Escape closes it."""

    hidden_changed = Signal(list)  # names of all columns that are not on show

    def __init__(self, parent: QWidget, hidden: Iterable[str] = ()) -> None:
        super().__init__(parent)
        self._hidden = set(hidden)
        self._columns: list[QAction] = []

    @property
    def hidden(self) -> set[str]:
        """Names of the columns that are not on show."""
        return set(self._hidden)

    def set_columns(self, columns: Sequence[tuple[str, str]]) -> None:
        """Other columns: name, and words for it."""
        self.clear()
        self._columns = []
        self.addAction(self.tr("Show all"), lambda: self._set_all(True))
        self.addAction(self.tr("Hide all"), lambda: self._set_all(False))
        self.addSeparator()
        for name, said in columns:
            action = self.addAction(said)
            action.setCheckable(True)
            action.setChecked(name not in self._hidden)
            action.setData(name)
            action.toggled.connect(self._on_toggled)
            self._columns.append(action)

    def _set_all(self, shown: bool) -> None:
        for action in self._columns:
            action.blockSignals(True)
            action.setChecked(shown)
            action.blockSignals(False)
        self._on_toggled()

    def _on_toggled(self) -> None:
        told = {str(action.data()): action.isChecked() for action in self._columns}
        self._hidden = {name for name in self._hidden if name not in told} | {n for n, on in told.items() if not on}
        self.hidden_changed.emit(sorted(self._hidden))

    def _tick(self) -> bool:
        action = self.activeAction()
        if action is not None and action.isCheckable():
            action.toggle()
            return True
        return False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick without closing."""
        if not self._tick():
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick without closing."""
        if event.key() not in _TICK or not self._tick():
            super().keyPressEvent(event)
