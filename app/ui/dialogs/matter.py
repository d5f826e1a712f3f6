"""A new matter, the facts of one, and the passphrase of a protected one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QWidget

from app.domain.matter import DealStructure, Matter
from app.domain.review import PlaybookRef
from app.ui import words
from app.ui.dialogs.frame import FormDialog, playbook_choice


def secret() -> QLineEdit:
    """A field that does not show what is typed."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def names_of(field: QLineEdit) -> list[str]:
    """The names in a field, between semicolons."""
    return [name.strip() for name in field.text().split(";") if name.strip()]


class NewMatterDialog(FormDialog):
    """Name, our parties, playbook, passphrase."""

    def __init__(self, parent: QWidget | None, playbooks: list[PlaybookRef], name: str = "") -> None:
        super().__init__(parent)
        self.head(self.tr("New matter"), self.tr("Create"))
        self.name = QLineEdit(name)
        self.parties = QLineEdit()
        self.parties.setPlaceholderText(self.tr("Names of your client, separated by semicolons"))
        self.playbook = playbook_choice(playbooks, "commercial")
        self.first, self.second = secret(), secret()
        self.first.setPlaceholderText(self.tr("None: the matter is not encrypted"))
        self.add(self.tr("Name"), self.name)
        self.add(self.tr("Our parties"), self.parties)
        self.add(self.tr("Playbook"), self.playbook)
        self.add(self.tr("Passphrase"), self.first)
        self.add(self.tr("Passphrase again"), self.second)
        self.remark(self.tr("A passphrase encrypts the matter. Without it nobody can open the matter again."))
        if name:
            self.parties.setFocus()

    @property
    def our_parties(self) -> list[str]:
        """The names of our client."""
        return names_of(self.parties)

    @property
    def passphrase(self) -> str | None:
        """None without one."""
        return self.first.text() or None

    def accept(self) -> None:
        """Only with a name, and with the passphrase typed twice alike."""
        if not self.name.text().strip():
            self.say(self.tr("Give the matter a name."))
        elif self.first.text() != self.second.text():
            self.say(self.tr("The two passphrases differ; type them again."))
        else:
            super().accept()


class MatterFactsDialog(FormDialog):
    """What every contract of the matter shares; the rules read these facts."""

    def __init__(self, parent: QWidget | None, matter: Matter, playbooks: list[PlaybookRef]) -> None:
        super().__init__(parent)
        self._matter = matter
        self.head(
            self.tr("This matter"), self.tr("Save"),
            self.tr("The rules read these facts: findings are checked again where they change. Decisions stay."),
        )  # fmt: skip
        self.name = QLineEdit(matter.name)
        self.parties, self.affiliates = (
            QLineEdit("; ".join(matter.our_parties)),
            QLineEdit("; ".join(matter.affiliates)),
        )
        self.parties.setPlaceholderText(self.tr("Names of your client, separated by semicolons"))
        self.affiliates.setPlaceholderText(self.tr("Companies of the same group"))
        self.structure = QComboBox()
        for value in DealStructure:
            self.structure.addItem(words.structure(value.value), value.value)
        self.structure.setCurrentIndex(max(0, self.structure.findData(matter.deal_structure.value)))
        self.law = QLineEdit(matter.home_law or "")
        self.law.setPlaceholderText(self.tr("For example: England and Wales"))
        self.date = QDateEdit()
        self.date.setDisplayFormat("d MMM yyyy")
        self.date.setCalendarPopup(True)
        day = matter.reference_date or matter.created.date()
        self.date.setDate(QDate(day.year, day.month, day.day))
        self.playbook = playbook_choice(playbooks, matter.playbook)
        for caption, field in (
            (self.tr("Name"), self.name), (self.tr("Our parties"), self.parties),
            (self.tr("Their affiliates"), self.affiliates), (self.tr("Structure of the deal"), self.structure),
            (self.tr("Home law"), self.law), (self.tr("Dates are seen from"), self.date),
            (self.tr("Playbook"), self.playbook),
        ):  # fmt: skip
            self.add(caption, field)
        if not matter.our_parties:
            self.parties.setFocus()  # what the rules miss most

    @property
    def matter(self) -> Matter:
        """The matter with its facts as they stand in the fields."""
        day = self.date.date()
        return replace(
            self._matter, name=self.name.text().strip(), our_parties=tuple(names_of(self.parties)),
            affiliates=tuple(names_of(self.affiliates)),
            deal_structure=DealStructure(self.structure.currentData()), home_law=self.law.text().strip() or None,
            reference_date=dt.date(day.year(), day.month(), day.day()), playbook=str(self.playbook.currentData()),
        )  # fmt: skip

    def accept(self) -> None:
        """Only with a name."""
        if self.name.text().strip():
            super().accept()
        else:
            self.say(self.tr("Give the matter a name."))


class PassphraseDialog(FormDialog):
    """Asks for the passphrase of a protected matter."""

    def __init__(self, parent: QWidget | None, problem: str = "") -> None:
        super().__init__(parent)
        self.head(self.tr("Passphrase"), self.tr("Open"))
        self.field = secret()
        self.add(self.tr("Passphrase of this matter"), self.field)
        if problem:
            self.say(problem)
