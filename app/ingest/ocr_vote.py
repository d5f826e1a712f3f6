"""Several readings of one noisy page, word by word: what most of them saw with most confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

_KNOWN = 1.6  # how much more a word of the engine's dictionary counts


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
    known: bool = False  # the engine's dictionary has it


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a page image says."""

    text: str
    words: tuple[Word, ...]
    confidence: float | None


def vote(readings: Sequence[Recognised]) -> Recognised:
    """The first reading, each of its words replaced where the others outvote it. Places stay as they were read."""
    base, tokens = readings[0], _tokens(readings[0])
    ballots = [{token: _weight(word)} for token, word in zip(tokens, base.words, strict=True)]
    for other in readings[1:]:
        theirs = _tokens(other)
        for step in Levenshtein.opcodes(tokens, theirs):
            if step.src_end - step.src_start != step.dest_end - step.dest_start:
                continue  # they cut the words otherwise: no word of theirs answers to one of ours
            for ours, their in zip(
                range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True
            ):
                ballot = ballots[ours]
                ballot[theirs[their]] = ballot.get(theirs[their], 0.0) + _weight(other.words[their])
    chosen = [max(ballot, key=ballot.__getitem__) for ballot in ballots]
    shares = [min(100.0, ballot[token] / len(readings)) for token, ballot in zip(chosen, ballots, strict=True)]
    return _with_tokens(base, chosen, shares)


def _weight(word: Word) -> float:
    return max(1.0, word.confidence) * (_KNOWN if word.known else 1.0)


def _tokens(reading: Recognised) -> list[str]:
    return [reading.text[word.start : word.end] for word in reading.words]


def _with_tokens(base: Recognised, tokens: Sequence[str], shares: Sequence[float]) -> Recognised:
    """The base text with other words in its places, each with its confidence."""
    parts: list[str] = []
    words: list[Word] = []
    length = before = 0
    for word, token, share in zip(base.words, tokens, shares, strict=True):
        gap = base.text[before : word.start]
        start = length + len(gap)
        words.append(replace(word, start=start, end=start + len(token), confidence=share))
        parts += (gap, token)
        length, before = start + len(token), word.end
    return Recognised("".join(parts), tuple(words), base.confidence)
