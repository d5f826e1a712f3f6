"""Which documents belong together: proposals to be confirmed, and near duplicates to be known."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.services.api import AlikeRow, FamilyRow, MatterSession
from app.ui import words
from app.ui.desk import Desk
from app.ui.widgets import kit

MOST = 8


def _look(session: MatterSession) -> tuple[list[FamilyRow], list[AlikeRow]]:
    return session.families(), session.near_duplicates()


class FamiliesCard(QWidget):
    """Hidden where there is nothing to say."""

    jump = Signal(str, object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._told: dict[tuple[str, str], str] = {}  # what pairs are to one another, once compared
        self.rows = kit.column(space=8)
        inner = kit.column(kit.label(self.tr("What belongs together"), "lead"), self.rows, margin=18, space=10)
        self.setLayout(kit.column(kit.box(inner, "card")))
        self.hide()

    def reload(self) -> None:
        """Read the proposals again."""
        self._desk.ask(_look, lambda found: self.show_rows(*found))

    def show_rows(self, families: list[FamilyRow], alike: list[AlikeRow]) -> None:
        """Proposals that wait for an answer, then what is nearly the same."""
        kit.clear(self.rows)
        open_ones = [row for row in families if row.accepted is None][:MOST]
        for row in open_ones:
            self.rows.addWidget(self._proposal(row))
        for pair in alike[:MOST]:
            self.rows.addWidget(self._pair(pair))
        if len(alike) > MOST:
            more = self.tr("{0} more pairs of like contracts stand in the report.").format(len(alike) - MOST)
            self.rows.addWidget(kit.label(more, "faint", wrap=True))
        self.setVisible(bool(open_ones or alike))

    def _pair(self, pair: AlikeRow) -> QWidget:
        said = self.tr("{0} and {1} share {2} % of their words.")
        share = int(pair.likeness * 100)  # rounded down: "100 %" of two that differ would be read as "the same"
        text = kit.label(said.format(pair.name, pair.other_name, share), wrap=True)
        told = kit.selectable(kit.label(self.tr("Comparing\u2026"), "faint", wrap=True))
        first = kit.button(self.tr("Show the first"), lambda: self.jump.emit(pair.contract_id, None, None))
        second = kit.button(self.tr("Show the second"), lambda: self.jump.emit(pair.other_id, None, None))
        line = kit.row(kit.column(text, told, space=2), first, second)
        line.setStretch(0, 1)

        key = (pair.contract_id, pair.other_id)

        def tell(sentence: str) -> None:
            self._told[key] = sentence
            if isValid(told):  # the card may show other pairs by now
                told.setText(sentence[:1].upper() + sentence[1:])

        if key in self._told:
            tell(self._told[key])
        else:
            self._desk.ask(lambda session: session.likeness(*key), tell)
        return kit.box(line)

    def _proposal(self, row: FamilyRow) -> QWidget:
        said = self.tr("{0} looks like {1} of {2}.").format(row.member_name, words.part_role(row.role), row.base_name)
        text = kit.column(kit.label(said, wrap=True), kit.label(row.reason, "faint", wrap=True), space=2)
        yes = kit.button(self.tr("Belongs to it"), lambda: self._answer(row, True), "link", "accept")
        no = kit.button(self.tr("Stands alone"), lambda: self._answer(row, False))
        line = kit.row(text, yes, no)
        line.setStretch(0, 1)
        return kit.box(line)

    def _answer(self, row: FamilyRow, accepted: bool) -> None:
        self._desk.ask(
            lambda session: session.answer_family(row.base_id, row.member_id, accepted), lambda _: self._answered()
        )

    def _answered(self) -> None:
        self.reload()
        self._desk.load_documents()
