"""Presence of the 41 types in agreements that are no SEC exhibits, by the committed weights: bench_beyond.py [--show]

The twelve forms of models/screener/labelled/beyond_cuad.jsonl were labelled before the screener was run on them and are
never used to train or to choose anything.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

from app.analysis.screener import Screener
from app.domain.clauses import CUAD_TYPES

SCREENER = Path(__file__).parents[2] / "models/screener"
KINDS = ("right", "alarm", "silent")
DRAWS = 1000


def main() -> None:
    """Print the figure with its bootstrap interval over agreements; with --show what was wrong in each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    lines = (SCREENER / "labelled/beyond_cuad.jsonl").read_text("utf-8").splitlines()
    screener = Screener.load(SCREENER / "weights")
    counts = []
    for contract in map(json.loads, lines):
        verdicts = judge(contract, screener)
        counts.append(Counter(kind for _, kind in verdicts))
        print(f"{contract['title']:<52}presence F1 {presence(counts[-1:]):.2f}")
        for kind in KINDS[1:] if args.show else ():
            print(f"    {kind}: {', '.join(name for name, mine in verdicts if mine == kind) or 'none'}")
    rng = random.Random(0)
    drawn = sorted(presence(rng.choices(counts, k=len(counts))) for _ in range(DRAWS))
    total: Counter[str] = sum(counts, Counter())
    print(f"{len(counts)} agreements: presence F1 {presence(counts):.3f} (95 % {drawn[25]:.3f} to {drawn[-26]:.3f})")
    print(f"{total['right']} right, {total['alarm']} alarms, {total['silent']} silent")


def judge(contract: dict[str, Any], screener: Screener) -> list[tuple[str, str]]:
    """Type and verdict of every pair where label or screener says present."""
    found = {clause.type for clause in screener.screen(contract["text"]) if clause.reported}
    pairs = [(name, name in contract["labels"], name in found) for name in CUAD_TYPES]
    return [(name, KINDS[0 if there and said else 1 + there]) for name, there, said in pairs if there or said]


def presence(counts: list[Counter[str]]) -> float:
    """F1 over the pairs of the agreements."""
    total: Counter[str] = sum(counts, Counter())
    return 2 * total["right"] / max(1, 2 * total["right"] + total["alarm"] + total["silent"])


if __name__ == "__main__":
    main()
