"""Thresholds per type, chosen on judgements of contracts that the judging models did not see."""

from __future__ import annotations

import numpy as np
from calibrate import Judged
from numpy.typing import NDArray

from app.analysis.screener_judgement import Calibration, sigmoid
from app.analysis.screener_spans import SHORT_COLUMNS

Float = NDArray[np.float32]
THERE = np.array([0.15, 0.2, 0.24, 0.28, 0.32, 0.36, 0.4, 0.45, 0.5])
FURTHER = np.array([0.04, 0.06, 0.08, 0.1, 0.13, 0.16, 0.2, 0.25, 0.3, 0.36, 0.45])
SEGMENTS, SHORT_SEGMENTS = (
    0.7,
    1.5,
)  # weight of segment F1: a stray sentence is read past, a stray name is taken for one
SHRINK = 400.0  # contracts with the clause at which a type's own best counts as much as everybody's
RECALL = 0.2  # weight of not being silent, beside the F figures: a silent miss costs more than an alarm


def choose(judged: list[Judged], calibration: Calibration) -> Float:
    """Thresholds (types x 2), each type's own drawn to the best for all by how few contracts have it."""
    types = judged[0][0].shape[1]
    value = np.zeros((types, len(THERE), len(FURTHER)))
    present = np.zeros(types)
    there = sigmoid(calibration.presence[0] * np.stack([j[1] for j in judged]) + calibration.presence[1])
    total = np.stack([j[3] for j in judged])
    for column in range(types):
        chance = sigmoid(calibration.chance[0] * _stack(judged, 0, column, -20.0) + calibration.chance[1])
        truth = _stack(judged, 2, column, 0.0)
        present[column] = (total[:, column] > 0).sum()
        for a, first in enumerate(THERE):
            for b, further in enumerate(FURTHER):
                said = (there[:, column] >= first)[:, None] & ((chance >= further) | (chance == chance.max(1)[:, None]))
                weight = SHORT_SEGMENTS if column in SHORT_COLUMNS else SEGMENTS
                value[column, a, b] = _objective(said, truth, total[:, column], weight)
    short = np.isin(np.arange(types), SHORT_COLUMNS)
    mixed = np.where(short[:, None, None], _mixed(value, present * short), _mixed(value, present * ~short))
    best = [np.unravel_index(np.argmax(mixed[column]), mixed.shape[1:]) for column in range(types)]
    return np.array([(THERE[a], FURTHER[b]) for a, b in best], np.float32)


def _mixed(value: NDArray[np.float64], present: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each type's own values drawn to those of all that `present` (contracts with the type) counts."""
    overall = (value * present[:, None, None]).sum(0) / present.sum()
    share = (present / (present + SHRINK))[:, None, None]
    return value * share + overall[None] * (1 - share)


def _stack(judged: list[Judged], part: int, column: int, missing: float) -> Float:
    """Contracts x k of one type."""
    width = max(len(j[0]) for j in judged)
    rows = [np.pad(j[part][:, column], (0, width - len(j[part])), constant_values=missing) for j in judged]
    return np.stack(rows).astype(np.float32)


def _objective(said: NDArray[np.bool_], y: Float, n: Float, segments: float) -> float:
    """Presence F1 twice, strict F1 three times, segment F1 and recall as weighed: half a clause quoted misleads."""
    any_said, present = said.any(1), n > 0
    right = (said & (y > 0)).sum(1)
    hits = (present & (right >= n)).sum()
    alarms = (any_said & ~present).sum()
    found = (any_said & present).sum()
    f_presence = 2 * found / max(1, any_said.sum() + present.sum())
    f_strict = 2 * hits / max(1, hits + alarms + present.sum())
    f_segment = 2 * right.sum() / max(1, said.sum() + n.sum())
    return float(2 * f_presence + 3 * f_strict + segments * f_segment + RECALL * found / max(1, present.sum()))
