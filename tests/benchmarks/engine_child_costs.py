"""What the model child holds in memory over many contracts, and what the model writes per finding that stands."""

from __future__ import annotations

import contextlib
import random
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psutil

from app.analysis.engine import ChildModel, open_model
from app.analysis.engine_memory import memory_need, plan_repack
from app.analysis.fusion import Fusion
from app.analysis.gguf_header import read_header
from app.domain.progress import CancelToken
from app.errors import Cancelled
from tests.model_runs import passed, run

CLAUSE = "{n}.1 Term. This Agreement runs for {n} years from the Effective Date and then renews for a year at a time. "
FIRST = 20  # contracts after which everything that is kept is there


def memory(path: Path, contracts: int) -> dict[str, float]:
    """Resident bytes of the child over weights (twice where repacked) and KV, and their growth from contract 20 on."""
    need = memory_need(read_header(path))
    planned = need.weights + need.repacked * plan_repack(need) + need.keys_values
    model = open_model(path, sha256="0" * 64)
    try:
        assert model.child_id is not None
        child = psutil.Process(model.child_id)
        resident, half = {}, (FIRST + contracts) // 2
        for number in range(1, contracts + 1):
            _one_contract(model, number)
            if number in (FIRST, half, contracts):
                resident[number] = child.memory_info().rss
        return {
            "resident, MB": resident[contracts] / 1e6,
            "over weights and KV, MB (reach <= 300)": (resident[contracts] - planned) / 1e6,
            f"growth from {FIRST} to {half} contracts, MB": (resident[half] - resident[FIRST]) / 1e6,
            f"growth from {half} to {contracts} contracts, MB (reach 0)":
                (resident[contracts] - resident[half]) / 1e6,
        }  # fmt: skip
    finally:
        model.close()


def _one_contract(model: ChildModel, number: int) -> None:
    """A short contract, never the same; every tenth also has a sentence written about it."""
    passage = f"Contract {number}. " + CLAUSE.format(n=number) * (1 + number % 4)
    model.margins(passage, [f"Is clause {number} about {thing}?" for thing in ("a term", "law")], CancelToken())
    if number % 10 == 0:
        model.complete(passage, "How long is it?", 'root ::= [a-z ]{4,30} "."', 8, CancelToken())


def cancelling(path: Path, text: str, times: int) -> dict[str, float]:
    """Seconds from a cancel at some moment of a reading until the request has ended; and who had to be ended."""
    model = open_model(path, sha256="0" * 64)
    chance, waits, ended = random.Random(3), [], 0
    questions = [f"Is clause {n} about notice?" for n in range(40)]
    try:
        for number in range(times):
            token, told = CancelToken(), []
            child = model.child_id

            def cancel(token: CancelToken = token, told: list[float] = told) -> None:
                told.append(time.perf_counter())
                token.cancel()

            timer = threading.Timer(chance.uniform(0.2, 4.0), cancel)
            timer.start()
            with contextlib.suppress(Cancelled):
                while not told:
                    model.margins(f"{number} {len(waits)} {text}", questions, token)
            waits.append(time.perf_counter() - told[0])
            timer.join()
            ended += model.child_id != child
    finally:
        model.close()
    return {
        "cancels": float(times), "median, s": statistics.median(waits), "longest, s (reach 1)": max(waits),
        "children that did not hear in time and were ended": float(ended),
    }  # fmt: skip


def written(path: Path, text: str) -> dict[str, Any]:
    """Tokens that a model writes per finding, on one contract, if its exam allowed it everything."""
    model = open_model(path, sha256="0" * 64)
    try:
        with tempfile.TemporaryDirectory() as made:
            file = Path(made) / "contract.txt"
            file.write_text(text, "utf-8")
            review, _, _ = run([file], Path(made) / "data", model, Fusion(0.5, 1.0), passed())
    finally:
        model.close()
    findings = sum(len(contract.findings) for contract in review.contracts)
    return {
        "tokens written": float(model.tokens_generated), "findings that stand": float(findings),
        "tokens written per finding (reach <= 60)": model.tokens_generated / max(1, findings),
    }  # fmt: skip
