"""Screeners of a cross-validation: every contract is screened by the model that never saw it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from app.analysis.screener import Screener
from app.errors import UserError


def text_key(text: str) -> str:
    """SHA-256 of a contract's text, by which its fold is known."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class FoldScreeners:
    """`folds` maps text keys to fold numbers; `folder` holds fold0, fold1, ..., each with a weight file."""

    folder: Path
    folds: dict[str, int]
    loaded: dict[int, Screener]

    @classmethod
    def load(cls, folder: Path) -> FoldScreeners:
        """Read folds.json; the weights are read when first needed."""
        try:
            folds = json.loads((folder / "folds.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise UserError(f"{folder} holds no cross-validation: train.py --folds writes one.") from None
        return cls(folder, {str(key): int(fold) for key, fold in folds.items()}, {})

    def for_contract(self, text: str) -> Screener:
        """The screener that was not trained on this text."""
        fold = self.folds.get(text_key(text))
        if fold is None:
            raise UserError("A contract is in none of the folds; the cross-validation covers the training file only.")
        if fold not in self.loaded:
            self.loaded[fold] = Screener.load(self.folder / f"fold{fold}")
        return self.loaded[fold]
