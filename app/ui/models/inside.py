"""What is inside a contract: its parts, its defined terms, the values read from it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.standard_form import FormDeviation
from app.services.api import SectionRow, TermRow, ValueRow
from app.ui import icons, words
from app.ui.models.tables import RowTable

Index = QModelIndex | QPersistentModelIndex
INDENT = "\u2003"  # for each level of the contract's own numbering


class SectionTable(RowTable[SectionRow]):
    """Number and heading, deeper parts set in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__([], parent)
        self._columns = [(self.tr("Part"), lambda s: INDENT * (s.level - 1) + f"{s.number}  {s.heading}".strip())]


class TermTable(RowTable[TermRow]):
    """A term, how often it is used, what is odd about it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__([], parent)
        self._columns = [(self.tr("Term"), lambda t: t.name), (self.tr("Used"), self._used)]

    def _used(self, row: TermRow) -> str:
        if row.remark:
            return words.term_remark(row.remark)
        return self.tr("once") if row.uses == 1 else self.tr("{0} times").format(row.uses)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As every table, with a sign on what is odd."""
        if index.isValid() and role == Qt.ItemDataRole.DecorationRole and index.column() == 1:
            return icons.icon("warning-circle", "medium") if self.rows[index.row()].remark else None
        return super().data(index, role)


class ValueTable(RowTable[ValueRow]):
    """A clause type and its value; the lawyer's own are told from what was read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__([], parent)
        self._columns = [
            (self.tr("Clause"), lambda v: words.clause_type(v.clause_type)),
            (self.tr("Value"), lambda v: words.value(v.value) if v.value else self.tr("not read")),
        ]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As every table; a pencil stands before the lawyer's own value."""
        if index.isValid() and index.column() == 1:
            row = self.rows[index.row()]
            if role == Qt.ItemDataRole.DecorationRole:
                return icons.icon("pencil-simple", "accent") if row.corrected else None
            if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole) and row.corrected:
                return self.tr("{0}, given by a lawyer").format(words.value(row.value))
        return super().data(index, role)


class FormTable(RowTable[FormDeviation]):
    """A clause that departs from the standard form, and how."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__([], parent)
        self._columns = [
            (self.tr("Clause"), lambda d: words.clause_type(d.clause) if d.types == (d.clause,) else d.clause),
            (self.tr("Change"), lambda d: words.change(d.change.value)),
        ]
