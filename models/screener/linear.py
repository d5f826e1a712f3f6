"""First stage: logistic regression for all 41 types at once on sparse rows, by Adam in numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from written import WrittenRows

from app.analysis.features import HashedRows
from app.analysis.screener_linear import LinearScores

Float = NDArray[np.float32]
MIN_CONTRACTS = 4  # a feature seen in fewer contracts is left out: names of parties, places, misprints
RATE, DECAY = 0.15, 1e-6


@dataclass(frozen=True, slots=True)
class Linear:
    """Feature keys (sorted uint32), weights (keys x types) and biases."""

    keys: NDArray[np.uint32]
    weights: Float
    bias: Float


def vocabulary(rows: list[HashedRows], contracts: int) -> NDArray[np.uint32]:
    """Keys that occur in enough contracts, sorted."""
    keys, counts = np.unique(np.concatenate([np.unique(row.keys) for row in rows]), return_counts=True)
    return keys[counts >= contracts]


def to_matrix(rows: HashedRows, keys: NDArray[np.uint32]) -> sparse.csr_matrix:
    """The rows over known keys."""
    column = np.minimum(np.searchsorted(keys, rows.keys), len(keys) - 1)
    known = keys[column] == rows.keys
    line = np.repeat(np.arange(len(rows.indptr) - 1), np.diff(rows.indptr))[known]
    shape = (len(rows.indptr) - 1, len(keys))
    return sparse.csr_matrix((rows.values[known], (line, column[known])), shape=shape, dtype=np.float32)


def fit_linear(
    rows: list[HashedRows],
    targets: list[Float],
    seed: int,
    contracts: int = MIN_CONTRACTS,
    epochs: int = 3,
    batch: int = 2048,
    written: WrittenRows | None = None,
) -> Linear:
    """Fit on contracts given as rows and targets; the same seed gives the same weights.

    `written` adds passages that count for the types they speak for; they bring no features of their own.
    """
    keys = vocabulary(rows, contracts)
    x = sparse.vstack([to_matrix(row, keys) for row in rows]).tocsr()
    y = np.vstack(targets)
    mask = np.ones_like(y)
    start = np.log(y.mean(0) + 1e-5).astype(np.float32)
    if written is not None:
        x = sparse.vstack([x, to_matrix(written.rows, keys)[written.chosen]]).tocsr()
        y, mask = np.vstack([y, written.targets]), np.vstack([mask, written.mask])
    rng = np.random.default_rng(seed)
    weights = np.zeros((len(keys), y.shape[1]), np.float32)
    first, second, work = (np.zeros_like(weights) for _ in range(3))
    bias = start
    batches = -(-len(y) // batch)
    step = 0
    for _ in range(epochs):
        order = rng.permutation(len(y))
        shuffled, truth, told = x[order], y[order], mask[order]
        for low in range(0, len(y), batch):
            part = shuffled[low : low + batch]
            error = 1 / (1 + np.exp(-(part @ weights + bias))) - truth[low : low + batch]
            error *= told[low : low + batch]
            step += 1
            rate = RATE * (1.02 - step / (epochs * batches))
            gradient = part.T @ error
            gradient += np.float32(DECAY * len(y) / batches) * weights
            first *= np.float32(0.9)
            first += np.float32(0.1) * gradient
            np.multiply(gradient, gradient, out=work)
            work *= np.float32(0.001)
            second *= np.float32(0.999)
            second += work
            np.sqrt(second, out=work)
            work += np.float32(1e-3)
            np.divide(first, work, out=work)
            work *= np.float32(rate * np.sqrt(1 - 0.999**step) / (1 - 0.9**step))
            weights -= work
            bias -= np.float32(rate) * error.sum(0) / (np.abs(error).sum(0) + 1)
    return Linear(keys, weights, bias)


def logits(model: Linear, rows: HashedRows) -> Float:
    """Segments x types."""
    return np.asarray(to_matrix(rows, model.keys) @ model.weights + model.bias, np.float32)


def quantised(model: Linear) -> LinearScores:
    """The same model as the app loads it: a byte per weight."""
    scale = (np.abs(model.weights).max(0) / 127).astype(np.float32)
    return LinearScores(model.keys, np.round(model.weights / scale).astype(np.int8), scale, model.bias)
