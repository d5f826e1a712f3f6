"""What the app proposed of a contract, for the lawyer to correct: kind, our side, playbook."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from app.domain.matter import ContractKind, Role
from app.domain.review import PlaybookRef
from app.services.api import DocumentRow
from app.ui import words
from app.ui.dialogs.frame import FormDialog, playbook_choice


class ContractDialog(FormDialog):
    """After accept(): `kind`, `role` and `playbook` hold what was chosen."""

    def __init__(
        self, parent: QWidget | None, row: DocumentRow, playbooks: list[PlaybookRef], playbook: str | None
    ) -> None:
        super().__init__(parent)
        self.head(
            self.tr("This contract"), self.tr("Save"),
            self.tr("It is checked again at once. Decisions stay; those on changed facts are asked again."),
        )  # fmt: skip
        self._kind, self._role = QComboBox(), QComboBox()
        for kind in ContractKind:
            self._kind.addItem(words.contract_kind(kind.value), kind.value)
        for role in Role:
            said = words.role(role.value)
            self._role.addItem(said[:1].upper() + said[1:], role.value)
        self._kind.setCurrentIndex(max(0, self._kind.findData(row.kind)))
        self._role.setCurrentIndex(max(0, self._role.findData(row.our_role)))
        self._playbook = playbook_choice(playbooks, playbook, self.tr("As the matter"))
        self.add(self.tr("Kind of agreement"), self._kind)
        self.add(self.tr("Our side"), self._role)
        self.add(self.tr("Playbook"), self._playbook)

    @property
    def kind(self) -> str:
        """A ContractKind value."""
        return str(self._kind.currentData())

    @property
    def role(self) -> str:
        """A Role value."""
        return str(self._role.currentData())

    @property
    def playbook(self) -> str | None:
        """None: the matter's."""
        return str(self._playbook.currentData()) or None
