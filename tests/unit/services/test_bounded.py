"""Time over is a failure of the model, told and gone on from; a cancel stays a cancel."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pytest

from app.domain.ports import Completion, ModelFailed
from app.domain.progress import CancelToken
from app.errors import Cancelled
from app.services.bounded import OVER, BoundedModel


class Patient:
    """A model that thinks until it is told to stop, for ten seconds at most."""

    name, sha256, tokens_evaluated = "patient.gguf", "ab" * 32, 7

    def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            cancel.check()
            time.sleep(0.01)
        return [1.0] * len(questions)

    def complete(
        self, passage: str, question: str, grammar: str | None, max_tokens: int, cancel: CancelToken
    ) -> Completion:
        self.margins(passage, [question], cancel)
        return Completion("Done.", 1)

    def close(self) -> None:
        pass


ASKS: list[Callable[[BoundedModel, CancelToken], object]] = [
    lambda model, token: model.margins("words", ["one?"], token),
    lambda model, token: model.complete("words", "why?", None, 9, token),
]


@pytest.mark.parametrize("ask", ASKS, ids=["margins", "complete"])
def test_it_stops_in_the_middle_when_time_is_over(ask: Callable[[BoundedModel, CancelToken], object]) -> None:
    began = time.monotonic()
    with pytest.raises(ModelFailed, match=OVER):
        ask(BoundedModel(Patient(), began + 0.1), CancelToken())
    assert time.monotonic() - began < 9


@pytest.mark.parametrize("ask", ASKS, ids=["margins", "complete"])
def test_a_cancel_is_no_failure(ask: Callable[[BoundedModel, CancelToken], object]) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        ask(BoundedModel(Patient(), time.monotonic() + 60), token)
