"""The five fold models of the cross-validation: each contract is scored by the one that never saw it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from app.analysis.screener import Screener
from app.errors import UserError


def text_key(text: str) -> str:
    """How a contract is known to the folds: by its text alone."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


class FoldScreeners:
    """Fold models by contract."""

    def __init__(self, screeners: list[Screener], folds: dict[str, int]) -> None:
        self._screeners = screeners
        self._folds = folds

    @classmethod
    def load(cls, folder: Path) -> FoldScreeners:
        """What `train.py --folds` wrote."""
        try:
            folds = json.loads((folder / "folds.json").read_text("utf-8"))
        except (OSError, ValueError):
            raise UserError(f"{folder} holds no fold models: run models/screener/train.py with --folds first.") from None
        screeners = [Screener.load(folder / f"fold{number}") for number in range(max(folds.values()) + 1)]
        return cls(screeners, folds)

    def for_contract(self, text: str) -> Screener:
        """The model that never saw this contract; raises UserError for a contract of no fold."""
        fold = self._folds.get(text_key(text))
        if fold is None:
            raise UserError("A contract is in none of the folds; score it without --folds.")
        return self._screeners[fold]
