"""The stages that are fitted once per set of contracts, each kept in the work folder and taken up again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from data import Example
from linear import fit_linear, quantised
from numpy.typing import NDArray
from written import written_rows

from app.analysis.screener_linear import LinearScores

Bools = NDArray[np.bool_]
Float = NDArray[np.float32]
Arrays = dict[str, NDArray[Any]]


class FirstStage:
    """First-stage fits: logits of the contracts left out, and the weights where asked."""

    def __init__(self, examples: list[Example], work: Path, seed: int) -> None:
        self.examples, self.work, self.seed = examples, work, seed
        work.mkdir(parents=True, exist_ok=True)

    def fit(self, name: str, left_out: Bools, used: Bools) -> dict[int, Float]:
        """Logits of the contracts left out, from a model of the other used ones."""
        path = self.work / f"{name}.npz"
        if not path.exists():
            chosen = np.flatnonzero(used & ~left_out)
            seen = [self.examples[i] for i in chosen]
            written = written_rows(seen, self.seed)
            model = fit_linear([e.rows for e in seen], [e.targets for e in seen], self.seed, written=written)
            small = quantised(model)
            scores = {int(i): small.logits(self.examples[i].rows) for i in np.flatnonzero(left_out)}
            _keep(self.work, name, scores, small.arrays("first"))
            print(f"first stage {name}: {len(chosen)} contracts, {len(model.keys)} features", flush=True)
        return _kept(path)

    def weights(self, name: str) -> Arrays:
        """The weights of an earlier fit."""
        with np.load(self.work / f"w_{name}.npz", allow_pickle=False) as file:
            return LinearScores.of({key: file[key] for key in file.files}, "first").arrays("first")


class EncoderStage:
    """Encoder fits: log-odds of the contracts left out, and the weights where asked."""

    def __init__(self, examples: list[Example], work: Path, base: Path, seed: int) -> None:
        self.examples, self.work, self.base, self.seed = examples, work, base, seed

    def fit(self, name: str, left_out: Bools, used: Bools, logits: dict[int, Float]) -> dict[int, Float]:
        """Log-odds of the contracts left out, from an encoder of the other used ones.

        `logits`, out of fold, say which of their wrong segments are hard.
        """
        path = self.work / f"{name}.npz"
        if not path.exists():
            from encoder_fit import fit_encoder, score, weights_of  # torch, where an encoder is yet to be fitted

            chosen = [int(i) for i in np.flatnonzero(used & ~left_out)]
            fitted = fit_encoder([self.examples[i] for i in chosen], [logits[i] for i in chosen], self.base, self.seed)
            scores = {int(i): score(fitted, self.examples[i]) for i in np.flatnonzero(left_out)}
            _keep(self.work, name, scores, weights_of(fitted))
            print(f"encoder {name}: {len(chosen)} contracts", flush=True)
        return _kept(path)

    def weights(self, name: str) -> Arrays:
        """The weights of an earlier fit."""
        with np.load(self.work / f"w_{name}.npz", allow_pickle=False) as file:
            return {key: file[key] for key in file.files}


def _keep(work: Path, name: str, scores: dict[int, Float], weights: Arrays) -> None:
    """The weights first: where the scores are, the fit is whole."""
    np.savez(work / "part.npz", **weights)
    (work / "part.npz").replace(work / f"w_{name}.npz")
    np.savez(work / "part.npz", **{f"d{i}": values.astype(np.float16) for i, values in scores.items()})
    (work / "part.npz").replace(work / f"{name}.npz")


def _kept(path: Path) -> dict[int, Float]:
    with np.load(path, allow_pickle=False) as file:
        return {int(key[1:]): file[key].astype(np.float32) for key in file.files}
