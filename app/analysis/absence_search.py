"""The second pass's search: where the wordings of a clause type stand in a contract."""

from __future__ import annotations

import re
from functools import lru_cache

from app.analysis.absence_words import SEARCH_WORDS
from app.domain.word_index import index_of, starts_of


class SearchedText:
    """A text in which each type is searched once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, list[tuple[int, int]]] = {}

    def hits(self, name: str) -> list[tuple[int, int]]:
        """Where the words of a type stand, in order; words of a phrase may stand on two lines."""
        found = self._found.get(name)
        if found is None:
            pattern, starts = _pattern(name)
            found = self._found[name] = [m.span() for m in index_of(self._text).finditer(pattern, starts)]
        return found


@lru_cache(maxsize=len(SEARCH_WORDS))
def _pattern(name: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """A type's pattern, and the first letters of every wording of it."""
    starts = starts_of(SEARCH_WORDS[name])
    if starts is None:
        raise ValueError(f"a wording of {name} begins with no word")
    return re.compile(SEARCH_WORDS[name].replace(" ", r"\s+"), re.IGNORECASE), starts
