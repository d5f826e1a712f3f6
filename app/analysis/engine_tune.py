"""Autotune: which threads and batch size read fastest on this machine, measured with the model itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.analysis.engine import ChildModel, open_model
from app.analysis.engine_memory import default_threads
from app.domain.progress import CancelToken

_TEXT = "Either party may end this Agreement on thirty days' written notice to the other party. " * 12
_QUESTIONS = [f"Is clause {n} about notice? Answer Yes or No." for n in range(8)]
Opener = Callable[..., ChildModel]


def trials(threads: int) -> list[dict[str, Any]]:
    """The setups to try, the default first; fewer threads help where cores are shared or slow."""
    found: list[dict[str, Any]] = []
    for count in dict.fromkeys((threads, max(1, threads - 1), max(1, threads // 2))):
        found += [{"threads": count, "ubatch": ubatch} for ubatch in (512, 256)]
    return found


def autotune(path: Path, sha256: str, cancel: CancelToken, opener: Opener = open_model) -> dict[str, Any]:
    """The fastest setup's fields for open_model(setup=...), with its pace. Raises UserError, ModelFailed, Cancelled."""
    best: dict[str, Any] = {}
    for setup in trials(default_threads()):
        cancel.check()
        model = opener(path, sha256=sha256, setup=setup, cancel=cancel)
        try:
            pace = _pace(model, cancel)
        finally:
            model.close()
        # A gain within noise is none: the default stands unless beaten by a twentieth.
        if not best or pace > 1.05 * best["tokens_per_second"]:
            best = {"setup": setup, "tokens_per_second": pace}
    return best


def _pace(model: ChildModel, cancel: CancelToken) -> float:
    """Tokens a second over one passage with eight questions, the instructions read beforehand."""
    model.margins("Warm up.", _QUESTIONS[:1], cancel)
    before, begun = model.tokens_evaluated, time.perf_counter()
    model.margins(_TEXT, _QUESTIONS, cancel)
    return (model.tokens_evaluated - before) / max(1e-6, time.perf_counter() - begun)
