"""Labelled contracts as segments, targets and folds."""

from __future__ import annotations

import bisect
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.analysis.features import Document, HashedRows, hash_rows, read_document
from app.domain.clauses import CUAD_TYPES

FOLDS = 5
NEAR_DUPLICATE = 0.2  # share of 8-grams in common above which two contracts go to the same fold


@dataclass(frozen=True, slots=True)
class Example:
    """A contract with what the annotators marked: `targets` is segments x 41."""

    title: str
    text: str
    labels: dict[str, list[tuple[int, int]]]
    document: Document
    rows: HashedRows
    targets: NDArray[np.float32]


def load_examples(path: Path) -> list[Example]:
    """Read the JSON lines, cut the texts and hash their features."""
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    return [_example(row["title"], row["text"], row["labels"]) for row in rows]


def _example(title: str, text: str, labels: dict[str, list[tuple[int, int]]]) -> Example:
    document = read_document(text)
    return Example(title, text, labels, document, hash_rows(text, document), make_targets(text, labels, document))


def make_targets(text: str, labels: dict[str, list[tuple[int, int]]], document: Document) -> NDArray[np.float32]:
    """1 where a label covers 30 % of a segment, or a segment covers 80 % of a label."""
    starts = [start for start, _ in document.spans]
    targets = np.zeros((len(document.spans), len(CUAD_TYPES)), np.float32)
    for name, spans in labels.items():
        column = CUAD_TYPES.index(name)
        for start, end in spans:
            row = max(0, bisect.bisect_right(starts, start) - 1)
            while row < len(starts) and starts[row] < end:
                low, high = document.spans[row]
                shared = len(text[max(start, low) : min(end, high)].strip()) if high > start else 0
                if shared > 3 and (shared >= 0.3 * (high - low) or shared >= 0.8 * (end - start)):
                    targets[row, column] = 1
                row += 1
    return targets


def make_folds(examples: list[Example], seed: int = 0) -> NDArray[np.int64]:
    """The fold of every contract: near-duplicates together, folds of about the same number of characters."""
    grams = [_eight_grams(example.text) for example in examples]
    group = list(range(len(examples)))
    for i in range(len(examples)):
        for j in range(i):
            shared = len(np.intersect1d(grams[i], grams[j], assume_unique=True))
            if shared > NEAR_DUPLICATE * max(1, min(len(grams[i]), len(grams[j]))):
                old, new = group[i], group[j]
                group = [new if g == old else g for g in group]
    order = np.random.default_rng(seed).permutation(sorted(set(group)))
    sizes = {g: sum(len(e.text) for e, h in zip(examples, group, strict=True) if h == g) for g in order}
    load = np.zeros(FOLDS)
    fold_of: dict[int, int] = {}
    for g in order:
        fold_of[g] = int(load.argmin())
        load[fold_of[g]] += sizes[g]
    return np.array([fold_of[g] for g in group])


def _eight_grams(text: str) -> NDArray[np.uint32]:
    """Every fourth (by hash) run of eight words, hashed: a sample that keeps overlaps as they are."""
    words = text.lower().split()
    hashes = np.array(
        [zlib.crc32(" ".join(words[i : i + 8]).encode()) for i in range(max(0, len(words) - 7))], np.uint32
    )
    return np.unique(hashes[hashes % 4 == 0])
