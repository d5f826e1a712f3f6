"""What the front ends do with all matters, playbooks and models, as protocols."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from app.domain.progress import CancelToken, Progress
from app.domain.review import PlaybookRef
from app.services.api_rows import MatterEntry, ModelEntry, PlaybookRule
from app.services.api_session import MatterSession


class Workspace(Protocol):
    """The user's matters, settings, playbooks and models. `data_dir` holds app.db and matters/."""

    def location_warning(self) -> str | None:
        """A sentence where what is kept in the data folder leaves this computer."""
        ...

    def recent(self) -> list[MatterEntry]:
        """Matters, most recently opened first."""
        ...

    def create(
        self, name: str, our_parties: Sequence[str], playbook: str, passphrase: str | None = None
    ) -> MatterSession:
        """Make a matter and open it."""
        ...

    def open(self, matter_id: str, passphrase: str | None = None) -> MatterSession:
        """Open a matter; raises UserError with one sentence on a wrong passphrase or a damaged file."""
        ...

    def open_file(self, path: Path, passphrase: str | None = None) -> MatterSession:
        """Open a matter's file from anywhere, and list it; AnotherCopy where the list has it at another place."""
        ...

    def is_protected(self, path: Path) -> bool:
        """Whether the matter at `path` has a passphrase."""
        ...

    def forget(self, matter_id: str) -> None:
        """Take a matter off the list; its file is not touched."""
        ...

    def delete(self, matter_id: str) -> str:
        """Remove a matter and every trace of it; returns the deletion record's text."""
        ...

    def setting(self, key: str, default: Any = None) -> Any:
        """A JSON-like setting: "model", "user", "theme", "window", "reading", ..."""
        ...

    def set_setting(self, key: str, value: Any) -> None:
        """Store a setting."""
        ...

    def playbooks(self) -> list[PlaybookRef]:
        """Bundled and user playbooks."""
        ...

    def models(self) -> list[ModelEntry]:
        """No model, the built-in one, and those the user added."""
        ...

    def playbook_rules(self, name: str) -> list[PlaybookRule]:
        """The positions of a playbook by the name that playbooks() gives; raises UserError where it cannot be read."""
        ...

    def add_model(self, path: Path) -> ModelEntry:
        """Read a GGUF's header and digest and remember it; raises UserError where it is none. Takes seconds."""
        ...


@runtime_checkable
class ModelExaminer(Protocol):
    """A workspace that can sit a model its exam; the window offers the exam only where this is there."""

    def examine_model(self, key: str, cancel: CancelToken) -> Iterator[Progress]:
        """Sit the model the exam; afterwards models() has its mark."""
        ...
