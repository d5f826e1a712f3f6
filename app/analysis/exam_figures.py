"""The exam's statistics: ranking, calibration and the weight that a model's vote deserves."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.stats import rankdata

CHANCE = 0.55  # a ranking whose lower bound is not above this is chance
TRUST = 0.5  # the model reads the same words as the screener: half of what it says is news


def auc(margins: NDArray[np.float64], answers: NDArray[np.bool_]) -> float:
    """The probability that a question answered yes has the higher margin; 0.5 where one kind is absent."""
    yes = int(answers.sum())
    no = len(answers) - yes
    if not yes or not no:
        return 0.5
    ranks = rankdata(margins)
    return float((ranks[answers].sum() - yes * (yes + 1) / 2) / (yes * no))


def auc_lower(margins: NDArray[np.float64], answers: NDArray[np.bool_]) -> float:
    """The lower end of the 95 % interval of `auc` (Hanley and McNeil, 1982)."""
    area = auc(margins, answers)
    yes = int(answers.sum())
    no = len(answers) - yes
    if not yes or not no:
        return 0.0
    first, second = area / (2 - area), 2 * area * area / (1 + area)
    variance = area * (1 - area) + (yes - 1) * (first - area * area) + (no - 1) * (second - area * area)
    return area - 1.96 * math.sqrt(max(0.0, variance) / (yes * no))


def calibrate(margins: NDArray[np.float64], answers: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope (not below nought) and offset of the logistic fit of answers on margins, lightly held to (0, 0)."""
    scale = float(np.std(margins)) or 1.0
    scaled = margins / scale
    signs = np.where(answers, 1.0, -1.0)

    def loss(beta: NDArray[np.float64]) -> float:
        return float(np.logaddexp(0.0, -signs * (beta[0] * scaled + beta[1])).sum() + 0.5 * (beta @ beta))

    fit = minimize(loss, np.zeros(2), method="L-BFGS-B", bounds=[(0.0, None), (None, None)])
    return float(fit.x[0]) / scale, float(fit.x[1])


def calibration_error(margins: NDArray[np.float64], answers: NDArray[np.bool_], slope: float, offset: float) -> float:
    """Mean distance between stated probability and share of yes over five equally filled bins."""
    stated = 1 / (1 + np.exp(-np.clip(slope * margins + offset, -30, 30)))
    bins = np.array_split(np.argsort(stated, kind="stable"), 5)
    gaps = [len(b) * abs(float(stated[b].mean()) - float(answers[b].mean())) for b in bins if len(b)]
    return float(sum(gaps) / max(1, len(margins)))


def weight_of(lower: float) -> float:
    """The weight of a model's vote from the lower bound of its AUC: nought at chance, TRUST where it never errs."""
    return 0.0 if lower <= CHANCE else round(min(1.0, 2 * (lower - 0.5)) * TRUST, 3)
