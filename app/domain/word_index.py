"""The words of a text by their first letters: a pattern is then tried only where it can begin.

A regular expression without regard to case is tried at every letter of a text; most of ours begin with a known word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

_WORD = re.compile(r"\b\w{1,3}")
_DOTS = str.maketrans("İı", "ii")  # what IGNORECASE takes for an i and casefold does not
_LOOSE = "?*{"  # after these signs what stands before them may be absent


def folded(letters: str) -> str:
    """Letters as IGNORECASE compares them."""
    return letters.translate(_DOTS).casefold()


class WordIndex:
    """Where the words of a text begin, by their first three letters (or all, of shorter words)."""

    def __init__(self, text: str) -> None:
        self.text = text
        places: dict[str, list[int]] = defaultdict(list)
        for word in _WORD.finditer(text):
            places[word[0]].append(word.start())
        self._places: dict[str, list[int]] = defaultdict(list)
        for letters, found in places.items():
            self._places[folded(letters)].extend(found)

    def places(self, starts: Iterable[str]) -> list[int]:
        """Where words with these first letters begin, in order."""
        return sorted(place for start in starts for place in self._places.get(start, ()))

    def finditer(self, pattern: re.Pattern[str], starts: Iterable[str]) -> Iterator[re.Match[str]]:
        """What pattern.finditer(text) gives, where every match begins with one of `starts`."""
        end = 0
        for place in self.places(starts):
            if place >= end and (found := pattern.match(self.text, place)):
                end = found.end()
                yield found

    def search(self, pattern: re.Pattern[str], starts: Iterable[str]) -> re.Match[str] | None:
        """What pattern.search(text) gives, where every match begins with one of `starts`."""
        return next(self.finditer(pattern, starts), None)


@lru_cache(maxsize=2)
def index_of(text: str) -> WordIndex:
    """The index of a text; the last two are kept, as everything asks about the contract in hand."""
    return WordIndex(text)


@lru_cache(maxsize=4096)
def starts_of(words: str) -> tuple[str, ...] | None:
    """The first letters of every wording of a pattern (read without regard to case); None where it may begin
    otherwise than with a known word."""
    found: set[str] = set()
    for part in _alternatives(words):
        if not part.startswith(r"\b"):
            return None
        start = _start(part[2:])
        if start is None:
            return None
        found |= start
    return tuple(sorted(found))


def _start(part: str) -> set[str] | None:
    """The first letters of a part that begins with a word or with a group of words."""
    if part.startswith("("):
        close = _closing(part)
        inner = part[1:close].removeprefix("?:")
        if inner.startswith("?") or part[close + 1 : close + 2] in tuple(_LOOSE):
            return None
        starts = [_start(one) for one in _alternatives(inner)]
        return None if None in starts else set().union(*(s for s in starts if s is not None))
    letters = part[:3]
    if len(letters) == 3 and letters.isalpha() and part[3:4] not in tuple(_LOOSE):
        return {folded(letters)}
    if letters[:2].isalpha() and part[2:3] == " " and part[3:4] not in tuple(_LOOSE):
        return {folded(letters[:2])}
    return None


def _alternatives(words: str) -> list[str]:
    """The parts between the bars that stand in no group and no set."""
    parts, depth, at = [""], 0, 0
    while at < len(words):
        width = _width(words, at)
        piece = words[at : at + width]
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += piece
        at += width
    return parts


def _closing(words: str) -> int:
    """Where the group that begins the words ends."""
    depth, at = 0, 0
    while at < len(words):
        piece = words[at : at + _width(words, at)]
        depth += (piece == "(") - (piece == ")")
        if not depth:
            return at
        at += len(piece)
    return at


def _width(words: str, at: int) -> int:
    """How many signs belong together: an escaped one, a whole set, else one."""
    if words[at] == "\\":
        return 2
    if words[at] != "[":
        return 1
    end = at + 1 + (words[at + 1 : at + 2] == "^")
    end += words[end : end + 1] == "]"
    while end < len(words) and words[end] != "]":
        end += 2 if words[end] == "\\" else 1
    return end + 1 - at
