"""Two contracts clause by clause: drafts of one contract, or a contract against the standard form it should follow."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from app.domain.clauses import CLAUSE_TYPES, Clause
from app.domain.standard_form import Change

_SAME = 99.5  # likeness, of 100, from which two wordings are the same but for layout
_KIN = 40.0  # and below which they are two clauses rather than two wordings of one
_WORD = re.compile(r"\s+|[^\w\s]|\w+")


@dataclass(frozen=True, slots=True)
class Deviation:
    """A clause in both texts or in one: its spans, how like they are (0 to 1), the words taken out and put in."""

    type: str
    change: Change
    old: tuple[int, int] | None
    new: tuple[int, int] | None
    likeness: float = 0.0
    words: tuple[tuple[str, str], ...] = ()  # ("old words", "new words"), either may be ""


def compare(old: str, old_clauses: Sequence[Clause], new: str, new_clauses: Sequence[Clause]) -> list[Deviation]:
    """Every reported clause of either text, by type; each is matched with the likest of the other text."""
    found: list[Deviation] = []
    for name in CLAUSE_TYPES:
        before = [(c.start, c.end) for c in old_clauses if c.reported and c.type == name]
        after = [(c.start, c.end) for c in new_clauses if c.reported and c.type == name]
        pairs = sorted(
            ((_likeness(old[slice(*a)], new[slice(*b)]), a, b) for a in before for b in after), key=lambda p: -p[0]
        )
        for likeness, a, b in pairs:
            if a in before and b in after and likeness >= _KIN:
                before.remove(a)
                after.remove(b)
                same = likeness >= _SAME
                words = () if same else changed_words(old[slice(*a)], new[slice(*b)])
                found.append(Deviation(name, Change.SAME if same else Change.CHANGED, a, b, likeness / 100, words))
        found += [Deviation(name, Change.REMOVED, a, None) for a in before]
        found += [Deviation(name, Change.ADDED, None, b) for b in after]
    return found


def _likeness(one: str, other: str) -> float:
    return float(fuzz.ratio(" ".join(one.split()).casefold(), " ".join(other.split()).casefold()))


def changed_words(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """The runs of words that differ, white space aside; runs with a word between them are one."""
    one, other = _words(old), _words(new)
    runs: list[tuple[list[str], list[str]]] = []
    last = (-9, -9)
    for tag, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if runs and 0 <= a - last[0] <= 1 and 0 <= c - last[1] <= 1:
            runs[-1][0].extend(one[last[0] : b])
            runs[-1][1].extend(other[last[1] : d])
        else:
            runs.append((one[a:b], other[c:d]))
        last = (b, d)
    return tuple((_text(taken), _text(put)) for taken, put in runs)


def _words(text: str) -> list[str]:
    return [piece for piece in _WORD.findall(text) if not piece.isspace()]


def _text(words: Sequence[str]) -> str:
    shown = re.sub(r"\s+([,.;:)])", r"\1", " ".join(words)).replace("( ", "(").replace(" ' ", "'")
    return shown + ")" * (shown.count("(") - shown.count(")"))  # a run of words may end inside a bracket
