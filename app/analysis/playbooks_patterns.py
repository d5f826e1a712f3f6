"""A playbook's wordings: compiled, and refused where a long contract could be matched in too many ways to finish.

Python's `re` cannot be interrupted, so a wording such as `(\\w+ ?)*due` would hang the review. In how many ways a text
can be shared out among the repeats of a wording is bounded from its parse tree: a repeat counts only where what follows
it may begin with a letter that it takes itself (in `(\\w+ )*` it never does), and inside another repeat it counts again
for every turn of that one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

MOST_WAYS = 7.5  # the most ways, as a power of ten
_LENGTH, _WORD_LENGTH = 1000, 40  # what an open-ended repeat is taken to run over; one of letters and digits alone
_SAMPLE = frozenset(map(chr, range(128))) | frozenset("\u00a0\u00e9\u2013\u2019\u201c\u201d\u20ac")
_SPACES = frozenset(c for c in _SAMPLE if c.isspace())
_DIGITS = frozenset(c for c in _SAMPLE if c.isdigit())
_WORDS = frozenset(c for c in _SAMPLE if c.isalnum() or c == "_")
_CLASSES = {
    op.CATEGORY_SPACE: _SPACES, op.CATEGORY_NOT_SPACE: _SAMPLE - _SPACES,
    op.CATEGORY_DIGIT: _DIGITS, op.CATEGORY_NOT_DIGIT: _SAMPLE - _DIGITS,
    op.CATEGORY_WORD: _WORDS, op.CATEGORY_NOT_WORD: _SAMPLE - _WORDS,
}  # fmt: skip
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT)
Chars = frozenset[str]
Items = Sequence[tuple[Any, Any]]


@lru_cache(maxsize=2048)
def pattern(words: str) -> re.Pattern[str]:
    """A playbook's pattern: case does not matter and a space is any white space."""
    return re.compile(_spaced(words), re.IGNORECASE)


@lru_cache(maxsize=2048)
def ways(words: str) -> float:
    """A bound of the ways in which the pattern can be tried at one place of a text, as a power of ten."""
    return _ways(_parser.parse(_spaced(words), re.IGNORECASE), frozenset())


def _spaced(words: str) -> str:
    return words.replace(" ?", r"\s*").replace(" ", r"\s+")


def _ways(items: Items, after: Chars) -> float:
    """The ways of a sequence, where `after` are the letters that may stand behind it."""
    total = 0.0
    for what, argument in reversed(list(items)):
        total += _ways_of(what, argument, after)
        first, may_be_absent = _first(what, argument)
        after = first | after if may_be_absent else first
    return total


def _ways_of(what: Any, argument: Any, after: Chars) -> float:
    """The ways of one element."""
    if what in _REPEATS:
        least, most, body = argument
        first = _first_of(body)[0]
        turns = min(int(most), _LENGTH)
        choices = min(turns, _WORD_LENGTH) if first <= _WORDS and most is op.MAXREPEAT else turns
        choices = max(choices - int(least), 0) + 1
        own = math.log10(choices) if first & after else 0.0
        return own + turns * _ways(body, after | (first if turns > 1 else frozenset()))
    if what is op.SUBPATTERN:
        return _ways(argument[-1], after)
    if what in (op.ASSERT, op.ASSERT_NOT):
        return _ways(argument[1], frozenset())
    if what is op.BRANCH:
        branches = argument[1]
        first, may_be_absent = _first(what, argument)
        doubled = any(_alike(a, b) for i, a in enumerate(branches) for b in branches[i + 1 :])
        doubled |= may_be_absent and bool(first & after)
        return max(_ways(branch, after) for branch in branches) + (math.log10(2) if doubled else 0.0)
    return 0.0


def _alike(one: Items, other: Items) -> bool:
    """Whether two alternatives may take the same letters: they part where one of them needs another letter."""
    for (what, argument), (what_2, argument_2) in zip(_flat(one), _flat(other), strict=False):
        first, absent = _first(what, argument)
        first_2, absent_2 = _first(what_2, argument_2)
        if not first & first_2:
            return absent or absent_2
        if what in _REPEATS or what_2 in _REPEATS:
            return True
    return len(list(_flat(one))) == len(list(_flat(other)))


def _flat(items: Items) -> Iterable[tuple[Any, Any]]:
    """The elements, those of groups in their place; what looks around takes no letters."""
    for what, argument in items:
        if what is op.SUBPATTERN:
            yield from _flat(argument[-1])
        elif what not in (op.AT, op.ASSERT, op.ASSERT_NOT):
            yield what, argument


def _first_of(items: Items) -> tuple[Chars, bool]:
    """The letters that a sequence may begin with, and whether it may take none."""
    found: Chars = frozenset()
    for what, argument in items:
        first, may_be_absent = _first(what, argument)
        found |= first
        if not may_be_absent:
            return found, False
    return found, True


def _first(what: Any, argument: Any) -> tuple[Chars, bool]:
    """The letters that an element may begin with, and whether it may take none."""
    if what is op.LITERAL:
        return frozenset({chr(argument).lower(), chr(argument).upper()}), False
    if what is op.NOT_LITERAL:
        return _SAMPLE - {chr(argument)}, False
    if what is op.ANY:
        return _SAMPLE - {"\n"}, False
    if what is op.IN:
        return _set(argument), False
    if what in _REPEATS or what is op.POSSESSIVE_REPEAT:
        first, absent = _first_of(argument[2])
        return first, absent or argument[0] == 0
    if what is op.SUBPATTERN:
        return _first_of(argument[-1])
    if what is op.ATOMIC_GROUP:
        return _first_of(argument)
    if what is op.BRANCH:
        parts = [_first_of(branch) for branch in argument[1]]
        return frozenset().union(*(first for first, _ in parts)), any(absent for _, absent in parts)
    if what in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return frozenset(), True
    return _SAMPLE, True  # a reference to another group, and what is yet to be invented


def _set(items: Items) -> Chars:
    """The letters of a set in square brackets."""
    found: set[str] = set()
    for what, argument in items:
        if what is op.LITERAL:
            found |= {chr(argument).lower(), chr(argument).upper()}
        elif what is op.RANGE:
            inside = {c for c in _SAMPLE if argument[0] <= ord(c) <= argument[1]}
            found |= {form for c in inside for form in (c.lower(), c.upper())}
        elif what is op.CATEGORY:
            found |= _CLASSES[argument]
    return _SAMPLE - found if items and items[0][0] is op.NEGATE else frozenset(found)
