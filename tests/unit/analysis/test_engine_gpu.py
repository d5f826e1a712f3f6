from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.analysis import engine_child, engine_gpu, engine_link, engine_load, engine_memory, engine_tree
from app.analysis.costs import Price, costs
from app.analysis.engine import _plan_memory
from app.analysis.engine_gpu import layers_that_fit
from app.analysis.engine_memory import MemoryNeed
from app.analysis.exam import ExamResult
from app.errors import UserError

GB = 10**9


@pytest.mark.parametrize(
    ("free", "expected"),
    [(0, 0), (GB // 2, 0), (24 * GB, 33), (3 * GB, 12)],
)
def test_layers_follow_the_free_memory(free: int, expected: int) -> None:
    assert layers_that_fit(free, 32, 4 * GB, GB // 2, GB // 2) == pytest.approx(
        expected, abs=3 if expected == 12 else 0
    )


def test_never_more_layers_than_fit() -> None:
    for free in range(GB, 8 * GB, GB // 3):
        layers = layers_that_fit(free, 32, 4 * GB, GB // 2, GB // 2)
        assert min(layers, 32) * 4.5 * GB / 32 + GB / 2 <= max(free, GB / 2)


class Card:
    """A loaded model that remembers how it was to be loaded."""

    evaluated = 0
    vocabulary = SimpleNamespace(yes=[1], no=[2])

    def __init__(self, _path: Path, setup: engine_load.Setup, _abort: object) -> None:
        self.setup = setup

    def read_head(self) -> None:
        """Nothing to read."""


@pytest.mark.parametrize(
    ("offload", "devices", "layers"),
    [
        (False, [(1, 24 * GB)], 0),  # a build for processors, whatever is plugged in
        (True, [(0, 64 * GB)], 0),  # no card
        (True, [(0, 64 * GB), (1, 2 * GB), (1, 24 * GB)], 33),  # all of it on the roomier card, the output too
        (True, [(0, 64 * GB), (2, 3 * GB)], 12),  # a part of it
    ],
)
def test_the_child_offloads_as_many_layers_as_the_card_s_free_memory_holds(
    offload: bool, devices: list[tuple[int, int]], layers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_gpu.llama_cpp, "llama_supports_gpu_offload", lambda: offload)
    monkeypatch.setattr(engine_gpu, "devices", lambda: devices)
    monkeypatch.setattr(engine_tree, "Tree", Card)
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(engine_child, "send", lambda _connection, message: told.append(message))
    session = engine_child._Session(None, [], None)  # type: ignore[arg-type]
    session._answer({
        "op": "open", "path": "m.gguf", "sha256": "0" * 64, "setup": {"threads": 1},
        "shape": [32, 4 * GB, GB // 2, GB // 2],
    })  # fmt: skip
    assert told[0]["gpu_layers"] == session._tree.setup.gpu_layers == pytest.approx(layers, abs=3 * (layers == 12))


@pytest.mark.parametrize(("card", "told"), [(0, "error"), (2 * GB, "error"), (24 * GB, "ready")])
def test_a_model_too_large_for_the_memory_is_loaded_only_where_a_card_takes_what_is_missing(
    card: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_gpu.llama_cpp, "llama_supports_gpu_offload", lambda: card > 0)
    monkeypatch.setattr(engine_gpu, "devices", lambda: [(1, card)])
    monkeypatch.setattr(engine_tree, "Tree", Card)
    replies: list[dict[str, Any]] = []
    monkeypatch.setattr(engine_child, "send", lambda _connection, message: replies.append(message))
    session = engine_child._Session(None, [], None)  # type: ignore[arg-type]
    need = MemoryNeed(4 * GB, GB, GB // 2, GB // 2)
    chosen: dict[str, Any] = {"threads": 1}
    monkeypatch.setattr(engine_memory.psutil, "virtual_memory", lambda: SimpleNamespace(available=3 * GB))
    short = _plan_memory(need, chosen)
    session.take({
        "op": "open", "id": 1, "path": "m.gguf", "sha256": "0" * 64, "setup": chosen,
        "shape": [32, 4 * GB, GB // 2, GB // 2], "short": short,
    })  # fmt: skip
    session.take({"op": "close", "id": 2})
    session.serve()
    assert replies[0]["type"] == told
    if told == "error":
        with pytest.raises(UserError, match=r"needs about 4\.7 GB of memory and 2\.8 GB are free"):
            engine_link._raise(replies[0])


@pytest.mark.parametrize(("card", "held"), [(0, 0), (24 * GB, 4.5 * GB), (3 * GB, 1.7 * GB)])
def test_the_child_says_what_a_card_would_hold_of_a_model_that_is_not_loaded(
    card: int, held: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_gpu.llama_cpp, "llama_supports_gpu_offload", lambda: card > 0)
    monkeypatch.setattr(engine_gpu, "devices", lambda: [(1, card)])
    replies: list[dict[str, Any]] = []
    monkeypatch.setattr(engine_child, "send", lambda _connection, message: replies.append(message))
    session = engine_child._Session(None, [], None)  # type: ignore[arg-type]
    session._answer({"op": "card", "shape": [32, 4 * GB, GB // 2, GB // 2]})
    assert replies[0]["card"] == pytest.approx(held, rel=0.1)


def test_without_offload_too_little_memory_is_refused_before_a_child_is_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine_memory.psutil, "virtual_memory", lambda: SimpleNamespace(available=3 * GB))
    need = MemoryNeed(4 * GB, GB, GB // 2, GB // 2)
    with pytest.raises(UserError, match="close other programs"):
        _plan_memory(need, {"gpu_layers": 0})
    chosen: dict[str, Any] = {}
    assert _plan_memory(MemoryNeed(2 * GB, GB, GB // 4, GB // 4), chosen) is None
    assert chosen["repack"] is False  # the plain layout fits, the faster one does not


def _exam(tokens: int = 1000, seconds: float = 100.0, cpu: float = 200.0) -> ExamResult:
    return ExamResult("m", "0" * 64, "2", "2", True, 1, {}, 0.5, 0.4, 1.0, 0.0, 0.0, 0.0, "unfit", tokens, seconds, cpu)


def test_time_energy_and_price_follow_from_what_was_measured() -> None:
    price = Price(2.0, 8.0, "USD", "the provider's page", "2026-11-25")
    rows = costs(_exam(), pages=10, contracts=500, watts=30, cores=2, price=price)
    gated = rows[0]
    assert gated.tokens == 3000  # half of ten pages of 600
    assert gated.hours == pytest.approx(3000 / 10 / 3600)
    assert gated.watt_hours == pytest.approx(3000 * 0.2 / 3600 * 15)
    assert gated.price == pytest.approx(0.006)
    assert rows[1].tokens == 500 * gated.tokens
    assert rows[-1].price == pytest.approx(500 * (41 * 6000 * 2 + 41 * 5 * 8) / 1e6)
    assert all(row.price is None for row in costs(_exam(), 10, 500, 30, 2, None))


def test_without_a_measured_pace_there_is_one_sentence() -> None:
    with pytest.raises(UserError, match="examine"):
        costs(_exam(cpu=0.0), 10, 500, 30, 2, None)


def test_a_price_below_nought_is_one_sentence() -> None:
    with pytest.raises(UserError, match="nought or more"):
        costs(_exam(), 10, 500, 30, 2, Price(-1.0, 8.0, "USD", "x", "2026-11-25"))
