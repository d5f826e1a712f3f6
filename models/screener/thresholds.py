"""The two bounds of every type. They say what an error costs; only the first is fitted, on unseen contracts."""

from __future__ import annotations

import numpy as np
from calibrate import Judged
from numpy.typing import NDArray

from app.analysis.screener_judgement import Calibration, sigmoid
from app.analysis.screener_spans import SHORT_COLUMNS

Float = NDArray[np.float32]
ALARMS = 0.08  # share of the types a contract does not hold that may be reported: what it costs to be silent less often
# A passage beside the best is quoted from this chance on: a sentence too many is read past, half a clause misleads,
# and a stray name is taken for a party. Chances are calibrated, so these are costs and need no fitting.
FURTHER, SHORT_FURTHER = 0.08, 0.2


def choose(judged: list[Judged], calibration: Calibration) -> Float:
    """Bounds (types x 2) from judgements of contracts that the judging models did not see."""
    there = sigmoid(calibration.presence[0] * np.stack([j[1] for j in judged]) + calibration.presence[1])
    absent = np.stack([j[3] for j in judged]) == 0
    bounds = np.empty((there.shape[1], 2), np.float32)
    bounds[:, 0] = np.quantile(there[absent], 1 - ALARMS)
    bounds[:, 1] = FURTHER
    bounds[SHORT_COLUMNS, 1] = SHORT_FURTHER
    return bounds
