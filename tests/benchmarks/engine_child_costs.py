"""What the model child holds in memory over many contracts, and what the model writes per finding that stands."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import psutil

from app.analysis.engine import ChildModel, open_model
from app.analysis.engine_memory import memory_need, plan_repack
from app.analysis.fusion import Fusion
from app.analysis.gguf_header import read_header
from app.domain.progress import CancelToken
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
        resident = {}
        for number in range(1, contracts + 1):
            _one_contract(model, number)
            if number in (FIRST, contracts):
                resident[number] = child.memory_info().rss
        return {
            "resident, MB": resident[contracts] / 1e6,
            "over weights and KV, MB (reach <= 300)": (resident[contracts] - planned) / 1e6,
            f"growth from {FIRST} to {contracts} contracts, MB (reach 0)":
                (resident[contracts] - resident[FIRST]) / 1e6,
        }  # fmt: skip
    finally:
        model.close()


def _one_contract(model: ChildModel, number: int) -> None:
    """A short contract, never the same; every tenth also has a sentence written about it."""
    passage = f"Contract {number}. " + CLAUSE.format(n=number) * (1 + number % 4)
    model.margins(passage, [f"Is clause {number} about {thing}?" for thing in ("a term", "law")], CancelToken())
    if number % 10 == 0:
        model.complete(passage, "How long is it?", 'root ::= [a-z ]{4,30} "."', 8, CancelToken())


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
