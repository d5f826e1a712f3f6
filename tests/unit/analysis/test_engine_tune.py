from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from app.analysis import engine_tune
from app.domain.progress import CancelToken


class Machine:
    """A model whose pace depends on its setup."""

    closed = 0

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.tokens_evaluated = 0

    def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
        self.tokens_evaluated += 100
        time.sleep(self.seconds)
        return [0.0 for _ in questions]

    def close(self) -> None:
        Machine.closed += 1


def test_the_fastest_setup_is_kept_and_every_model_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_tune, "default_threads", lambda: 4)
    tried: list[dict[str, Any]] = []

    def opener(path: Path, *, sha256: str, setup: dict[str, Any], cancel: CancelToken) -> Any:
        tried.append(setup)
        return Machine(0.005 if setup == {"threads": 2, "ubatch": 256} else 0.05)

    Machine.closed = 0
    best = engine_tune.autotune(Path("m.gguf"), "0" * 64, CancelToken(), opener)
    assert best["setup"] == {"threads": 2, "ubatch": 256}
    assert tried[0] == {"threads": 4, "ubatch": 512}
    assert Machine.closed == len(tried) == 6
