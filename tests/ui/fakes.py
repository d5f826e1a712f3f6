"""A workspace in memory with a made-up deal: real enough to be worked in, of any size."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path
from typing import Any

from privity_ui_deal import ADVICE, CHECK, CLAUSES, NO_MODEL, SIDE
from privity_ui_session import FakeSession

from app.domain.findings import Severity
from app.domain.matter import Matter
from app.domain.progress import ItemStatus, Progress
from app.domain.review import PlaybookRef
from app.errors import UserError
from app.services.api import MatterEntry, ModelEntry, PlaybookRule
from app.services.handing import AnotherCopy
from app.services.playbook_editing import PlaybookShelf
from app.services.playbook_rules import rules_of
from app.services.playbooks import find_playbook


class FakeWorkspace(PlaybookShelf):
    """Matters and settings in memory, playbooks in a folder; `secrets` holds passphrases by matter id."""

    def __init__(self, folder: Path = Path("no playbooks of one's own"), **size: int) -> None:
        super().__init__(folder)
        self.size = size
        self.settings: dict[str, Any] = {"user": "A. Reyes", "first_run_done": True}
        self.sessions: dict[str, FakeSession] = {}
        self.secrets: dict[str, str] = {}
        self.files: dict[Path, str] = {}  # matters that lie elsewhere, by path
        self.copies: set[str] = set()  # of those, second copies
        self.missing: set[str] = set()
        self.elsewhere: str | None = None  # why the data folder leaves this computer
        self.mark: str | None = None
        self.exam_hold = threading.Event()  # where clear, the exam waits after each question
        self.exam_hold.set()

    def add(self, name: str, passphrase: str | None = None, **size: int) -> FakeSession:
        ident = f"{len(self.sessions) + 1:032x}"
        matter = Matter(ident, name, dt.datetime(2026, 5, 4, 9, 30, tzinfo=dt.UTC), ("Harbour Foods Ltd",))
        self.sessions[ident] = FakeSession(matter, **(self.size | size))
        if passphrase:
            self.secrets[ident] = passphrase
        return self.sessions[ident]

    def location_warning(self) -> str | None:
        return self.elsewhere

    def recent(self) -> list[MatterEntry]:
        return [
            MatterEntry(
                ident,
                "" if ident in self.secrets else s.matter.name,
                Path(ident),
                ident in self.secrets,
                s.matter.created,
                missing=ident in self.missing,
            )
            for ident, s in self.sessions.items()
        ]

    def create(self, name: str, our_parties: Any, playbook: str, passphrase: str | None = None) -> FakeSession:
        return self.add(name, passphrase)

    def open(self, matter_id: str, passphrase: str | None = None) -> FakeSession:
        if self.secrets.get(matter_id) != passphrase:
            raise UserError("That passphrase does not open this matter; try again.")
        return self.sessions[matter_id]

    def open_file(self, path: Path, passphrase: str | None = None) -> FakeSession:
        ident = self.files.get(path)
        if ident is None:
            raise UserError("This is no matter of Privity: choose a file whose name ends in .privity.")
        if ident in self.copies:
            raise AnotherCopy(ident)
        return self.open(ident, passphrase)

    def is_protected(self, path: Path) -> bool:
        return self.files.get(path) in self.secrets

    def forget(self, matter_id: str) -> None:
        self.missing.discard(matter_id)
        del self.sessions[matter_id]

    def delete(self, matter_id: str) -> str:
        del self.sessions[matter_id]
        return "deleted"

    def setting(self, key: str, default: Any = None) -> Any:
        return self.settings.get(key, default)

    def set_setting(self, key: str, value: Any) -> None:
        self.settings[key] = value

    def playbooks(self) -> list[PlaybookRef]:
        return [PlaybookRef("commercial", "1", "a" * 64, "Commercial contracts"), *self.refs()]

    def playbook_rules(self, name: str) -> list[PlaybookRule]:
        if name != "commercial":
            return rules_of(find_playbook(name))
        return [
            PlaybookRule(
                kind.lower().replace(" ", "-"),
                words,
                list(Severity)[n % 4].value,
                kind,
                SIDE,
                CHECK,
                "It shifts a risk that our client usually does not bear.",
                ADVICE,
                words,
            )  # fmt: skip
            for n, (kind, words, _) in enumerate(CLAUSES)
        ]

    def models(self) -> list[ModelEntry]:
        return [
            ModelEntry("none", "No model", None, None, NO_MODEL),
            ModelEntry(
                "builtin",
                "SmolLM2 135M (built in)",
                "b" * 64,
                self.mark,
                "Small, for trying things out.",
                12.0 if self.mark else None,
                300 << 20,
                4 << 30,
            ),  # fmt: skip
        ]

    def examine_model(self, key: str, cancel: Any) -> Any:
        for done in range(1, 5):
            early = "unfit so far" if done == 1 else None
            yield Progress(key, ItemStatus.MODEL, done, 4, message=early, seconds_left=4.0 - done)
            while not self.exam_hold.wait(0.01):
                cancel.check()
        self.mark = "weak: AUC 0.62"

    def add_model(self, path: Path) -> ModelEntry:
        raise UserError("This is not a GGUF file.")
