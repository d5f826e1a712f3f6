"""The dates of a contract as a whole: which of several a type has, and what relative terms are reckoned from."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.analysis.values_corrected import corrected
from app.analysis.values_dates import FoundDate, find_dates
from app.analysis.values_expiry import read_expiration
from app.analysis.values_signed import LAST_SIGNED, last_signature, signature_dates
from app.domain.clauses import Clause

_MADE = re.compile(r"\b(?:dated?|as\s+of|made|entered|executed|effective|on|this)\s*(?:the\s*)?:?\s*$", re.IGNORECASE)
DATE_HEREOF = re.compile(
    r"\b(?:commenc\w+|begin\w*|effective|start\w*|effect|from|as\s+of)\b[^.;]{0,60}?\bdate\s+(?:hereof|of\s+(?:this|the)\s+(?:\w+\s+)?agreement"
    r"|of\s+(?:its\s+)?(?:execution|signature|signing)|first\s+(?:above\s+)?(?:written|set\s+forth|mentioned|above))",
    re.IGNORECASE,
)
_WIDER = 40
_LEAD = 0.3  # a value from a passage that scores so much less than the best is left aside


def initial_term(text: str, clauses: Sequence[Clause], known: Mapping[str, str]) -> dict[str, str]:
    """The length of the initial term, for a renewal "of the same duration"."""
    for clause in clauses:
        if clause.reported and clause.type == "Expiration Date":
            value = read_expiration(text, clause.start, clause.end, known) or {}
            if value.get("term_text"):
                return {"Initial Term": str(value["term_text"])}
    return {}


def known_dates(text: str, clauses: Sequence[Clause]) -> dict[str, str]:
    """Type -> ISO date, complete if there is one, for the dates that others are reckoned from; "" for a blank."""
    known: dict[str, str] = {}
    said = False
    readers = {"Agreement Date": lambda t, s, e, _: read_agreed(t, s, e), "Effective Date": read_effective}
    for wanted, read in readers.items():
        valued = [
            dataclasses.replace(clause, value=corrected(clause) or read(text, clause.start, clause.end, known))
            for clause in clauses
            if clause.reported and clause.type == wanted
        ]
        value = value_of(valued, wanted) or {}
        iso = str(value.get("date") or "")
        said = said or bool(value)
        if iso or value.get("blank"):
            known[wanted] = iso
    if not said and (opening := opening_date(text)):
        known["Opening Date"] = opening.iso
    return known


def opening_date(text: str) -> FoundDate | None:
    """The complete date in the words with which the contract opens ("made as of ..."), None without one."""
    for date in find_dates(text, 0, min(len(text), 4000)):
        if date.date and _MADE.search(text, max(0, date.start - 60), date.start):
            return date
    return None


def read_agreed(text: str, start: int, end: int) -> dict[str, Any] | None:
    """The date of an agreement; where it stands beside a signature, the last of the signatures' dates."""
    value = read_date(text, start, end)
    beside = signature_dates(text)
    if value is None or not any(value["read_from"] == [date.start, date.end] for date in beside):
        return value
    return _signed(text)


def _signed(text: str) -> dict[str, Any] | None:
    """The last date beside the signatures as a value."""
    last = last_signature(text)
    if last is None:
        return None
    value = {"date": last.iso, "read_from": [last.start, last.end], "display": last.iso}
    return value | {"formula": "the last date beside the signatures"} if len(signature_dates(text)) > 1 else value


def read_effective(text: str, start: int, end: int, known: Mapping[str, str]) -> dict[str, Any] | None:
    """The date of a clause on effect; where it says "the date of this Agreement", that of the agreement."""
    value = read_date(text, start, end)
    if (value is None or value.get("blank")) and LAST_SIGNED.search(text, start, end) and (signed := _signed(text)):
        return signed
    agreed = known.get("Agreement Date", "")
    same = DATE_HEREOF.search(text, start, end) if agreed else None
    if same and (value is None or value.get("blank") or value["read_from"][0] > same.end()):
        formula = "the agreement date"
        return {"date": agreed, "read_from": [same.start(), same.end()], "formula": formula, "display": agreed}
    return value


def read_date(text: str, start: int, end: int) -> dict[str, Any] | None:
    """The first date, complete ones before incomplete ones, blanks last."""
    around = find_dates(text, max(0, start - _WIDER), min(len(text), end + _WIDER))
    whole = [date for date in around if date.start < end and start < date.end]  # the passage may be a part of a date
    dates = sorted(whole, key=lambda date: (-len(date.iso), date.start))
    if not dates:
        year = re.fullmatch(r"[\W_]*((?:19|20)\d\d)[\W_]*", text[start:end])
        span = [start + year.start(1), start + year.end(1)] if year else []
        return {"date": year[1], "read_from": span, "display": year[1]} if year else None
    date = dates[0]
    blank = not date.iso
    value: dict[str, Any] = {
        "date": date.iso or None,
        "read_from": [date.start, date.end],
        "display": date.iso or "left blank",
    }
    return value | {"blank": True} if blank else value


def value_of(clauses: Sequence[Clause], name: str) -> dict[str, Any] | None:
    """What the contract says on a type: the surest value of its reported clauses, complete ones first; None without."""
    valued = [c for c in clauses if c.reported and c.type == name and c.value]
    least = max((c.score for c in valued), default=0.0) - _LEAD
    likely = [c for c in valued if c.score >= least or corrected(c)]
    best = min(likely, key=_rank, default=None)
    return dict(best.value) if best is not None and best.value else None


def _rank(clause: Clause) -> tuple[int, float, bool, int]:
    """For choosing between values: the least doubtful, then the surest passage, then one that says a date."""
    value = clause.value or {}
    return _doubt(value), -clause.score, not value.get("date"), clause.start


def _doubt(value: Mapping[str, Any]) -> int:
    """0 for a value that says it all, more for one with parts missing; the lawyer's is above all."""
    if value.get("corrected"):
        return -1
    if value.get("blank"):
        return 3
    if value.get("aside"):
        return 1
    if "date" in value:
        return 0 if len(str(value["date"] or "")) == 10 else 1 if value.get("term") else 2
    if value.get("event") and not value.get("until"):
        return 2  # "shall continue until ...": how it ends, where another passage may say how long it lasts
    return 1 if value.get("perpetual") or "term" in value else 0
