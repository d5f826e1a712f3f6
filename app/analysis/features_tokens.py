"""Tokens of a few segments as hashed rows, for the types whose clause is a name, a title or a date."""

from __future__ import annotations

import re
import zlib

import numpy as np
from numpy.typing import NDArray

from app.analysis.features import HashedRows

SHORT_TYPES: tuple[str, ...] = ("Document Name", "Parties", "Agreement Date", "Effective Date")
SEGMENTS = 5  # best segments per short type that are looked into
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]|_+")


def short_rows(logits: NDArray[np.float32]) -> list[int]:
    """Segments worth looking into: the best few of each short type (logits: segments x short types)."""
    best = np.argsort(-logits, axis=0, kind="stable")[:SEGMENTS]
    return sorted({int(row) for row in best.ravel()})


def tokens_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Words, numbers and marks of a segment as spans of the text."""
    return [match.span() for match in _TOKEN.finditer(text, start, end)]


def token_rows(text: str, tokens: list[tuple[int, int]], logits: NDArray[np.float32]) -> HashedRows:
    """A row per token of one segment; `logits` are the segment's scores for the short types."""
    words = [_fold(text[start:end].lower()) for start, end in tokens]
    shapes = [_shape(text[start:end]) for start, end in tokens]
    segment = [f"seg{index}:{int(np.clip(value, -6, 6))}" for index, value in enumerate(logits)]
    pad = ["^", "^", "^"]
    w, s = pad + words + pad, pad + shapes + pad
    quoted, parens = _inside(words)
    keys: list[int] = []
    counts = []
    for at in range(3, len(words) + 3):
        here = [
            *(f"w{step}:{w[at + step]}" for step in range(-3, 4)), *(f"s{step}:{s[at + step]}" for step in range(-2, 3)),  # noqa: E501
            f"ww:{w[at - 1]} {w[at]}", f"wx:{w[at]} {w[at + 1]}", f"pp:{w[at - 2]} {w[at - 1]}", f"nn:{w[at + 1]} {w[at + 2]}",  # noqa: E501
            f"ss:{s[at - 1]}{s[at]}{s[at + 1]}", f"q{quoted[at - 3]}{parens[at - 3]}", f"qs{quoted[at - 3]}{s[at]}",
            f"end:{w[at][-3:]}", f"at{min(at - 3, 12)}", f"len{min(len(words), 60) // 6}",
            f"before:{w[at - 1]}{s[at]}", f"after:{s[at]}{w[at + 1]}", *segment, *(f"{mark}{s[at]}" for mark in segment),  # noqa: E501
        ]  # fmt: skip
        found = sorted({zlib.crc32(feature.encode()) for feature in here})
        keys.extend(found)
        counts.append(len(found))
    indptr = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return HashedRows(indptr, np.array(keys, np.uint32), np.full(len(keys), 0.3, np.float32))


def _fold(word: str) -> str:
    return "0" * len(word) if word.isdigit() else word


def _shape(word: str) -> str:
    if word.isdigit():
        return f"d{min(len(word), 5)}"
    if not word[0].isalpha():
        return word[0]
    if word.isupper():
        return "X" if len(word) > 1 else "I"
    return "Xx" if word[0].isupper() else "x"


def _inside(words: list[str]) -> tuple[list[int], list[int]]:
    """For every token, whether it stands in quotes, and in parentheses."""
    quoted, parens = [], []
    in_quote = in_paren = 0
    for word in words:
        if word in '“”"':
            in_quote = 1 if word == "“" else 0 if word == "”" else 1 - in_quote
        elif word == "(":
            in_paren = 1
        elif word == ")":
            in_paren = in_quote = 0
        quoted.append(in_quote)
        parens.append(in_paren)
    return quoted, parens


def runs(probabilities: NDArray[np.float32], threshold: float) -> list[tuple[int, int, float]]:
    """Maximal runs of tokens at or above the threshold: first, last + 1, mean probability."""
    found = []
    first = -1
    for at, value in enumerate([*probabilities.tolist(), 0.0]):
        if value >= threshold and first < 0:
            first = at
        elif value < threshold and first >= 0:
            found.append((first, at, float(probabilities[first:at].mean())))
            first = -1
    return found
