"""What the front ends see of editing a playbook: drafts, and what one would change in a matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from app.domain.progress import CancelToken
from app.domain.review import PlaybookRef
from app.services.api import PlaybookRule


@dataclass(frozen=True, slots=True)
class PlaybookLimit:
    """A number that a position compares with; `place` counts all of a playbook's."""

    place: int
    rule: str
    subject: str
    test: str  # above, at_least, below, at_most
    number: float


@dataclass(frozen=True, slots=True)
class PlaybookDraft:
    """A playbook being edited: its YAML, and what it says. `source` is the playbook it was made from or is."""

    source: str
    text: str
    name: str
    title: str
    rules: tuple[PlaybookRule, ...]
    limits: tuple[PlaybookLimit, ...]


@dataclass(frozen=True, slots=True)
class PlaybookChange:
    """A finding that a draft would add, drop or weigh differently. `before` and `after` are severities."""

    contract_id: str
    contract_name: str
    title: str
    before: str | None  # None: not raised so far
    after: str | None  # None: no longer raised


@dataclass(frozen=True, slots=True)
class PlaybookEffect:
    """How far the preview is, and what it found so far; `contracts` are those that the playbook is used for."""

    done: int
    contracts: int
    changes: tuple[PlaybookChange, ...]


@runtime_checkable
class PlaybookEditor(Protocol):
    """A workspace whose playbooks can be edited. A bundled one is never changed: its draft is a copy of one's own."""

    def draft_playbook(self, name: str) -> PlaybookDraft:
        """A draft of a playbook by the name that playbooks() gives."""
        ...

    def check_playbook(self, draft: PlaybookDraft, text: str) -> PlaybookDraft:
        """The draft with other YAML; raises UserError with the line that is wrong."""
        ...

    def change_rule(self, draft: PlaybookDraft, rule: str, values: Mapping[str, str]) -> PlaybookDraft:
        """Other words or another severity for a position."""
        ...

    def change_limit(self, draft: PlaybookDraft, place: int, number: float) -> PlaybookDraft:
        """Another number."""
        ...

    def drop_rule(self, draft: PlaybookDraft, rule: str) -> PlaybookDraft:
        """Without a position."""
        ...

    def save_playbook(self, draft: PlaybookDraft) -> PlaybookRef:
        """Keep it in the data folder; the reference's name chooses it from now on."""
        ...


@runtime_checkable
class PlaybookPreviewer(Protocol):
    """A session that can say what a draft would change; nothing is stored."""

    def preview_playbook(self, draft: PlaybookDraft, cancel: CancelToken) -> Iterator[PlaybookEffect]:
        """Assess every contract the playbook is used for, one step each."""
        ...
