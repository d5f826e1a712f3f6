"""Autotune: which setup reads fastest on this machine and still gives the same answers, measured with the model."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.analysis.engine import ChildModel, open_model
from app.analysis.engine_memory import default_threads
from app.domain.ports import ModelFailed
from app.domain.progress import CancelToken
from app.errors import UserError

SAME = 0.02  # median difference of margins within which two setups give the same answers
_FASTER = 1.05  # a gain within noise is none
_TEXT = "Either party may end this Agreement on thirty days' written notice to the other party. " * 8
_QUESTIONS = [f"Is clause {n} about notice? Answer Yes or No." for n in range(8)]
_Q8 = 8  # ggml type: keys and values in eight bits, which needs flash attention
Opener = Callable[..., ChildModel]


@dataclass(frozen=True, slots=True)
class Trial:
    """A setup with its pace and the answers it gave."""

    setup: dict[str, Any]
    tokens_per_second: float
    margins: tuple[float, ...]


def changes(threads: int) -> list[dict[str, Any]]:
    """What is tried on the best setup so far, one after another; fewer threads help where cores are shared or slow."""
    found: list[dict[str, Any]] = [
        {"threads": count} for count in dict.fromkeys((max(1, threads - 1), max(1, threads // 2))) if count != threads
    ]
    return [*found, {"ubatch": 256}, {"flash": 1}, {"flash": 1, "kv_type": _Q8}]


def autotune(path: Path, sha256: str, cancel: CancelToken, opener: Opener = open_model, **more: Any) -> dict[str, Any]:
    """The best setup's fields for open_model(setup=...), with its pace. Raises UserError, ModelFailed, Cancelled."""
    threads = default_threads()
    best = first = _try({"threads": threads, "ubatch": 512}, path, sha256, cancel, opener, more)
    altered = False  # by flash attention, without which there are no keys in eight bits
    for change in changes(threads):
        cancel.check()
        if altered and "kv_type" in change:
            continue
        try:
            trial = _try({**best.setup, **change}, path, sha256, cancel, opener, more)
        except (UserError, ModelFailed):
            continue  # not every build and model can do everything
        altered = altered or ("flash" in change and not _same(first, trial))
        if trial.tokens_per_second > _FASTER * best.tokens_per_second and _same(first, trial):
            best = trial
    return {"setup": best.setup, "tokens_per_second": best.tokens_per_second}


def _same(first: Trial, trial: Trial) -> bool:
    """Speed must not change answers."""
    return statistics.median(abs(a - b) for a, b in zip(first.margins, trial.margins, strict=True)) < SAME


def _try(
    setup: dict[str, Any], path: Path, sha256: str, cancel: CancelToken, opener: Opener, more: dict[str, Any]
) -> Trial:
    """Open, warm up, and read one passage with eight questions, the instructions read beforehand."""
    model = opener(path, sha256=sha256, setup=setup, cancel=cancel, **more)
    try:
        model.margins("Warm up.", _QUESTIONS[:1], cancel)
        before, begun = model.tokens_evaluated, time.perf_counter()
        margins = model.margins(_TEXT, _QUESTIONS, cancel)
        seconds = max(1e-6, time.perf_counter() - begun)
        return Trial(setup, (model.tokens_evaluated - before) / seconds, tuple(margins))
    finally:
        model.close()
