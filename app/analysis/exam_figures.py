"""The exam's statistics: ranking, calibration and the weight that a model's vote deserves."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CHANCE = 0.55  # a ranking whose lower bound is not above this is chance
TRUST = 0.5  # where its vote could not be fitted: half of what it says is news, it reads the screener's words
FEWEST = 8  # candidates of either kind without which no vote is fitted
# At most a half: a reader that mistakes a type mistakes several passages of a contract alike (decision 0014).
_SHRINK = (0.0, TRUST / 2, TRUST)
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Vote:
    """How a model's margin moves the screener's log-odds: + weight * (slope * margin + offset).

    `gain` is the log-loss that it saves on candidates of contracts on which it was not fitted, in nats each.
    """

    weight: float
    slope: float
    offset: float
    gain: float


@dataclass(frozen=True, slots=True)
class Doubts:
    """Candidates that the screener leaves uncertain: its scores, a model's margins, the truth, what each stands for."""

    scores: NDArray[np.float64]
    margins: NDArray[np.float64]
    answers: NDArray[np.bool_]
    stands_for: NDArray[np.float64]
    contracts: list[str]

    @property
    def prior(self) -> NDArray[np.float64]:
        """The screener's log-odds."""
        inside = np.clip(self.scores, 1e-6, 1 - 1e-6)
        return np.asarray(np.log(inside / (1 - inside)), np.float64)


def fit_vote(doubts: Doubts) -> Vote | None:
    """The vote fitted on candidates that the screener never trained on, its weight judged across contracts.

    None where there are too few candidates. Weight nought where it helps on no contract but those it was fitted on.
    """
    if min(doubts.answers.sum(), (~doubts.answers).sum()) < FEWEST:
        return None
    order = {name: number for number, name in enumerate(sorted(set(doubts.contracts)))}
    folds = np.array([order[name] % _FOLDS for name in doubts.contracts])
    evidence = np.zeros(len(folds))
    for fold in range(_FOLDS):
        rest = folds != fold
        if rest.any() and not rest.all():
            slope, offset = _fit(doubts, rest)
            evidence[~rest] = slope * doubts.margins[~rest] + offset
    mass = doubts.stands_for / doubts.stands_for.mean()
    losses = {w: mass * _losses(doubts.prior + w * evidence, doubts.answers) for w in _SHRINK}
    best = min(_SHRINK, key=lambda w: (float(losses[w].mean()), w))
    saved = losses[0.0] - losses[best]
    # A gain within its own standard error is noise, and noise has no vote.
    if saved.mean() <= saved.std() / math.sqrt(len(saved)):
        best = 0.0
    slope, offset = _fit(doubts, np.ones(len(folds), dtype=bool))
    return Vote(best if slope > 0 else 0.0, slope, offset, float((losses[0.0] - losses[best]).mean()))


def _fit(doubts: Doubts, rows: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope (not below nought) and offset of what the margin adds to the prior log-odds, held to nought."""
    from scipy.optimize import minimize  # half a second to load, and only the exam needs it

    prior, margins = doubts.prior[rows], doubts.margins[rows]
    mass = doubts.stands_for[rows] / doubts.stands_for[rows].mean()
    scale, middle = float(np.std(margins)) or 1.0, float(np.mean(margins))
    signs = np.where(doubts.answers[rows], 1.0, -1.0)

    def loss(beta: NDArray[np.float64]) -> float:
        logits = prior + beta[0] * (margins - middle) / scale + beta[1]
        return float((mass * np.logaddexp(0.0, -signs * logits)).sum() + 0.5 * (beta @ beta))

    fit = minimize(loss, np.zeros(2), method="L-BFGS-B", bounds=[(0.0, None), (None, None)])
    slope = float(fit.x[0]) / scale
    return slope, float(fit.x[1]) - slope * middle


def _losses(logits: NDArray[np.float64], answers: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.asarray(np.logaddexp(0.0, np.where(answers, -logits, logits)), np.float64)


def auc(margins: NDArray[np.float64], answers: NDArray[np.bool_]) -> float:
    """The probability that a question answered yes has the higher margin; 0.5 where one kind is absent."""
    from scipy.stats import rankdata  # as long to load

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
    from scipy.optimize import minimize  # half a second to load, and only the exam needs it

    if not len(margins):
        return 0.0, 0.0
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


def presence_weight(margins: NDArray[np.float64], answers: NDArray[np.bool_]) -> float:
    """The weight of a yes where the screener says nothing: twice the lower bound's distance from chance, at most 1."""
    lower = auc_lower(margins, answers)
    return 0.0 if lower <= CHANCE else round(min(1.0, 2 * (lower - 0.5)), 3)
