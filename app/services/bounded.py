"""A language model that stops in the middle of a passage when its time is over, as on a cancel."""

from __future__ import annotations

import time
from collections.abc import Sequence

from app.domain.ports import Completion, LanguageModel, ModelFailed
from app.domain.progress import CancelToken
from app.errors import Cancelled

OVER = "not everything was read, for want of time"


class BoundedModel:
    """A LanguageModel whose answers fail from `deadline` (a time.monotonic()) on; a cancel stays a cancel."""

    def __init__(self, model: LanguageModel, deadline: float) -> None:
        self._model = model
        self._deadline = deadline

    @property
    def name(self) -> str:
        """The model's."""
        return self._model.name

    @property
    def sha256(self) -> str:
        """The model's."""
        return self._model.sha256

    @property
    def tokens_evaluated(self) -> int:
        """The model's."""
        return self._model.tokens_evaluated

    def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
        """As the model's; ModelFailed where time is over first."""
        try:
            return self._model.margins(passage, questions, _Until(cancel, self._deadline))
        except Cancelled:
            cancel.check()
            raise ModelFailed(OVER) from None

    def complete(
        self, passage: str, question: str, grammar: str | None, max_tokens: int, cancel: CancelToken
    ) -> Completion:
        """As the model's; ModelFailed where time is over first."""
        try:
            return self._model.complete(passage, question, grammar, max_tokens, _Until(cancel, self._deadline))
        except Cancelled:
            cancel.check()
            raise ModelFailed(OVER) from None

    def close(self) -> None:
        """End the model."""
        self._model.close()


class _Until(CancelToken):
    """Cancelled by the token it stands for, or by the clock."""

    def __init__(self, token: CancelToken, deadline: float) -> None:
        super().__init__()
        self._token = token
        self._deadline = deadline

    @property
    def cancelled(self) -> bool:
        """Whether to stop now."""
        return self._token.cancelled or time.monotonic() >= self._deadline

    def check(self) -> None:
        """Raise Cancelled if it is time to stop."""
        if self.cancelled:
            raise Cancelled
