"""Train the detector of unfair consumer terms, and measure it by cross-validation over documents.

python models/consumer/train.py DEV25.jsonl            five folds, then the figures
python models/consumer/train.py DEV25.jsonl --write    also all documents together into resources/playbooks/consumer.npz

A labelled span is found where a told passage shares half of the shorter of the two with it. A told passage is right
where it so meets a span of level 2 or 3 (potentially or clearly unfair); "strict" counts level 3 alone. The threshold
is the lowest score at which .60 of the told passages are right, over all folds together.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.optimize import minimize

from app.analysis.features import HashedRows, read_document
from app.analysis.screener_linear import LinearScores
from app.analysis.unfair import CATEGORIES, OUTPUTS, clear_odds, combined, rows_of

TARGET = Path(__file__).resolve().parents[2] / "resources" / "playbooks" / "consumer.npz"
FOLDS, PRECISION = 5, 0.60
RIDGE = 3.0  # the larger, the freer the weights
WEIGHTS = {0: 1.5, 1: 3.0}  # of a positive passage, for the outputs "unfair" and "clearly"; 2 for the categories
Floats = NDArray[np.float64]


@dataclass
class Terms:
    """A document: its passages' rows, levels (passages x categories) and the labelled spans of level 3."""

    title: str
    rows: HashedRows
    levels: NDArray[np.int64]
    clear: list[list[int]]  # for each level-3 span the passages that meet it
    kinds: list[str]  # and its category


def meets(one: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and shared >= 0.5 * min(one[1] - one[0], other[1] - other[0])


def read(row: dict[str, Any]) -> Terms:
    document = read_document(row["text"])
    levels = np.zeros((len(document.spans), len(CATEGORIES)), np.int64)
    clear: list[list[int]] = []
    kinds: list[str] = []
    for start, end, kind, level in row["spans"]:
        hit = [i for i, span in enumerate(document.spans) if meets((start, end), span)]
        column = list(CATEGORIES).index(kind)
        levels[hit, column] = np.maximum(levels[hit, column], level)
        if level == 3:
            clear.append(hit)
            kinds.append(CATEGORIES[kind])
    return Terms(row["title"], rows_of(row["text"], document), levels, clear, kinds)


def targets(terms: Terms) -> Floats:
    """Passages x outputs."""
    unfair, clearly = terms.levels.max(1) >= 2, terms.levels.max(1) >= 3
    return np.column_stack([unfair, clearly, terms.levels >= 2]).astype(float)


def matrix(rows: HashedRows, keys: NDArray[np.uint32]) -> sparse.csr_matrix:
    column = np.minimum(np.searchsorted(keys, rows.keys), len(keys) - 1)
    known = keys[column] == rows.keys
    line = np.repeat(np.arange(len(rows.indptr) - 1), np.diff(rows.indptr))[known]
    shape = (len(rows.indptr) - 1, len(keys))
    return sparse.csr_matrix((rows.values[known].astype(float), (line, column[known])), shape=shape)


def fit(documents: list[Terms], outputs: int) -> LinearScores:
    """One logistic regression for each of the first `outputs` outputs, a byte per weight."""
    seen, counts = np.unique(np.concatenate([np.unique(d.rows.keys) for d in documents]), return_counts=True)
    keys = seen[counts >= 3]  # in three documents or more
    x = sparse.vstack([matrix(d.rows, keys) for d in documents]).tocsr()
    y = np.vstack([targets(d) for d in documents])
    found = [_logistic(x, y[:, k], WEIGHTS.get(k, 2.0)) for k in range(outputs)]
    weights = np.stack([f[:-1] for f in found], 1)
    scale = (np.abs(weights).max(0) / 127).astype(np.float32)
    kept = np.abs(np.round(weights / scale)).max(1) > 0
    return LinearScores(
        keys[kept], np.round(weights[kept] / scale).astype(np.int8), scale,
        np.array([f[-1] for f in found], np.float32),
    )  # fmt: skip


def _logistic(x: sparse.csr_matrix, y: Floats, weight: float) -> Floats:
    sign, each = 2 * y - 1, np.where(y > 0, weight, 1.0)
    transposed = x.T.tocsr()

    def loss(v: Floats) -> tuple[float, Floats]:
        z = x @ v[:-1] + v[-1]
        slope = -sign / (1 + np.exp(sign * z)) * each
        value = float((np.logaddexp(0, -sign * z) * each).sum() + v[:-1] @ v[:-1] / (2 * RIDGE))
        return value, np.append(transposed @ slope + v[:-1] / RIDGE, slope.sum())

    start = np.zeros(x.shape[1] + 1)
    start[-1] = -4
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 60}).x)


