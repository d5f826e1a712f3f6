"""Several readings of one noisy page, word by word: what most of them saw with most confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

_KNOWN = 1.6  # how much more a word of the engine's dictionary counts
_SURE_LINE = 75.0  # mean confidence from which a line that another reading lacks is believed
_FEWEST = 3  # words of such a line


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
    line: int = 0  # which of the page's lines it stands in, as the engine counted them
    block: int = 0  # and which of its blocks


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a page image says. Turned back by `turn` quarter turns' degrees and `angle`, its lines are level."""

    text: str
    words: tuple[Word, ...]
    confidence: float | None
    turn: int = 0
    angle: float = 0.0


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
    elected = _with_tokens(base, chosen, shares)
    for other in readings[1:]:
        elected = _with_lost_lines(elected, other)
    return elected


def _with_lost_lines(base: Recognised, other: Recognised) -> Recognised:
    """The base, with the lines put in of which it has no word though the other reading is sure of them."""
    lines: dict[int, list[Word]] = {}
    for word in other.words:
        lines.setdefault(word.line, []).append(word)
    for words in lines.values():
        sure = sum(word.confidence for word in words) / len(words) >= _SURE_LINE
        if len(words) >= _FEWEST and sure and not any(_covered(word, base.words) for word in words):
            base = _with_line(base, [(other.text[word.start : word.end], word) for word in words])
    return base


def _covered(word: Word, words: Sequence[Word]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return any(w.x0 - 2 <= x <= w.x1 + 2 and w.y0 - 2 <= y <= w.y1 + 2 for w in words)


def _with_line(base: Recognised, line: Sequence[tuple[str, Word]]) -> Recognised:
    """A line put in below the one that stands nearest above it."""
    top = min(word.y0 for _, word in line)
    above = max((w for w in base.words if w.y1 <= top + 3), key=lambda w: w.y1, default=None)
    after = -1 if above is None else max(i for i, w in enumerate(base.words) if w.line == above.line)
    tokens = _tokens(base)
    block = 0 if above is None else above.block
    number = 1 + max((w.line for w in base.words), default=0)
    words = [
        *base.words[: after + 1],
        *(replace(w, line=number, block=block) for _, w in line),
        *base.words[after + 1 :],
    ]
    tokens[after + 1 : after + 1] = [token for token, _ in line]
    kept: list[Word] = []
    length = 0
    for token, word in zip(tokens, words, strict=True):
        kept.append(replace(word, start=length, end=length + len(token)))
        length += len(token) + 1
    return replace(base, text=" ".join(tokens), words=tuple(kept))


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
    return replace(base, text="".join(parts), words=tuple(words))
