"""Passages written for rare clause types, set between segments of training contracts, as rows and masked targets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from data import Example
from numpy.typing import NDArray

from app.analysis.encoder import inputs_of
from app.analysis.features import Document, HashedRows, hash_rows, read_document
from app.analysis.word_pieces import WordPieces
from app.domain.clauses import CUAD_TYPES

FOLDER = Path(__file__).resolve().parent / "written"
Float = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WrittenRows:
    """Feature rows of a made-up text; `chosen` are those of the passages, with targets and masks (chosen x types).

    A passage speaks for its own type and those it is said to hold too; the mask is 0 for all other types.
    """

    rows: HashedRows
    chosen: NDArray[np.int64]
    targets: Float
    mask: Float


def read_passages() -> list[dict[str, Any]]:
    """All passages: {"type", "text", "present", "also"}, in order of the files' names."""
    lines = [line for path in sorted(FOLDER.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").split("\n")]
    return [json.loads(line) for line in lines if line.strip()]


def written_rows(examples: list[Example], seed: int) -> WrittenRows:
    """Every passage between two neighbouring segments of one of the examples, as a clause stands in a contract."""
    joined, document, held = _set_among(examples, seed)
    chosen = [row for rows, _ in held for row in rows]
    parts = [_target(passage) for rows, passage in held for _ in rows]
    targets, mask = (np.stack(column) for column in zip(*parts, strict=True))
    return WrittenRows(hash_rows(joined, document), np.array(chosen), targets, mask)


def written_inputs(words: WordPieces, examples: list[Example], seed: int) -> Iterator[tuple[list[int], Float, Float]]:
    """The same passages for the encoder: token numbers, target, mask."""
    joined, document, held = _set_among(examples, seed)
    for rows, passage in held:
        for ids in inputs_of(words, joined, document, rows):
            yield ids, *_target(passage)


def _set_among(examples: list[Example], seed: int) -> tuple[str, Document, list[tuple[range, dict[str, Any]]]]:
    """A made-up text of all passages between neighbours, and each passage's rows in it."""
    rng = np.random.default_rng(seed)
    passages = read_passages()
    parts: list[str] = []
    bounds: list[tuple[int, int]] = []
    length = 0
    for passage in passages:
        example = examples[rng.integers(len(examples))]
        spans = example.document.spans
        at = int(rng.integers(1, len(spans) - 1)) if len(spans) > 2 else 0
        before, after = (example.text[slice(*spans[max(0, min(n, len(spans) - 1))])] for n in (at - 1, at + 1))
        text = passage["text"].strip()
        bounds.append((length + len(before) + 2, length + len(before) + 2 + len(text)))
        parts += [before, text, after]
        length += len(before) + len(text) + len(after) + 6
    joined = "\n\n".join(parts)
    document = read_document(joined)
    starts = np.array([start for start, _ in document.spans])
    rows = [range(*np.searchsorted(starts, limits)) for limits in bounds]
    return joined, document, list(zip(rows, passages, strict=True))


def _target(passage: dict[str, Any]) -> tuple[Float, Float]:
    target, told = np.zeros((2, len(CUAD_TYPES)), np.float32)
    own, also = CUAD_TYPES.index(passage["type"]), [CUAD_TYPES.index(name) for name in passage["also"]]
    target[also], target[own] = 1, passage["present"]
    told[also], told[own] = 1, 1
    return target, told
