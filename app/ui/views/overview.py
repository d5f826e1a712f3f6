"""The matter at a glance: progress, coverage, risk by document and by clause type."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from app.services.api import MatterSession
from app.ui import words
from app.ui.desk import Desk
from app.ui.figures import Bar, Figures, coverage, figures
from app.ui.views.families import FamiliesCard
from app.ui.widgets import kit
from app.ui.widgets.bars import Bars
from app.ui.widgets.ring import Ring


def _figures(session: MatterSession) -> Figures:
    return figures(session.findings())


class OverviewView(QWidget):
    """Cards with figures and charts."""

    jump = Signal(str, object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.ring = Ring(72)
        self.reviewed = kit.label("", "title")
        self.open = kit.label("", "soft")
        self.read = kit.label("", "title")
        self.unread = kit.label("", "soft", wrap=True)
        self._severities = kit.row(space=8)
        self._total = kit.label("", "title")
        self.documents = Bars(self.tr("Findings by document"))
        self.types = Bars(self.tr("Findings by clause type"))
        self.documents.chosen.connect(lambda ident: self.jump.emit(ident, None, None))
        cards = kit.row(self._progress_card(), self._coverage_card(), self._severity_card(), space=16)
        for place in range(3):
            cards.setStretch(place, 1)
        charts = kit.row(
            self._chart_card(self.tr("Findings by document"), self.documents),
            self._chart_card(self.tr("Findings by clause type"), self.types), space=16,
        )  # fmt: skip
        self.families = FamiliesCard(desk)
        self.families.jump.connect(self.jump)
        self._name = kit.label("", "display", wrap=True)
        inner = kit.box(kit.column(self._name, cards, charts, self.families, None, margin=24, space=16))
        inner.setObjectName("canvas")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setAccessibleName(self.tr("The matter at a glance"))
        self.setLayout(kit.column(scroll))
        desk.documents_changed.connect(lambda rows: self._show_counts())

    def _progress_card(self) -> QWidget:
        said = kit.column(kit.label(self.tr("Review"), "caption"), self.reviewed, self.open, None, space=4)
        return kit.box(kit.row(self.ring, said, None, margin=18, space=18), "card")

    def _coverage_card(self) -> QWidget:
        return kit.box(
            kit.column(kit.label(self.tr("Coverage"), "caption"), self.read, self.unread, None, margin=18, space=4),
            "card",
        )

    def _severity_card(self) -> QWidget:
        caption = kit.label(self.tr("Findings"), "caption")
        return kit.box(kit.column(caption, self._total, self._severities, None, margin=18, space=6), "card")

    def _chart_card(self, title: str, chart: QWidget) -> QWidget:
        return kit.box(kit.column(kit.label(title, "lead"), chart, None, margin=18, space=10), "card")

    def reload(self) -> None:
        """Read the findings again."""
        self._name.setText(self._desk.session.matter.name)
        self.families.reload()
        self._show_counts()
        self._desk.ask(_figures, self.show_figures)

    def show_figures(self, made: Figures) -> None:
        """Show charts and counts."""
        self.documents.show_bars(made.by_document)
        self.types.show_bars(tuple(Bar(words.clause_type(bar.name), bar.parts) for bar in made.by_type))
        kit.clear(self._severities)
        for severity, count in made.severities:
            self._severities.addWidget(kit.chip(f"{count} {words.severity(severity)}", severity))
        self._severities.addStretch(1)
        self._total.setText(str(sum(count for _, count in made.severities)))

    def _show_counts(self) -> None:
        done, total = self._desk.reviewed
        self.ring.show_share(done, total)
        self.reviewed.setText(self.tr("{0} of {1} reviewed").format(done, total))
        self.open.setText(self.tr("{0} still open").format(total - done))
        analysed, refused, pages = coverage(self._desk.rows)
        contracts = words.counted(analysed, self.tr("1 contract"), self.tr("{0} contracts"))
        self.read.setText(f"{contracts}, {words.pages(pages)}" if pages else contracts)
        said = words.counted(
            refused, self.tr("1 document was not analysed: its reason stands on the left of the review."),
            self.tr("{0} documents were not analysed: their reasons stand on the left of the review."),
        ) if refused else self.tr("Every document was analysed.")  # fmt: skip
        sideless = self._desk.sideless
        if sideless:
            said += " " + words.sideless(sideless)
        self.unread.setText(said)
