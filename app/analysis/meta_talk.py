"""Words of a contract that talk of its being read, asked about, sorted and answered for, and not to the parties.

No list of sentences ends; the field of words is smaller. Each word weighs by how seldom contracts use it, and what
stands within a line's length is added up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from app.analysis.addresses import addresses
from app.analysis.meta_talk_signs import POINTING, SIGNS
from app.analysis.meta_talk_words import SELDOM, TELLING, WORDS

LIMIT = 5  # weight from which words are taken for such talk
LIMIT_POINTING = 4  # the same where one of them points at these words, at an answer or at who reads
_POINTING = POINTING | SELDOM | {"you", "yourself", "me", "figures for letters", "letters apart"}
_WINDOW = 90  # characters that are weighed together
_MOST_LIGHT = 3  # what words of weight one may add up to: a notice to a franchisee has many
_WORD = re.compile(r"[^\W\d_]+")
_FIGURES = re.compile(r"\b(?=\w*[a-z])(?=\w*\d)[a-z0-9]{4,}\b")
_AS_LETTERS = str.maketrans("013457", "oieast")
_SPACED = re.compile(r"\b(?:[a-z][ .\-_*]{1,2}){5,}[a-z]\b")
# Figures in it, and capitals after small letters three times: no name is written so. Or pairs of hexadecimal digits.
_ENCODED = re.compile(
    r"\b(?=[a-zA-Z+/]*\d)(?:[A-Z0-9+/]*[a-z0-9+/]{1,12}[A-Z]){3}[A-Za-z0-9+/]{8,}|\b(?:[0-9a-f]{2} ?){12,}\b"
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_MIXED = re.compile(r"[a-z][\u0370-\u052f]|[\u0370-\u052f][a-z]")

Hit = tuple[int, int, str, int]


def spoken_to(words: str) -> bool:
    """Whether a passage speaks to a model or of its work: then no model is asked about it."""
    return bool(addresses(words) or meta_talk(words))


def meta_talk(text: str) -> list[tuple[int, int]]:
    """[start, end) of stretches whose words weigh too much, in order, apart from one another."""
    folded, places = _folded(text)
    found = [*_hits(folded)]
    if places is None:
        found += [(m.start(), m.end(), "encoded", LIMIT) for m in _ENCODED.finditer(text)]
    out: list[tuple[int, int]] = []
    for start, end in _heavy(sorted(found)):
        if out and start <= out[-1][1]:
            start, end = out[-1][0], max(end, out.pop()[1])
        out.append((start, end))
    return out if places is None else [(places[start], places[end]) for start, end in out]


def _heavy(found: Sequence[Hit]) -> Iterator[tuple[int, int]]:
    """Where the different words of a window reach the limit."""
    first = 0
    for last, (_, end, _, _) in enumerate(found):
        while end - found[first][0] > _WINDOW and first < last:
            first += 1
        weighed = {name: weight for _, _, name, weight in found[first : last + 1]}
        light = sum(weight for weight in weighed.values() if weight == 1)
        heavy = sum(weighed.values()) - light
        if heavy + min(light, _MOST_LIGHT) >= (LIMIT if _POINTING.isdisjoint(weighed) else LIMIT_POINTING):
            yield found[first][0], end


def _hits(folded: str) -> Iterator[Hit]:
    """Every word and sign that weighs something: start, end, what it is, weight."""
    for match in _WORD.finditer(folded):
        weight = WORDS.get(match.group())
        if weight:
            yield match.start(), match.end(), match.group(), weight
    for name, weight, pattern in SIGNS:
        for match in pattern.finditer(folded):
            yield match.start(), match.end(), name, weight
    for match in _FIGURES.finditer(folded):
        word = match.group().translate(_AS_LETTERS)
        if word in WORDS:
            yield match.start(), match.end(), "figures for letters", WORDS[word] + 2
    for match in _SPACED.finditer(folded):
        joined = re.sub(r"[^a-z]", "", match.group())
        if any(word in joined for word in TELLING):
            yield match.start(), match.end(), "letters apart", LIMIT
    for match in _MIXED.finditer(folded):
        yield match.start(), match.end(), "letters mixed", LIMIT


def _folded(text: str) -> tuple[str, list[int] | None]:
    """Lower case without what is not seen, and for each character its place; None where nothing moved."""
    lowered = text.lower()
    if len(lowered) == len(text) and not _UNSEEN.search(lowered):
        return lowered, None
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if not _UNSEEN.match(character):
            low = unicodedata.normalize("NFKC", character).lower()
            kept.append(low)
            places += [place] * len(low)
    return "".join(kept), [*places, len(text)]
