"""The plain experiment the screener has to beat, in the same cross-validation: sentences, TF-IDF, logistic regressions.

    python tests/benchmarks/baseline_clauses.py CONTRACTS.jsonl --score SCORE.py

Words 1-3 of a sentence and of the one before, its position, one logistic regression per type, a threshold per type
chosen on a fifth of the training contracts. Needs the extra "train". Takes about ten minutes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "models" / "screener")]

from data import FOLDS, Example, load_examples, make_folds  # noqa: E402

from app.domain.clauses import CUAD_TYPES  # noqa: E402
from tests.benchmarks.measure import load_measure  # noqa: E402

GRID = np.array([0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5])
Scores = dict[str, NDArray[np.float64]]


def rows_of(vectorizer: TfidfVectorizer, example: Example) -> sparse.csr_matrix:
    """A sentence's words, those of the one before at half weight, and its tenth of the contract."""
    own = vectorizer.transform([example.text[a:b] for a, b in example.document.spans])
    count = own.shape[0]
    before = sparse.vstack([sparse.csr_matrix((1, own.shape[1])), own[:-1]])
    place = sparse.csr_matrix(
        (np.full(count, 0.3), (np.arange(count), 10 * np.arange(count) // count)), shape=(count, 10)
    )
    return sparse.hstack([own, 0.5 * before, place]).tocsr()


def fit(examples: list[Example], others: list[Example]) -> Scores:
    """Probabilities (segments x types) of the other contracts, by title."""
    vectorizer = TfidfVectorizer(ngram_range=(1, 3), min_df=3, sublinear_tf=True, dtype=np.float32)
    vectorizer.fit(example.text[a:b] for example in examples for a, b in example.document.spans)
    x = sparse.vstack([rows_of(vectorizer, example) for example in examples]).tocsr()
    y = np.vstack([example.targets for example in examples])
    unseen = [rows_of(vectorizer, other) for other in others]
    columns: list[list[NDArray[np.float64]]] = [[] for _ in others]
    for kind in range(len(CUAD_TYPES)):
        model = SGDClassifier(loss="log_loss", alpha=2e-7, max_iter=8, tol=None, random_state=0).fit(x, y[:, kind])
        for place, part in zip(columns, unseen, strict=True):
            place.append(model.predict_proba(part)[:, 1])
    return {other.title: np.stack(place, 1) for other, place in zip(others, columns, strict=True)}


def thresholds(examples: list[Example], scores: Scores) -> NDArray[np.float64]:
    """The threshold of each type with the best presence F1 and recall of labelled sentences."""
    chosen = np.full(len(CUAD_TYPES), 0.3)
    for kind in range(len(CUAD_TYPES)):
        best = -1.0
        for bound in GRID:
            said = [scores[e.title][:, kind] >= bound for e in examples]
            truth = [e.targets[:, kind] > 0 for e in examples]
            there = [(s.any(), t.any(), bool(t.any() and s[t].all())) for s, t in zip(said, truth, strict=True)]
            both = sum(s and t for s, t, _ in there) + sum(hit for _, _, hit in there)
            value = both / max(1, sum(s for s, _, _ in there) + sum(t for _, t, _ in there))
            if value > best:
                best, chosen[kind] = value, bound
    return chosen


def findings(example: Example, scores: NDArray[np.float64], bounds: NDArray[np.float64]) -> list[dict[str, Any]]:
    """The five best sentences of every type and all above its threshold, as the measure reads them."""
    found = []
    for kind, name in enumerate(CUAD_TYPES):
        for row in np.flatnonzero(scores[:, kind] >= min(np.sort(scores[:, kind])[-5:][0], bounds[kind])):
            start, end = example.document.spans[row]
            score = float(scores[row, kind])
            found.append(
                {"category": name, "start": start, "end": end, "score": score, "answer": score >= bounds[kind]}
            )
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("contracts", type=Path)
    parser.add_argument("--score", type=Path, required=True)
    args = parser.parse_args()
    measure, examples = load_measure(args.score), load_examples(args.contracts)
    folds = make_folds(examples)
    predictions: dict[str, list[dict[str, Any]]] = {}
    for fold in range(FOLDS):
        training = [e for e, f in zip(examples, folds, strict=True) if f != fold]
        tuning = training[::5]
        bounds = thresholds(tuning, fit([e for n, e in enumerate(training) if n % 5], tuning))
        test = [e for e, f in zip(examples, folds, strict=True) if f == fold]
        scores = fit(training, test)
        predictions |= {e.title: findings(e, scores[e.title], bounds) for e in test}
        print(f"fold {fold} done", flush=True)
    rows = [{"title": e.title, "text": e.text, "labels": e.labels} for e in examples]
    for name, value in measure.score(rows, predictions)[0].items():
        print(f"{name:>20}: {value}")


if __name__ == "__main__":
    main()
