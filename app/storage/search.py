"""Full-text search: FTS5 says which texts, the folded words say where, the text itself gives the snippet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.folding import FoldedText, words_of
from app.storage.texts import body

_QUERY = re.compile(r'["“”„]([^"“”„]*)["“”„]|(\S+)')
_AROUND = 70  # characters of a snippet to each side of the match
_WINDOW = 40  # words within which all parts of a query must stand to count as one place
_PER_TEXT = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """Code points [start, end) of a text that match. The snippet has the words between U+0002 and U+0003."""

    text_id: str
    source_sha256: str
    start: int
    end: int
    snippet: str


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow one another; `prefix`: the last may be the beginning of a word."""

    words: tuple[str, ...]
    prefix: bool = False

    def fts(self) -> str:
        """The term in FTS5's language; words are letters and digits only, so nothing needs escaping."""
        return '"' + " ".join(self.words) + '"' + ("*" if self.prefix else "")

    def matches(self, words: Sequence[tuple[str, int, int]], at: int) -> bool:
        """Whether the term stands at word `at`."""
        tail = words[at : at + len(self.words)]
        if len(tail) < len(self.words) or any(w[0] != t for w, t in zip(tail[:-1], self.words[:-1], strict=True)):
            return False
        last = tail[-1][0]
        return last.startswith(self.words[-1]) if self.prefix else last == self.words[-1]


def parse(query: str) -> list[Term]:
    """Quoted phrases and single words; a word with a star, and the last unquoted word, may go on."""
    terms: list[Term] = []
    for found in _QUERY.finditer(query):
        phrase, word = found.groups()
        words = tuple(words_of(phrase if phrase is not None else word))
        if words:
            unfinished = phrase is None and (word.endswith("*") or found.end() == len(query))
            terms.append(Term(words, unfinished))
    return terms


def search(session: Session, query: str, limit: int) -> list[Hit]:
    """The newest accepted texts that hold every term, best first; at most 20 places in each, `limit` in all."""
    terms = parse(query)
    if not terms or limit < 1:
        return []
    ranked = text(
        "SELECT t.text_id, t.source_sha256, t.body FROM texts_fts f JOIN texts t ON t.id = f.rowid "
        "WHERE texts_fts MATCH :query AND t.view = 'accepted' AND t.id = (SELECT max(l.id) FROM texts l "
        "WHERE l.source_sha256 = t.source_sha256 AND l.view = t.view) ORDER BY f.rank"
    )
    hits: list[Hit] = []
    for text_id, source, raw in session.execute(ranked, {"query": " AND ".join(t.fts() for t in terms)}):
        contract_text = body(raw)
        for start, end, marks in _places(FoldedText(contract_text).words(), terms):
            hits.append(Hit(text_id, source, start, end, _snippet(contract_text, marks)))
            if len(hits) >= limit:
                return hits
    return hits


_Marks = tuple[tuple[int, int], ...]


def _places(words: list[tuple[str, int, int]], terms: Sequence[Term]) -> Iterator[tuple[int, int, _Marks]]:
    """Places where all terms stand within a window of words; where none is, each term's first place."""
    where = [[at for at in range(len(words)) if term.matches(words, at)] for term in terms]
    given = 0
    free_from = 0
    for at in min(where, key=len, default=[]):
        nearest = [min(places, key=lambda place: abs(place - at)) for places in where if places]
        if max(nearest) - min(nearest) > _WINDOW or min(nearest) < free_from:
            continue
        yield _marked(words, terms, nearest)
        free_from = max(n + len(t.words) for n, t in zip(nearest, terms, strict=True))
        given += 1
        if given == _PER_TEXT:
            return
    if given == 0:
        for term, places in zip(terms, where, strict=True):
            if places:
                yield _marked(words, [term], places[:1])


def _marked(words: list[tuple[str, int, int]], terms: Sequence[Term], places: Sequence[int]) -> tuple[int, int, _Marks]:
    spans = sorted({(words[p][1], words[p + len(t.words) - 1][2]) for p, t in zip(places, terms, strict=True)})
    return spans[0][0], max(end for _, end in spans), tuple(spans)


def _snippet(contract_text: str, marks: _Marks) -> str:
    left, right = max(0, marks[0][0] - _AROUND), min(len(contract_text), marks[-1][1] + _AROUND)
    pieces = ["…"] if left else []
    at = left
    for start, end in marks:
        start = max(start, at)
        pieces += [contract_text[at:start], "\x02", contract_text[start:end], "\x03"]
        at = end
    pieces += [contract_text[at:right]] + (["…"] if right < len(contract_text) else [])
    return re.sub(r"\s+", " ", "".join(pieces))
