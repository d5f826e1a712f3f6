"""Linear scores from hashed rows: weights kept as bytes with a scale per type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from app.analysis.features import HashedRows

Float = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinearScores:
    """Sorted feature keys (uint32), weights (keys x types, int8), scale and bias per type."""

    keys: NDArray[np.uint32]
    weights: NDArray[np.int8]
    scale: Float
    bias: Float

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.generic]], name: str) -> LinearScores:
        """From the weight file."""
        return cls(*(arrays[f"{name}_{field}"] for field in ("keys", "weights", "scale", "bias")))  # type: ignore[arg-type]

    def arrays(self, name: str) -> dict[str, NDArray[np.generic]]:
        """For the weight file."""
        return {f"{name}_{field}": getattr(self, field) for field in ("keys", "weights", "scale", "bias")}

    def logits(self, rows: HashedRows) -> Float:
        """Rows x types; only the weights of the features that occur are widened."""
        column = np.minimum(np.searchsorted(self.keys, rows.keys), len(self.keys) - 1)
        known = self.keys[column] == rows.keys
        used, place = np.unique(column[known], return_inverse=True)
        line = np.repeat(np.arange(len(rows.indptr) - 1), np.diff(rows.indptr))[known]
        matrix = sparse.csr_matrix((rows.values[known], (line, place)), shape=(len(rows.indptr) - 1, len(used)))
        return np.asarray((matrix @ self.weights[used].astype(np.float32)) * self.scale + self.bias, np.float32)
