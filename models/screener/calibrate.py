"""Log-odds to probabilities: logistic fits on contracts that the judging models did not see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from data import Example
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from app.analysis.features_stack import Stage
from app.analysis.features_tokens import SHORT_TYPES
from app.analysis.fusion import logit
from app.analysis.screener_judgement import Calibration, judge
from app.analysis.screener_linear import LinearScores
from app.analysis.screener_spans import SHORT_COLUMNS, short_pieces

Float = NDArray[np.float32]
Judged = tuple[
    Float, Float, Float, Float
]  # candidates' log-odds, types' log-odds, candidates' targets, labelled segments


@dataclass(frozen=True, slots=True)
class Pieces:
    """Tagged pieces of one contract: (index in SHORT_TYPES, rank of the segment, token chance, right)."""

    found: list[tuple[int, int, float, bool]]


def pieces_of(example: Example, stage: Stage, tagger: LinearScores) -> Pieces:
    """The tagger's pieces; right is one that shares half its words with a label, as the span figure counts."""
    found = []
    for index, rank, pieces in short_pieces(example.text, example.document, stage, tagger):
        labels = [_words(example.text[a:b]) for a, b in example.labels.get(SHORT_TYPES[index], [])]
        for start, end, chance in pieces:
            mine = _words(example.text[start:end])
            right = any(2 * len(mine & label) >= len(mine | label) for label in labels)
            found.append((index, rank, chance, right))
    return Pieces(found)


def _words(text: str) -> set[str]:
    return set("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def fit(judged: list[Judged], short: list[Pieces]) -> Calibration:
    """All slopes and offsets."""
    raw, y = (np.concatenate([j[k].ravel() for j in judged]) for k in (0, 2))
    there = np.concatenate([np.broadcast_to(j[1], j[0].shape).ravel() for j in judged])
    present = np.concatenate([np.broadcast_to(j[3] > 0, j[0].shape).ravel() for j in judged])
    presence = _fit(np.concatenate([j[1] for j in judged]), truth=np.concatenate([j[3] > 0 for j in judged]))
    chance = _fit(raw[present], truth=y[present])
    score = _fit(presence[0] * there + presence[1], chance[0] * raw + chance[1], truth=y)
    plain = Calibration(presence, chance, score, np.zeros((len(SHORT_TYPES), 3), np.float32))
    return Calibration(presence, chance, score, _short(judged, short, plain))


def _short(judged: list[Judged], short: list[Pieces], plain: Calibration) -> Float:
    """For each short type the fit of right pieces on the segment's score and the tokens' chance."""
    open_all = np.full((judged[0][0].shape[1], 2), 0.5, np.float32)
    inputs: list[list[tuple[float, float]]] = [[] for _ in SHORT_TYPES]
    truth: list[list[bool]] = [[] for _ in SHORT_TYPES]
    for (raw, there, _, _), pieces in zip(judged, short, strict=True):
        scores = judge(raw, there, plain, open_all).scores
        for index, rank, chance, right in pieces.found:
            inputs[index].append((logit(float(scores[rank, SHORT_COLUMNS[index]])), logit(chance)))
            truth[index].append(right)
    return np.stack([_fit(*np.array(x).T, truth=np.array(t)) for x, t in zip(inputs, truth, strict=True)])


def _fit(*columns: NDArray[np.floating], truth: NDArray[np.generic]) -> Float:
    """Slopes, then the offset."""
    model = LogisticRegression(C=1e4, max_iter=500).fit(np.stack(columns, 1), truth)
    return np.array([*model.coef_[0], model.intercept_[0]], np.float32)