def cross_validate(documents: list[Terms]) -> list[Any]:
    """Logits (unfair, clearly unfair) of every document's passages by a model that was not trained on it."""
    scores: list[Any] = [np.zeros(0)] * len(documents)
    for fold in range(FOLDS):
        model = fit([d for i, d in enumerate(documents) if i % FOLDS != fold], 2)
        for i, document in enumerate(documents):
            if i % FOLDS == fold:
                scores[i] = model.logits(document.rows)
    return scores


def figures(documents: list[Terms], scores: list[Floats], threshold: float) -> dict[str, float]:
    told = right = strict = found = spans = 0
    for document, score in zip(documents, scores, strict=True):
        said = score >= threshold
        level = document.levels.max(1)
        told, right, strict = (
            told + said.sum(),
            right + (said & (level >= 2)).sum(),
            strict + (said & (level >= 3)).sum(),
        )
        spans += len(document.clear)
        found += sum(bool(said[hit].any()) for hit in document.clear)
    return {
        "told": float(told), "recall of level 3": found / spans, "precision": right / max(told, 1),
        "strict precision": strict / max(told, 1),
    }  # fmt: skip


def by_category(documents: list[Terms], scores: list[Floats], threshold: float) -> str:
    """Of each category the level-3 spans, and how many of them are told."""
    marked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for document, score in zip(documents, scores, strict=True):
        marked.update(document.kinds)
        hits = zip(document.kinds, document.clear, strict=True)
        found.update(kind for kind, hit in hits if (score[hit] >= threshold).any())
    return ", ".join(f"{kind} {marked[kind]} {found[kind]}" for kind, _ in marked.most_common())


def threshold_for(documents: list[Terms], scores: list[Floats], strict: bool = False) -> float:
    """The lowest score at which PRECISION of the told passages are right."""
    flat = np.concatenate(scores)
    right = np.concatenate([d.levels.max(1) >= (3 if strict else 2) for d in documents])
    order = np.argsort(-flat)
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    return float(flat[order][np.flatnonzero(share >= PRECISION)[-1]])


def measure(path: Path, write: bool = False) -> None:
    documents = [read(json.loads(line)) for line in path.open(encoding="utf-8")]
    logits = cross_validate(documents)
    scores = [combined(each).astype(float) for each in logits]
    threshold = threshold_for(documents, scores)
    print(f"{len(documents)} documents, {FOLDS} folds over documents, threshold {threshold:.2f}")
    for name, value in figures(documents, scores, threshold).items():
        print(f"  {name:18} {value:.3f}")
    odds = [clear_odds(each).astype(float) for each in logits]
    clear = threshold_for(documents, odds, strict=True)
    alone = figures(documents, odds, clear)
    print(
        f"  clearly unfair alone, at strict precision {PRECISION:.2f}:"
        f" recall of level 3 {alone['recall of level 3']:.3f}, {alone['told']:.0f} told"
        f" ({alone['precision']:.3f} of level 2 or 3)"
    )
    print("  of these, spans marked and found by category:", by_category(documents, odds, clear))
    if write:
        model = fit(documents, len(OUTPUTS))
        np.savez_compressed(TARGET, threshold=np.float32(threshold), clear=np.float32(clear), **model.arrays("unfair"))  # type: ignore[arg-type]
        print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes, {len(model.keys):,} features")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    measure(arguments.documents, arguments.write)


if __name__ == "__main__":
    main()
