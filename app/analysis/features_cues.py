"""Cues: expressions a lawyer looks for, for and against each clause type, counted in the candidates' segments."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.clauses import CUAD_TYPES

Float = NDArray[np.float32]
Bytes = NDArray[np.uint8]
CUE_COLUMNS = 4  # for, against, most for in any candidate, candidates with one


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled expressions of every type, in the order of CUAD_TYPES: (for, against)."""

    source: str
    patterns: tuple[tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]], ...]

    @classmethod
    def of(cls, source: str) -> Cues:
        """From JSON: {type: {"for": [expression, ...], "against": [...]}}. Raises ValueError, KeyError, re.error."""
        table = json.loads(source)
        return cls(source, tuple((_compiled(table[t]["for"]), _compiled(table[t]["against"])) for t in CUAD_TYPES))

    @classmethod
    def of_bytes(cls, array: Bytes) -> Cues:
        """From the weight file."""
        return cls.of(array.tobytes().decode())

    def to_bytes(self) -> Bytes:
        """For the weight file."""
        return np.frombuffer(self.source.encode(), np.uint8)

    def features(self, text: str, spans: Sequence[tuple[int, int]], rows: NDArray[np.int64]) -> Float:
        """Counts in the segments `rows` (k x types) point at: k x types x CUE_COLUMNS."""
        result = np.zeros((*rows.shape, CUE_COLUMNS), np.float32)
        for column, (favourable, adverse) in enumerate(self.patterns):
            for rank, row in enumerate(rows[:, column]):
                piece = text[slice(*spans[row])]
                result[rank, column, 0] = sum(1 for cue in favourable if cue.search(piece))
                result[rank, column, 1] = sum(1 for cue in adverse if cue.search(piece))
        result[:, :, 2] = result[:, :, 0].max(0)
        result[:, :, 3] = (result[:, :, 0] > 0).sum(0)
        return result


def _compiled(expressions: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(expression, re.IGNORECASE | re.DOTALL) for expression in expressions)
