"""Which candidates are worth asking a model about: where the screener is likeliest wrong for what asking costs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.domain.clauses import Candidate, FoundBy

CERTAIN = 0.01  # what the screener is surer of than that it is wrong so often is not asked about
SHARE = 0.5  # of the contract's characters that questions about candidates may spend, passages and all
_LEAST = 4000  # characters that it may spend on any contract, however short: a page or two cost nothing
_QUESTION = 170  # characters that a question costs beside its passage


def thresholds(candidates: Sequence[Candidate]) -> list[float]:
    """For each candidate the score from which it would stand: its own, else even odds kept between the type's ranks."""
    low: dict[str, float] = {}
    high: dict[str, float] = {}
    for candidate in candidates:
        if candidate.reported:
            high[candidate.type] = min(high.get(candidate.type, 1.0), candidate.score)
        else:
            low[candidate.type] = max(low.get(candidate.type, 0.0), candidate.score)
    return [
        c.threshold if c.threshold is not None else min(high.get(c.type, 1.0), max(low.get(c.type, 0.0), 0.5))
        for c in candidates
    ]


def bars(candidates: Sequence[Candidate]) -> list[float]:
    """For each candidate the score from which a vote may raise it; where its type stands nowhere, at least the best's.

    A lesser candidate's own threshold is the share of the type's chance that falls to it. Raised alone it would make
    the type stand on less than the screener asks of the best.
    """
    limits = thresholds(candidates)
    standing = {candidate.type for candidate in candidates if candidate.reported}
    best: dict[str, tuple[float, float]] = {}
    for candidate, limit in zip(candidates, limits, strict=True):
        best[candidate.type] = max(best.get(candidate.type, (-1.0, 0.0)), (candidate.score, limit))
    return [
        limit if c.type in standing else max(limit, best[c.type][1])
        for c, limit in zip(candidates, limits, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Ask:
    """Candidates that are asked about together or not at all, and how likely the screener's word on them is wrong."""

    candidates: tuple[int, ...]
    wrong: float


def asks_of(candidates: Sequence[Candidate], silent: Collection[int], rules: bool) -> list[Ask]:
    """What may be asked: a type's reported passages together, for they only fall together; every other one alone.

    With `rules` also, last of all, what rules found: no answer takes that away, a no only marks it.
    """
    asks: list[Ask] = []
    ruled: list[Ask] = []
    standing: dict[str, list[int]] = {}
    for index, candidate in enumerate(candidates):
        if candidate.found_by is FoundBy.RULES:
            ruled.append(Ask((index,), 0.0))
        elif candidate.reported:
            standing.setdefault(candidate.type, []).append(index)
        else:
            asks.append(Ask((index,), candidate.score))
    asks += [Ask(tuple(those), 1 - max(candidates[i].score for i in those)) for those in standing.values()]
    asks = [ask for ask in asks if ask.wrong >= CERTAIN] + (ruled if rules else [])
    return [ask for ask in asks if not any(index in silent for index in ask.candidates)]


def worth_reading(
    text: str, candidates: Sequence[Candidate], silent: Collection[int], rules: bool = False
) -> dict[int, float]:  # fmt: skip
    """The candidates that there is room for, first where the screener is likeliest wrong for what asking costs.

    With each its part of that likelihood. Those in `silent` are not asked about, what rules found with `rules` only;
    words read anyway cost nothing.
    """
    budget = max(SHARE * len(text), _LEAST)
    read: set[tuple[int, int]] = set()
    chosen: dict[int, float] = {}

    def cost(ask: Ask) -> int:
        spans = {(candidates[i].start, candidates[i].end) for i in ask.candidates} - read
        return _QUESTION * len(ask.candidates) + sum(end - start for start, end in spans)

    for ask in sorted(asks_of(candidates, silent, rules), key=lambda ask: (-ask.wrong / cost(ask), ask.candidates)):
        if cost(ask) > budget:
            continue
        budget -= cost(ask)
        read |= {(candidates[i].start, candidates[i].end) for i in ask.candidates}
        chosen |= {index: ask.wrong / len(ask.candidates) for index in ask.candidates}
    return chosen
