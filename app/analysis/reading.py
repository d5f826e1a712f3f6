"""The read stage: the model's vote on what the screener leaves uncertain, chunk by chunk, resumable."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.analysis.fusion import Fusion, logit
from app.analysis.pointing import point
from app.analysis.prompts import PROMPT_VERSION as PROMPT_VERSION
from app.analysis.reading_plan import Chunk, Question, place, plan, silenced
from app.analysis.reading_worth import bars
from app.domain.clauses import LIKELY, Candidate, Clause, FoundBy, ModelUse
from app.domain.ports import LanguageModel, ModelFailed
from app.domain.progress import CancelToken
from app.domain.runs import ReadResult as ReadResult
from app.domain.sections import Section

DEPTHS = ("gated", "full", "off")
_PRIOR = 0.01  # at most: a passage of which the screener has no candidate for a type
_GIVE_UP = 3  # chunks that failed one after another: the model is of no use today


@dataclass(frozen=True, slots=True)
class ChunkAnswers:
    """A chunk's margins in the order of its questions, and the tokens they took.

    `places` are the sentences, by question, that the model pointed at where the screener has no candidate.
    """

    chunk_id: str
    margins: tuple[float, ...]
    tokens: int = 0
    places: tuple[tuple[int, int, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """JSON-like, for storage."""
        return {
            "chunk_id": self.chunk_id, "margins": list(self.margins), "tokens": self.tokens,
            "places": [list(place) for place in self.places],
        }  # fmt: skip

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> ChunkAnswers:
        """What to_json() gave."""
        places = tuple((int(q), int(start), int(end)) for q, start, end in stored.get("places", ()))
        return cls(str(stored["chunk_id"]), tuple(float(m) for m in stored["margins"]), int(stored["tokens"]), places)


@dataclass(slots=True)
class _Tally:
    """What reading has given so far."""

    margins: dict[int, float]
    unread: list[str]
    suspected: list[Clause]
    questions: int = 0
    tokens: int = 0
    reason: str | None = None
    silenced: int = 0  # candidates that were not asked about, for what their words say to a model


def read_contract(
    text: str, candidates: Sequence[Candidate], model: LanguageModel | None, fusion: Fusion, depth: str,
    cancel: CancelToken, sections: Sequence[Section] = (), deadline: float | None = None,
    on_chunk: Callable[[ChunkAnswers], None] | None = None, done: Mapping[str, Any] | None = None,
) -> ReadResult:  # fmt: skip
    """Read what is uncertain and return every candidate as a clause. Raises Cancelled; a failing model is data.

    `deadline` is a time.monotonic() after which no chunk is begun. `done` maps chunk ids to what on_chunk was given
    (or its to_json()): those are not asked again.
    """
    if depth not in DEPTHS:
        raise ValueError(f"depth must be one of {', '.join(DEPTHS)}")
    if model is None or depth == "off":
        return ReadResult(tuple(_clause(c, 0.5, None, fusion) for c in candidates), None)
    tally = _Tally({}, [], [], silenced=len(silenced(text, candidates, depth)))
    asking = _Asking(model, fusion, priors(candidates), cancel)
    failed = _read(plan(text, candidates, sections, depth), asking, tally, deadline, on_chunk, done)
    if failed and tally.questions:
        # Once more: what stopped the model (another program took the memory, say) need not lie in the passage.
        failed = _read([chunk for chunk, _ in failed], asking, tally, deadline, on_chunk, None)
    for chunk, reason in failed:
        tally.unread.append(place(sections, chunk.start, chunk.end, len(text)))
        tally.reason = tally.reason or reason
    use = ModelUse(model.name, model.sha256, fusion.weight, tally.questions, tally.tokens, _note(depth, fusion, tally))
    limits = bars(candidates)
    clauses = _together(
        [_clause(c, limits[i], tally.margins.get(i), fusion) for i, c in enumerate(candidates)], candidates
    )
    unread = tuple(dict.fromkeys(tally.unread))
    return ReadResult((*clauses, *_to_check(clauses, tally.suspected)), use, unread)


def _together(clauses: Sequence[Clause], candidates: Sequence[Candidate]) -> tuple[Clause, ...]:
    """The clauses, where a no takes a type's passages away only all at once.

    Where one of them stands the type stands, and the others, which may be parts of it, stay, marked as disputed.
    """
    kept = {b.type for a, b in zip(clauses, candidates, strict=True) if a.reported and b.reported}
    return tuple(
        replace(clause, reported=True) if before.reported and clause.type in kept else clause
        for clause, before in zip(clauses, candidates, strict=True)
    )


def priors(candidates: Sequence[Candidate]) -> dict[str, float]:
    """How likely a type is in a passage of which the screener has no candidate: less than its least candidate."""
    least: dict[str, float] = {}
    for candidate in candidates:
        least[candidate.type] = min(least.get(candidate.type, _PRIOR), candidate.score)
    return least


def _to_check(clauses: Sequence[Clause], suspected: Sequence[Clause]) -> list[Clause]:
    """Of each type of which nothing stands the likeliest place that the model alone found: never reported, shown."""
    standing = {clause.type for clause in clauses if clause.reported}
    best: dict[str, Clause] = {}
    for clause in suspected:
        if clause.type not in standing and (clause.type not in best or clause.score > best[clause.type].score):
            best[clause.type] = clause
    return list(best.values())


@dataclass(frozen=True, slots=True)
class _Asking:
    """The model, what its votes weigh, and what the screener thinks of types without a candidate."""

    model: LanguageModel
    fusion: Fusion
    priors: Mapping[str, float]
    cancel: CancelToken

    def suspicion(self, question: Question, margin: float) -> float:
        """The probability that the chunk holds the type that was asked about; nought where a candidate was."""
        if question.candidate is not None:
            return 0.0
        return self.fusion.suspected(self.priors.get(question.type, _PRIOR), margin)


def _read(
    chunks: Sequence[Chunk], asking: _Asking, tally: _Tally, deadline: float | None,
    on_chunk: Callable[[ChunkAnswers], None] | None, done: Mapping[str, Any] | None,
) -> list[tuple[Chunk, str]]:  # fmt: skip
    """Answer the chunks' questions into the tally; returns those that went unread, each with a sentence why."""
    failures = 0
    reason = "The model stopped."
    unread: list[tuple[Chunk, str]] = []
    for chunk in chunks:
        asking.cancel.check()
        answers = _stored(chunk, done)
        if answers is None:
            if deadline is not None and time.monotonic() >= deadline:
                unread.append((chunk, "not everything was read, for want of time"))
                continue
            if failures >= _GIVE_UP:
                unread.append((chunk, reason))
                continue
            try:
                answers = _ask(chunk, asking)
            except ModelFailed as error:
                failures += 1
                reason = str(error)
                unread.append((chunk, reason))
                continue
            failures = 0
            if on_chunk is not None:
                on_chunk(answers)
        _count(tally, chunk, answers, asking)
    return unread


