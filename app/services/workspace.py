"""The user's matters, settings, playbooks and models, on this machine's disk."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.matter import Matter
from app.domain.progress import CancelToken, ItemStatus, Progress
from app.domain.review import PlaybookRef
from app.errors import UserError
from app.services.api import MatterEntry, ModelEntry, PlaybookRule
from app.services.handing import Known, open_matter_file
from app.services.kept_playbooks import adopt_playbooks
from app.services.playbook_editing import PlaybookShelf
from app.services.session import LocalSession
from app.services.session_apart import ApartSession
from app.services.unfinished import is_unfinished, mark_unfinished
from app.storage.app_database import AppDatabase
from app.storage.database import MatterDatabase, has_passphrase
from app.storage.deletion import delete_matter

if TYPE_CHECKING:
    from app.analysis.costs import Cost, Price
    from app.analysis.exam import ExamResult
    from app.services.language_models import ExamProgress


def open_workspace(data_dir: Path, *, apart: bool = False) -> LocalWorkspace:
    """The workspace of a data folder, made if it is not there; raises UserError where it cannot be written.

    `apart`: what is analysed is analysed in a child process, as a window needs it.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"The data folder {data_dir} cannot be used: {error.strerror}.") from None
    return LocalWorkspace(data_dir, ApartSession if apart else LocalSession)


class LocalWorkspace(PlaybookShelf):
    """Implements services.api.Workspace and ModelExaminer."""

    def __init__(
        self, data_dir: Path, session: Callable[[MatterDatabase, AppDatabase], LocalSession] = LocalSession
    ) -> None:  # fmt: skip
        self._data_dir = data_dir
        self._session = session
        super().__init__(data_dir / "playbooks")
        self._app = AppDatabase(data_dir)

    def location_warning(self) -> str | None:
        """A sentence where what is kept in the data folder leaves this computer."""
        from app.storage.locations import location_warning

        folder = self._data_dir.resolve()
        warning = location_warning(folder)
        return f"Matters live in {folder}. {warning}" if warning else None

    def recent(self) -> list[MatterEntry]:
        """Matters, most recently opened first; those whose files are not there are marked."""
        return [
            MatterEntry(
                row.matter_id,
                row.name or f"Protected matter {row.matter_id[:8]}",
                row.path,
                row.protected,
                row.last_opened,
                missing=not row.path.is_file(),
                unfinished=is_unfinished(self._app, row.matter_id),
            )
            for row in self._app.recent()
        ]

    def create(
        self, name: str, our_parties: Sequence[str], playbook: str, passphrase: str | None = None
    ) -> LocalSession:
        """Make a matter and open it."""
        from app.services.playbooks import find_playbook

        if not name.strip():
            raise UserError("Give the matter a name.")
        find_playbook(playbook)
        matter = Matter(
            uuid.uuid4().hex, name.strip(), dt.datetime.now(dt.UTC).replace(microsecond=0),
            tuple(party.strip() for party in our_parties if party.strip()), playbook=playbook,
            reference_date=dt.date.today(),
        )  # fmt: skip
        path = self._data_dir / "matters" / f"{matter.matter_id}.privity"
        database = MatterDatabase.create(path, matter, passphrase or None)
        self._app.remember(matter.matter_id, matter.name, path, protected=bool(passphrase))
        return self._session(database, self._app)

    def open(self, matter_id: str, passphrase: str | None = None) -> LocalSession:
        """Open a matter by its id; raises UserError on a wrong passphrase or a damaged file."""
        path = self._path(matter_id)
        return self._opened(MatterDatabase.open(path, passphrase))

    def open_file(self, path: Path, passphrase: str | None = None) -> LocalSession:
        """Open a matter's file from anywhere, and list it."""
        known = [Known(row.matter_id, row.path) for row in self._app.recent()]
        return self._opened(open_matter_file(path.absolute(), passphrase, known))

    def is_protected(self, path: Path) -> bool:
        """Whether the matter at `path` has a passphrase."""
        return has_passphrase(path)

    def _opened(self, database: MatterDatabase) -> LocalSession:
        with suppress(OSError):  # then the analysis says which playbook is missing
            adopt_playbooks(database, self._folder)
        matter = database.matter()
        self._app.remember(matter.matter_id, matter.name, database.path, protected=database.protected)
        return self._session(database, self._app)

    def forget(self, matter_id: str) -> None:
        """Take a matter off the list; its file is not touched."""
        mark_unfinished(self._app, matter_id, False)
        self._app.forget(matter_id)

    def _path(self, matter_id: str) -> Path:
        for row in self._app.recent():
            if row.matter_id == matter_id:
                return row.path
        raise UserError("This matter is not in the list any more.")

    def delete(self, matter_id: str) -> str:
        """Remove a matter and every trace of it; returns the deletion record."""
        name = next((row.name for row in self._app.recent() if row.matter_id == matter_id), None)
        record = delete_matter(self._path(matter_id), matter_id, name)
        self.forget(matter_id)
        return record

    def setting(self, key: str, default: Any = None) -> Any:
        """A JSON-like setting."""
        return self._app.setting(key, default)

    def set_setting(self, key: str, value: Any) -> None:
        """Store a setting."""
        self._app.set_setting(key, value)

    def playbooks(self) -> list[PlaybookRef]:
        """The bundled playbooks, then the user's own."""
        from app.services.playbooks import all_playbooks

        return [playbook.ref for playbook in all_playbooks()] + self.refs()

    def playbook_rules(self, name: str) -> list[PlaybookRule]:
        """The positions of a playbook."""
        from app.services.playbook_rules import rules_of
        from app.services.playbooks import find_playbook

        return rules_of(find_playbook(name))

    def models(self) -> list[ModelEntry]:
        """No model, the built-in one, and those the user added."""
        from app.services.language_models import known_models

        return known_models(self._app)

    def add_model(self, path: Path, adapter: Path | None = None) -> ModelEntry:
        """Check a GGUF by its header, and a LoRA adapter made for it, and remember it."""
        from app.services.language_models import add_model

        return add_model(path, self._app, adapter)

    def model_costs(
        self, key: str, pages: int, contracts: int, watts: float, price: Price | None
    ) -> tuple[ExamResult, list[Cost]]:
        """Time, energy and price of reading with an examined model."""
        from app.services.language_models import cost_of

        return cost_of(key, self._app, pages, contracts, watts, price)

    def examine(self, key: str, cancel: CancelToken | None = None) -> Iterator[ExamProgress]:
        """Sit a model the exam, with its result."""
        from app.services.language_models import examine

        return examine(key, self._app, cancel or CancelToken())

    def examine_model(self, key: str, cancel: CancelToken) -> Iterator[Progress]:
        """Sit a model the exam; a step's message is the quick mark, and afterwards models() has the full one."""
        from app.services.language_models import examine

        for number, step in enumerate(examine(key, self._app, cancel)):
            early = str(step.result["sentence"]) if step.result and not step.result["complete"] else None
            # After the first step the setup is sought that is fastest here, which takes a while.
            status = ItemStatus.MODEL if number else ItemStatus.QUEUED
            yield Progress(key, status, step.done, step.total, message=early, seconds_left=step.seconds_left)

    def close(self) -> None:
        """Close app.db."""
        self._app.close()
