"""Segments of a contract as sparse rows of hashed features: words, characters, headings, neighbours, position."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.analysis.segments import split_segments

UInt = NDArray[np.uint64]
Spans = list[tuple[int, int]]

# (name, weight of the block's unit-length vector): each block is normalised by itself before they are joined.
BLOCK_WEIGHTS: dict[str, float] = {
    "own": 1.0, "stem": 0.7, "char": 0.7, "head": 0.6, "parent": 0.4, "before": 0.4, "after": 0.3, "start": 0.4, "place": 0.4,  # noqa: E501
}  # fmt: skip
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[$%\"“”*]|\[|_{2,}")
_NUMBERING = re.compile(
    r"^\W*(?:(?:article|section|clause|§)\s*)?(?:[0-9]+(?:\.[0-9]+)*|[ivxlc]+|[a-z])?[.):]*\s+", re.I
)
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Document:
    """A contract cut into segments. `heading` and `parent` are indices of heading segments, -1 where there is none."""

    spans: Spans
    heading: list[int]
    parent: list[int]


@dataclass(frozen=True, slots=True)
class HashedRows:
    """Sparse rows by hashed column: `indptr` (n + 1), `keys` (uint32, unique within a row), `values` (float32)."""

    indptr: NDArray[np.int64]
    keys: NDArray[np.uint32]
    values: NDArray[np.float32]


def read_document(text: str) -> Document:
    """Cut a text into segments and find each one's heading and the heading above that."""
    spans = split_segments(text)
    heading, parent = [], []
    current = above = -1
    for index, (start, end) in enumerate(spans):
        piece = text[start:end]
        if is_heading(piece):
            if current != index - 1 or _is_top(piece):
                above = index if _is_top(piece) else above
            current = index
        heading.append(current if current != index else -1)
        parent.append(above if above not in (current, index) else -1)
    return Document(spans, heading, parent)


def is_heading(piece: str) -> bool:
    """Tell whether a segment looks like a heading: short, capitalised words, no sentence."""
    if len(piece) > 100 or piece[-1] in ",;":
        return False
    words = re.findall(r"[^\W\d_]+", piece)
    if not 1 <= len(words) <= 10 or sum(map(len, words)) < 4:
        return False
    minor = {"of", "and", "the", "to", "in", "for", "or", "by", "on", "with", "a", "an", "upon", "from", "s"}
    main = [word for word in words if word.lower() not in minor]
    return bool(main) and all(word[0].isupper() for word in main)


def _is_top(piece: str) -> bool:
    """A heading of the upper level: ARTICLE, capitals, or a number without a dot inside."""
    letters = [c for c in piece if c.isalpha()]
    return all(c.isupper() for c in letters) or bool(
        re.match(r"\W*(?:article|[0-9]{1,2}\.?\s|[ivx]+\.\s)", piece, re.I)
    )


@lru_cache(maxsize=200_000)
def _hash_token(token: str) -> int:
    """A 64-bit mixed hash of a token, the same on every machine."""
    raw = token.encode()
    return (zlib.crc32(raw) << 32 | zlib.crc32(raw, 0x5BD1E995)) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF


def _fold(token: str) -> str:
    return "0" * min(len(token), 5) if token.isdigit() else token


def _mix(values: UInt, salt: int) -> UInt:
    """Hash again with a salt, so that blocks do not share columns."""
    mixed = (values ^ np.uint64(salt * 0x632BE59BD9B4E019 & 0xFFFFFFFFFFFFFFFF)) * _MULTIPLIER
    return mixed ^ (mixed >> _SHIFT)


def _grams(tokens: UInt, rows: NDArray[np.int64], size: int) -> tuple[NDArray[np.int64], UInt]:
    """Runs of `size` tokens that stay in one row: their rows and hashes."""
    if size == 1:
        return rows, tokens
    count = len(tokens) - size + 1
    if count <= 0:
        return rows[:0], tokens[:0]
    value = tokens[:count].copy()
    for step in range(1, size):
        value = (value * np.uint64(0x100000001B3) ^ (value >> np.uint64(29))) + tokens[step : step + count]
    keep = rows[:count] == rows[size - 1 :]
    return rows[:count][keep], value[keep] + np.uint64(size)


class _Builder:
    """Collects (row, key) pairs block by block and joins them to sparse rows."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.rows: list[NDArray[np.int64]] = []
        self.keys: list[NDArray[np.uint32]] = []
        self.values: list[NDArray[np.float32]] = []

    def add(self, block: str, parts: list[tuple[NDArray[np.int64], UInt]]) -> None:
        """Add a block: counts damped by a logarithm, rows scaled to the block's weight."""
        rows = np.concatenate([part[0] for part in parts])
        mixed = _mix(np.concatenate([part[1] for part in parts]), zlib.crc32(block.encode()))
        keys = (mixed >> _SHIFT).astype(np.uint64)
        pair, counts = np.unique((rows.astype(np.uint64) << _SHIFT) | keys, return_counts=True)
        row = (pair >> _SHIFT).astype(np.int64)
        value = 1.0 + np.log(counts.astype(np.float32))
        norm = np.sqrt(np.bincount(row, value * value, minlength=self.count))
        self.rows.append(row)
        self.keys.append((pair & np.uint64(0xFFFFFFFF)).astype(np.uint32))
        self.values.append((value * BLOCK_WEIGHTS[block] / np.maximum(norm[row], 1e-9)).astype(np.float32))

    def build(self) -> HashedRows:
        """All blocks as one matrix, sorted by row."""
        rows = np.concatenate(self.rows)
        order = np.argsort(rows, kind="stable")
        indptr = np.zeros(self.count + 1, np.int64)
        np.cumsum(np.bincount(rows, minlength=self.count), out=indptr[1:])
        return HashedRows(indptr, np.concatenate(self.keys)[order], np.concatenate(self.values)[order])


