"""Everything after the first stage, fitted on a set of contracts, and the weight file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import calibrate
import numpy as np
import stack
import thresholds
from data import Example
from linear import quantised
from numpy.typing import NDArray
from tagger import fit_tagger

from app.analysis.features_cues import Cues
from app.analysis.features_stack import UNREAD, build_stage, uncertain_rows
from app.analysis.screener import WEIGHTS
from app.analysis.screener_judgement import presence_features, second_stage
from app.analysis.screener_linear import LinearScores
from app.analysis.screener_spans import SHORT_COLUMNS
from app.analysis.screener_trees import Trees

Float = NDArray[np.float32]
Arrays = dict[str, NDArray[Any]]
PARTS = 3  # parts of the training contracts, each judged by models of the others, for calibration and thresholds


class Data:
    """The later stages' inputs of some contracts: stages, targets of their candidates, labelled segments in all."""

    def __init__(self, examples: list[Example], logits: list[Float], read: list[Float], cues: Cues) -> None:
        self.examples = examples
        self.stages = [
            build_stage(e.text, e.document, s, _where_read(s, r), cues)
            for e, s, r in zip(examples, logits, read, strict=True)
        ]
        self.y = [np.take_along_axis(e.targets, s.rows, 0) for e, s in zip(examples, self.stages, strict=True)]
        self.total = [example.targets.sum(0) for example in examples]

    def fit_second(self, chosen: NDArray[np.int64], seed: int) -> Trees:
        """The second stage on the chosen contracts."""
        x = [self.stages[i].features for i in chosen]
        return stack.fit_candidates(
            np.concatenate([part.reshape(-1, part.shape[2]) for part in x]),
            np.concatenate([self.y[i].ravel() for i in chosen]), seed,
        )  # fmt: skip

    def fit_presence(self, chosen: NDArray[np.int64], raw: dict[int, Float], seed: int) -> Trees:
        """Presence on the chosen contracts, from log-odds of second stages that did not see them."""
        x = [presence_features(raw[i], self.stages[i]) for i in chosen]
        y = [self.total[i] > 0 for i in chosen]
        return stack.fit_presence(np.concatenate(x), np.concatenate(y), seed)

    def fit_tagger(self, chosen: NDArray[np.int64], seed: int) -> LinearScores:
        """The tagger of names, titles and dates on the chosen contracts."""
        logits = [self.stages[i].logits[:, SHORT_COLUMNS] for i in chosen]
        return quantised(fit_tagger([self.examples[i] for i in chosen], logits, seed))


def _where_read(logits: Float, read: Float) -> Float:
    """The encoder's log-odds of a whole contract, left out where it would not read at run time."""
    rows = uncertain_rows(logits)
    result = np.full_like(logits, UNREAD)
    result[rows] = read[rows]
    return result


def fit_bundle(
    examples: list[Example], logits: list[Float], read: list[Float], shipped: Arrays, cues: Cues, seed: int
) -> Arrays:
    """Fit the later stages, calibration and thresholds on out-of-fold log-odds; returns the weight file.

    `logits` and `read` have each contract's log-odds (segments x types) by the first stage and by the encoder,
    `shipped` the arrays of the two that are shipped.
    """
    data = Data(examples, logits, read, cues)
    every = np.arange(len(examples))
    part = np.random.default_rng(seed).permutation(len(examples)) % PARTS
    raw: dict[int, Float] = {}
    there: dict[int, Float] = {}
    short: list[calibrate.Pieces] = []
    for side in range(PARTS):
        second = data.fit_second(every[part != side], seed)
        raw |= {int(i): second_stage(second, data.stages[i]) for i in every[part == side]}
    for side in range(PARTS):
        presence = data.fit_presence(every[part != side], raw, seed)
        there |= {int(i): presence.raw(presence_features(raw[i], data.stages[i])) for i in every[part == side]}
        tagger = data.fit_tagger(every[part != side], seed)
        short += [calibrate.pieces_of(examples[i], data.stages[i], tagger) for i in every[part == side]]
    order = [int(i) for i in np.concatenate([every[part == side] for side in range(PARTS)])]
    judged = [(raw[i], there[i], data.y[i], data.total[i]) for i in order]
    calibration = calibrate.fit(judged, short)
    return (
        shipped | data.fit_tagger(every, seed).arrays("tagger") | {"cues": cues.to_bytes()}
        | data.fit_second(every, seed).arrays("pooled") | data.fit_presence(every, raw, seed).arrays("presence")
        | calibration.arrays() | {"thresholds": thresholds.choose(judged, calibration)}
    )  # fmt: skip


def write_bundle(arrays: Arrays, folder: Path) -> None:
    """Write the weight file whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / "part.npz"
    np.savez_compressed(temporary, **arrays)
    temporary.replace(folder / WEIGHTS)
