"""The findings of the contract on the desk, grouped by risk, then by clause type."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.findings import Action, FindingKind, FindingState, Standing
from app.services.api import FindingRow
from app.ui import icons, words

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW = Qt.ItemDataRole.UserRole
GROUP = Qt.ItemDataRole.UserRole + 1  # the heading above the first row of a group, else ""


def title(state: FindingState) -> str:
    """What a finding is called: its clause type and whether that is what is missing, else its rule in words."""
    finding = state.finding
    if not finding.clause_type:
        return words.plain(finding.rule)
    name = words.clause_type(finding.clause_type)
    return words.missing(name) if finding.kind is FindingKind.MISSING else name


def place(state: FindingState) -> str:
    """ "p. 3 · 7.2" with what is known."""
    finding = state.finding
    parts = [words.page(finding.page) if finding.page is not None else "", finding.clause_number or ""]
    return " \u00b7 ".join(p for p in parts if p)


def mark(state: FindingState) -> str:
    """How the decision stands, in words."""
    if state.standing in (Standing.CHANGED, Standing.NO_LONGER_RAISED):
        return words.standing(state.standing.value)
    if state.decision is Action.ACCEPT:
        return words.accepted()
    if state.decision is Action.REJECT:
        return words.rejected()
    return words.standing(Standing.UNDECIDED.value)


def _order(row: FindingRow) -> tuple[int, str, int]:
    state = row.state
    return state.effective_severity.rank, state.finding.clause_type or "~", state.finding.start or 0


def _together(rows: list[FindingRow]) -> list[FindingRow]:
    """The rows in their order, but those of one severity on the same words one after another."""
    by_key = {row.state.finding.finding_key: row for row in rows}
    placed: dict[str, FindingRow] = {}
    for row in rows:
        for key in (row.state.finding.finding_key, *row.beside):
            held = by_key.get(key)
            if held is not None and held.state.effective_severity is row.state.effective_severity:
                placed.setdefault(key, held)
    return list(placed.values())


class FindingList(QAbstractListModel):
    """Rows by gravity, filtered by severities, by what is still open and by words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[FindingRow] = []
        self._rows: list[FindingRow] = []
        self._groups: dict[int, str] = {}  # headings, by the first row of a group
        self._severities: frozenset[str] = frozenset()
        self._open_only = False
        self._words = ""

    @property
    def total(self) -> int:
        """How many there are before filtering."""
        return len(self._all)

    @property
    def rows(self) -> list[FindingRow]:
        """What is shown, in order."""
        return self._rows

    def set_rows(self, rows: list[FindingRow]) -> None:
        """Show other findings."""
        self._all = _together(sorted(rows, key=_order))
        self._show()

    def set_filter(self, severities: frozenset[str], open_only: bool, sought: str) -> None:
        """Show only some: no severities means all."""
        self._severities, self._open_only, self._words = severities, open_only, sought.casefold()
        self._show()

    def replace(self, state: FindingState) -> int:
        """Put a finding's new state in its place, where it stays until the list is read again; its row, or -1."""
        key = state.finding.finding_key
        for where, held in enumerate(self._all):
            if held.state.finding.finding_key == key:
                self._all[where] = dataclasses.replace(held, state=state)
        for where, held in enumerate(self._rows):
            if held.state.finding.finding_key == key:
                self._rows[where] = dataclasses.replace(held, state=state)
                self._groups = self._headings()
                self.dataChanged.emit(self.index(where), self.index(where))
                return where
        return -1

    def find(self, finding_key: str) -> int:
        """The row of a finding, or -1."""
        keys = (row.state.finding.finding_key for row in self._rows)
        return next((where for where, key in enumerate(keys) if key == finding_key), -1)

    def beside(self, row: FindingRow) -> list[FindingState]:
        """The findings on the same words as a row's, whether or not the filter shows them."""
        by_key = {held.state.finding.finding_key: held.state for held in self._all}
        return [by_key[key] for key in row.beside if key in by_key]

    def _show(self) -> None:
        self.beginResetModel()
        self._rows = [row for row in self._all if self._fits(row.state)]
        self._groups = self._headings()
        self.endResetModel()

    def _fits(self, state: FindingState) -> bool:
        if self._severities and state.effective_severity.value not in self._severities:
            return False
        if self._open_only and state.settled:
            return False
        if not self._words:
            return True
        finding = state.finding
        return any(
            self._words in (part or "").casefold() for part in (title(state), finding.explanation, finding.quote)
        )

    def rowCount(self, parent: Index = ROOT) -> int:
        """Findings shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, icon, group heading, the row itself."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        state = self._rows[index.row()].state
        if role == Qt.ItemDataRole.DisplayRole:
            return title(state)
        if role == ROW:
            return self._rows[index.row()]
        if role == GROUP:
            return self._groups.get(index.row(), "")
        if role == Qt.ItemDataRole.DecorationRole:
            return icons.severity_icon(state.effective_severity.value)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (words.severity(state.effective_severity.value), title(state), place(state), mark(state))
            return ", ".join(p for p in parts if p)
        return None

    def _headings(self) -> dict[int, str]:
        found: dict[int, str] = {}
        levels = [row.state.effective_severity for row in self._rows]
        for row, level in enumerate(levels):
            if row == 0 or levels[row - 1] is not level:
                found[row] = f"{words.severity(level.value)}  {levels.count(level)}"
        return found
