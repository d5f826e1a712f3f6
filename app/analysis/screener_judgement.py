"""From log-odds to probabilities and decisions: does a contract hold the type, and which candidates are the clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.analysis.features_stack import Stage
from app.analysis.screener_trees import Trees

Float = NDArray[np.float32]
BEST = 5  # best candidates per type that the decision sees
FLOOR = 0.1  # a type of which no passage is this likely is not quoted, however surely the contract should hold it
_ABSENT = -9.0  # log-odds that stand for a candidate that is not there


def presence_features(raw: Float, stage: Stage) -> Float:
    """types x features from second-stage log-odds (k x types) and what went before them.

    The last columns are every type's best log-odds, alike in all rows.
    """
    types = raw.shape[1]
    ordered = -np.sort(-raw, axis=0)[:BEST]
    padded = np.vstack([ordered, np.full((BEST - len(ordered), types), _ABSENT, np.float32)])
    chance = 1 / (1 + np.exp(-raw))
    logits, cues = stage.logits, stage.cues
    own = np.stack(
        [
            *padded, np.log1p(-np.minimum(chance, 0.999)).sum(0), (chance > 0.1).sum(0), logits.max(0),
            stage.read.max(0), np.full(types, np.log(len(logits))), np.arange(types),
            cues[:, :, 2].max(0), cues[:, :, 3].max(0),
        ], 1,
    )  # fmt: skip
    return np.concatenate([own, np.broadcast_to(padded[0], (types, types))], 1).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Slopes and offsets that turn log-odds into probabilities, fitted on contracts the models did not see."""

    presence: Float  # slope, offset: that a contract holds the type
    chance: Float  # slope, offset: that a candidate is the clause, given that the contract holds it
    score: Float  # of presence, of the candidate, offset: that a candidate is the clause
    short: Float  # short types x (of the segment's score, of the tokens' mean, offset)

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Calibration:
        """From the weight file."""
        return cls(*(np.asarray(arrays[f"calibration_{field.name}"], np.float32) for field in fields(cls)))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """For the weight file."""
        return {f"calibration_{field.name}": getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of the best segments of every type (k x types): probability, whether reported, the probability that would do."""

    scores: Float
    reported: NDArray[np.bool_]
    thresholds: Float


def second_stage(pooled: Trees, stage: Stage) -> Float:
    """Log-odds of every candidate, k x types."""
    return pooled.raw(stage.features.reshape(-1, stage.features.shape[2])).reshape(stage.rows.shape)


def judge(raw: Float, there: Float, calibration: Calibration, thresholds: Float) -> Judgement:
    """From the candidates' log-odds (k x types) and the types' (types); `thresholds` (types x 2) as in Screener."""
    odds = calibration.presence[0] * there + calibration.presence[1]
    chance = calibration.chance[0] * raw + calibration.chance[1]
    score = calibration.score[0] * odds + calibration.score[1] * chance + calibration.score[2]
    further = chance - log_odds(thresholds[:, 1])
    margin = np.minimum(np.where(raw == raw.max(0), np.inf, further), odds - log_odds(thresholds[:, 0]))
    margin = np.minimum(margin, score.max(0) - log_odds(np.array(FLOOR, np.float32)))
    return Judgement(sigmoid(score), np.asarray(margin >= 0, np.bool_), sigmoid(score - margin))


def log_odds(probability: Float) -> Float:
    """Log-odds, kept within +-12."""
    inside = np.clip(probability, 1e-6, 1 - 1e-6)
    return np.asarray(np.clip(np.log(inside / (1 - inside)), -12, 12), np.float32)


def sigmoid(value: Float) -> Float:
    """Probability of log-odds."""
    return np.asarray(1 / (1 + np.exp(-value)), np.float32)
