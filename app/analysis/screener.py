"""The clause screener: a text in, candidates of every clause type out, in well under a second on one core."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.analysis.clause_rules import find_rule_clauses
from app.analysis.features import Document, hash_rows, read_document
from app.analysis.features_stack import GENERIC, stack_features
from app.analysis.features_tokens import SHORT_TYPES, short_rows
from app.analysis.screener_linear import LinearScores
from app.analysis.screener_spans import KEPT, long_candidates, short_candidates
from app.analysis.screener_trees import Trees
from app.domain.clauses import CUAD_TYPES, Candidate
from app.errors import UserError

WEIGHTS = "screener.npz"
VERSION = "1"
Float = NDArray[np.float32]
SHORT_COLUMNS = [CUAD_TYPES.index(name) for name in SHORT_TYPES]
LEAST = 0.01  # candidates below this probability are dropped, but for the best of each type


@dataclass(frozen=True, slots=True)
class Screener:
    """First stage, tagger of short types, second stage, calibration (slope, offset) and thresholds (types x 2).

    The first threshold is for the type to be reported at all, by its best segment; the second for further segments.
    """

    sha256: str
    version: str
    first: LinearScores
    tagger: LinearScores
    pooled: Trees
    by_type: tuple[Trees, ...]
    calibration: Float
    thresholds: Float

    @classmethod
    def load(cls, folder: Path) -> Screener:
        """Load the weight file of a folder. Raises UserError where there is none or it cannot be read."""
        path = folder / WEIGHTS
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            with np.load(path, allow_pickle=False) as file:
                return cls.of({name: file[name] for name in file.files}, digest)
        except (OSError, ValueError, KeyError):
            raise UserError("The clause screener's weights are missing or damaged; install Privity again.") from None

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.generic]], digest: str) -> Screener:
        """From the arrays of a weight file."""
        types = Trees.of(arrays, "types")
        bounds = np.asarray(arrays["types_bounds"])
        by_type = tuple(
            Trees(
                types.roots[low:high], types.feature, types.threshold, types.left, types.right, types.value, float(base)
            )
            for low, high, base in zip(bounds[:-1], bounds[1:], np.asarray(arrays["types_bases"]), strict=True)
        )
        return cls(
            digest, VERSION, LinearScores.of(arrays, "first"), LinearScores.of(arrays, "tagger"),
            Trees.of(arrays, "pooled"), by_type, np.asarray(arrays["calibration"], np.float32),
            np.asarray(arrays["thresholds"], np.float32),
        )  # fmt: skip

    def screen(self, text: str) -> list[Candidate]:
        """Candidates of all types in order of the text; those not `reported` are kept for ranking and reading."""
        document = read_document(text)
        if not document.spans:
            return []
        logits = self.first.logits(hash_rows(text, document))
        rows, scores = self.segment_scores(text, document, logits)
        found = self._candidates(text, document, logits, rows, scores)
        return sorted([*found, *find_rule_clauses(text)], key=lambda c: (c.start, c.end, c.type))

    def segment_scores(self, text: str, document: Document, logits: Float) -> tuple[NDArray[np.int64], Float]:
        """Best segments of every type and the probability that each holds the clause (k x types both)."""
        rows, features = stack_features(text, document, logits)
        flat = features.reshape(-1, features.shape[2])
        raw = self.pooled.raw(flat[:, :GENERIC]).reshape(rows.shape)
        raw = raw + np.stack([trees.raw(features[:, column]) for column, trees in enumerate(self.by_type)], 1)
        return rows, 1 / (1 + np.exp(-(self.calibration[0] * raw / 2 + self.calibration[1])))

    def _candidates(
        self, text: str, document: Document, logits: Float, rows: NDArray[np.int64], scores: Float
    ) -> list[Candidate]:
        reported = decide(scores, self.thresholds)
        found: list[Candidate] = []
        for column, name in enumerate(CUAD_TYPES):
            if name in SHORT_TYPES:
                continue
            order = np.argsort(-scores[:, column], kind="stable")
            keep = [int(k) for n, k in enumerate(order[:KEPT]) if n == 0 or scores[k, column] >= LEAST]
            keep += [int(k) for k in order[KEPT:] if reported[k, column]]
            found += long_candidates(
                text, document, name, [int(rows[k, column]) for k in keep], [float(scores[k, column]) for k in keep],
                [bool(reported[k, column]) for k in keep],
            )  # fmt: skip
        return found + self._short(text, document, logits[:, SHORT_COLUMNS], rows, scores, reported)

    def _short(
        self, text: str, document: Document, logits: Float, rows: NDArray[np.int64], scores: Float,
        reported: NDArray[np.bool_],
    ) -> list[Candidate]:  # fmt: skip
        """Names, titles and dates; a segment in which none is found stands as a whole."""
        found: list[Candidate] = []
        known = [{int(r): k for k, r in enumerate(rows[:, column])} for column in SHORT_COLUMNS]
        for row in short_rows(logits):
            wanted = [i for i in range(len(SHORT_TYPES)) if row in known[i]]
            pieces = short_candidates(text, document, self.tagger, row, logits[row], wanted)
            for index in wanted:
                at, column = known[index][row], SHORT_COLUMNS[index]
                score, said = float(scores[at, column]), bool(reported[at, column])
                mine = [piece for piece in pieces if piece[0] == index]
                if not mine and said:
                    found.append(Candidate(SHORT_TYPES[index], *document.spans[row], score / 2, True))
                found += [
                    Candidate(SHORT_TYPES[index], start, end, score * chance, said)
                    for _, start, end, chance in mine if said or score * chance >= LEAST
                ]  # fmt: skip
        return found


def decide(scores: Float, thresholds: Float) -> NDArray[np.bool_]:
    """Tell which segments (k x types) are reported: the type by its best one, the others by their own threshold."""
    best = scores.max(0)
    further = (scores >= thresholds[:, 1]) | (scores == best)
    return np.asarray((best >= thresholds[:, 0]) & further, np.bool_)
