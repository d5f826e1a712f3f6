"""Dates that no reported clause gives and that the contract's own words do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from app.analysis.values_corrected import corrected
from app.analysis.values_dates import find_dates
from app.analysis.values_defined import date_terms
from app.analysis.values_expiry import read_expiration
from app.analysis.values_party_terms import sentence_end
from app.analysis.values_signed import last_signature, witness_date
from app.analysis.values_start import DATE_HEREOF, known_dates, opening_date, read_date, read_effective
from app.analysis.values_terms import read_notice
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
_TERM_SAID = re.compile(
    r"\b(?:initial\s+)?term\s+of\s+(?:this|the)\s+(?:\w+\s+)?(?:agreement|contract|appointment|engagement)\s+(?:shall|will|is|begins|commences)\b"
    r"|\bthis\s+(?:\w+\s+)?(?:agreement|contract)\s+(?:shall|will)\s+(?:\w+\s+){0,2}(?:commence|begin|expire|continue|remain"
    r"|be\s+(?:in\s+(?:full\s+)?(?:force|effect)|effective|valid))\b"
    r"|\bagrees?\s+to\s+an?\s+[\w-]+(?:\s+\(\d+\))?[\s-]+(?:year|month)\s+(?:engagement|agreement|contract|term)\b",
    re.IGNORECASE,
)
_NOTICE = "Notice Period To Terminate Renewal"
_BEFORE_END = re.compile(
    r"\b(?:prior\s+to|before|preceding|in\s+advance\s+of)\s+(?:the\s+)?(?:\w+\s+)?(?:end|expir\w+|conclusion|termination|anniversary)\b"
    r"[^.;]{0,80}?\b(?:terms?|periods?|agreement|contract|renewals?|years?|hereof|thereof)\b",
    re.IGNORECASE,
)
_RENEWS = re.compile(r"\b(?:re-?new\w*|exten(?:d|ds|ded|sion\w*))\b", re.IGNORECASE)
_ASKED = re.compile(r"\bnoti(?:ce|f\w+)\b|\b(?:in\s+writing|informs?|advises?)\b", re.IGNORECASE)
_MOST = 40  # sentences looked at: no text takes long
_LEAST, _OPEN_FROM = 0.02, 0.1  # chances from which a passage that is not reported may say when, or that, no end is set


def with_dates(text: str, clauses: Sequence[Clause]) -> list[Clause]:
    """With clauses for the dates that the reported ones do not give and that the contract's own words do.

    The agreement's: in the words with which it opens, else beside the signatures. The effective date's: where the
    "Effective Date" is defined, else where the term is said to begin on a day. The end's: in the passages that the
    screener thought less likely and in the contract's definitions of its term.
    """
    found = list(clauses)
    if not _dated(text, found, "Agreement Date"):
        date = opening_date(text) or last_signature(text) or witness_date(text)
        found += [_ruled("Agreement Date", date.start, date.end)] if date else []
    if not _dated(text, found, "Effective Date"):
        known = known_dates(text, found)
        for start, end in _effective_passages(text, found):
            if (read_effective(text, start, end, known) or {}).get("date"):
                found.append(_ruled("Effective Date", start, end))
                break
    return found + _ends(text, found) + _notices(text, found)


def _notices(text: str, clauses: Sequence[Clause]) -> list[Clause]:
    """A clause for the notice that stops a renewal, where no reported one holds a period and another passage does."""
    said = [c for c in clauses if c.reported and c.type == _NOTICE]
    if any(corrected(c) or read_notice(text, c.start, c.end) for c in said):
        return []
    likely = [c for c in clauses if not c.reported and c.type == _NOTICE and c.score >= _LEAST]
    passages = [(c.start, c.end) for c in sorted(likely, key=lambda c: -c.score)]
    for start, end in (*passages, *_before_the_end(text)):
        if _BEFORE_END.search(text, start, end) and read_notice(text, start, end):
            return [_ruled(_NOTICE, start, end)]
    return []


def _before_the_end(text: str) -> Iterator[tuple[int, int]]:
    """Sentences that ask for notice before a term ends and speak of renewing, or stand beside one that does."""
    for match in islice(_BEFORE_END.finditer(text), _MOST):
        start = max(match.start() - 350, 0)
        while (closed := sentence_end(text, start, match.start())) is not None:
            start = closed + 1
        stop = sentence_end(text, match.end(), min(len(text), match.end() + 250))
        end = min(len(text), match.end() + 60) if stop is None else stop
        if _RENEWS.search(text, max(0, start - 300), end) and _ASKED.search(text, start, end):
            yield start, end


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
    for match in islice(_TERM_SAID.finditer(text), _MOST):
        stop = sentence_end(text, match.end(), min(len(text), match.end() + 400))
        yield match.start(), min(len(text), match.end() + 250) if stop is None else stop, 0.0


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
            if hereof := DATE_HEREOF.search(text, clause.start, clause.end):
                yield hereof.span()
