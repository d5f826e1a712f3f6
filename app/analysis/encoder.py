"""A small transformer encoder in numpy: what a segment with its heading says of every clause type.

Three layers of BERT's architecture (Devlin et al., 2018), started from MiniLM (Wang et al., 2020) and fitted to clause
types by models/screener. It runs on the uncertain segments alone, for it costs a hundred times the first stage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.analysis.features import Document
from app.analysis.word_pieces import CLS, SEP, WordPieces

Float = NDArray[np.float32]
HEADS = 12
BATCH = 1024  # tokens read at once: their activations stay in the cache of a laptop's core
_HEADING, _BEFORE, _OWN = 12, 8, 64  # most pieces of the heading, of the end of the segment before, of the segment
_MATRICES = ("qkv", "out", "wide", "narrow")


@dataclass(frozen=True, slots=True)
class Layer:
    """Weights of one layer (inputs x outputs), their offsets, and the two norms (scale, offset)."""

    qkv: Float
    out: Float
    wide: Float
    narrow: Float
    offsets: tuple[Float, ...]
    norms: Float

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> Layer:
        """From the weight file, where the matrices lie a byte per weight."""
        qkv, out, wide, narrow = (_matrix(arrays[name + part], arrays[name + part + "_scale"]) for part in _MATRICES)
        offsets = tuple(_float(arrays[name + part + "_offset"]) for part in _MATRICES)
        return cls(qkv, out, wide, narrow, offsets, _float(arrays[name + "norms"]))


@dataclass(frozen=True, slots=True)
class Encoder:
    """Vocabulary, embeddings a byte per weight (words x width, a scale per word), layers and the last linear map."""

    words: WordPieces
    embedding: NDArray[np.int8]
    scale: Float
    place: Float
    norm: tuple[Float, Float]
    layers: tuple[Layer, ...]
    head: Float
    head_offset: Float

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Encoder:
        """From the arrays of a weight file. Raises KeyError or ValueError where one is missing or wrong."""
        layers: list[Layer] = []
        while f"encoder_{len(layers)}_qkv" in arrays:
            layers.append(Layer.of(arrays, f"encoder_{len(layers)}_"))
        get = {part: arrays["encoder_" + part] for part in ("words", "embedding", "scale", "place", "norm", "head")}
        norm = _float(get["norm"])
        return cls(
            WordPieces.of(get["words"].tobytes().decode()), get["embedding"], _float(get["scale"]),
            _float(get["place"]), (norm[0], norm[1]), tuple(layers), _float(get["head"]),
            _float(arrays["encoder_head_offset"]),
        )  # fmt: skip

    def logits(self, text: str, document: Document, rows: Iterable[int]) -> Float:
        """Log-odds (rows x types) that each of these segments is a clause of each type."""
        inputs = inputs_of(self.words, text, document, rows)
        result = np.zeros((len(inputs), len(self.head_offset)), np.float32)
        for batch in batches([len(ids) for ids in inputs], BATCH):
            result[batch] = self._forward(padded([inputs[n] for n in batch])) @ self.head + self.head_offset
        return result

    def _forward(self, ids: NDArray[np.int64]) -> Float:
        """Of token numbers (batch x length, 0 is padding) the first place's and the mean state (batch x 2 width)."""
        count, length = ids.shape
        width = self.embedding.shape[1]
        real = ids > 0
        state = self.embedding[ids] * self.scale[ids][:, :, None] + self.place[:length]
        state = _normed(state.reshape(-1, width).astype(np.float32), *self.norm)
        hidden = np.where(real, 0, -1e4).astype(np.float32)[:, None, None, :]
        for layer in self.layers:
            state = _through(layer, state, hidden, (count, length))
        state = state.reshape(count, length, width)
        weight = real[:, :, None].astype(np.float32)
        return np.concatenate([state[:, 0], (state * weight).sum(1) / weight.sum(1)], 1)


def inputs_of(words: WordPieces, text: str, document: Document, rows: Iterable[int]) -> list[list[int]]:
    """Token numbers of segments: their heading, the end of the segment before, and their own beginning."""
    first, end = words.numbers[CLS], words.numbers[SEP]
    known: dict[int, list[int]] = {}

    def pieces(row: int) -> list[int]:
        if row not in known:
            known[row] = words.ids(text[slice(*document.spans[row])])
        return known[row]

    inputs = []
    for row in rows:
        heading = pieces(document.heading[row])[:_HEADING] if document.heading[row] >= 0 else []
        before = pieces(row - 1)[-_BEFORE:] if row else []
        inputs.append([first, *heading, end, *before, end, *pieces(row)[:_OWN], end])
    return inputs


def batches(lengths: Sequence[int], tokens: int) -> list[list[int]]:
    """Indices by length, so that little is padded: runs of at most so many tokens with padding."""
    result: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda n: lengths[n]):
        if not result or lengths[index] * (len(result[-1]) + 1) > tokens:
            result.append([])
        result[-1].append(index)
    return result


def padded(inputs: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """Token numbers as a block, 0 where a row has ended."""
    block = np.zeros((len(inputs), max(map(len, inputs))), np.int64)
    for row, ids in enumerate(inputs):
        block[row, : len(ids)] = ids
    return block


def _through(layer: Layer, state: Float, hidden: Float, shape: tuple[int, int]) -> Float:
    """One layer: attention, then the two maps, each added to what came in and normed."""
    count, length = shape
    width = state.shape[1]
    size = width // HEADS
    parts = (state @ layer.qkv + layer.offsets[0]).reshape(count, length, 3, HEADS, size).transpose(2, 0, 3, 1, 4)
    weight = np.matmul(parts[0] * np.float32(size**-0.5), parts[1].transpose(0, 1, 3, 2))
    weight += hidden
    weight -= weight.max(-1, keepdims=True)
    np.exp(weight, out=weight)
    weight /= weight.sum(-1, keepdims=True)
    seen = np.matmul(weight, parts[2]).transpose(0, 2, 1, 3).reshape(-1, width)
    state = _normed(seen @ layer.out + layer.offsets[1] + state, layer.norms[0], layer.norms[1])
    wide = _gelu(state @ layer.wide + layer.offsets[2])
    return _normed(wide @ layer.narrow + layer.offsets[3] + state, layer.norms[2], layer.norms[3])


def _normed(state: Float, scale: Float, offset: Float) -> Float:
    """Layer normalisation of every row, in place."""
    state -= state.mean(1, keepdims=True)
    spread = np.einsum("ij,ij->i", state, state) / state.shape[1]
    state *= (1 / np.sqrt(spread + 1e-12))[:, None]
    state *= scale
    state += offset
    return state


def _gelu(value: Float) -> Float:
    """The tanh form of the Gaussian error linear unit."""
    inner = value * value
    inner *= 0.044715
    inner += 1
    inner *= value
    inner *= 0.7978845608
    np.tanh(inner, out=inner)
    inner += 1
    inner *= value
    inner *= 0.5
    return inner


def _matrix(values: NDArray[Any], scale: NDArray[Any]) -> Float:
    """A matrix stored a byte per weight (outputs x inputs, a scale per output) as inputs x outputs."""
    return np.ascontiguousarray((values.astype(np.float32) * _float(scale)[:, None]).T)


def _float(values: NDArray[Any]) -> Float:
    return np.asarray(values, np.float32)
