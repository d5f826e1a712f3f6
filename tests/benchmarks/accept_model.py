"""Everything docs/mistral.md says of a model, measured: `make accept-model FILE.gguf`. Hours for a 7B on a laptop.

Exam, then the clauses of quick20 without and with the model (gated reading), then the lines of the table. What was
finished is kept in out/accept: run it again after an interruption. --write replaces the table in docs/mistral.md.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.domain.progress import CancelToken
from app.errors import UserError
from app.services.benching import predict_clauses
from app.services.language_models import exam_of, examine
from app.services.model_files import model_file
from app.storage.app_database import AppDatabase

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "bench"
PAGE = ROOT / "docs" / "mistral.md"
START, END = "<!-- accept-model: begin -->", "<!-- accept-model: end -->"
MISSING = "not measured: ../shared/bench is not here"
FIGURES = ("presence_F1", "strict_F1", "capped_F1")


def sit_exam(key: str, database: AppDatabase) -> Any:
    """The model's exam, taken now unless it was."""
    digest = model_file(key, database).sha256
    if exam_of(digest, database) is None:
        for step in examine(key, database, CancelToken()):
            left = "" if step.seconds_left is None else f", {step.seconds_left / 60:.0f} min left"
            print(f"\rexam: {step.done} of {step.total} questions{left}    ", end="", flush=True)
        print()
    return exam_of(digest, database)


def quick20(key: str, folder: Path, weight: float) -> str:
    """Figures on quick20 without and with the model; a model whose vote weighs nothing changes none, and is not run."""
    titles = set((SHARED / "cuad" / "quick20.txt").read_text("utf-8").split("\n"))
    contracts = folder / "quick20.jsonl"
    with (SHARED / "cuad" / "train.jsonl").open(encoding="utf-8") as lines:
        contracts.write_text("".join(line for line in lines if json.loads(line)["title"] in titles), "utf-8")
    without = _figures(contracts, _predicted("without", "none", contracts, folder))
    if weight == 0:
        return f"{without} / the same: its vote weighs nothing"
    return f"{without} / {_figures(contracts, _predicted('with', key, contracts, folder))}"


def _predicted(name: str, model: str, contracts: Path, folder: Path) -> Path:
    """Predictions, contract by contract, so that an interrupted night is taken up where it stopped."""
    rows = contracts.read_text("utf-8").splitlines(keepends=True)
    parts = folder / name
    parts.mkdir(exist_ok=True)
    for number, row in enumerate(rows, 1):
        part = parts / f"{number:02}.jsonl"
        if not part.is_file():
            one = parts / "contract.jsonl"
            one.write_text(row, "utf-8")
            for _ in predict_clauses(one, part, folder.parent, model, "gated", None):  # the exam is kept there
                print(f"\rquick20 {name}: {number} of {len(rows)}    ", end="", flush=True)
    print()
    out = folder / f"{name}.jsonl"
    out.write_text("".join((parts / f"{n:02}.jsonl").read_text("utf-8") for n in range(1, len(rows) + 1)), "utf-8")
    return out


def _figures(contracts: Path, predictions: Path) -> str:
    command = [sys.executable, str(SHARED / "score.py"), str(contracts), str(predictions), "--json"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return ", ".join(f"{found[name]:.3f}" for name in FIGURES)


def table(result: Any, clauses: str) -> str:
    """The table's lines in Markdown."""
    kinds = result.kinds
    gated, full = result.minutes_gated, result.minutes_full
    rows = [
        ("", result.name),
        ("---", "---"),
        (
            "exam: gate AUC, lower end, weight",
            f"{result.gate_auc:.3f}, {result.gate_auc_lower:.3f}, {result.weight:.2f}",
        ),
        ("exam: presence, value, risk AUC", ", ".join(f"{kinds[k].auc:.3f}" for k in ("presence", "value", "risk"))),
        (
            "tokens a second, minutes per 30 pages (gated / full)",
            f"{result.tokens_per_second:.1f}, {gated:.0f} / {full:.0f}",
        ),
        ("presence, strict and capped F1 on quick20, without / with", clauses),
    ]
    return "\n".join(f"| {left} | {right} |" if left != "---" else "|---|---|" for left, right in rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--write", action="store_true", help="replace the table in docs/mistral.md")
    parser.add_argument("--folder", type=Path, default=ROOT / "out" / "accept")
    chosen = parser.parse_args()
    try:
        key = str(chosen.file.resolve())
        chosen.folder.mkdir(parents=True, exist_ok=True)
        database = AppDatabase(chosen.folder)
        folder = chosen.folder / model_file(key, database).sha256[:16]
        folder.mkdir(exist_ok=True)
        result = sit_exam(key, database)
        here = (SHARED / "cuad" / "train.jsonl").is_file()
        lines = table(result, quick20(key, folder, result.weight) if here else MISSING)
    except UserError as problem:
        print(problem, file=sys.stderr)
        return 2
    print(lines)
    if chosen.write:
        page = PAGE.read_text("utf-8")
        before, rest = page.split(START)
        PAGE.write_text(f"{before}{START}\n{lines}\n{END}{rest.split(END)[1]}", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
