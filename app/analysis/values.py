"""Values of clauses: what a clause says, normalised, each with the span it was read from. Empty rather than guessed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.analysis.values_dates import find_dates
from app.analysis.values_law import read_forum, read_law
from app.analysis.values_money import fee_multiple, find_amounts, find_percentages
from app.analysis.values_parties import Party, parties_in, read_parties
from app.analysis.values_periods import find_periods
from app.analysis.values_terms import read_expiration, read_notice, read_renewal
from app.analysis.values_who import read_who
from app.domain.clauses import Clause

_TWO_SIDED = frozenset(
    [
        "Non-Compete",
        "Exclusivity",
        "No-Solicit Of Customers",
        "No-Solicit Of Employees",
        "Non-Disparagement",
        "Termination For Convenience",
        "Rofr/Rofo/Rofn",
        "Change Of Control",
        "Anti-Assignment",
        "Revenue/Profit Sharing",
        "Price Restrictions",
        "Minimum Commitment",
        "Volume Restriction",
        "Ip Ownership Assignment",
        "License Grant",
        "Audit Rights",
        "Uncapped Liability",
        "Cap On Liability",
        "Most Favored Nation",
        "Liquidated Damages",
        "Warranty Duration",
        "Insurance",
        "Covenant Not To Sue",
        "Indemnification",
        "Confidentiality",
        "Data Protection",
        "Payment Terms",
        "Force Majeure",
        "Post-Termination Services",
        "Irrevocable Or Perpetual License",
    ]
)
_PERPETUAL = re.compile(r"\b(?:perpetual(?:ly)?|in\s+perpetuity|irrevocabl[ey]|indefinite(?:ly)?)\b", re.IGNORECASE)
_WORLD = re.compile(r"\b(?:world-?\s?wide|throughout\s+the\s+(?:world|universe)|global(?:ly)?)\b", re.IGNORECASE)

Reader = Callable[[str, int, int], dict[str, Any] | None]


def read_values(text: str, clauses: Sequence[Clause]) -> list[Clause]:
    """The same clauses with `value` filled in; those not reported keep what they had."""
    parties = parties_of(text, clauses)
    names = [name for party in parties for name in (party.defined, party.name) if name]
    starts = _known_dates(text, clauses)
    return [
        dataclasses.replace(clause, value=read_value(text, clause, names, starts)) if clause.reported else clause
        for clause in clauses
    ]


def parties_of(text: str, clauses: Sequence[Clause]) -> list[Party]:
    """The contract's parties, from the reported Parties clauses; else from its opening."""
    spans = sorted((c.start, c.end) for c in clauses if c.reported and c.type == "Parties")
    return parties_in(text, spans) or read_parties(text, 0, min(len(text), 2500))[:4]


def _known_dates(text: str, clauses: Sequence[Clause]) -> dict[str, str]:
    """Type -> ISO date, for the dates that others are reckoned from."""
    known: dict[str, str] = {}
    for wanted in ("Agreement Date", "Effective Date"):
        for clause in clauses:
            if clause.reported and clause.type == wanted and wanted not in known:
                whole = [date.iso for date in find_dates(text, clause.start, clause.end) if date.date]
                if whole:
                    known[wanted] = whole[0]
    return known


def read_value(text: str, clause: Clause, names: Sequence[str], known: Mapping[str, str]) -> dict[str, Any] | None:
    """The value of one clause, None where nothing could be read with certainty."""
    start, end = clause.start, clause.end
    match clause.type:
        case "Document Name":
            return {"title": _flat(text[start:end]), "display": _flat(text[start:end])}
        case "Parties":
            parties = read_parties(text, start, end)
            shown = "; ".join(party.name for party in parties)
            return {"parties": [party.as_value() for party in parties], "display": shown} if parties else None
        case "Agreement Date" | "Effective Date":
            return _date(text, start, end)
        case "Expiration Date":
            return read_expiration(text, start, end, known)
        case "Renewal Term":
            return read_renewal(text, start, end)
        case "Notice Period To Terminate Renewal":
            return read_notice(text, start, end)
        case "Governing Law":
            return read_law(text, start, end)
        case "Dispute Resolution":
            return read_forum(text, start, end)
    value = _general(text, clause)
    if clause.type in _TWO_SIDED:
        who = read_who(text, start, end, names)
        if who:
            value |= {"who": who["who"], "who_from": who["read_from"]}
    return value or None


