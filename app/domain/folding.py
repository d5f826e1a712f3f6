"""Words as a search sees them: without case, accents, ligatures, soft hyphens; with the way back to the text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """Compatibility decomposition, case folded; combining marks and invisible characters give nothing."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(c for c in folded if unicodedata.category(c) not in {"Mn", "Cf"} and not 0xD800 <= ord(c) <= 0xDFFF)


def fold_words(text: str) -> str:
    """The text folded, character for character."""
    return _NOT_ASCII.sub(
        lambda found: _fold_character(found.group()), text.lower() if text.isascii() else _lower(text)
    )


def _lower(text: str) -> str:
    # str.lower changes lengths of some letters beyond ASCII; those are folded one by one anyway.
    return re.sub(r"[A-Z]+", lambda found: found.group().lower(), text)


class FoldedText:
    """A folded text whose words know where they stand in the text."""

    def __init__(self, text: str) -> None:
        self.folded = fold_words(text)
        self._at: list[int] = []  # folded offsets from which the shift below holds
        self._shift: list[int] = []
        shift = 0
        if not text.isascii():
            for found in _NOT_ASCII.finditer(text):
                length = len(_fold_character(found.group()))
                start = found.start() - shift
                # Each further letter of a ligature goes back to the ligature; what follows, to its own place.
                inside = [(start + letter, shift - letter) for letter in range(1, length)]
                after = [(start + length, shift + 1 - length)] if length != 1 else []
                for at, back in inside + after:
                    self._at.append(at)
                    self._shift.append(back)
                shift += 1 - length

    def origin(self, offset: int) -> int:
        """The code point of the text behind a folded offset."""
        index = bisect_right(self._at, offset) - 1
        return offset + (self._shift[index] if index >= 0 else 0)

    def words(self) -> list[tuple[str, int, int]]:
        """Every word with [start, end) in the text."""
        return [(m.group(), self.origin(m.start()), self.origin(m.end() - 1) + 1) for m in _WORD.finditer(self.folded)]


def words_of(text: str) -> list[str]:
    """The folded words alone."""
    return _WORD.findall(fold_words(text))
