"""Several readings of one noisy page, word by word: what most of them saw with most confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the recognised text: [start, end) there, box in points of the page, confidence 0 to 100."""

    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a page image says."""

    text: str
    words: tuple[Word, ...]
    confidence: float | None


def vote(readings: Sequence[Recognised]) -> Recognised:
    """The surest reading, each of its words replaced where the others outvote it. Places stay as they were read."""
    ranked = sorted(readings, key=lambda reading: -(reading.confidence or 0.0) * (len(reading.words) > 0))
    base, tokens = ranked[0], _tokens(ranked[0])
    ballots = [{token: word.confidence} for token, word in zip(tokens, base.words, strict=True)]
    for other in ranked[1:]:
        theirs = _tokens(other)
        for step in Levenshtein.opcodes(tokens, theirs):
            if step.src_end - step.src_start != step.dest_end - step.dest_start:
                continue  # they cut the words otherwise: no word of theirs answers to one of ours
            for ours, their in zip(
                range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True
            ):
                ballot = ballots[ours]
                ballot[theirs[their]] = ballot.get(theirs[their], 0.0) + other.words[their].confidence
    return _with_tokens(base, ballots, len(readings))


def _tokens(reading: Recognised) -> list[str]:
    return [reading.text[word.start : word.end] for word in reading.words]


def _with_tokens(base: Recognised, ballots: Sequence[dict[str, float]], voters: int) -> Recognised:
    """The base text with the elected words; a word's confidence is the share of the voices that it won."""
    parts: list[str] = []
    words: list[Word] = []
    length = before = 0
    for word, ballot in zip(base.words, ballots, strict=True):
        token = max(ballot, key=lambda candidate: ballot[candidate])
        gap = base.text[before : word.start]
        start = length + len(gap)
        words.append(replace(word, start=start, end=start + len(token), confidence=min(100.0, ballot[token] / voters)))
        parts += (gap, token)
        length, before = start + len(token), word.end
    return Recognised("".join(parts), tuple(words), base.confidence)
