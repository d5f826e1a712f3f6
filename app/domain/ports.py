"""What one layer asks of another without importing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.progress import CancelToken
from app.domain.text import ContractText, PageRect, ReadOutcome


class SourceReader(Protocol):
    """Reads source files in sandboxed children. Implemented by ingest, passed on by services."""

    def read(self, data: bytes, name: str, password: str | None = None) -> ReadOutcome:
        """Read the bytes of one file; `name` gives the extension only. Bad input is a status, never an exception."""
        ...

    def locate(self, data: bytes, text: ContractText, start: int, end: int) -> list[PageRect]:
        """The rectangles under [start, end) of a text that was read from `data`; [] where the format has no pages."""
        ...


@dataclass(frozen=True, slots=True)
class Completion:
    """A model's own words, with the tokens it took."""

    text: str
    tokens: int


class LanguageModel(Protocol):
    """A local model behind the engine's child process, or a scripted fake in tests."""

    @property
    def name(self) -> str:
        """File name or catalogue name."""
        ...

    @property
    def sha256(self) -> str:
        """Of the GGUF file."""
        ...

    @property
    def tokens_evaluated(self) -> int:
        """Prompt tokens evaluated so far, shared prefixes counted once."""
        ...

    def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
        """Log-odds of yes against no for each question about the passage, which is read once.

        Raises ModelFailed where the child died and could not answer after its retries, Cancelled on cancel.
        """
        ...

    def complete(
        self, passage: str, question: str, grammar: str | None, max_tokens: int, cancel: CancelToken
    ) -> Completion:
        """A greedy continuation, constrained by a GBNF grammar where given."""
        ...

    def close(self) -> None:
        """End the child."""
        ...


class ModelFailed(Exception):
    """The model could not answer. The message is one sentence for the report; the run goes on without the answer."""
