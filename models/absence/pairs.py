"""(contract, type) pairs for absence: as the contracts are, and with labelled clauses cut out of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from app.analysis.absence import Signs, signs_of
from app.analysis.absence_search import SearchedText
from app.analysis.screener import Screener
from app.analysis.segments import split_segments
from app.domain.clauses import CUAD_TYPES
from app.domain.sections import find_sections

LONGEST = 2500  # characters of a section that is cut out whole
Pair = tuple[str, str, bool, Signs]  # title, type, whether the clause is there, what the second pass sees


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text without the clauses that the spans touch: their sections, or where those are long their sentences."""
    pieces = split_segments(text)
    sections = [(s.start, s.end) for s in find_sections(text) if s.end - s.start <= LONGEST]
    cut: set[int] = set()
    for start, end in spans:
        around = [(s, e) for s, e in sections if s <= start and end <= e]
        low, high = min(around, key=lambda span: span[1] - span[0]) if around else (start, end)
        cut |= {index for index, (s, e) in enumerate(pieces) if low < e and s < high}
    for index in sorted(cut, reverse=True):
        text = text[: pieces[index][0]] + text[pieces[index][1] :]
    return text


def pairs_of(contract: dict[str, Any], screener: Screener) -> Iterator[Pair]:
    """A contract's pairs; each labelled type is cut out in one of two copies, half of them in each."""
    text, title = contract["text"], contract["title"]
    labels = {name: [(int(s), int(e)) for s, e in spans] for name, spans in contract["labels"].items() if spans}
    yield from _signs(title, text, screener, lambda name: name in labels, CUAD_TYPES)
    present = [name for name in CUAD_TYPES if name in labels]
    for half in (present[::2], present[1::2]):
        if half:
            copy = without(text, [span for name in half for span in labels[name]])
            yield from _signs(title, copy, screener, lambda name: False, half)


def _signs(
    title: str, text: str, screener: Screener, there: Callable[[str], bool], types: Sequence[str]
) -> Iterator[Pair]:
    found, searched = screener.screen(text), SearchedText(text)
    for name in types:
        yield title, name, there(name), signs_of(name, searched, [c for c in found if c.type == name])
