"""What to read of a contract: which passages, and which questions about each. From text and candidates alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from app.analysis.fusion import logit
from app.analysis.questions import gate_question, presence_question
from app.domain.clauses import CLAUSE_TYPES, Candidate
from app.domain.sections import Section, clause_number

CHUNK = 9600  # characters at most, cut before a section: about 2,000 tokens of contract English
MOST_TOKENS = 3000  # of a chunk, estimated on the safe side, so that instructions and questions fit 4,096 beside it
DOUBT = 1.5  # log-odds either side of the threshold within which a candidate is uncertain
_BEFORE, _AFTER = 280, 120  # characters of context about a candidate in gated reading
SHARE = 0.45  # of the contract's characters that gated reading may spend; with what tokens waste, half of its tokens
_LEAST = 4000  # characters that it may spend on any contract, however short: a page or two cost nothing
_QUESTION = 110  # characters that a question costs beside its passage
_GAP = "\n[...]\n"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a chunk. `candidate` is its index, None where the whole chunk is asked about a type."""

    type: str
    text: str
    candidate: int | None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage and its questions; [start, end) is what it covers of the contract. `value` orders the reading."""

    start: int
    end: int
    passage: str
    questions: tuple[Question, ...]
    value: float

    @property
    def chunk_id(self) -> str:
        """Identity of all that goes into the model, for replay."""
        digest = hashlib.sha256(self.passage.encode("utf-8", "replace"))
        for question in self.questions:
            digest.update(b"\x1f" + question.text.encode("utf-8", "replace"))
        return digest.hexdigest()[:24]


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


def doubt(score: float, threshold: float) -> float:
    """1 at the threshold, nought where the screener is certain either way."""
    return max(0.0, 1 - abs(logit(score) - logit(threshold)) / DOUBT)


def bounds(text: str, sections: Sequence[Section]) -> list[tuple[int, int]]:
    """[start, end) of consecutive chunks of at most CHUNK characters, cut before a section, else a paragraph."""
    starts = sorted({section.start for section in sections})
    out: list[tuple[int, int]] = []
    begin = 0
    while begin < len(text):
        limit = begin + _fitting(text, begin)
        if limit >= len(text):
            out.append((begin, len(text)))
            break
        third = begin + (limit - begin) // 3
        inside = [s for s in starts if third < s <= limit]
        cut = inside[-1] if inside else max(text.rfind("\n", third, limit), 0) + 1
        if cut <= begin + 1:
            cut = max(text.rfind(" ", third, limit) + 1, 0) or limit
        out.append((begin, cut))
        begin = cut
    return out


def _fitting(text: str, begin: int) -> int:
    """How many characters from `begin` make a chunk: CHUNK of prose, fewer of figures, capitals or foreign letters."""
    tokens = 0.0
    for count, character in enumerate(text[begin : begin + CHUNK]):
        if character.islower() or character.isspace():
            tokens += 0.25
        elif character.isupper():
            tokens += 0.5
        else:
            tokens += 0.8 if character < "\x7f" else 1.5
        if character > "\xff":
            tokens += 1.0
        if tokens > MOST_TOKENS:
            return max(1, count)
    return CHUNK


def plan(text: str, candidates: Sequence[Candidate], sections: Sequence[Section], depth: str) -> list[Chunk]:
    """The chunks to read, most valuable first; the same for the same arguments, whatever was read before."""
    limits = thresholds(candidates)
    doubts = [doubt(c.score, t) for c, t in zip(candidates, limits, strict=True)]
    chunks = []
    chosen = worth_reading(text, candidates, doubts) if depth == "gated" else {i for i, d in enumerate(doubts) if d > 0}
    for start, end in bounds(text, sections):
        inside = [i for i, c in enumerate(candidates) if start <= c.start < end and i in chosen]
        if depth == "gated" and not inside:
            continue
        questions = [Question(candidates[i].type, _gate(text, candidates[i]), i) for i in inside]
        passage = text[start:end]
        if depth == "full":
            # A gate question asks for its type, and where the screener is certain there is nothing left to ask.
            asked = {c.type for i, c in enumerate(candidates) if start <= c.start < end and (i in chosen or c.reported)}
            questions += [Question(kind, presence_question(kind), None) for kind in CLAUSE_TYPES if kind not in asked]
        else:
            passage = _windows(text, start, end, [candidates[i] for i in inside])
        chunks.append(Chunk(start, end, passage, tuple(questions), sum(doubts[i] for i in inside)))
    return sorted(chunks, key=lambda chunk: (-chunk.value, chunk.start))


def worth_reading(text: str, candidates: Sequence[Candidate], doubts: Sequence[float]) -> set[int]:
    """The most doubtful candidates that gated reading has room for; one in a passage read anyway costs least."""
    budget = max(SHARE * len(text), _LEAST)
    covered = bytearray(len(text))
    chosen: set[int] = set()
    for index in sorted(range(len(candidates)), key=lambda i: (-doubts[i], i)):
        if doubts[index] <= 0:
            break
        low, high = max(0, candidates[index].start - _BEFORE), min(len(text), candidates[index].end + _AFTER)
        cost = covered.count(0, low, high) + _QUESTION
        if cost > budget:
            continue
        budget -= cost
        covered[low:high] = b"\x01" * (high - low)
        chosen.add(index)
    return chosen


def _gate(text: str, candidate: Candidate) -> str:
    return gate_question(candidate.type, text[candidate.start : candidate.end])


def _windows(text: str, start: int, end: int, candidates: Sequence[Candidate]) -> str:
    """The candidates of a chunk with what stands about them; gaps are marked."""
    spans: list[tuple[int, int]] = []
    for candidate in sorted(candidates, key=lambda c: (c.start, c.end)):
        low = _snap(text, max(start, candidate.start - _BEFORE), candidate.start)
        high = min(len(text), max(min(end, candidate.end + _AFTER), candidate.end))
        if spans and low <= spans[-1][1] + 80:
            spans[-1] = (spans[-1][0], max(spans[-1][1], high))
        else:
            spans.append((low, high))
    return _GAP.join(text[a:b] for a, b in spans)


def _snap(text: str, low: int, stop: int) -> int:
    """The start of a line or word at or after `low`."""
    line = text.find("\n", low, stop)
    if 0 <= line < stop - 80:
        return line + 1
    space = text.find(" ", low, stop)
    return space + 1 if space >= 0 and low > 0 else low


def place(sections: Sequence[Section], start: int, end: int, length: int) -> str:
    """How an unread part is named to the lawyer: by clause numbers, else by how far into the text it is."""
    inside = [n for s in sections if start <= s.start < end and (n := clause_number(tuple(sections), s.start))]
    if inside:
        return f"clause {inside[0]}" if len(inside) == 1 else f"clauses {inside[0]} to {inside[-1]}"
    share = 100 / max(1, length)
    return f"the part from {start * share:.0f} % to {end * share:.0f} % of the text"