def _ask(chunk: Chunk, asking: _Asking) -> ChunkAnswers:
    model, cancel = asking.model, asking.cancel
    before = model.tokens_evaluated
    margins = model.margins(chunk.passage, [question.text for question in chunk.questions], cancel)
    if len(margins) != len(chunk.questions) or not all(map(math.isfinite, margins)):
        raise ModelFailed("The model gave an answer that cannot be used.")
    places = []
    for index, (question, margin) in enumerate(zip(chunk.questions, margins, strict=True)):
        if asking.suspicion(question, margin) >= LIKELY:
            pointed = point(model, chunk.passage, question.type, cancel)
            places += [(index, *pointed)] if pointed else []
    return ChunkAnswers(chunk.chunk_id, tuple(margins), model.tokens_evaluated - before, tuple(places))


def _stored(chunk: Chunk, done: Mapping[str, Any] | None) -> ChunkAnswers | None:
    """The chunk's answers from an earlier run, None where there are none that fit."""
    found = done.get(chunk.chunk_id) if done else None
    if found is None:
        return None
    answers = found if isinstance(found, ChunkAnswers) else ChunkAnswers.from_json(found)
    return answers if len(answers.margins) == len(chunk.questions) else None


def _count(tally: _Tally, chunk: Chunk, answers: ChunkAnswers, asking: _Asking) -> None:
    tally.questions += len(chunk.questions)
    tally.tokens += answers.tokens
    for question, margin in zip(chunk.questions, answers.margins, strict=True):
        if question.candidate is not None:
            tally.margins[question.candidate] = margin
    for index, start, end in answers.places:
        question, margin = chunk.questions[index], answers.margins[index]
        score = asking.suspicion(question, margin)
        start, end = chunk.start + start, chunk.start + end
        tally.suspected.append(Clause(question.type, start, end, score, False, FoundBy.MODEL, margin))


def _note(depth: str, fusion: Fusion, tally: _Tally) -> str:
    note = f"{depth} reading; {fusion.note}"
    if tally.silenced:
        note += f"; not asked where a clause's words speak of reading and answering: {tally.silenced}"
    if tally.unread:
        note += f"; unread: {', '.join(dict.fromkeys(tally.unread))} ({(tally.reason or '').rstrip('.')})"
    return note


def _clause(candidate: Candidate, threshold: float, margin: float | None, fusion: Fusion) -> Clause:
    """The candidate after the model's vote; as the screener had it where there is none or it weighs nothing."""
    c = candidate
    if margin is None or fusion.weight == 0.0:
        return Clause(c.type, c.start, c.end, c.score, c.reported, c.found_by, margin)
    score = fusion.fused(c.score, margin)
    reported, found_by = c.reported, c.found_by
    # The vote may only move a candidate its own way: a yes never unseats one, a no never raises one.
    if (score > c.score) != c.reported:
        reported = logit(score) >= logit(threshold)
    if reported:
        found_by = FoundBy.SCREENER_AND_MODEL if c.reported else FoundBy.MODEL
    elif c.reported:  # no model's answer takes a rule's passage away, nor the flags on the screener's
        reported, found_by = c.found_by is FoundBy.RULES, FoundBy.DISPUTED
    return Clause(c.type, c.start, c.end, score, reported, found_by, margin)
