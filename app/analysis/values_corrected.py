"""The lawyer's own values: read from what was typed, put in place of what was read from the contract."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.analysis.values_dates import find_dates
from app.analysis.values_periods import find_periods
from app.analysis.values_places import find_places
from app.domain.clauses import Clause, FoundBy
from app.domain.findings import normalise_quote

Corrections = Mapping[tuple[str, str], Mapping[str, Any]]  # (clause type, normalised quote) -> value
DATES = ("Agreement Date", "Effective Date", "Expiration Date")


def typed_value(clause_type: str, typed: str) -> dict[str, Any] | None:
    """A value of the clause type from what the lawyer typed; None where it is none ("soon" for a date)."""
    value = value_of_words(clause_type, typed)
    return value | {"corrected": True} if value else None


def value_of_words(clause_type: str, words: str) -> dict[str, Any] | None:
    """A value of the clause type from these words alone, None where they are none."""
    words = " ".join(words.split())
    value = _READ.get(clause_type, _plain)(words)
    return value | {"display": value.get("display", words)} if value else None


def expected(clause_type: str) -> str:
    """What a value of the type looks like, for the sentence that refuses one."""
    if clause_type in DATES:
        return "a date such as 30 June 2026" + (", or perpetual" if clause_type == "Expiration Date" else "")
    if clause_type in ("Renewal Term", "Notice Period To Terminate Renewal"):
        return "a period such as 1 year or 90 days"
    return "the name of a state or country" if clause_type == "Governing Law" else "some words"


def _date(words: str) -> dict[str, Any] | None:
    dates = [date for date in find_dates(words) if date.iso]
    return {"date": dates[0].iso, "display": dates[0].iso} if dates else None


def _expiry(words: str) -> dict[str, Any] | None:
    return {"perpetual": True, "display": "perpetual"} if words.casefold() == "perpetual" else _date(words)


def _period(words: str) -> dict[str, Any] | None:
    periods = find_periods(words, loose=True)
    if not periods:
        return None
    value = {"duration": periods[0].iso, "days": periods[0].days, "display": periods[0].words}
    return value | {"business": True} if periods[0].business else value


def _renewal(words: str) -> dict[str, Any] | None:
    period = _period(words)
    once = any(word in words.casefold() for word in ("once", "one time", "single"))
    return period | {"successive": not once} if period else None


def _law(words: str) -> dict[str, Any] | None:
    places = find_places(words)
    if not places:
        return None
    first = places[0]
    return {"country": first.country, "region": first.region, "law": first.name, "display": first.name}


def _plain(words: str) -> dict[str, Any] | None:
    return {"text": words, "display": words} if words else None


_READ: Mapping[str, Callable[[str], dict[str, Any] | None]] = {
    "Agreement Date": _date, "Effective Date": _date, "Expiration Date": _expiry, "Renewal Term": _renewal,
    "Notice Period To Terminate Renewal": _period, "Governing Law": _law,
}  # fmt: skip


def with_corrections(text: str, clauses: Sequence[Clause], corrections: Corrections) -> list[Clause]:
    """The clauses with the lawyer's values; one whose words are no reported clause of the type gets its own.

    The quote "" stands for the contract: its value holds for the first reported clause of the type, if there is one.
    """
    found = list(clauses)
    for (kind, quote), value in corrections.items():
        held = dict(value) | {"corrected": True}
        index = next((i for i, clause in enumerate(found) if _meant(text, clause, kind, quote)), None)
        if index is not None:
            old = found[index]
            found[index] = dataclasses.replace(old, value={"read_from": [old.start, old.end]} | held)
        else:
            found.append(Clause(kind, 0, 0, 1.0, True, FoundBy.LAWYER, value=held))
    return found


def _meant(text: str, clause: Clause, kind: str, quote: str) -> bool:
    """Whether a correction is of this clause."""
    if clause.type != kind or not clause.reported or corrected(clause):
        return False
    return not quote or normalise_quote(text[clause.start : clause.end]) == quote


def corrected(clause: Clause) -> Mapping[str, Any] | None:
    """The lawyer's value of a clause, None where there is none."""
    return clause.value if clause.value and clause.value.get("corrected") else None
