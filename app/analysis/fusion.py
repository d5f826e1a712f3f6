"""How the model's vote is weighed against the screener's score: by what the model's exam measured, or not at all."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass

_LIMIT = 12.0  # log-odds beyond which a score says no more


@dataclass(frozen=True, slots=True)
class Fusion:
    """logit(score) + weight * (slope * margin + offset). `slope` and `offset` calibrate one model's margins.

    The weight is nought for a model at chance, and for one that was never examined.
    """

    weight: float = 0.0
    slope: float = 1.0
    offset: float = 0.0
    note: str = "the model was not examined, so its answers do not count"
    # The same for the question whether a passage holds a clause of a type at all, where the screener has no candidate.
    presence_weight: float = 0.0
    presence_slope: float = 1.0
    presence_offset: float = 0.0

    @property
    def digest(self) -> str:
        """Identity of these numbers, for run keys."""
        presence = (self.presence_weight, self.presence_slope, self.presence_offset)
        numbers = [round(value, 9) for value in (self.weight, self.slope, self.offset, *presence)]
        return hashlib.sha256(json.dumps(numbers).encode()).hexdigest()[:16]

    def fused(self, score: float, margin: float) -> float:
        """The probability after the model's vote; exactly `score` at weight nought."""
        if self.weight == 0.0:
            return score
        return sigmoid(logit(score) + self.weight * self.calibrated(margin))

    def suspected(self, prior: float, margin: float) -> float:
        """The probability that a passage holds a clause of which the screener has no candidate there."""
        if self.weight == 0.0 or self.presence_weight == 0.0:
            return prior
        said = max(-_LIMIT, min(_LIMIT, self.presence_slope * margin + self.presence_offset))
        return sigmoid(logit(prior) + self.presence_weight * said)

    def calibrated(self, margin: float) -> float:
        """The margin as log-odds that the answer yes is right."""
        return max(-_LIMIT, min(_LIMIT, self.slope * margin + self.offset))


def logit(probability: float) -> float:
    """Log-odds, kept within +-12."""
    inside = min(1 - 1e-6, max(1e-6, probability))
    return max(-_LIMIT, min(_LIMIT, math.log(inside / (1 - inside))))


def sigmoid(value: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))
