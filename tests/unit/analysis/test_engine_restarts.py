"""How often a child that dies is started again, with scripted children."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from app.analysis import engine
from app.analysis.engine import ATTEMPTS, KILLS, ChildModel
from app.analysis.engine_link import Died
from app.domain.ports import ModelFailed
from app.domain.progress import CancelToken

ANSWER = {"margins": [0.5], "evaluated": 7, "cpu": 0.1}


class Child:
    """Answers `open`, and to anything else does what the script says next."""

    child_id, ended = 1, False
    script: Iterable[Exception | None]

    def ask(
        self, request: Mapping[str, Any], patience: float, cancel: CancelToken, beat: Callable[[int], None] | None
    ) -> dict[str, Any]:
        if request["op"] == "open":
            return {"type": "ready"}
        outcome = next(iter(Child.script))
        if outcome is not None:
            if beat is not None:
                beat(5)
            raise outcome
        return ANSWER

    def end(self) -> None:
        """Nothing to end."""


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> ChildModel:
    monkeypatch.setattr(engine, "Link", Child)
    return ChildModel("scripted", "0" * 64, {"op": "open", "cache": None})


def ask(model: ChildModel, *outcomes: Exception | None) -> list[float]:
    Child.script = iter(outcomes)
    return model.margins("passage", ["question"], CancelToken())


def test_deaths_at_different_passages_are_not_added_up(model: ChildModel) -> None:
    for _ in range(2 * ATTEMPTS):
        assert ask(model, *[Died()] * (ATTEMPTS - 1), None) == [0.5]
    assert model.tokens_evaluated == 2 * ATTEMPTS * ANSWER["evaluated"]  # what died half-way counts for nothing


def test_a_passage_at_which_the_child_falls_three_times_goes_unread(model: ChildModel) -> None:
    with pytest.raises(ModelFailed, match="3 times"):
        ask(model, *[Died()] * ATTEMPTS)
    assert ask(model, None) == [0.5]


def test_that_somebody_ends_the_child_is_no_fault_of_the_passage(model: ChildModel) -> None:
    assert ask(model, *[Died(killed=True)] * (KILLS - 1), *[Died()] * (ATTEMPTS - 1), None) == [0.5]
    with pytest.raises(ModelFailed, match=f"{KILLS} times"):
        ask(model, *[Died(killed=True)] * KILLS)