def _date(text: str, start: int, end: int) -> dict[str, Any] | None:
    """The first date, complete ones before incomplete ones, blanks last."""
    dates = sorted(find_dates(text, start, end), key=lambda date: (-len(date.iso), date.start))
    if not dates:
        return None
    date = dates[0]
    blank = not date.iso
    value: dict[str, Any] = {
        "date": date.iso or None,
        "read_from": [date.start, date.end],
        "display": date.iso or "left blank",
    }
    return value | {"blank": True} if blank else value


def _general(text: str, clause: Clause) -> dict[str, Any]:
    """Amounts, multiples, percentages, periods and plain facts of any other clause."""
    start, end = clause.start, clause.end
    value: dict[str, Any] = {}
    shown: list[str] = []
    amounts = find_amounts(text, start, end)
    if amounts:
        first = amounts[0]
        value["amount"] = {
            "amount": str(first.amount),
            "currency": first.currency,
            "read_from": [first.start, first.end],
        }
        value["amounts"] = [
            {"amount": str(a.amount), "currency": a.currency, "read_from": [a.start, a.end]} for a in amounts
        ]
        shown.append(first.words)
    if clause.type in ("Cap On Liability", "Uncapped Liability", "Liquidated Damages"):
        multiple = fee_multiple(text, start, end)
        if multiple:
            value["multiple"], months = multiple[0], multiple[1]
            value["multiple_from"] = [multiple[2], multiple[3]]
            shown.append(f"{multiple[0]:g}x fees" + (f" of {months} months" if months else ""))
            if months:
                value["months"] = months
                value["years_of_fees"] = round(multiple[0] * months / 12, 2)
    percents = find_percentages(text, start, end)
    if percents:
        value["percent"] = percents[0][0]
        value["percent_from"] = [percents[0][1], percents[0][2]]
    periods = find_periods(text, start, end)
    if periods:
        value["period"] = period_value(periods[0])
        value["periods"] = [period_value(period) for period in periods]
        shown.append(periods[0].words)
    if _PERPETUAL.search(text, start, end):
        value["perpetual"] = True
        shown.append("perpetual")
    if _WORLD.search(text, start, end):
        value["territory"] = "worldwide"
    if shown:
        value["display"] = ", ".join(dict.fromkeys(shown))
    return value


def period_value(period: Any) -> dict[str, Any]:
    """A Period as JSON-like data."""
    value = {"iso": period.iso, "days": period.days, "text": period.words, "read_from": [period.start, period.end]}
    return value | {"business": True} if period.business else value


def _flat(words: str) -> str:
    """On one line."""
    return " ".join(words.split())


def value_of(clauses: Sequence[Clause], name: str) -> dict[str, Any] | None:
    """What the contract says on a type: the surest value of its reported clauses, complete ones first; None without."""
    valued = [c for c in clauses if c.reported and c.type == name and c.value]
    best = min(valued, key=lambda c: (_doubt(c.value or {}), -c.score, c.start), default=None)
    return dict(best.value) if best is not None and best.value else None


def _doubt(value: Mapping[str, Any]) -> int:
    """0 for a value that says it all, more for one with parts missing."""
    if value.get("blank"):
        return 3
    if "date" in value:
        return 0 if len(str(value["date"] or "")) == 10 else 2
    return 1 if value.get("perpetual") or "term" in value else 0
