"""Dates that no reported clause gives and that the contract's own words do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.analysis.values_corrected import corrected
from app.analysis.values_dates import find_dates
from app.analysis.values_defined import date_terms
from app.analysis.values_expiry import read_expiration
from app.analysis.values_signed import last_signature
from app.analysis.values_start import known_dates, opening_date, read_date, read_effective
from app.domain.clauses import Clause, FoundBy

_BEGINS = re.compile(
    r"\b(?:commenc\w*|beg[iau]n\w*|start\w*|effective|effect|in\s+force)\b(?:\s+(?:on|as\s+of|from|upon|date|the|is|shall|be|of)){0,4}"
    r"[\s:,]*$",
    re.IGNORECASE,
)
_TERMS = (
    "initial term",
    "term",
    "contract term",
    "agreement term",
    "term of agreement",
    "initial period",
    "contract period",
    "license term",
    "licence term",
    "initial contract term",
    "services term",
    "agreement period",
)
_ENDS = ("contract end", "contract end date", "expiration date", "expiry date", "end date", "termination date")
_STARTS = (
    "contract start",
    "contract start date",
    "commencement date",
    "start date",
    "starting date",
    "term commencement date",
)
_LEAST, _OPEN_FROM = 0.02, 0.1  # chances from which a passage that is not reported may say when, or that, no end is set


def with_dates(text: str, clauses: Sequence[Clause]) -> list[Clause]:
    """With clauses for the dates that the reported ones do not give and that the contract's own words do.

    The agreement's: in the words with which it opens, else beside the signatures. The effective date's: where the
    "Effective Date" is defined, else where the term is said to begin on a day. The end's: in the passages that the
    screener thought less likely and in the contract's definitions of its term.
    """
    found = list(clauses)
    if not _dated(text, found, "Agreement Date"):
        date = opening_date(text) or last_signature(text)
        found += [_ruled("Agreement Date", date.start, date.end)] if date else []
    if not _dated(text, found, "Effective Date"):
        known = known_dates(text, found)
        for start, end in _effective_passages(text, found):
            if (read_effective(text, start, end, known) or {}).get("date"):
                found.append(_ruled("Effective Date", start, end))
                break
    return found + _ends(text, found)


def _ends(text: str, clauses: Sequence[Clause]) -> list[Clause]:
    """A clause for the end of the term, where no reported one says it and another passage does."""
    known = known_dates(text, clauses)
    said = [
        corrected(clause) or read_expiration(text, clause.start, clause.end, known) or {}
        for clause in clauses
        if clause.reported and clause.type == "Expiration Date"
    ]
    if any(value.get("date") or value.get("term") or value.get("blank") for value in said):
        if any(value.get("date") or value.get("blank") or value.get("from_event") for value in said):
            return []
        labelled = [d for name in _ENDS for d in date_terms(text).get(name, ()) if d.date]
        return [_ruled("Expiration Date", d.start, d.end) for d in labelled[:1]]
    open_end: list[Clause] = []
    for start, end, score in _end_passages(text, clauses):
        value = read_expiration(text, start, end, known) or {}
        if (value.get("date") or value.get("term")) and not value.get("aside"):
            return [_ruled("Expiration Date", start, end)]
        if value.get("perpetual") and score >= _OPEN_FROM and not said:
            open_end.append(_ruled("Expiration Date", start, end))
    return open_end[:1]


def _end_passages(text: str, clauses: Sequence[Clause]) -> Iterator[tuple[int, int, float]]:
    """Where the end of the term may be said, with the screener's chance; definitions after its passages."""
    likely = [c for c in clauses if not c.reported and c.type == "Expiration Date" and c.score >= _LEAST]
    for clause in sorted(likely, key=lambda c: -c.score):
        yield clause.start, clause.end, clause.score
    for name in (*_TERMS, *_ENDS):
        for defined in date_terms(text).get(name, ()):
            yield defined.start, defined.end, 0.0


def _dated(text: str, clauses: Sequence[Clause], kind: str) -> bool:
    """Whether a reported clause of the type holds a date or a blank for one."""
    said = [clause for clause in clauses if clause.reported and clause.type == kind]
    return any(corrected(clause) or read_date(text, clause.start, clause.end) for clause in said)


def _ruled(kind: str, start: int, end: int) -> Clause:
    return Clause(kind, start, end, 0.5, True, FoundBy.RULES)


def _effective_passages(text: str, clauses: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """Where the effective date may be said: its definitions, then what the term is said to begin on."""
    for clause in clauses:
        if clause.reported and clause.type == "Effective Date":
            yield clause.start, clause.end
    for defined in date_terms(text).get("effective date", ()):
        yield (defined.date.start, defined.date.end) if defined.date else (defined.start, defined.end)
    for name in _STARTS:
        for defined in date_terms(text).get(name, ()):
            if defined.date:
                yield defined.date.start, defined.date.end
    for clause in clauses:
        if clause.reported and clause.type == "Expiration Date":
            for date in find_dates(text, clause.start, clause.end):
                if date.date and _BEGINS.search(text, max(clause.start, date.start - 50), date.start):
                    yield date.start, date.end