def _token_arrays(text: str, spans: Spans) -> tuple[UInt, UInt, NDArray[np.int64]]:
    """Word hashes, stem hashes and the segment of every token."""
    words: list[int] = []
    stems: list[int] = []
    rows: list[int] = []
    for row, (start, end) in enumerate(spans):
        tokens = _TOKEN.findall(text[start:end].lower())
        for token in tokens:
            folded = _fold(token)
            words.append(_hash_token(folded))
            stems.append(_hash_token(folded[:5]))
        rows.extend([row] * len(tokens))
    return np.array(words, np.uint64), np.array(stems, np.uint64), np.array(rows, np.int64)


def _char_grams(text: str, spans: Spans) -> list[tuple[NDArray[np.int64], UInt]]:
    """Runs of 4 characters of the lower-case text, everything that is no letter taken as one space."""
    pieces = [" " + re.sub(r"[^a-z]+", " ", text[start:end].lower()) + " " for start, end in spans]
    codes = np.frombuffer("".join(pieces).encode("ascii"), np.uint8).astype(np.uint64)
    rows = np.repeat(np.arange(len(spans), dtype=np.int64), [len(piece) for piece in pieces])
    return [_grams(codes, rows, 4)]


def _borrowed(
    parts: list[tuple[NDArray[np.int64], UInt]], source: NDArray[np.int64]
) -> list[tuple[NDArray[np.int64], UInt]]:
    """The same features seen from the rows that point at them: row i gets those of `source[i]` (-1: none)."""
    result = []
    takers = np.flatnonzero(source >= 0)
    for rows, values in parts:
        first = np.searchsorted(rows, source[takers], "left")
        count = np.searchsorted(rows, source[takers], "right") - first
        offsets = np.repeat(first - np.concatenate(([0], np.cumsum(count)[:-1])), count) + np.arange(count.sum())
        result.append((np.repeat(takers, count), values[offsets]))
    return result


def _place(document: Document, text: str) -> tuple[NDArray[np.int64], UInt]:
    """Position, length and shape of every segment as hashed tokens."""
    rows: list[int] = []
    keys: list[int] = []
    total = len(document.spans)
    for row, (start, end) in enumerate(document.spans):
        piece = text[start:end]
        marks = [f"at{10 * row // total}", f"first{min(row, 60) // 4}", f"len{min(len(piece), 1500) // 60}"]
        marks.append(f"last{min(total - row, 60) // 6}")
        if re.search(r"\b(?:19|20)\d\d\b", piece):
            marks.append("year")
        if re.search(r"[$€£]\s?\d", piece):
            marks.append("money")
        if "%" in piece or "percent" in piece:
            marks.append("percent")
        if re.search(r"\((?:the\s+)?[\"“]", piece):
            marks.append("defines")
        if is_heading(piece):
            marks.append("heading")
        rows.extend([row] * len(marks))
        keys.extend(map(_hash_token, marks))
    return np.array(rows, np.int64), np.array(keys, np.uint64)


def hash_rows(text: str, document: Document) -> HashedRows:
    """The feature rows of every segment of a document (at least one segment)."""
    spans = document.spans
    words, stems, rows = _token_arrays(text, spans)
    unigrams, bigrams, trigrams = (_grams(words, rows, size) for size in (1, 2, 3))
    builder = _Builder(len(spans))
    builder.add("own", [unigrams, bigrams, trigrams])
    builder.add("stem", [_grams(stems, rows, 1), _grams(stems, rows, 2)])
    builder.add("char", _char_grams(text, spans))
    index = np.arange(len(spans))
    builder.add("head", _borrowed([unigrams, bigrams], np.array(document.heading)))
    builder.add("parent", _borrowed([unigrams, bigrams], np.array(document.parent)))
    builder.add("before", _borrowed([unigrams, bigrams], index - 1))
    builder.add("after", _borrowed([unigrams, bigrams], np.where(index + 1 < len(spans), index + 1, -1)))
    within = np.arange(len(rows)) - np.searchsorted(rows, rows, "left")
    builder.add("start", [(rows[within < 4], words[within < 4] + within[within < 4].astype(np.uint64))])
    builder.add("place", [_place(document, text)])
    return builder.build()


def word_rows(text: str, document: Document) -> HashedRows:
    """Only the words of every segment and of its heading: for models that have few texts to learn from."""
    words, stems, rows = _token_arrays(text, document.spans)
    unigrams, bigrams, trigrams = (_grams(words, rows, size) for size in (1, 2, 3))
    builder = _Builder(len(document.spans))
    builder.add("own", [unigrams, bigrams, trigrams])
    builder.add("stem", [_grams(stems, rows, 1), _grams(stems, rows, 2)])
    builder.add("head", _borrowed([unigrams, bigrams], np.array(document.heading)))
    return builder.build()
