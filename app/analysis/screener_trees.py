"""Boosted trees in numpy arrays: the second stage at run time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Trees:
    """Nodes of all trees in one row of arrays. A leaf points at itself; `roots` has every tree's first node."""

    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    base: float

    def raw(self, x: NDArray[np.float32]) -> NDArray[np.float32]:
        """Log-odds for every row of x (n x features)."""
        at = np.broadcast_to(self.roots, (len(x), len(self.roots))).copy()
        line = np.arange(len(x))[:, None]
        for _ in range(MAX_DEPTH):
            goes_left = x[line, self.feature[at]] <= self.threshold[at]
            at = np.where(goes_left, self.left[at], self.right[at])
        return np.asarray(self.value[at].sum(1) + self.base, np.float32)

    def arrays(self, name: str) -> dict[str, NDArray[np.generic]]:
        """For the weight file."""
        fields = ("roots", "feature", "threshold", "left", "right", "value")
        return {f"{name}_{field}": getattr(self, field) for field in fields} | {f"{name}_base": np.float32(self.base)}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.generic]], name: str) -> Trees:
        """From the weight file."""
        get = {
            field: arrays[f"{name}_{field}"] for field in ("roots", "feature", "threshold", "left", "right", "value")
        }
        return cls(**get, base=float(arrays[f"{name}_base"]))  # type: ignore[arg-type]
