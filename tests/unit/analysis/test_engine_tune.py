from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from app.analysis import engine_tune
from app.domain.progress import CancelToken
from app.errors import UserError


class Machine:
    """A model whose pace and answers depend on its setup."""

    closed = 0

    def __init__(self, seconds: float, margin: float) -> None:
        self.seconds = seconds
        self.margin = margin
        self.tokens_evaluated = 0

    def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
        self.tokens_evaluated += 100
        time.sleep(self.seconds)
        return [self.margin for _ in questions]

    def close(self) -> None:
        Machine.closed += 1


def test_the_fastest_setup_that_answers_alike_is_kept_and_every_model_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_tune, "default_threads", lambda: 4)
    tried: list[dict[str, Any]] = []

    def opener(path: Path, *, sha256: str, setup: dict[str, Any], cancel: CancelToken) -> Any:
        tried.append(setup)
        if setup["threads"] == 3:
            raise UserError("The model could not be given room for its context.")
        if setup.get("flash"):
            return Machine(0.001, 0.5)  # fastest, but it says something else
        return Machine(0.03 if setup["threads"] == 2 else 0.3, 0.1)

    Machine.closed = 0
    best = engine_tune.autotune(Path("m.gguf"), "0" * 64, CancelToken(), opener)
    assert best["setup"]["threads"] == 2
    assert "flash" not in best["setup"]
    assert tried[0] == {"threads": 4, "ubatch": 512}
    assert {"threads": 3, "ubatch": 512} in tried
    assert not any("kv_type" in setup for setup in tried)  # that needs what says something else
    assert Machine.closed == len(tried) - 1 == 4


def test_keys_in_eight_bits_are_tried_where_flash_attention_answers_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_tune, "default_threads", lambda: 1)

    def opener(path: Path, *, sha256: str, setup: dict[str, Any], cancel: CancelToken) -> Any:
        return Machine(0.01 if "kv_type" in setup else 0.1, 0.1)

    assert engine_tune.autotune(Path("m.gguf"), "0" * 64, CancelToken(), opener)["setup"]["kv_type"] == 8
