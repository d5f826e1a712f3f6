"""Everything after the first stage, fitted on a set of contracts, and the weight file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import stack
import thresholds
from data import Example
from linear import quantised
from numpy.typing import NDArray
from tagger import fit_tagger

from app.analysis.features_stack import GENERIC, stack_features
from app.analysis.screener import SHORT_COLUMNS, WEIGHTS
from app.analysis.screener_linear import LinearScores
from app.analysis.screener_trees import Trees
from app.domain.clauses import CUAD_TYPES

Float = NDArray[np.float32]
Arrays = dict[str, NDArray[np.generic]]
TREE_FIELDS = ("roots", "feature", "threshold", "left", "right", "value")


class Stage:
    """The second stage's inputs of some contracts: top segments' features, targets, and labelled segments in all."""

    def __init__(self, examples: list[Example], logits: list[Float]) -> None:
        self.x: list[Float] = []
        self.y: list[Float] = []
        for example, scores in zip(examples, logits, strict=True):
            rows, features = stack_features(example.text, example.document, scores)
            self.x.append(features)
            self.y.append(np.take_along_axis(example.targets, rows, 0))
        self.total = [example.targets.sum(0) for example in examples]

    def fit(self, chosen: NDArray[np.int64], seed: int) -> tuple[Trees, list[Trees]]:
        """The pooled model and one per type, on the chosen contracts."""
        x = [self.x[i] for i in chosen]
        y = [self.y[i] for i in chosen]
        flat = np.concatenate([part[:, :, :GENERIC].reshape(-1, GENERIC) for part in x])
        pooled = stack.fit_pooled(flat, np.concatenate([part.ravel() for part in y]), seed)
        by_type = [
            stack.fit_type(np.concatenate([p[:, k] for p in x]), np.concatenate([p[:, k] for p in y]), seed)
            for k in range(len(CUAD_TYPES))
        ]
        return pooled, by_type


def raw_scores(x: Float, pooled: Trees, by_type: list[Trees]) -> Float:
    """Mean log-odds of both models (k x types)."""
    one = pooled.raw(x[:, :, :GENERIC].reshape(-1, GENERIC)).reshape(x.shape[:2])
    return (one + np.stack([trees.raw(x[:, k]) for k, trees in enumerate(by_type)], 1)) / 2


def fit_bundle(examples: list[Example], logits: list[Float], first: LinearScores, seed: int) -> Arrays:
    """Fit tagger, second stage, calibration and thresholds on out-of-fold first-stage logits; returns the weight file."""  # noqa: E501
    tagger = quantised(fit_tagger(examples, [scores[:, SHORT_COLUMNS] for scores in logits], seed))
    data = Stage(examples, logits)
    half = np.random.default_rng(seed).permutation(len(examples)) % 2
    raw: dict[int, Float] = {}
    for side in (0, 1):
        models = data.fit(np.flatnonzero(half != side), seed)
        raw |= {int(i): raw_scores(data.x[i], *models) for i in np.flatnonzero(half == side)}
    every = [raw[i] for i in range(len(examples))]
    calibration = thresholds.calibrate(
        np.concatenate([r.ravel() for r in every]), np.concatenate([y.ravel() for y in data.y])
    )
    scores = [1 / (1 + np.exp(-(calibration[0] * r + calibration[1]))) for r in every]
    chosen = thresholds.choose(scores, data.y, data.total)
    pooled, by_type = data.fit(np.arange(len(examples)), seed)
    return (
        first.arrays("first") | tagger.arrays("tagger") | pooled.arrays("pooled") | _joined(by_type)
        | {"calibration": calibration, "thresholds": chosen}
    )  # fmt: skip


def _joined(by_type: list[Trees]) -> Arrays:
    """All types' trees as one set of arrays, with the bounds of each type's roots."""
    offsets = np.concatenate(([0], np.cumsum([len(trees.feature) for trees in by_type])[:-1]))
    moved = [
        Trees(t.roots + int(o), t.feature, t.threshold, t.left + int(o), t.right + int(o), t.value, t.base)
        for t, o in zip(by_type, offsets, strict=True)
    ]
    whole = Trees(
        *(np.concatenate([getattr(trees, field) for trees in moved]).astype(getattr(by_type[0], field).dtype)
          for field in TREE_FIELDS), base=0.0,
    )  # fmt: skip
    bounds = np.concatenate(([0], np.cumsum([len(trees.roots) for trees in by_type]))).astype(np.int32)
    bases = np.array([trees.base for trees in by_type], np.float32)
    return whole.arrays("types") | {"types_bounds": bounds, "types_bases": bases}


def write_bundle(arrays: Arrays, folder: Path) -> None:
    """Write the weight file whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / "part.npz"
    np.savez_compressed(temporary, **arrays)  # type: ignore[arg-type]
    temporary.replace(folder / WEIGHTS)
