"""The screener's second stage: a segment's score for a type, seen beside its neighbours and the whole contract."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
NAMES = ("own", "best", "gap", "second", "before", "after", "before2", "after2", "rank", "position", "others", "own*gap")


def stack_features(logits: Floats) -> Floats:
    """First-stage logits (segments, types) to features (segments, types, len(NAMES))."""
    count = len(logits)
    ordered = np.sort(logits, axis=0)
    best = np.broadcast_to(ordered[-1], logits.shape)
    second = np.broadcast_to(ordered[-2] if count > 1 else ordered[-1], logits.shape)
    low = np.full((1, logits.shape[1]), -8.0, np.float32)
    padded = np.concatenate([low, low, logits, low, low])
    rank = np.log1p(np.argsort(np.argsort(-logits, axis=0), axis=0)).astype(np.float32)
    position = np.broadcast_to((np.arange(count, dtype=np.float32) / max(1, count - 1))[:, None], logits.shape)
    top_two = np.sort(logits, axis=1)[:, -2:]
    others = np.where(logits >= top_two[:, 1:], top_two[:, :1], top_two[:, 1:])
    gap = logits - best
    features = [
        logits, best, gap, second, padded[1:-3], padded[3:-1], padded[:-4], padded[4:], rank, position, others,
        logits * gap / 8,
    ]  # fmt: skip
    return np.stack(features, axis=2).astype(np.float32)


def apply_stack(logits: Floats, weights: Floats, bias: Floats) -> Floats:
    """Calibrated probabilities (segments, types); weights are (types, features), bias (types,)."""
    scores = np.einsum("stf,tf->st", stack_features(logits), weights) + bias
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), np.float32)
