"""Full-text search: FTS5 says which texts, the folded words say where, the text itself gives the snippet."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.folding import FoldedText, words_of
from app.storage.texts import body

_QUERY = re.compile(r'["“”„]([^"“”„]*)["“”„]|(\S+)')
_AROUND = 70  # characters of a snippet to each side of the match
_WINDOW = 300  # characters within which all parts of a query must stand to count as one place
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

    def pattern(self) -> re.Pattern[str]:
        """The term in a folded text: whole words, with anything but letters and digits between them."""
        end = r"[^\W_]*" if self.prefix else r"(?![^\W_])"
        return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, self.words)) + end)


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
    patterns = [term.pattern() for term in terms]
    for text_id, source, raw in session.execute(ranked, {"query": " AND ".join(t.fts() for t in terms)}):
        contract_text = body(raw)
        for marks in _places(contract_text, patterns):
            end = max(end for _, end in marks)
            hits.append(Hit(text_id, source, marks[0][0], end, _snippet(contract_text, marks)))
            if len(hits) >= limit:
                return hits
    return hits


_Marks = tuple[tuple[int, int], ...]


def _places(contract_text: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[_Marks]:
    """Places where all terms stand within a window; where none is, each term's first place."""
    text = FoldedText(contract_text)
    where = [[found.span() for found in pattern.finditer(text.folded)] for pattern in patterns]
    if not all(where):
        return
    given, free_from = 0, 0
    for at, _ in min(where, key=len):
        nearest = [_nearest(spans, at) for spans in where]
        first, last = min(start for start, _ in nearest), max(end for _, end in nearest)
        if last - first > _WINDOW or first < free_from:
            continue
        yield _marks(text, nearest)
        given, free_from = given + 1, last
        if given == _PER_TEXT:
            return
    if given == 0:
        for spans in where:
            yield _marks(text, spans[:1])


def _nearest(spans: Sequence[tuple[int, int]], at: int) -> tuple[int, int]:
    index = bisect_left(spans, (at, at))
    return min(spans[max(0, index - 1) : index + 1], key=lambda span: abs(span[0] - at))


def _marks(text: FoldedText, spans: Sequence[tuple[int, int]]) -> _Marks:
    return tuple(sorted({(text.origin(start), text.origin(end - 1) + 1) for start, end in spans}))


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
