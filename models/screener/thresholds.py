"""Calibration and thresholds per type, chosen on scores of contracts that the scoring model did not see."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

Float = NDArray[np.float32]
GRID = np.array([0.04, 0.06, 0.08, 0.1, 0.13, 0.16, 0.2, 0.24, 0.28, 0.32, 0.36, 0.4, 0.45, 0.5, 0.6])
SHRINK = 400.0  # contracts with the clause at which a type's own best counts as much as everybody's


def calibrate(raw: Float, truth: Float) -> Float:
    """Slope and offset that make the mean log-odds a probability."""
    model = LogisticRegression(C=1e6).fit(raw.reshape(-1, 1), truth)
    return np.array([model.coef_[0, 0], model.intercept_[0]], np.float32)


def choose(scores: list[Float], truth: list[Float], total: list[Float]) -> Float:
    """Thresholds (types x 2) from contracts' top scores and targets (k x types) and counts of labelled segments."""
    types = scores[0].shape[1]
    value = np.zeros((types, len(GRID), len(GRID)))
    present = np.zeros(types)
    for column in range(types):
        present[column] = sum(t[column] > 0 for t in total)
        s = _stack(scores, column)
        y = _stack(truth, column)
        n = np.array([t[column] for t in total])
        for a, first in enumerate(GRID):
            for b, further in enumerate(GRID[: a + 1]):
                value[column, a, b] = _objective(s, y, n, first, further)
        value[column, np.triu_indices(len(GRID), 1)[0], np.triu_indices(len(GRID), 1)[1]] = -1
    overall = (value * present[:, None, None]).sum(0) / present.sum()
    share = (present / (present + SHRINK))[:, None, None]
    mixed = value * share + overall[None] * (1 - share)
    best = [np.unravel_index(np.argmax(mixed[column]), overall.shape) for column in range(types)]
    return np.array([(GRID[a], GRID[b]) for a, b in best], np.float32)


def _stack(parts: list[Float], column: int) -> Float:
    """Contracts x k, padded with nought."""
    width = max(len(part) for part in parts)
    return np.stack([np.pad(part[:, column], (0, width - len(part))) for part in parts])


def _objective(s: Float, y: Float, n: Float, first: float, further: float) -> float:
    """Presence F1 twice, strict F1 three times and segment F1 once: a quote that misses half a clause misleads."""
    best = s.max(1, keepdims=True)
    said = (best >= first) & ((s >= further) | (s == best))
    any_said, there = said.any(1), n > 0
    right = (said & (y > 0)).sum(1)
    strict = there & (right >= n)
    alarms = (any_said & ~there).sum()
    hits = strict.sum()
    f_presence = 2 * (any_said & there).sum() / max(1, any_said.sum() + there.sum())
    f_strict = 2 * hits / max(1, hits + alarms + there.sum())
    f_segment = 2 * right.sum() / max(1, said.sum() + n.sum())
    return float(2 * f_presence + 3 * f_strict + f_segment)
