"""From scored segments to passages: continuing segments joined, names, titles and dates cut out of theirs."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from app.analysis.features import Document
from app.analysis.features_tokens import SHORT_TYPES, runs, token_rows, tokens_of
from app.analysis.screener_linear import LinearScores
from app.domain.clauses import Candidate

Float = NDArray[np.float32]
RUN_THRESHOLD = 0.1  # a token at least this likely belongs to the name, title or date
HOLE = 0.03  # a single token between two runs is taken along from here on
KEPT = 6  # candidates per type, reported or not
_FINISHED = re.compile(r"[.;:?!][\"'”’)\]]*\s*$")
_EDGE_LEFT = re.compile(r"^(?:[\s,;:.)\]]|(?:and|of|by|between|among|this|as)\s)+", re.I)
_EDGE_RIGHT = re.compile(r"(?:[\s,;:(\[]|\s(?:and|of|by|between|a|an|the|as|is)$)+$", re.I)


def long_candidates(
    text: str, document: Document, name: str, rows: list[int], scores: list[float], reported: list[bool]
) -> list[Candidate]:
    """Candidates of a type whose clause is made of sentences; rows are segment indices, best first."""
    found: list[Candidate] = []
    chosen = sorted(zip(rows, scores, reported, strict=True))
    for row, score, said in chosen:
        start, end = document.spans[row]
        last = found[-1] if found else None
        if last and said and last.reported and _continues(text, last, start):
            found[-1] = Candidate(name, last.start, end, max(last.score, score), True)
        else:
            found.append(Candidate(name, start, end, score, said))
    return found


def _continues(text: str, before: Candidate, start: int) -> bool:
    """Tell whether the passage before runs on into the segment that begins at `start`: no full stop between."""
    between = text[before.end : start]
    return len(between) < 12 and not between.strip() and not _FINISHED.search(text[before.end - 3 : before.end])


def short_candidates(
    text: str, document: Document, tagger: LinearScores, row: int, segment_logits: Float, wanted: list[int]
) -> list[tuple[int, int, int, float]]:
    """(index in SHORT_TYPES, start, end, mean token probability) of the names, titles and dates in one segment."""
    tokens = tokens_of(text, *document.spans[row])
    if not tokens:
        return []
    logits = tagger.logits(token_rows(text, tokens, segment_logits))
    chance = np.asarray(1 / (1 + np.exp(-logits)), np.float32)
    found = []
    for index in wanted:
        column = _fill(chance[:, index])
        for first, last, score in runs(column, RUN_THRESHOLD):
            start, end = _trim(text, tokens[first][0], tokens[last - 1][1])
            if end - start >= 2:
                found.append((index, start, end, min(1.0, score)))
    return found


def _fill(chance: Float) -> Float:
    """Lift a lone weak token between two strong ones."""
    filled = chance.copy()
    weak = (chance[1:-1] < RUN_THRESHOLD) & (chance[1:-1] >= HOLE)
    weak &= (chance[:-2] >= RUN_THRESHOLD) & (chance[2:] >= RUN_THRESHOLD)
    filled[1:-1][weak] = RUN_THRESHOLD
    return filled


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut joining words and marks off both edges."""
    left = _EDGE_LEFT.match(text[start:end])
    start += left.end() if left else 0
    right = _EDGE_RIGHT.search(text[start:end])
    return start, start + right.start() if right else end


def is_short(name: str) -> bool:
    """Tell whether the clause of this type is a name, a title or a date."""
    return name in SHORT_TYPES
