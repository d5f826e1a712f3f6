"""A new matter, and the passphrase of a protected one."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.domain.review import PlaybookRef
from app.ui import words
from app.ui.dialogs.frame import FormDialog


def secret() -> QLineEdit:
    """A field that does not show what is typed."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


class NewMatterDialog(FormDialog):
    """Name, our parties, playbook, passphrase."""

    def __init__(self, parent: QWidget | None, playbooks: list[PlaybookRef], name: str = "") -> None:
        super().__init__(parent)
        self.head(self.tr("New matter"), self.tr("Create"))
        self.name = QLineEdit(name)
        self.parties = QLineEdit()
        self.parties.setPlaceholderText(self.tr("Names of your client, separated by semicolons"))
        self.playbook = QComboBox()
        for ref in playbooks:
            self.playbook.addItem(ref.title or words.plain(ref.name), ref.name)
        self.first, self.second = secret(), secret()
        self.first.setPlaceholderText(self.tr("None: the matter is not encrypted"))
        self.add(self.tr("Name"), self.name)
        self.add(self.tr("Our parties"), self.parties)
        self.add(self.tr("Playbook"), self.playbook)
        self.add(self.tr("Passphrase"), self.first)
        self.add(self.tr("Passphrase again"), self.second)

    @property
    def our_parties(self) -> list[str]:
        """The names of our client."""
        return [name.strip() for name in self.parties.text().split(";") if name.strip()]

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


class PassphraseDialog(FormDialog):
    """Asks for the passphrase of a protected matter."""

    def __init__(self, parent: QWidget | None, problem: str = "") -> None:
        super().__init__(parent)
        self.head(self.tr("Passphrase"), self.tr("Open"))
        self.field = secret()
        self.add(self.tr("Passphrase of this matter"), self.field)
        if problem:
            self.say(problem)
