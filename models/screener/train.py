"""Train the clause screener.

    python models/screener/train.py DATA.jsonl                the committed weights, without held_out.txt
    python models/screener/train.py DATA.jsonl --folds DIR    five models by contract, for an honest measurement

Needs the extra "train" (scikit-learn). Deterministic by seed. Work that is done is kept in --work and taken up again.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from bundle import Arrays, fit_bundle, write_bundle  # noqa: E402
from data import FOLDS, Example, load_examples, make_folds  # noqa: E402
from linear import fit_linear, quantised  # noqa: E402
from written import written_rows  # noqa: E402

from app.analysis.features_cues import Cues  # noqa: E402
from app.analysis.fold_screener import text_key  # noqa: E402
from app.analysis.screener import WEIGHTS  # noqa: E402
from app.analysis.screener_linear import LinearScores  # noqa: E402

Float = NDArray[np.float32]


class FirstStage:
    """First-stage fits, each kept in the work folder: logits of the contracts left out, and the weights where asked."""

    def __init__(self, examples: list[Example], work: Path, seed: int) -> None:
        self.examples, self.work, self.seed = examples, work, seed
        work.mkdir(parents=True, exist_ok=True)

    def fit(self, name: str, left_out: NDArray[np.bool_], used: NDArray[np.bool_]) -> dict[int, Float]:
        """Logits of the contracts left out, from a model of the other used ones."""
        path = self.work / f"{name}.npz"
        if not path.exists():
            chosen = np.flatnonzero(used & ~left_out)
            seen = [self.examples[i] for i in chosen]
            written = written_rows(seen, self.seed)
            model = fit_linear([e.rows for e in seen], [e.targets for e in seen], self.seed, written=written)
            small = quantised(model)
            scores = {f"d{i}": small.logits(self.examples[i].rows) for i in np.flatnonzero(left_out)}
            np.savez(self.work / "part.npz", **{k: v.astype(np.float16) for k, v in scores.items()})
            np.savez(self.work / f"w_{name}.npz", **small.arrays("first"))
            (self.work / "part.npz").replace(path)
            print(f"first stage {name}: {len(chosen)} contracts, {len(model.keys)} features", flush=True)
        with np.load(path, allow_pickle=False) as file:
            return {int(key[1:]): file[key].astype(np.float32) for key in file.files}

    def weights(self, name: str) -> LinearScores:
        """The weights of an earlier fit."""
        with np.load(self.work / f"w_{name}.npz", allow_pickle=False) as file:
            return LinearScores.of({key: file[key] for key in file.files}, "first")


def train_final(examples: list[Example], folds: NDArray[np.int64], first: FirstStage, out: Path) -> None:
    """All contracts but the held-out ones; the second stage on out-of-fold logits among them."""
    held = {line for line in (HERE / "held_out.txt").read_text(encoding="utf-8").splitlines() if line[:1] not in "#"}
    used = np.array([example.title not in held for example in examples])
    logits: dict[int, Float] = {}
    for fold in range(FOLDS):
        logits |= first.fit(f"final_{fold}_{fold}", used & (folds == fold), used)
    first.fit("full_0_0", ~used, used)
    chosen = np.flatnonzero(used)
    write_bundle(_bundle(examples, chosen, logits, first.weights("full_0_0"), first.seed), out)


def train_folds(
    examples: list[Example], folds: NDArray[np.int64], first: FirstStage, out: Path, only: list[int]
) -> None:
    """Five models; for each, the inner logits come from models that saw neither its fold nor the contract itself."""
    everything = np.ones(len(examples), bool)
    out.mkdir(parents=True, exist_ok=True)
    keys = {text_key(example.text): int(fold) for example, fold in zip(examples, folds, strict=True)}
    (out / "folds.json").write_text(json.dumps(keys), encoding="utf-8")
    for fold in only:
        if (out / f"fold{fold}" / WEIGHTS).exists():
            continue
        logits: dict[int, Float] = {}
        for other in set(range(FOLDS)) - {fold}:
            high, low = max(fold, other), min(fold, other)
            pair = first.fit(f"pair_{high}_{low}", np.isin(folds, [fold, other]), everything)
            logits |= {i: scores for i, scores in pair.items() if folds[i] == other}
        first.fit(f"single_{fold}_{fold}", folds == fold, everything)
        chosen = np.flatnonzero(folds != fold)
        weights = first.weights(f"single_{fold}_{fold}")
        write_bundle(_bundle(examples, chosen, logits, weights, first.seed), out / f"fold{fold}")
        print(f"fold {fold} written", flush=True)


def _bundle(
    examples: list[Example], chosen: NDArray[np.int64], logits: dict[int, Float], weights: LinearScores, seed: int
) -> Arrays:
    """The later stages on the chosen contracts' out-of-fold log-odds."""
    cues = Cues.of((HERE / "cues.json").read_text(encoding="utf-8"))
    return fit_bundle([examples[i] for i in chosen], [logits[i] for i in chosen], weights.arrays("first"), cues, seed)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=Path, metavar="DIR", help="write the five fold models here instead")
    parser.add_argument("--only", type=int, nargs="*", default=list(range(FOLDS)), help="these folds only")
    parser.add_argument("--out", type=Path, default=HERE / "weights")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "privity-screener")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    examples = load_examples(args.data)
    folds = make_folds(examples)
    first = FirstStage(examples, args.work, args.seed)
    if args.folds:
        train_folds(examples, folds, first, args.folds, args.only)
    else:
        train_final(examples, folds, first, args.out)


if __name__ == "__main__":
    main()
