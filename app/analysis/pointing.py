"""Which sentence of a passage a model means: it is asked about each on its own words, and code cuts the best one.

Opening words and sentence labels written by the model were measured against this (tests/benchmarks/bench_pointing.py).
"""

from __future__ import annotations

import re

from app.analysis.absence_words import SEARCH_WORDS
from app.analysis.addresses import addresses
from app.analysis.meta_talk import meta_talk
from app.analysis.questions import gate_question
from app.analysis.segments import split_segments
from app.domain.ports import LanguageModel, ModelFailed
from app.domain.progress import CancelToken

_MOST = 40  # sentences that are asked about


def point(model: LanguageModel, passage: str, kind: str, cancel: CancelToken) -> tuple[int, int] | None:
    """[start, end) in the passage of the sentence likeliest to be a clause of the type; None where the model fails."""
    best: tuple[float, int, int] | None = None
    for start, end in likely(passage, kind):
        try:
            (margin,) = model.margins(passage[start:end], [gate_question(kind)], cancel)
        except ModelFailed:
            return None
        if best is None or margin > best[0]:
            best = (margin, start, end)
    return best[1:] if best else None


def likely(passage: str, kind: str) -> list[tuple[int, int]]:
    """The sentences to ask about: those that hold the type's words, else all."""
    every = sentences(passage)
    pattern = re.compile(SEARCH_WORDS[kind].replace(" ", r"\s+"), re.IGNORECASE)
    return [(s, e) for s, e in every if pattern.search(passage, s, e)][:_MOST] or every[:_MOST]


def sentences(passage: str) -> list[tuple[int, int]]:
    """The sentences that a model is shown, as [start, end)."""
    for start, end in addresses(passage):  # as a gap of the same length: offsets stay
        passage = passage[:start] + "\n" * (end - start) + passage[end:]
    return [(start, end) for start, end in split_segments(passage) if not meta_talk(passage[start:end])]
