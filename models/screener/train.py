"""Train the clause screener.

    python models/screener/train.py DATA.jsonl                the committed weights, without held_out.txt
    python models/screener/train.py DATA.jsonl --folds DIR    five models by contract, for an honest measurement

Needs the extra "train" (scikit-learn, torch) and the base of the encoder (make encoder-base). Deterministic by seed.
Work that is done is kept in --work and taken up again: the folds' fits serve the committed weights too.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from bundle import Arrays, fit_bundle, write_bundle  # noqa: E402
from data import FOLDS, Example, load_examples, make_folds  # noqa: E402
from stages import EncoderStage, FirstStage  # noqa: E402

from app.analysis.features_cues import Cues  # noqa: E402
from app.analysis.fold_screener import text_key  # noqa: E402
from app.analysis.screener import WEIGHTS  # noqa: E402

Float = NDArray[np.float32]


class Fits:
    """Both fitted stages over the same contracts and folds."""

    def __init__(self, examples: list[Example], work: Path, base: Path, seed: int) -> None:
        self.examples, self.seed = examples, seed
        self.folds = make_folds(examples)
        self.first = FirstStage(examples, work, seed)
        self.encoder = EncoderStage(examples, work, base, seed)

    def all(self) -> NDArray[np.bool_]:
        """Every contract."""
        return np.ones(len(self.examples), bool)

    @cached_property
    def hard(self) -> dict[int, Float]:
        """Out-of-fold first-stage log-odds of every contract, by which an encoder's hard lessons are chosen."""
        logits: dict[int, Float] = {}
        for fold in range(FOLDS):
            logits |= self.first.fit(f"single_{fold}_{fold}", self.folds == fold, self.all())
        return logits

    @cached_property
    def read(self) -> dict[int, Float]:
        """Log-odds of every contract by an encoder that did not see its fold."""
        found: dict[int, Float] = {}
        for fold in range(FOLDS):
            found |= self.encoder.fit(f"encoder_{fold}", self.folds == fold, self.all(), self.hard)
        return found

    def bundle(self, chosen: NDArray[np.int64], logits: dict[int, Float], shipped: Arrays) -> Arrays:
        """The later stages on the chosen contracts' out-of-fold log-odds."""
        cues = Cues.of((HERE / "cues.json").read_text(encoding="utf-8"))
        parts = ([each[i] for i in chosen] for each in (self.examples, logits, self.read))
        return fit_bundle(*parts, shipped, cues, self.seed)


def train_final(fits: Fits, out: Path) -> None:
    """All contracts but the held-out ones; the second stage on out-of-fold logits among them.

    The encoders of the folds have seen held-out contracts, the shipped one has not: from the former only how much
    an encoder's word weighs is learnt.
    """
    held = {line for line in (HERE / "held_out.txt").read_text(encoding="utf-8").splitlines() if line[:1] not in "#"}
    used = np.array([example.title not in held for example in fits.examples])
    logits: dict[int, Float] = {}
    for fold in range(FOLDS):
        logits |= fits.first.fit(f"final_{fold}_{fold}", used & (fits.folds == fold), used)
    fits.first.fit("full_0_0", ~used, used)
    fits.encoder.fit("encoder_full", ~used, used, fits.hard)
    shipped = fits.first.weights("full_0_0") | fits.encoder.weights("encoder_full")
    write_bundle(fits.bundle(np.flatnonzero(used), logits, shipped), out)


def train_folds(fits: Fits, out: Path, only: list[int]) -> None:
    """Five models; for each, the inner logits come from models that saw neither its fold nor the contract itself.

    The inner encoders saw its fold, never the contract itself: five encoders, not fifteen, and only how much their word
    weighs is learnt from it.
    """
    out.mkdir(parents=True, exist_ok=True)
    keys = {text_key(example.text): int(fold) for example, fold in zip(fits.examples, fits.folds, strict=True)}
    (out / "folds.json").write_text(json.dumps(keys), encoding="utf-8")
    for fold in only:
        if (out / f"fold{fold}" / WEIGHTS).exists():
            continue
        logits: dict[int, Float] = {}
        for other in set(range(FOLDS)) - {fold}:
            high, low = max(fold, other), min(fold, other)
            pair = fits.first.fit(f"pair_{high}_{low}", np.isin(fits.folds, [fold, other]), fits.all())
            logits |= {i: scores for i, scores in pair.items() if fits.folds[i] == other}
        assert fits.read  # fits the encoders, so that this fold's weights are there
        shipped = fits.first.weights(f"single_{fold}_{fold}") | fits.encoder.weights(f"encoder_{fold}")
        write_bundle(fits.bundle(np.flatnonzero(fits.folds != fold), logits, shipped), out / f"fold{fold}")
        print(f"fold {fold} written", flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=Path, metavar="DIR", help="write the five fold models here instead")
    parser.add_argument("--only", type=int, nargs="*", default=list(range(FOLDS)), help="these folds only")
    parser.add_argument("--out", type=Path, default=HERE / "weights")
    parser.add_argument("--base", type=Path, default=HERE.parents[1] / "out" / "minilm", help="make encoder-base")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "privity-screener")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    fits = Fits(load_examples(args.data), args.work, args.base, args.seed)
    if args.folds:
        train_folds(fits, args.folds, args.only)
    else:
        train_final(fits, args.out)


if __name__ == "__main__":
    main()
