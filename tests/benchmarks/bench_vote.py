"""What a model's vote adds to the screener where that is in doubt: fitted on one half of the contracts, told on both.

`python -m tests.benchmarks.bench_vote --folds DIR --model FILE.gguf` needs ../shared/bench and a cross-validation of
the screener (models/screener/train.py --folds DIR), so that no candidate is scored by a model that saw its contract.
Taken are candidates that gated reading would ask about, clauses and others apart and weighted back to their share;
contracts of quick20 and of the exam are left out. Answers are kept in out/vote: run it again after a stop.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.analysis.engine_load import Setup, quiet
from app.analysis.engine_tree import Tree
from app.analysis.exam_figures import Doubts, Vote, auc, fit_vote
from app.analysis.fold_screener import FoldScreeners
from app.analysis.fusion import Fusion, logit
from app.analysis.questions import gate_question
from app.analysis.reading_worth import worth_reading
from app.domain.clauses import CUAD_TYPES
from app.paths import builtin_model

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "models" / "exam"))

from make_exam import is_clause  # noqa: E402

CUAD = ROOT.parent / "shared" / "bench" / "cuad"
LONGEST, SHORTEST = 1500, 25  # characters of what is shown


def contracts() -> Iterator[dict[str, Any]]:
    """The contracts that may be asked about."""
    left_out = set((CUAD / "quick20.txt").read_text("utf-8").splitlines())
    left_out |= set((ROOT / "models" / "screener" / "held_out.txt").read_text("utf-8").splitlines())
    for line in (CUAD / "train.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        if row["title"] not in left_out:
            yield row


def sampled(folds: Path, each: int) -> list[dict[str, Any]]:
    """`each` candidates of either half, two in five of them clauses, with what they stand for."""
    screeners = FoldScreeners.load(folds)
    found: list[dict[str, Any]] = []
    for number, row in enumerate(contracts()):
        text = row["text"]
        candidates = screeners.for_contract(text).screen(text)
        for index in sorted(worth_reading(text, candidates, ())):
            c = candidates[index]
            if c.type in CUAD_TYPES and c.end - c.start >= SHORTEST:
                found.append({
                    "half": number % 2, "contract": row["title"], "type": c.type, "score": c.score,
                    "clause": is_clause(row, c), "words": text[c.start : c.end][:LONGEST],
                })  # fmt: skip
    chance = random.Random(5)
    chosen: list[dict[str, Any]] = []
    for half in (0, 1):
        for clause, count in ((True, each * 2 // 5), (False, each - each * 2 // 5)):
            alike = [item for item in found if item["half"] == half and item["clause"] is clause]
            taken = chance.sample(alike, min(count, len(alike)))
            chosen += [{**item, "mass": len(alike) / len(taken)} for item in taken]
    chance.shuffle(chosen)
    return chosen


def ask(items: Sequence[dict[str, Any]], tree: Tree, kept: Path) -> list[float]:
    """The margins, those of an earlier run taken over."""
    answered: list[float] = json.loads(kept.read_text("utf-8")) if kept.is_file() else []
    for item in items[len(answered) :]:
        question = gate_question(item["type"])
        answered += tree.margins(item["words"], [question], lambda _n: None)
        kept.write_text(json.dumps(answered), "utf-8")
    return answered


def doubts_of(items: Sequence[dict[str, Any]], margins: Sequence[float]) -> Doubts:
    """As the exam's statistics want them."""
    return Doubts(
        np.array([item["score"] for item in items]), np.array(margins), np.array([item["clause"] for item in items]),
        np.array([item["mass"] for item in items]), [item["contract"] for item in items],
    )  # fmt: skip


def tell(name: str, asked: Doubts, vote: Vote) -> None:
    """AUCs, and the log-loss that the vote saves, with a 95 % interval from contracts drawn again."""
    fusion = Fusion(1.0, vote.slope, vote.offset)
    prior = np.array([logit(score) for score in asked.scores])
    fused = np.array([logit(fusion.fused(s, m)) for s, m in zip(asked.scores, asked.margins, strict=True)])
    signs = np.where(asked.answers, 1.0, -1.0)
    saved = asked.stands_for * (np.logaddexp(0, -signs * prior) - np.logaddexp(0, -signs * fused))
    names = sorted(set(asked.contracts))
    rows = [[i for i, c in enumerate(asked.contracts) if c == name] for name in names]
    chance = np.random.default_rng(0)
    draws = []
    for _ in range(2000):
        drawn = [i for k in chance.integers(0, len(rows), len(rows)) for i in rows[k]]
        draws.append(saved[drawn].sum() / asked.stands_for[drawn].sum())
    low, high = np.quantile(draws, (0.025, 0.975))
    print(
        f"{name}: {len(saved)} candidates of {len(names)} contracts, {int(asked.answers.sum())} clauses; AUC screener"
        f" {auc(prior, asked.answers):.3f}, margin {auc(asked.margins, asked.answers):.3f},"
        f" fused {auc(fused, asked.answers):.3f}; log-loss saved {saved.sum() / asked.stands_for.sum():+.4f}"
        f" [{low:+.4f}, {high:+.4f}]"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=builtin_model())
    parser.add_argument("--each", type=int, default=300, help="candidates of either half")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "vote")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    items = sampled(chosen.folds, chosen.each)
    quiet()
    tree = Tree(chosen.model, Setup(chosen.threads), lambda: False)
    margins = ask(items, tree, chosen.out / f"{chosen.model.stem}-{chosen.each}.json")
    tree.close()
    halves = [[i for i, item in enumerate(items) if item["half"] == half] for half in (0, 1)]
    tuned, other = (doubts_of([items[i] for i in half], [margins[i] for i in half]) for half in halves)
    vote = fit_vote(tuned)
    if vote is None:
        raise SystemExit("Too few candidates were asked about.")
    print(f"weight {vote.weight}, slope {vote.slope:.3f}, offset {vote.offset:.3f} (the interval below: weight 1)")
    tell("fitted on", tuned, vote)
    tell("not fitted on", other, vote)


if __name__ == "__main__":
    main()
