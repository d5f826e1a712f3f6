"""The clause screener: every segment scored for every CUAD type, in numpy, from committed weights."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from app.analysis.clause_rules import rule_candidates
from app.analysis.features import HashedRows, hash_rows, read_document
from app.analysis.screener_spans import trim
from app.analysis.screener_stack import apply_stack
from app.domain.clauses import CUAD_TYPES, Candidate
from app.errors import UserError

FILES = ("linear.npz", "stack.json")
KEPT_PER_TYPE = 6  # candidates below the threshold that are handed on, for reading, ranking and absence
FLOOR = 0.02


@dataclass(frozen=True, slots=True)
class Linear:
    """First stage: hashed columns kept, their inverse document frequencies, weights (columns, types) and bias."""

    keys: NDArray[np.uint32]
    idf: NDArray[np.float32]
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]

    def logits(self, rows: HashedRows) -> NDArray[np.float32]:
        """(segments, types)."""
        matrix = weighted(rows, self.keys, self.idf)
        used = np.unique(matrix.indices)
        dense = self.weights[used].astype(np.float32)
        return np.asarray(matrix[:, used] @ dense * self.scale + self.bias, np.float32)


def weighted(rows: HashedRows, keys: NDArray[np.uint32], idf: NDArray[np.float32]) -> csr_matrix:
    """The rows over the kept columns, each value times its column's inverse document frequency."""
    place = np.minimum(np.searchsorted(keys, rows.keys), len(keys) - 1)
    known = keys[place] == rows.keys
    counts = np.add.reduceat(np.append(known, False), rows.indptr[:-1]) if len(rows.indptr) > 1 else np.zeros(0)
    counts = np.where(np.diff(rows.indptr) > 0, counts, 0)
    indptr = np.concatenate(([0], np.cumsum(counts)))
    columns = place[known]
    return csr_matrix((rows.values[known] * idf[columns], columns, indptr), (len(rows.indptr) - 1, len(keys)))


class Screener:
    """Scores a text. A pure function of the text: no title, no name, no label is looked at."""

    def __init__(self, linear: Linear, stack: dict[str, Any], sha256: str) -> None:
        self._linear = linear
        self._weights = np.array(stack["weights"], np.float32)
        self._bias = np.array(stack["bias"], np.float32)
        self._thresholds = np.array(stack["thresholds"], np.float32)
        self.version = str(stack["version"])
        self.sha256 = sha256

    @classmethod
    def load(cls, folder: Path) -> Screener:
        """The screener whose weights lie in `folder`; raises UserError where they are missing or damaged."""
        digest = hashlib.sha256()
        try:
            for name in FILES:
                digest.update((folder / name).read_bytes())
            with np.load(folder / FILES[0], allow_pickle=False) as data:
                linear = Linear(data["keys"], data["idf"].astype(np.float32), data["weights"], data["scale"], data["bias"])
            stack = json.loads((folder / FILES[1]).read_text("utf-8"))
        except (OSError, ValueError, KeyError):
            raise UserError("The screener's weights are missing or damaged; install Privity again.") from None
        return cls(linear, stack, digest.hexdigest())

    def probabilities(self, text: str) -> tuple[list[tuple[int, int]], NDArray[np.float32]]:
        """Segments and their calibrated probability for each CUAD type, (segments, types)."""
        document = read_document(text)
        if not document.spans:
            return [], np.zeros((0, len(CUAD_TYPES)), np.float32)
        logits = self._linear.logits(hash_rows(text, document))
        return document.spans, apply_stack(logits, self._weights, self._bias)

    def screen(self, text: str) -> list[Candidate]:
        """Reported candidates and the best unreported ones of every type, by type, then by place."""
        spans, scores = self.probabilities(text)
        found: list[Candidate] = []
        for column, name in enumerate(CUAD_TYPES if spans else ()):
            found += self._of_type(text, name, spans, scores[:, column], float(self._thresholds[column]))
        return found + rule_candidates(text, spans)

    def _of_type(
        self, text: str, name: str, spans: list[tuple[int, int]], scores: NDArray[np.float32], threshold: float
    ) -> list[Candidate]:
        reported = scores >= threshold
        rest = [i for i in np.argsort(-scores)[: KEPT_PER_TYPE + int(reported.sum())] if not reported[i]]
        kept = [i for i in rest[:KEPT_PER_TYPE] if scores[i] >= FLOOR]
        chosen = sorted([*map(int, np.flatnonzero(reported)), *map(int, kept)])
        return [
            Candidate(name, *trim(text, name, *spans[i]), float(scores[i]), bool(reported[i])) for i in chosen
        ]
