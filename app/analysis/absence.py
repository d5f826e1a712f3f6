"""The second pass: what may be said about a clause type of which no clause stands, and what that rests on."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.analysis.absence_odds import MISSING_BELOW, ODDS, PRESENT_FROM
from app.analysis.absence_search import SearchedText
from app.analysis.absence_words import SEARCH_WORDS
from app.domain.clauses import CLAUSE_TYPES, Answer, Candidate, Clause, FoundBy
from app.domain.findings import Absence
from app.domain.text import ContractText

_PASSAGE = 300
_NEAREST = 3  # passages that are shown, and asked of the model


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read of a contract: unread page numbers, language, whether it was screened."""

    unread_pages: tuple[int, ...] = ()
    language: str | None = "en"
    screened: bool = True
    builds_on: str | None = None  # the terms that the document only completes or changes

    @property
    def gap(self) -> str | None:
        """Why nothing may be called missing, or None."""
        if not self.screened:
            return "the contract was not screened"
        if self.language not in (None, "en"):
            return f"the language ({self.language}) is not screened"
        if self.unread_pages:
            pages = ", ".join(map(str, self.unread_pages[:12]))
            return f"pages that could not be read: {pages}"
        if self.builds_on:
            return f"this document builds on other terms ({self.builds_on}) that are not part of it"
        return None


def answers(text: ContractText, clauses: Sequence[Clause], coverage: Coverage) -> tuple[Absence, ...]:
    """One answer for each of the clause types, in their order."""
    by_type: dict[str, list[Clause]] = {name: [] for name in CLAUSE_TYPES}
    for clause in clauses:
        by_type.setdefault(clause.type, []).append(clause)
    searched = SearchedText(text.text)
    return tuple(_answer(name, text, by_type[name], coverage, searched) for name in CLAUSE_TYPES)


@dataclass(frozen=True, slots=True)
class Signs:
    """What the second pass sees of a type: the best passage's score, whether the screener reports one, word hits."""

    score: float
    reported: bool
    hits: int


def signs_of(name: str, text: SearchedText, found: Sequence[Candidate | Clause]) -> Signs:
    """The signs of one type; `found` are its candidates or clauses."""
    best = max((c.score for c in found), default=0.0)
    return Signs(best, any(c.reported for c in found), len(text.hits(name)))


def chance(name: str, signs: Signs) -> float:
    """How likely the type is there, by the odds that models/absence/tune.py worked out from contracts kept apart."""
    if name not in ODDS:  # a type that no labels exist for: its own rules and its words decide
        return 1.0 if signs.reported else 0.5 if signs.hits or signs.score > 0 else 0.0
    if signs.score <= 0 and signs.hits:
        return MISSING_BELOW  # words, and no passage of the screener's to weigh them by: a person has to look
    bias, score, hit, more, both = ODDS[name]
    safe = min(max(signs.score, 1e-4), 1 - 1e-4)
    logit, said = math.log(safe / (1 - safe)), 1.0 if signs.hits else 0.0
    return 1 / (
        1 + math.exp(-(bias + score * logit + hit * said + more * math.log1p(signs.hits) + both * logit * said))
    )


def _answer(
    name: str, text: ContractText, clauses: Sequence[Clause], coverage: Coverage, searched: SearchedText
) -> Absence:  # fmt: skip
    """Present, missing, unclear or not checked, with the evidence."""
    if not coverage.screened or coverage.language not in (None, "en"):
        return Absence(name, Answer.NOT_CHECKED, _evidence(name, text, (), coverage, searched))
    likely = chance(name, signs_of(name, searched, clauses))
    standing = [clause for clause in clauses if clause.reported]
    if standing and likely >= PRESENT_FROM:
        return Absence(name, Answer.PRESENT, {"places": len(standing), "chance": round(likely, 3)})
    evidence = _evidence(name, text, clauses, coverage, searched) | {"chance": round(likely, 3)}
    doubted = any(clause.found_by in (FoundBy.DISPUTED, FoundBy.MODEL) for clause in clauses)
    if standing or doubted or (likely >= MISSING_BELOW and evidence.get("nearest")):
        return Absence(name, Answer.UNCLEAR, evidence)
    return Absence(name, Answer.NOT_CHECKED if coverage.gap else Answer.MISSING, evidence)


def _evidence(
    name: str, text: ContractText, clauses: Sequence[Clause], coverage: Coverage, searched: SearchedText
) -> dict[str, Any]:  # fmt: skip
    """Pages read, words searched, where they hit, the screener's nearest passage."""
    hits = searched.hits(name) if coverage.screened else []
    evidence: dict[str, Any] = {
        "pages_read": sum(1 for page in text.pages if page.start < page.end) if text.pages else None,
        "pages_unread": list(coverage.unread_pages),
        "characters_read": len(text.text),
        "words_searched": readable(SEARCH_WORDS[name]),
        "hits": len(hits),
    }
    if coverage.gap:
        evidence["gap"] = coverage.gap
    if coverage.builds_on and not coverage.unread_pages:
        evidence["builds_on"] = coverage.builds_on
    near = sorted(clauses, key=lambda clause: (-clause.reported, -clause.score, clause.start))[:_NEAREST]
    if near:
        evidence["nearest"], *others = [_passage(text, c.start, c.end, c.score, c.margin) for c in near]
        if others:
            evidence["others"] = others
    elif hits:
        start, end = hits[0]
        evidence["nearest"] = _passage(text, max(0, start - 80), min(len(text.text), end + 200), 0.0)
    return evidence


def _passage(text: ContractText, start: int, end: int, score: float, margin: float | None = None) -> dict[str, Any]:
    """A passage with its place, its score and, where the model was asked about it, what it said."""
    cut = min(end, start + _PASSAGE)
    said = {} if margin is None else {"model": "yes" if margin > 0 else "no"}
    return said | {
        "start": start,
        "end": cut,
        "page": text.page_at(start),
        "quote": text.text[start:cut],
        "score": round(score, 3),
    }


# A pattern's marks and what stands for them where people read it.
_MARKS = (
    (r"\\s\+|\[\\s-\]\+|\\W\+|\[ -\]\??", " "), (r"\(\?:\\w\+ ?\)\{\d,\d+\} ?", "\u2026 "), (r"\\b|\\\(\\d\+\\\)", ""),
    (r"\\w[+*]", "\u2026"), (r"\[([^\]])[^\]]*\]", r"\1"),
)  # fmt: skip
_GROUP = re.compile(r"\(\?:([^()]*)\)(\?)?")


def readable(pattern: str) -> list[str]:
    """A search pattern as the list of its wordings, for people: "assign(ed/ment/able) … without"."""
    shown = pattern
    for mark, plain in _MARKS:
        shown = re.sub(mark, plain, shown)
    while _GROUP.search(shown):
        shown = _GROUP.sub(lambda m: ("\x01{}\x02" if m[2] else "{}").format(m[1].replace("|", "/")), shown)
    shown = re.sub(r"[\\?*+(){}^$]", "", shown).replace("\x01", "(").replace("\x02", ")")
    shown = shown.replace(" )", ") ")
    return [" ".join(part.split()) for part in shown.split("|") if part.strip()]
