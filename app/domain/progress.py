"""Lengthy work: how far it is, and how to ask it to stop."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import StrEnum

from app.errors import Cancelled


class Stage(StrEnum):
    """The stages of a contract's way; each run is keyed by its inputs."""

    TEXT = "text"
    SCREEN = "screen"
    READ = "read"
    ASSESS = "assess"


class ItemStatus(StrEnum):
    """What a row of the import list shows."""

    QUEUED = "queued"
    READING = "reading"
    SCREENING = "screening"
    MODEL = "model"
    ASSESSING = "assessing"
    DONE = "done"
    DUPLICATE = "duplicate"  # `message` says of which file
    FAILED = "failed"  # `message` has the reason
    LOCKED = "locked"  # a password is needed

    @property
    def unread(self) -> bool:
        """Whether the file ended without being analysed."""
        return self in (ItemStatus.FAILED, ItemStatus.LOCKED)

    @property
    def over(self) -> bool:
        """Whether nothing more will come of the file."""
        return self.unread or self in (ItemStatus.DONE, ItemStatus.DUPLICATE)


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of long work, for one file or contract and overall. `pages_*` count what is known so far.

    `tokens_*` are those of the contract that the language model reads at this moment; the total is an estimate.
    """

    item: str  # path relative to what was dropped, or "" for the whole
    status: ItemStatus
    contracts_done: int = 0
    contracts_total: int = 0
    pages_done: int = 0
    pages_total: int = 0
    message: str | None = None
    seconds_left: float | None = None  # None until this machine's pace is known
    tokens_done: int = 0
    tokens_total: int = 0


class CancelToken:
    """Set once, from any thread; long work asks it between steps."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether cancel() was called."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise Cancelled if cancel() was called."""
        if self._event.is_set():
            raise Cancelled
