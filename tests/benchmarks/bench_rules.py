"""Precision and recall of the seven rule types on hand-labelled passages: bench_rules.py TRAIN.jsonl [--half tune]

A passage (models/screener/labelled/rules.jsonl, GUIDELINES.md there) is found where it and a clause of the rules share
half of the shorter one or 100 characters. The `tune` half is for mending the rules (--show prints what was wrong),
`measure` for the figures and for the scores in clause_rules_words.py.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

from app.analysis.clause_rules import RULES, find_rule_clauses

LABELLED = Path(__file__).parents[2] / "models/screener/labelled/rules.jsonl"


def main() -> None:
    """Print a line a type; with --show also the passages that were wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("--half", choices=("tune", "measure"), default="measure")
    parser.add_argument("--show", action="store_true", help="print what was wrong (tune half only)")
    args = parser.parse_args()
    if not args.train.is_file():
        sys.exit(f"not there: {args.train}")
    passages = [row for row in map(json.loads, LABELLED.read_text("utf-8").splitlines()) if row["half"] == args.half]
    counts = judge(passages, texts(args.train), show=args.show and args.half == "tune")
    print(f"{'type':<20}{'labelled':>9}{'found':>7}{'right':>7}{'precision':>11}{'recall':>8}")
    for name, (right, wrong, missed) in counts.items():
        print(
            f"{name:<20}{right + missed:>9}{right + wrong:>7}{right:>7}"
            f"{right / max(1, right + wrong):>11.2f}{right / max(1, right + missed):>8.2f}"
        )


def texts(train: Path) -> dict[str, str]:
    """The text of every contract by title."""
    with train.open(encoding="utf-8") as file:
        return {row["title"]: row["text"] for row in map(json.loads, file)}


def judge(passages: list[dict], contracts: dict[str, str], *, show: bool = False) -> dict[str, tuple[int, int, int]]:
    """Right, wrong and missed passages per type, and a line for all."""
    by_title = defaultdict(list)
    for passage in passages:
        by_title[passage["title"]].append(passage)
    counts = {rule.type: [0, 0, 0] for rule in RULES}
    for title, mine in by_title.items():
        text = contracts[title]
        clauses = find_rule_clauses(text)
        for row in mine:
            span = row["start"], row["end"]
            found = {clause.type for clause in clauses if _same(span, (clause.start, clause.end))}
            for name, count in counts.items():
                kind = (name in found) * 2 + (name in row["labels"])
                if kind:
                    count[{3: 0, 2: 1, 1: 2}[kind]] += 1
                if show and kind in (1, 2):
                    print(
                        f"{'MISSED' if kind == 1 else 'WRONG '} {name}: {' '.join(text[slice(*span)].split())[:400]}\n"
                    )
    result = {name: (count[0], count[1], count[2]) for name, count in counts.items()}
    return result | {"all": tuple(map(sum, zip(*counts.values(), strict=True)))}  # type: ignore[dict-item]


def _same(one: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared >= min(100, (one[1] - one[0]) / 2, (other[1] - other[0]) / 2)


if __name__ == "__main__":
    main()
