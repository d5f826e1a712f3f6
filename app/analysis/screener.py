"""The clause screener: a text in, candidates of every clause type out, in well under a second on one core."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.analysis.clause_rules import find_rule_clauses
from app.analysis.encoder import Encoder
from app.analysis.features import Document, hash_rows, read_document
from app.analysis.features_cues import Cues
from app.analysis.features_stack import UNREAD, Stage, build_stage, uncertain_rows
from app.analysis.screener_judgement import Calibration, Judgement, judge, presence_features, second_stage
from app.analysis.screener_linear import LinearScores
from app.analysis.screener_spans import find_candidates
from app.analysis.screener_trees import Trees
from app.domain.clauses import Candidate
from app.errors import UserError

WEIGHTS = "screener.npz"
VERSION = "3"
Float = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Screener:
    """All stages with calibration and thresholds (types x 2).

    The first threshold is for the type to be there at all; the second for segments beside the best one.
    """

    sha256: str
    version: str
    first: LinearScores
    encoder: Encoder
    tagger: LinearScores
    cues: Cues
    pooled: Trees
    presence: Trees
    calibration: Calibration
    thresholds: Float

    @classmethod
    def load(cls, folder: Path) -> Screener:
        """Load the weight file of a folder. Raises UserError where there is none or it cannot be read."""
        path = folder / WEIGHTS
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            with np.load(path, allow_pickle=False) as file:
                return cls.of({name: file[name] for name in file.files}, digest)
        except (OSError, ValueError, KeyError, re.error):
            raise UserError("The clause screener's weights are missing or damaged; install Privity again.") from None

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], digest: str) -> Screener:
        """From the arrays of a weight file."""
        return cls(
            digest, VERSION, LinearScores.of(arrays, "first"), Encoder.of(arrays), LinearScores.of(arrays, "tagger"),
            Cues.of_bytes(arrays["cues"]), Trees.of(arrays, "pooled"), Trees.of(arrays, "presence"),
            Calibration.of(arrays), np.asarray(arrays["thresholds"], np.float32),
        )  # fmt: skip

    def screen(self, text: str) -> list[Candidate]:
        """Candidates of all types in order of the text; those not `reported` are kept for ranking and reading."""
        document = read_document(text)
        if not document.spans:
            return []
        stage = self.stage(text, document)
        found = find_candidates(text, document, stage, self.judge(stage), self.tagger, self.calibration.short)
        return sorted([*found, *find_rule_clauses(text)], key=lambda c: (c.start, c.end, c.type))

    def stage(self, text: str, document: Document) -> Stage:
        """What the second stage sees: the first stage has scored all, the encoder has read what is uncertain."""
        logits = self.first.logits(hash_rows(text, document))
        read = np.full_like(logits, UNREAD)
        rows = uncertain_rows(logits)
        read[rows] = self.encoder.logits(text, document, rows.tolist())
        return build_stage(text, document, logits, read, self.cues)

    def judge(self, stage: Stage) -> Judgement:
        """Probabilities and decisions for the best segments of every type."""
        raw = second_stage(self.pooled, stage)
        there = self.presence.raw(presence_features(raw, stage))
        return judge(raw, there, self.calibration, self.thresholds)
