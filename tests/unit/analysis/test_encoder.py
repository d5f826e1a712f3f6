"""The encoder in numpy: shapes, padding, quantised weights, and what it is given to read."""

from __future__ import annotations

from math import erf
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.analysis.encoder import Encoder, batches, inputs_of, padded
from app.analysis.features import read_document
from app.analysis.word_pieces import WordPieces

VOCABULARY = "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "term", "##s", "law", "of", ".", "_", "new", "york"])
WIDTH, TYPES = 24, 3
TEXT = "GOVERNING LAW\n\nThe law of New York.\n\nThe terms of the term.\n"


def weight_arrays(layers: int = 2) -> dict[str, NDArray[Any]]:
    """A small model of random weights, in the shape of the weight file."""
    rng = np.random.default_rng(3)

    def floats(*shape: int) -> NDArray[Any]:
        return rng.normal(0, 0.3, shape).astype(np.float32)

    def stored(name: str, rows: int, columns: int) -> dict[str, NDArray[Any]]:
        whole = rng.integers(-127, 128, (rows, columns)).astype(np.int8)
        return {name: whole, f"{name}_scale": np.full(rows, 0.003, np.float32), f"{name}_offset": floats(rows)}

    arrays: dict[str, NDArray[Any]] = {
        "encoder_words": np.frombuffer(VOCABULARY.encode(), np.uint8),
        "encoder_embedding": rng.integers(-127, 128, (len(VOCABULARY.split()), WIDTH)).astype(np.int8),
        "encoder_scale": np.full(len(VOCABULARY.split()), 0.01, np.float32),
        "encoder_place": floats(120, WIDTH), "encoder_norm": np.stack([floats(WIDTH) + 1, floats(WIDTH)]),
        "encoder_head": floats(2 * WIDTH, TYPES), "encoder_head_offset": floats(TYPES),
    }  # fmt: skip
    for index in range(layers):
        shapes = {"qkv": (3 * WIDTH, WIDTH), "out": (WIDTH, WIDTH), "wide": (4 * WIDTH, WIDTH)}
        for part, shape in {**shapes, "narrow": (WIDTH, 4 * WIDTH)}.items():
            arrays |= stored(f"encoder_{index}_{part}", *shape)
        arrays[f"encoder_{index}_norms"] = np.stack([floats(WIDTH) + 1, floats(WIDTH)] * 2)
    return arrays


def test_a_segment_scores_the_same_alone_and_among_others() -> None:
    encoder, document = Encoder.of(weight_arrays()), read_document(TEXT)
    together = encoder.logits(TEXT, document, range(len(document.spans)))
    assert together.shape == (len(document.spans), TYPES)
    for row in range(len(document.spans)):
        assert encoder.logits(TEXT, document, [row])[0] == pytest.approx(together[row], abs=1e-4)


def test_the_numpy_layer_is_berts() -> None:
    arrays = weight_arrays(layers=1)
    encoder, document = Encoder.of(arrays), read_document(TEXT)
    ids = inputs_of(encoder.words, TEXT, document, [1])[0]
    assert encoder.logits(TEXT, document, [1])[0] == pytest.approx(_by_the_book(arrays, ids), abs=2e-3)


def _by_the_book(arrays: dict[str, NDArray[Any]], ids: list[int]) -> NDArray[Any]:
    """One token after the other, one head after the other, from the paper's formulas."""

    def normed(row: NDArray[Any], scale: NDArray[Any], offset: NDArray[Any]) -> NDArray[Any]:
        return np.asarray((row - row.mean()) / np.sqrt(row.var() + 1e-12) * scale + offset)

    def mapped(part: str, row: NDArray[Any]) -> NDArray[Any]:
        matrix = arrays[f"encoder_0_{part}"] * arrays[f"encoder_0_{part}_scale"][:, None]
        return np.asarray(matrix @ row + arrays[f"encoder_0_{part}_offset"])

    embedded = arrays["encoder_embedding"] * arrays["encoder_scale"][:, None]
    norms = arrays["encoder_0_norms"]
    states = [normed(embedded[i] + arrays["encoder_place"][n], *arrays["encoder_norm"]) for n, i in enumerate(ids)]
    queries, keys, values = np.split(np.stack([mapped("qkv", state) for state in states]), 3, 1)
    result = []
    for number, state in enumerate(states):
        seen = np.zeros(WIDTH)
        for start in range(0, WIDTH, WIDTH // 12):
            own = slice(start, start + WIDTH // 12)
            weight = np.exp(keys[:, own] @ queries[number, own] / np.sqrt(WIDTH // 12))
            seen[own] = weight / weight.sum() @ values[:, own]
        state = normed(state + mapped("out", seen), norms[0], norms[1])
        wide = mapped("wide", state)
        wide = wide * 0.5 * (1 + np.vectorize(erf)(wide / np.sqrt(2)))
        result.append(normed(state + mapped("narrow", wide), norms[2], norms[3]))
    pooled = np.concatenate([result[0], np.mean(result, 0)])
    return np.asarray(pooled @ arrays["encoder_head"] + arrays["encoder_head_offset"])


def test_a_segment_is_read_with_its_heading_and_the_end_of_the_one_before() -> None:
    words, document = WordPieces.of(VOCABULARY), read_document(TEXT)
    names = VOCABULARY.split("\n")
    read = [names[n] for n in inputs_of(words, TEXT, document, [2])[0]]
    parts = " ".join(read).split(" [SEP]")
    assert parts[0] == "[CLS] [UNK] law"
    assert parts[1] == " the law of new york ."
    assert parts[2] == " the term ##s of the term ."


def test_words_are_cut_longest_piece_first() -> None:
    words = WordPieces.of(VOCABULARY)
    assert words.ids("Terms ______ of LAWS") == [5, 6, 10, 8, 7, 6]
    assert words.ids("") == words.ids("x" * 500) == [1]
    with pytest.raises(ValueError, match="special"):
        WordPieces.of("the\nlaw")


def test_batches_hold_every_row_once_and_little_padding() -> None:
    lengths = [5, 90, 7, 6, 80, 5]
    found = batches(lengths, 100)
    assert sorted(index for batch in found for index in batch) == list(range(6))
    assert all(len(batch) == 1 or len(batch) * max(lengths[n] for n in batch) <= 100 for batch in found)
    assert padded([[1, 2], [3]]).tolist() == [[1, 2], [3, 0]]
