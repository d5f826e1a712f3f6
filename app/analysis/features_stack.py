"""Second-stage features: what the first stage says of a segment, its neighbours, its contract and the other types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.analysis.features import Document, is_heading
from app.analysis.features_cues import CUE_COLUMNS, Cues

Float = NDArray[np.float32]
TOP = 24  # segments per type that the second stage looks at: nine labelled ones in ten are among them
LEAST = -4.5  # first-stage log-odds from which the encoder reads one of them: a quarter of a contract's segments
UNREAD = -12.0  # stands for the encoder's log-odds where it did not read


@dataclass(frozen=True, slots=True)
class Stage:
    """What the second stage sees of a contract: the best segments of every type and their features.

    `rows` (k x types) are segment indices, best first; `features` is k x types x columns, the cue counts
    (k x types x CUE_COLUMNS) last; `logits` (segments x types) is what the first stage says, `read` what the encoder.
    """

    rows: NDArray[np.int64]
    features: Float
    logits: Float
    read: Float

    @property
    def cues(self) -> Float:
        """The cue counts alone."""
        return self.features[:, :, -CUE_COLUMNS:]


def top_rows(logits: Float) -> NDArray[np.int64]:
    """Indices of the best segments of every type, best first: min(TOP, n) x types."""
    return np.argsort(-logits, axis=0, kind="stable")[:TOP]


def uncertain_rows(logits: Float) -> NDArray[np.int64]:
    """Segments for the encoder, sorted: among the best of some type, and not out of the question."""
    rows = top_rows(logits)
    return np.unique(rows[np.take_along_axis(logits, rows, 0) > LEAST])


def build_stage(text: str, document: Document, logits: Float, read: Float, cues: Cues) -> Stage:
    """From the first stage's log-odds and the encoder's (segments x types, UNREAD where it did not read)."""
    rows = top_rows(logits)
    kind = np.broadcast_to(np.arange(logits.shape[1]), rows.shape)
    columns = [*_columns(text, document, logits, rows, kind), *_said(read, rows, kind)]
    generic = np.stack([np.asarray(column, np.float32) for column in columns], 2)
    counts = cues.features(text, document.spans, rows)
    return Stage(rows, np.concatenate([generic, counts], 2), logits, read)


def _said(read: Float, rows: NDArray[np.int64], kind: NDArray[np.int64]) -> list[Float]:
    """What the encoder says of a segment, against the best of its type, and of the other types."""
    own = np.take_along_axis(read, rows, 0)
    best = read.max(0)
    others = read[rows]
    others[np.arange(len(rows))[:, None], kind, kind] = UNREAD
    return [own, own - best, np.broadcast_to(best, rows.shape), others.max(2)]


def _columns(
    text: str, document: Document, logits: Float, rows: NDArray[np.int64], kind: NDArray[np.int64]
) -> list[NDArray[Any]]:
    """What the first stage says of a segment, its neighbours, its contract and the other types."""
    count, types = logits.shape
    ordered = np.take_along_axis(logits, rows, 0)
    padded = np.full((count + 4, types), -12.0, np.float32)
    padded[2:-2] = logits
    probability = 1 / (1 + np.exp(-logits))
    any_of = np.log1p(-np.minimum(probability, 0.999)).sum(0)
    shape = _shape(text, document)
    heading = np.array(document.heading)
    parent = np.array(document.parent)
    with_none = np.vstack([logits, np.full((1, types), -12.0, np.float32)])  # index -1: no heading
    return [
        logits[rows, kind], np.broadcast_to(np.arange(len(rows))[:, None], rows.shape), ordered - ordered[:1],
        *(np.broadcast_to(ordered[min(rank, len(rows) - 1)], rows.shape) for rank in range(4)),
        np.broadcast_to(any_of, rows.shape), *(padded[rows + 2 + step, kind] for step in (-2, -1, 1, 2)),
        with_none[heading[rows], kind], with_none[parent[rows], kind], shape[rows, 0], shape[rows, 1], shape[rows, 2],
        shape[rows, 3], np.full(rows.shape, np.log(count)), rows / count, kind,
        logits[rows].max(2), (logits[rows] > -1).sum(2), _same_heading(logits, heading)[rows, kind],
    ]  # fmt: skip


def _shape(text: str, document: Document) -> Float:
    """Length, share of capitals, whether a heading, whether under one."""
    result = np.zeros((len(document.spans), 4), np.float32)
    for row, (start, end) in enumerate(document.spans):
        piece = text[start:end]
        result[row] = (
            np.log(end - start), sum(map(str.isupper, piece)) / len(piece), is_heading(piece), document.heading[row] >= 0,  # noqa: E501
        )  # fmt: skip
    return result


def _same_heading(logits: Float, heading: NDArray[np.int64]) -> Float:
    """The best logit of every type among the segments under the same heading."""
    best = np.full((len(logits) + 1, logits.shape[1]), -12.0, np.float32)
    np.maximum.at(best, heading, logits)
    return best[heading]
