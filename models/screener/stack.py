"""Boosted trees over the earlier stages' scores, exported to numpy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from app.analysis.screener_trees import MAX_DEPTH, Trees

Float = NDArray[np.float32]


def export(model: HistGradientBoostingClassifier) -> Trees:
    """The fitted trees as arrays; leaves point at themselves, so that a walk of fixed length ends there."""
    roots, parts, offset = [], [], 0
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        here = np.arange(len(nodes)) + offset
        leaf = nodes["is_leaf"].astype(bool)
        roots.append(offset)
        parts.append((
            np.where(leaf, 0, nodes["feature_idx"]), np.where(leaf, 0, nodes["num_threshold"]),
            np.where(leaf, here, nodes["left"] + offset), np.where(leaf, here, nodes["right"] + offset), nodes["value"] * leaf,  # noqa: E501
        ))  # fmt: skip
        offset += len(nodes)
    columns: list[Any] = [np.concatenate(column) for column in zip(*parts, strict=True)]
    feature, threshold, left, right, value = columns
    return Trees(
        np.array(roots, np.int32), feature.astype(np.int16), threshold.astype(np.float32), left.astype(np.int32),
        right.astype(np.int32), value.astype(np.float32), float(np.ravel(model._baseline_prediction)[0]),
    )  # fmt: skip


def fit_candidates(x: Float, y: Float, seed: int) -> Trees:
    """One model for the candidates of all types; x is n x features."""
    return _fit(x, y, seed, iterations=250, rate=0.05, leaf=150, leaves=16)


def fit_presence(x: Float, y: NDArray[np.bool_], seed: int) -> Trees:
    """One model for whether a contract holds a type; x is n x features."""
    return _fit(x, y, seed, iterations=200, rate=0.05, leaf=40, leaves=8)


def _fit(x: Float, y: NDArray[Any], seed: int, *, iterations: int, rate: float, leaf: int, leaves: int) -> Trees:
    model = HistGradientBoostingClassifier(
        max_iter=iterations, learning_rate=rate, max_leaf_nodes=leaves, max_depth=MAX_DEPTH, min_samples_leaf=leaf,
        l2_regularization=5.0, max_features=0.3, early_stopping=False, random_state=seed,
    )  # fmt: skip
    return export(model.fit(x, y))
