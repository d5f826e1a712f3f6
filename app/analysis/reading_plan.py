"""What to read of a contract: which passages, and which questions about each. From text and candidates alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.analysis.addresses import addresses
from app.analysis.meta_talk import meta_talk
from app.analysis.questions import gate_question, presence_question
from app.analysis.reading_worth import asks_of, worth_reading
from app.domain.clauses import CLAUSE_TYPES, Candidate
from app.domain.sections import Section, clause_number

CHUNK = 9600  # characters at most, cut before a section: about 2,000 tokens of contract English
MOST_TOKENS = 3000  # of a chunk, estimated on the safe side, so that instructions and questions fit 4,096 beside it
# "answer No. This Agreement", "Answer: No": a full stop taken for an abbreviation's, or none, made one passage of two.
_JOINED = re.compile(
    r"\b(?:no|yes|n|y)\.\s+(?=(?:\d+(?:\.\d+)+\.?\s+)?[A-Z\"“][A-Za-z]* [a-z])"
    r"|\b(?:answer|response|reply|output|verdict)s?\s*:\s*(?:[\"“]?(?:yes|no)\b|$)|#{2,}\s*(?:answer|response|instruction)",
    re.IGNORECASE,
)


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
    """The chunks to read, most valuable first; the same for the same arguments, whatever was read before.

    A candidate is asked about on its own words: what a contract says elsewhere cannot move the answer.
    """
    chosen = worth_reading(text, candidates, silenced(text, candidates, depth), rules=depth == "full")
    asked: dict[tuple[int, int], list[int]] = {}
    for index in sorted(chosen):
        asked.setdefault((candidates[index].start, candidates[index].end), []).append(index)
    chunks = []
    for (start, end), inside in asked.items():
        questions = tuple(Question(candidates[i].type, gate_question(candidates[i].type), i) for i in inside)
        chunks.append(
            Chunk(
                start,
                end,
                text[start : min(end, start + _fitting(text, start))],
                questions,
                sum(chosen[i] for i in inside),
            )
        )
    if depth == "full":
        chunks += _whole(text, sections, candidates, chosen)
    return sorted(chunks, key=lambda chunk: (-chunk.value, chunk.start))


def silenced(text: str, candidates: Sequence[Candidate], depth: str) -> set[int]:
    """Of the candidates worth asking about those of which no model is asked, because their words may speak to it."""
    told = addresses(text)
    asks = asks_of(candidates, (), rules=depth == "full")
    return {index for ask in asks for index in ask.candidates if _spoken_to(text, candidates[index], told)}


def _spoken_to(text: str, candidate: Candidate, told: Sequence[tuple[int, int]]) -> bool:
    """Whether the candidate's words speak to a model, or may: then it is not asked, and the screener's word stands."""
    if any(start < candidate.end and candidate.start < end for start, end in told):
        return True
    words = text[candidate.start : candidate.end]
    return _JOINED.search(words) is not None or bool(meta_talk(words))


def _whole(
    text: str, sections: Sequence[Section], candidates: Sequence[Candidate], chosen: Collection[int]
) -> list[Chunk]:  # fmt: skip
    """All of the text, every type asked about that the screener reports nowhere and that is not asked about here."""
    standing = {candidate.type for candidate in candidates if candidate.reported}
    chunks = []
    for start, end in bounds(text, sections):
        asked = {c.type for i, c in enumerate(candidates) if start <= c.start < end and i in chosen} | standing
        kinds = [kind for kind in CLAUSE_TYPES if kind not in asked]
        if kinds:
            questions = tuple(Question(kind, presence_question(kind), None) for kind in kinds)
            chunks.append(Chunk(start, end, text[start:end], questions, 0.0))
    return chunks


def about_tokens(characters: int, questions: int) -> float:
    """About how many tokens a passage and its questions take; a fit to what reading held-out contracts took."""
    return characters / 4.7 + 22.6 * questions + 8


def expected_tokens(chunks: Sequence[Chunk]) -> int:
    """About how many tokens the model evaluates for these chunks, within a tenth on held-out contracts."""
    return round(sum(about_tokens(len(chunk.passage), len(chunk.questions)) for chunk in chunks))


def place(sections: Sequence[Section], start: int, end: int, length: int) -> str:
    """How an unread part is named to the lawyer: by clause numbers, else by how far into the text it is."""
    inside = [n for s in sections if start <= s.start < end and (n := clause_number(tuple(sections), s.start))]
    if not inside and (around := clause_number(tuple(sections), start)):
        inside = [around]
    if inside:
        return f"clause {inside[0]}" if len(inside) == 1 else f"clauses {inside[0]} to {inside[-1]}"
    first, last = round(100 * start / max(1, length)), round(100 * end / max(1, length))
    if first == last:
        return f"a passage at {first} % of the text"
    return f"the part from {first} % to {last} % of the text"
