"""Values of clauses: what a clause says, normalised, each with the span it was read from. Empty rather than guessed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.analysis.values_corrected import Corrections, corrected, with_corrections
from app.analysis.values_expiry import read_expiration
from app.analysis.values_law import read_forum, read_law
from app.analysis.values_money import fee_multiple, find_amounts, find_percentages
from app.analysis.values_parties import Party, parties_in
from app.analysis.values_periods import find_periods
from app.analysis.values_scope import carve_outs, covenant_length, payment_due, territory
from app.analysis.values_seek import with_dates
from app.analysis.values_start import initial_term, known_dates, read_agreed, read_effective, value_of
from app.analysis.values_terms import read_notice, read_renewal
from app.analysis.values_who import read_who
from app.domain.clauses import Clause, FoundBy

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
_CAPS = ("Cap On Liability", "Uncapped Liability", "Liquidated Damages")
_COVENANTS = (
    "Non-Compete", "Exclusivity", "No-Solicit Of Customers", "No-Solicit Of Employees", "Non-Disparagement",
    "Confidentiality", "Post-Termination Services", "Audit Rights", "Insurance", "Covenant Not To Sue",
)  # fmt: skip


_SURE = 0.75  # from this score on, a passage for "Parties" may add a name that no list of parties holds

__all__ = ["parties_of", "read_values", "value_of"]

Reader = Callable[[str, int, int], dict[str, Any] | None]


def read_values(text: str, clauses: Sequence[Clause], corrections: Corrections | None = None) -> list[Clause]:
    """The same clauses with `value` filled in; those not reported keep what they had. The lawyer's values stand, and
    what is reckoned from them follows."""
    clauses = with_dates(text, with_corrections(text, clauses, corrections or {}))
    parties = parties_of(text, clauses)
    names = [name for party in parties for name in (party.defined, party.name) if name]
    starts = known_dates(text, clauses)
    starts |= initial_term(text, clauses, starts)
    return [
        dataclasses.replace(clause, value=read_value(text, clause, parties, names, starts))
        if clause.reported and not corrected(clause)
        else clause
        for clause in clauses
    ]


def parties_of(text: str, clauses: Sequence[Clause]) -> list[Party]:
    """The contract's parties: from its opening, the reported Parties clauses and its signatures."""
    said = [clause for clause in clauses if clause.reported and clause.type == "Parties" and not corrected(clause)]
    sure = [c for c in said if c.score >= _SURE or c.found_by is FoundBy.LAWYER]
    return parties_in(text, [(c.start, c.end) for c in sure], [(c.start, c.end) for c in said if c not in sure])


def read_value(
    text: str, clause: Clause, parties: Sequence[Party], names: Sequence[str], known: Mapping[str, str]
) -> dict[str, Any] | None:
    """The value of one clause, None where nothing could be read with certainty."""
    start, end = clause.start, clause.end
    match clause.type:
        case "Document Name":
            title = _title(text[start:end])
            return {"title": title, "display": title} if title else None
        case "Parties":
            return _parties(text, start, end, parties)
        case "Agreement Date":
            return read_agreed(text, start, end)
        case "Effective Date":
            return read_effective(text, start, end, known)
        case "Expiration Date":
            return read_expiration(text, start, end, known)
        case "Renewal Term":
            return read_renewal(text, start, end, known)
        case "Notice Period To Terminate Renewal":
            return read_notice(text, start, end)
        case "Governing Law":
            return read_law(text, start, end)
        case "Dispute Resolution":
            return read_forum(text, start, end)
    value = _general(text, clause)
    if clause.type in _TWO_SIDED:
        who = read_who(text, start, end, names, liable=clause.type in _CAPS[:2])
        if who:
            value |= {"who": who["who"], "who_from": who["read_from"]}
    return value or None


def _parties(text: str, start: int, end: int, parties: Sequence[Party]) -> dict[str, Any] | None:
    """Those of the contract's parties that the clause names, by name or by defined name."""
    words = text[start:end]
    here = [
        party
        for party in parties
        if (party.start < end and start < party.end) or any(n and n in words for n in (party.name, party.defined))
    ]
    shown = "; ".join(party.name or f"{party.defined} (not named)" for party in here)
    return {"parties": [party.as_value() for party in here], "display": shown} if here else None


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
    if clause.type in _CAPS:
        multiple = fee_multiple(text, start, end)
        if multiple and (multiple[0] != 1 or clause.type != "Liquidated Damages"):
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
        if "months" not in value:
            shown.append(periods[0].words)
    if _PERPETUAL.search(text, start, end):
        value["perpetual"] = True
        shown.append("perpetual")
    _scope(text, clause, value, shown)
    if shown:
        value["display"] = ", ".join(dict.fromkeys(shown))
    return value


def _scope(text: str, clause: Clause, value: dict[str, Any], shown: list[str]) -> None:
    """Add what a cap leaves out, how long a covenant binds, where, and when payment is due."""
    start, end = clause.start, clause.end
    if clause.type in _CAPS[:2] and (left_out := carve_outs(text, start, end)):
        value["carve_outs"] = left_out
        shown.append("except " + ", ".join(item["what"] for item in left_out))
    if clause.type in _COVENANTS and (length := covenant_length(text, start, end)):
        value["covenant"] = length
        shown[:] = [length["display"]]
    if where := territory(text, start, end):
        value |= where
    if clause.type == "Payment Terms" and (due := payment_due(text, start, end)):
        value["payment"] = due
        shown[:] = [due["display"], *(s for s in shown if not s[:1].isdigit())]


def period_value(period: Any) -> dict[str, Any]:
    """A Period as JSON-like data."""
    value = {"iso": period.iso, "days": period.days, "text": period.words, "read_from": [period.start, period.end]}
    return value | {"business": True} if period.business else value


_SENTENCE = re.compile(
    r"\s(?:By\s+(?:executing|signing|accepting)\b|(?:The|These|This)\s+(?:\w+\s+){1,5}(?:below|agree|enter|is|are|shall|will)\b)"
)


def _title(words: str) -> str:
    """A title on one line, without the sentence that follows it; "" where nothing but a sentence stands there."""
    flat = re.sub(r"^#+\s*|\*\*|__", "", _flat(words))  # as Markdown marks headings
    if re.match(
        r"By\s+(?:executing|signing|accepting)\b|(?:the|this)\s+(?:agreement|contract)\W*$", flat, re.IGNORECASE
    ):
        return ""
    sentence = _SENTENCE.search(flat)
    return flat[: sentence.start()].strip() if sentence else flat


def _flat(words: str) -> str:
    """On one line."""
    return " ".join(words.split())
