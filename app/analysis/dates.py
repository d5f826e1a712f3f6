"""Key dates: end of the term and the last day to give notice, each with its formula and the source of its inputs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from app.analysis.assess_context import View
from app.analysis.dates_cycles import Cycle, Length, ahead, business_day_before, last_notice_day, present_cycle
from app.analysis.values import value_of
from app.domain.clauses import Clause

RENEWED = "End of the present term"
NOTICE = "Last day for notice against renewal"


def key_dates(view: View) -> list[dict[str, Any]]:
    """{what, date, formula, inputs, start, end} for every date that follows from the contract's own words.

    Where an input is not known, `date` is None and `asks` names what the lawyer is asked for.
    """
    facts = {name: _source(view, name) for name in ("Effective Date", "Agreement Date", "Expiration Date")}
    found = [_stated(name, facts[name]) for name in ("Effective Date", "Expiration Date")]
    dated = [entry for entry in found if entry is not None]
    return dated + _renewals(view, facts["Expiration Date"])


def _source(view: View, name: str) -> tuple[dict[str, Any], Clause] | None:
    """The surest value of a type and the clause it stands in."""
    value = value_of(view.clauses, name)
    if value is None:
        return None
    clause = next(c for c in view.standing(name) if c.value and dict(c.value) == value)
    return value, clause


def _whole(value: Mapping[str, Any] | None) -> dt.date | None:
    """The day in a value, where it is complete."""
    written = str((value or {}).get("date") or "")
    return dt.date.fromisoformat(written) if len(written) == 10 and written[0].isdigit() else None


def _stated(name: str, source: tuple[dict[str, Any], Clause] | None) -> dict[str, Any] | None:
    """A date that the contract states, or that follows from its start and term."""
    day = _whole(source[0]) if source else None
    if source is None or day is None:
        return None
    value, clause = source
    what = "End of the initial term" if name == "Expiration Date" else name
    return _entry(what, day, str(value.get("formula", "as stated")), [_input(name, value)], clause)


def _renewals(view: View, expiry: tuple[dict[str, Any], Clause] | None) -> list[dict[str, Any]]:
    """The end of the term that runs on the reference date, and the last day to stop its renewal."""
    renewal = _source(view, "Renewal Term")
    notice = _source(view, "Notice Period To Terminate Renewal")
    if renewal is None:
        return []
    length = Length.of(str(renewal[0].get("duration", "")))
    first_end = _whole(expiry[0]) if expiry else None
    if length is None or expiry is None or first_end is None:
        asks = "the end of the initial term" if first_end is None else "the length of the renewal"
        return [_asked(asks, renewal[1])]
    most = None if renewal[0].get("successive") else 1
    on = view.context.matter.reference_date
    cycle = present_cycle(first_end, length, on or first_end, most)
    if cycle is None:
        return []
    inputs = [_input("Expiration Date", expiry[0]), _input("Renewal Term", renewal[0])]
    found = []
    if cycle.number:
        formula = f"{first_end} + {cycle.number} x {renewal[0]['display'].removeprefix('successive ')}"
        found.append(_entry(RENEWED, cycle.end, formula, inputs, renewal[1]))
    if notice is not None and cycle.renews:
        found += _notice_days(view, cycle, first_end, length, most, notice, inputs)
    return found


def _notice_days(
    view: View,
    cycle: Cycle,
    first_end: dt.date,
    renewal: Length,
    most: int | None,
    notice: tuple[dict[str, Any], Clause],
    inputs: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """The last day for notice in the present cycle, and in the next one where that day has passed."""
    value, clause = notice
    length = Length.of(str(value.get("duration", "")), bool(value.get("business")))
    if length is None:
        return [_asked("the notice period", clause)]
    law = value_of(view.clauses, "Governing Law") or {}
    country = str(law.get("country", ""))
    on = view.context.matter.reference_date
    sources = [*inputs, _input("Notice Period To Terminate Renewal", value)]
    ends = [cycle.end]
    if on and last_notice_day(cycle.end, length, country) < on and (most is None or cycle.number + 1 < most):
        ends.append(ahead(first_end, renewal, cycle.number + 1))
    found = []
    for end in ends:
        day = last_notice_day(end, length, country)
        formula = f"{end} - {value['display']}"
        if on and day < on:
            formula += f" (passed on the reference date {on})"
        safe = business_day_before(day, country)
        entry = _entry(NOTICE, day, formula, sources, clause)
        if safe != day:
            entry["formula"] += f"; not a business day, so send it by {safe}"
            entry["safe"] = safe.isoformat()
        found.append(entry)
    return found


def _entry(what: str, day: dt.date, formula: str, inputs: list[dict[str, Any]], clause: Clause) -> dict[str, Any]:
    """One key date."""
    return {
        "what": what,
        "date": day.isoformat(),
        "formula": formula,
        "inputs": inputs,
        "start": clause.start,
        "end": clause.end,
    }


def _asked(what: str, clause: Clause) -> dict[str, Any]:
    """A date that cannot be computed until the lawyer says more."""
    return {
        "what": NOTICE,
        "date": None,
        "formula": f"needs {what}",
        "asks": what,
        "inputs": [],
        "start": clause.start,
        "end": clause.end,
    }


def _input(name: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """An input of a formula and where it was read."""
    start, end = value.get("read_from", (None, None))
    return {"name": name, "value": value.get("display"), "start": start, "end": end}
