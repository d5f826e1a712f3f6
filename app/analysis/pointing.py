"""Which sentence of a passage a model means: it writes the opening words, code cuts the quote from the source.

The grammar allows the openings that there are and nothing else, so every answer is a place in the text, or none.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis.addresses import addresses
from app.analysis.questions import MEANINGS
from app.analysis.segments import split_segments
from app.domain.ports import LanguageModel, ModelFailed
from app.domain.progress import CancelToken

MAX_TOKENS = 32
NONE = "none"
_WORDS, _MORE = 5, 12  # of an opening; of one that several sentences share
_MOST = 120  # sentences: a chunk of figures would make a grammar without end


def point(model: LanguageModel, passage: str, kind: str, cancel: CancelToken) -> tuple[int, int] | None:
    """[start, end) in the passage of the sentence that the model takes for a clause of the type, None for none."""
    spans = sentences(passage)
    named = openings(passage, spans)
    if not named:
        return None
    try:
        said = model.complete(passage, pointing_question(kind), grammar_of(list(named)), MAX_TOKENS, cancel)
    except ModelFailed:
        return None
    return aligned(said.text, named)


def sentences(passage: str) -> list[tuple[int, int]]:
    """The sentences that a model is shown, as [start, end)."""
    for start, end in addresses(passage):  # as a gap of the same length: offsets stay
        passage = passage[:start] + "\n" * (end - start) + passage[end:]
    return split_segments(passage)[:_MOST]


def openings(passage: str, spans: Sequence[tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The sentences by their first words, as few as tell them apart; of equal ones the first."""
    words = {span: _plain(passage[span[0] : span[1]]).split() for span in spans}
    found: dict[str, tuple[int, int]] = {}
    for span in spans:
        count = _WORDS
        others = [other for at, other in words.items() if at != span]
        while count < _MORE and any(other[:count] == words[span][:count] for other in others):
            count += 1
        found.setdefault(" ".join(words[span][:count]), span)
    return {opening: span for opening, span in found.items() if opening and opening != NONE}


def pointing_question(kind: str) -> str:
    """What is asked; the answer is held to the openings."""
    return (
        f"Which sentence of the excerpt comes nearest to words that {MEANINGS[kind]}? Copy its first words, or {NONE}."
    )


def grammar_of(named: Sequence[str]) -> str:
    """GBNF that allows one of these texts or NONE."""
    escaped = [text.replace("\\", "\\\\").replace('"', '\\"') for text in (*named, NONE)]
    return "root ::= " + " | ".join(f'"{text}"' for text in escaped) + "\n"


def aligned(said: str, named: dict[str, tuple[int, int]]) -> tuple[int, int] | None:
    """The sentence whose opening was written; an opening cut off by the limit counts if it fits one alone."""
    if said in named:
        return named[said]
    fitting = [span for opening, span in named.items() if said and opening.startswith(said)]
    return fitting[0] if len(fitting) == 1 and said != NONE else None


def _plain(text: str) -> str:
    """On one line and without characters that a grammar cannot hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
