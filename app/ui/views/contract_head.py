"""What stands above a contract: its name, its kind and our side, to be corrected with a click."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.api import DocumentRow
from app.ui.desk import Desk
from app.ui.models.documents import facts
from app.ui.widgets import kit
from app.ui.widgets.elided import Elided


class ContractHead(QWidget):
    """Follows the contract on the desk."""

    edit_asked = Signal(object)  # DocumentRow

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self.row: DocumentRow | None = None
        self.name = Elided("lead")
        self.facts = kit.button(
            "", self._edit, "sliders-horizontal", "quiet", self.tr("Correct kind, side and playbook")
        )
        self.facts.setAccessibleName(self.tr("Correct kind, side and playbook"))
        self.facts.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        layout = kit.row(self.name, self.facts, margin=4)
        layout.setContentsMargins(12, 3, 6, 3)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        desk.contract_changed.connect(lambda _: self._show())
        desk.documents_changed.connect(lambda _: self._show())
        self._show()

    def _show(self) -> None:
        wanted = self._desk.contract_id
        self.row = next((row for row in self._desk.rows if row.contract_id == wanted), None) if wanted else None
        self.setVisible(self.row is not None)
        if self.row is not None:
            self.name.say(self.row.path.rpartition("/")[2])
            self.facts.setText(facts(self.row).rpartition(" \u00b7 ")[0] if self.row.pages else facts(self.row))

    def _edit(self) -> None:
        if self.row is not None:
            self.edit_asked.emit(self.row)
