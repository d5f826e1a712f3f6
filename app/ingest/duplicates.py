"""Near-duplicates in a folder: drafts and copies of one contract, by shared runs of words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from zlib import crc32

import numpy as np

_WORD = re.compile(r"\w+")
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_RUN = 5  # words in a shingle
_KEPT = 400  # smallest hashes kept of a text (bottom-k sketch): the cost is bounded whatever the length
_COMMON = 50  # a shingle in more texts than this is boilerplate and proposes no pair


def near_duplicates(texts: Mapping[str, str], least: float = 0.5) -> list[tuple[str, str, float]]:
    """Pairs of names that share at least `least` of their five-word runs (estimated Jaccard, 0 to 1), best first."""
    sketches = {name: sketch for name, text in texts.items() if (sketch := _sketch(text))}
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for name, sketch in sketches.items():
        for value in sketch:
            holders[value].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        if len(names) <= _COMMON:
            shared.update((a, b) for i, a in enumerate(names) for b in names[i + 1 :])
    pairs = ((a, b, _likeness(sketches[a], sketches[b])) for (a, b), count in shared.items() if count >= 3)
    return sorted((pair for pair in pairs if pair[2] >= least), key=lambda pair: (-pair[2], pair[0], pair[1]))


def _sketch(text: str) -> frozenset[int]:
    """The smallest hashes of a text's runs of words."""
    words = _WORD.findall(text.casefold())
    if not words:
        return frozenset()
    numbers = {word: crc32(word.encode("utf-8", "replace")) for word in set(words)}
    hashes = np.fromiter((numbers[word] for word in words), np.uint64, len(words))
    size = min(_RUN, len(words))
    runs = np.zeros(len(words) - size + 1, np.uint64)
    for offset in range(size):  # overflow wraps around, which is what a hash wants
        runs = runs * _PRIME + hashes[offset : offset + len(runs)]
    return frozenset((np.unique(runs * _PRIME)[:_KEPT]).tolist())


def _likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """The Jaccard index estimated from two bottom-k sketches."""
    union = sorted(one | other)[: max(len(one), len(other))]
    both = one & other
    return round(sum(value in both for value in union) / len(union), 3)
