"""Measure the clause screener in its cross-validation against published figures.

    python tests/benchmarks/bench_clauses.py CONTRACTS.jsonl --folds DIR --score SCORE.py [--robust] [--plot OUT.svg]

Contracts are scored by the fold model that never saw them. SCORE.py is the measure (its functions are imported).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.analysis.fold_screener import FoldScreeners, text_key  # noqa: E402
from app.domain.clauses import CUAD_TYPES, Candidate  # noqa: E402
from tests.benchmarks.clauses_plot import draw, points  # noqa: E402
from tests.benchmarks.clauses_robust import report  # noqa: E402
from tests.benchmarks.measure import load_measure  # noqa: E402

FIGURES = ("presence_F1", "strict_F1", "strict_F2", "capped_F1", "span_F1", "jaccard", "silent", "alarms", "AUPR")
ANCHORS: dict[str, tuple[float | None, ...]] = {
    "must": (0.87, 0.73, None, 0.69, 0.48, 0.53, 0.06, 0.09, 0.43),
    "reach": (0.89, 0.76, None, 0.72, 0.55, 0.58, 0.05, 0.08, 0.48),
    "GPT-4.1 (test split)": (None, 0.641, 0.672, None, None, 0.472, 0.071, None, None),
    "DeBERTa-xlarge (test split)": (None, None, None, None, None, None, None, None, 0.478),
    "two-minute experiment (test split)": (0.838, 0.698, 0.692, 0.644, 0.396, 0.473, 0.072, 0.121, 0.377),
}
BINS = 10


def as_findings(found: list[Candidate]) -> list[dict[str, Any]]:
    """Candidates as the measure reads them."""
    return [{"category": c.type, "start": c.start, "end": c.end, "score": c.score, "answer": c.reported} for c in found]


def predict(rows: list[dict[str, Any]], folds: FoldScreeners) -> tuple[dict[str, list[dict[str, Any]]], list[float]]:
    """Findings by title and seconds per contract."""
    predictions, seconds = {}, []
    for row in rows:
        screener = folds.for_contract(row["text"])
        began = time.perf_counter()
        predictions[row["title"]] = as_findings(screener.screen(row["text"]))
        seconds.append(time.perf_counter() - began)
    return predictions, seconds


def calibration(
    rows: list[dict[str, Any]], predictions: dict[str, list[dict[str, Any]]], measure: Any
) -> dict[str, float]:
    """Expected calibration error per type: a candidate is right where it matches a label as the span figure does."""
    pairs: dict[str, list[tuple[float, bool]]] = {name: [] for name in CUAD_TYPES}
    for row in rows:
        truth = {c: [measure.words(row["text"][a:b]) for a, b in spans] for c, spans in row["labels"].items()}
        for finding in predictions[row["title"]]:
            if finding["category"] in pairs:
                mine = measure.words(row["text"][finding["start"] : finding["end"]])
                right = any(measure.jaccard(mine, t) >= 0.5 for t in truth.get(finding["category"], []))
                pairs[finding["category"]].append((finding["score"], right))
    return {name: expected_error(found) for name, found in pairs.items() if found} | {
        "all": expected_error([pair for found in pairs.values() for pair in found])
    }


def expected_error(pairs: list[tuple[float, bool]]) -> float:
    """Mean distance of score and share of right ones over ten bins, weighted by their sizes."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for score, right in pairs:
        bins[min(BINS - 1, int(score * BINS))].append((score, right))
    return sum(abs(sum(s for s, _ in b) - sum(r for _, r in b)) for b in bins) / len(pairs)


def show(name: str, values: dict[str, Any] | tuple[float | None, ...]) -> None:
    """One line of the table."""
    cells = [values[f] for f in FIGURES] if isinstance(values, dict) else list(values)
    print(f"{name:36}" + "".join(f"{'' if cell is None else format(cell, '.3f'):>12}" for cell in cells))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("contracts", type=Path)
    parser.add_argument("--folds", type=Path, required=True)
    parser.add_argument("--score", type=Path, required=True)
    parser.add_argument("--only", type=int, nargs="*", default=[0, 1, 2, 3, 4])
    parser.add_argument("--robust", action="store_true", help="also from PDFs and scans, in capitals, parties renamed")
    parser.add_argument("--plot", type=Path, metavar="OUT.svg", help="draw precision over recall")
    args = parser.parse_args()
    measure, folds = load_measure(args.score), FoldScreeners.load(args.folds)
    rows = [json.loads(line) for line in args.contracts.read_text(encoding="utf-8").split("\n") if line.strip()]
    rows = [row for row in rows if folds.folds.get(text_key(row["text"])) in args.only]
    print(f"{len(rows)} contracts\n{'':36}" + "".join(f"{name:>12}" for name in FIGURES))
    for name, values in ANCHORS.items():
        show(name, values)
    predictions, seconds = predict(rows, folds)
    total, per = measure.score(rows, predictions, 200)
    show("this screener (cross-validation)", total)
    print({name: value for name, value in total.items() if name.endswith("ci95")})
    errors = calibration(rows, predictions, measure)
    for name in CUAD_TYPES:
        show(name, per[name])
    print("calibration error:", {name: round(value, 3) for name, value in errors.items()})
    print(f"seconds per contract: median {sorted(seconds)[len(seconds) // 2]:.2f}, longest {max(seconds):.2f}")
    if args.plot:
        draw(args.plot, points(rows, predictions, measure))
        print(f"precision over recall: {args.plot}")
    if args.robust:
        report(rows, folds, args.contracts.resolve().parents[2])


if __name__ == "__main__":
    main()
