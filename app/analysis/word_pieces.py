"""WordPiece: a text as numbers of a fixed vocabulary, longest piece first (Schuster and Nakajima, 2012)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

CLS, SEP, UNKNOWN, PADDING = "[CLS]", "[SEP]", "[UNK]", "[PAD]"
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_+")
_MAX_WORD = 60  # characters; a longer run of letters is no word


@dataclass(frozen=True, slots=True)
class WordPieces:
    """Numbers of pieces by their spelling; pieces inside a word begin with ##. Cases are folded."""

    numbers: dict[str, int]
    known: dict[str, tuple[int, ...]] = field(default_factory=dict)  # words met before

    @classmethod
    def of(cls, vocabulary: str) -> WordPieces:
        """From one piece a line, numbered in their order. Raises ValueError without the special pieces."""
        numbers = {piece: number for number, piece in enumerate(vocabulary.split("\n"))}
        if not {CLS, SEP, UNKNOWN, PADDING} <= numbers.keys():
            raise ValueError("a vocabulary without its special pieces")
        return cls(numbers)

    def ids(self, text: str) -> list[int]:
        """Numbers of the text's pieces; a run of underscores, a blank to be filled in, counts once."""
        result: list[int] = []
        for word in _WORD.findall(text.lower()):
            result += self._word("_" if word[0] == "_" else word)
        return result or [self.numbers[UNKNOWN]]

    def _word(self, word: str) -> tuple[int, ...]:
        found = self.known.get(word)
        if found is None:
            found = self._split(word)
            if len(self.known) < 100_000:
                self.known[word] = found
        return found

    def _split(self, word: str) -> tuple[int, ...]:
        if len(word) > _MAX_WORD:
            return (self.numbers[UNKNOWN],)
        pieces: list[int] = []
        at = 0
        while at < len(word):
            for end in range(len(word), at, -1):
                number = self.numbers.get(("##" if at else "") + word[at:end])
                if number is not None:
                    pieces.append(number)
                    at = end
                    break
            else:
                return (self.numbers[UNKNOWN],)
        return tuple(pieces)
