"""What a contract's own terms for dates stand for: "Commencement Date", "Initial Term", "Expiry Date"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.analysis.values_dates import FoundDate, find_dates
from app.analysis.values_party_terms import sentence_end

_Q = '"“”'
_WORDS = r"(?:[A-Z][\w’'/-]*[ \t\n]+){0,4}"
_LAST = (
    r"(?:Date|DATE|Term|TERM|Period|PERIOD|Commencement|Closing|Launch|Completion"
    r"|Expir(?:y|ation)|Termination|Duration)"
)
_TERM = rf"(?P<term>{_WORDS}{_LAST})"
_MEANS = re.compile(
    rf"[{_Q}]\s?{_TERM}\s?,?[{_Q}]\s*(?:\([^()\n]{{0,60}}\)\s*)?(?:shall\s+|will\s+)?"
    r"(?:have\s+the\s+meaning|mean(?:s|ing)?|is\b|be\b|refers?\b|:|=|[-–—])"
)
_BRACKET = re.compile(
    rf"\(\s*(?:(?:such|each|being|hereinafter|herein|referred|called|collectively|together|as|that|to|this|which"
    rf"|date|period|term|is|the|a|an|,)\s+){{0,8}}[{_Q}]\s?{_TERM}\s?,?[{_Q}][^()]{{0,60}}\)"
)
_LABEL = re.compile(
    r"^[ \t]*(?:\d{1,3}[.)]?[\d.]{0,12}[ \t]{0,9})?"
    r"(?P<term>(?:(?:[Cc]ontract|[Ii]nitial|[Ll]ease|[Ll]icen[cs]e|[Aa]greement|[Ss]ervice)[ \t]+)?"
    r"(?:[Cc]ommencement|[Ss]tart(?:ing)?|[Ee]xpir(?:y|ation)|[Ee]nd(?:ing)?|[Tt]ermination|[Ee]ffective"
    r"|[Bb]egin(?:ning)?)(?:[ \t]+[Dd]ate)?)[ \t]*(?:[:\-–—][ \t]*|[ \t]{2,})\n?",
    re.MULTILINE,
)
_BEFORE, _AFTER = 420, 420


@dataclass(frozen=True, slots=True)
class Defined:
    """A term and the words [start, end) that say what it stands for; `date` where these hold one complete date."""

    term: str
    start: int
    end: int
    date: FoundDate | None


def plain_term(term: str) -> str:
    """For looking a term up."""
    return " ".join(term.casefold().split())


@lru_cache(maxsize=4)
def date_terms(text: str) -> dict[str, tuple[Defined, ...]]:
    """Plain term -> its definitions, in order of the text."""
    found: dict[str, list[Defined]] = {}
    for defined in sorted((*_means(text), *_brackets(text), *_labels(text)), key=lambda d: d.start):
        found.setdefault(defined.term, []).append(defined)
    return {term: tuple(items) for term, items in found.items()}


def defined_date(text: str, term: str) -> FoundDate | None:
    """The one date that a term stands for; None without one, and where its definitions give different dates."""
    dates = [d.date for d in date_terms(text).get(plain_term(term), ()) if d.date is not None]
    return dates[0] if len({date.iso for date in dates}) == 1 else None


def _means(text: str) -> Iterator[Defined]:
    """`"Commencement Date" means ...`, to the end of its sentence."""
    for match in _MEANS.finditer(text):
        stop = min(len(text), match.end() + _AFTER)
        cut = re.search(r"\n\s*\n|\.\s*\n|;\s*\n|[.;]\s+[\"“]", text[match.end() : stop])
        stop = match.end() + cut.start() if cut else stop
        closed = sentence_end(text, match.end(), stop)
        stop = stop if closed is None else closed
        dates = [date for date in find_dates(text, match.end(), stop) if date.date]
        yield Defined(plain_term(match["term"]), match.start(), stop, dates[0] if len(dates) == 1 else None)


def _brackets(text: str) -> Iterator[Defined]:
    """`1 May 2010 (the "Commencement Date")`, from the beginning of its sentence."""
    for match in _BRACKET.finditer(text):
        begin = max(0, match.start() - _BEFORE)
        while (closed := sentence_end(text, begin, match.start())) is not None:
            begin = closed + 1
        near = find_dates(text, max(begin, match.start() - 60), match.start())
        date = near[-1] if near and near[-1].date and match.start() - near[-1].end < 25 else None
        yield Defined(plain_term(match["term"]), begin, match.end(), date)


def _labels(text: str) -> Iterator[Defined]:
    """`Commencement Date: 1 May 2010` on a line of its own."""
    for match in _LABEL.finditer(text):
        dates = find_dates(text, match.end(), min(len(text), match.end() + 40))
        if dates and dates[0].date and dates[0].start - match.end() < 6:
            yield Defined(plain_term(match["term"]), match.start(), dates[0].end, dates[0])
