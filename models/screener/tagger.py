"""The tagger of names, titles and dates: token rows with the labels' tokens as targets."""

from __future__ import annotations

import numpy as np
from data import Example
from linear import Linear, fit_linear
from numpy.typing import NDArray

from app.analysis.features import HashedRows
from app.analysis.features_tokens import SHORT_TYPES, short_rows, token_rows, tokens_of

Float = NDArray[np.float32]


def fit_tagger(examples: list[Example], logits: list[Float], seed: int) -> Linear:
    """Fit on contracts with first-stage logits (segments x short types) of models that did not see them."""
    rows, targets = zip(*(_contract(e, s) for e, s in zip(examples, logits, strict=True)), strict=True)
    return fit_linear(list(rows), list(targets), seed, contracts=3, epochs=5, batch=1024)


def _contract(example: Example, logits: Float) -> tuple[HashedRows, Float]:
    parts: list[HashedRows] = []
    targets: list[Float] = []
    for row in short_rows(logits):
        tokens = tokens_of(example.text, *example.document.spans[row])
        if tokens:
            parts.append(token_rows(example.text, tokens, logits[row]))
            targets.append(_targets(example, tokens))
    counts = np.concatenate([np.diff(part.indptr) for part in parts])
    indptr = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    joined = HashedRows(indptr, np.concatenate([p.keys for p in parts]), np.concatenate([p.values for p in parts]))
    return joined, np.vstack(targets)


def _targets(example: Example, tokens: list[tuple[int, int]]) -> Float:
    """1 where a token is inside a label."""
    result = np.zeros((len(tokens), len(SHORT_TYPES)), np.float32)
    for column, name in enumerate(SHORT_TYPES):
        for low, high in example.labels.get(name, []):
            for at, (start, end) in enumerate(tokens):
                if start < high and end > low:
                    result[at, column] = 1
    return result
