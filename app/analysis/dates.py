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
END = "End of the initial term"
NOTICE = "Last day for notice against renewal"


def key_dates(view: View) -> list[dict[str, Any]]:
    """{what, date, formula, inputs, start, end} for every date that follows from the contract's own words.

    Where an input is not known, `date` is None and `asks` names what the lawyer is asked for.
    """
    effective, expiry = _source(view, "Effective Date"), _source(view, "Expiration Date")
    found = [_stated(view, "Effective Date", effective), _stated(view, "Expiration Date", expiry)]
    dated = [entry for entry in found if entry is not None]
    if found[1] is None and expiry is not None and (asks := _missing_end(expiry[0])):
        dated.append(_asked(END, asks, expiry[1], "Expiration Date"))
    return dated + _renewals(view, expiry)


def _missing_end(value: Mapping[str, Any]) -> str:
    """What the lawyer is asked where the end of the term cannot be told, "" where the contract has no fixed end."""
    if value.get("from_event"):
        return f"the date of {value['from_event']}, from which the term of {value['term_text']} runs"
    if value.get("term_text"):
        return f"the day on which the term of {value['term_text']} starts"
    if value.get("blank"):
        return "the expiration date, which the contract leaves blank"
    return "the day and month of the end" if value.get("date") else ""


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


def _stated(view: View, name: str, source: tuple[dict[str, Any], Clause] | None) -> dict[str, Any] | None:
    """A date that the contract states, or that follows from its start and term."""
    day = _whole(source[0]) if source else None
    if source is None or day is None:
        return None
    value, clause = source
    inputs = [_input(name, value)]
    if start := _source(view, str(value.get("start_of", ""))):
        inputs.append(_input(str(value["start_of"]), start[0]))
    if begins := value.get("start_from"):
        name = str(value["formula"]).partition(f" {value['start']}")[0].removeprefix("the ")
        inputs.append({"name": name, "value": value["start"], "start": begins[0], "end": begins[1]})
    formula = "the lawyer's own" if value.get("corrected") else str(value.get("formula", "as stated"))
    return _entry(END if name == "Expiration Date" else name, day, formula, inputs, clause)


def _renewals(view: View, expiry: tuple[dict[str, Any], Clause] | None) -> list[dict[str, Any]]:
    """The end of the term that runs on the reference date, and the last day to stop its renewal."""
    renewal = _source(view, "Renewal Term")
    notice = _source(view, "Notice Period To Terminate Renewal")
    if renewal is None and notice is None:
        return []
    said = renewal or notice
    assert said is not None
    first_end = _whole(expiry[0]) if expiry else None
    if expiry is None or first_end is None:
        return [_asked(NOTICE, "the end of the initial term", said[1], "Expiration Date")]
    length = Length.of(str(renewal[0].get("duration", ""))) if renewal else None
    if renewal is not None and renewal[0].get("perpetual"):
        return []  # it runs on until somebody ends it: there is no renewal to stop
    if length is None or renewal is None:
        return _first_notice(view, expiry, first_end, notice, said[1])
    most = renewal[0].get("count") or (None if renewal[0].get("successive") else 1)
    on = view.context.matter.reference_date
    cycle = present_cycle(first_end, length, on or first_end, most)
    if cycle is None:
        return []
    inputs = [_input("Expiration Date", expiry[0]), _input("Renewal Term", renewal[0])]
    found = []
    if cycle.number:
        words = renewal[0].get("text") or str(renewal[0]["display"]).removeprefix("successive ")
        formula = f"{first_end} + {cycle.number} x {words}"
        found.append(_entry(RENEWED, cycle.end, formula, inputs, renewal[1]))
    if notice is not None and cycle.renews:
        found += _notice_days(view, cycle, first_end, length, most, notice, inputs)
    return found


def _first_notice(
    view: View,
    expiry: tuple[dict[str, Any], Clause],
    first_end: dt.date,
    notice: tuple[dict[str, Any], Clause] | None,
    said: Clause,
) -> list[dict[str, Any]]:
    """Where the length of a renewal is not known: the last day for notice in the initial term, and the question."""
    asked = _asked(NOTICE, "the length of the renewal", said, "Renewal Term")
    on = view.context.matter.reference_date
    if notice is None or (on and on > first_end):
        return [asked]
    cycle, day = Cycle(0, first_end, True), Length(1, "D")
    return [*_notice_days(view, cycle, first_end, day, 0, notice, [_input("Expiration Date", expiry[0])]), asked]


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
        return [_asked(NOTICE, "the notice period", clause, "Notice Period To Terminate Renewal")]
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
        "start": clause.start if clause.end else None,
        "end": clause.end or None,
    }


def _asked(what: str, asks: str, clause: Clause, answer: str) -> dict[str, Any]:
    """A date that waits for the lawyer; `answer` is the clause type of the value to be given."""
    return {
        "what": what,
        "date": None,
        "formula": f"needs {asks}",
        "asks": asks,
        "answer": answer,
        "inputs": [],
        "start": clause.start if clause.end else None,
        "end": clause.end or None,
    }


def _input(name: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """An input of a formula and where it was read."""
    start, end = value.get("read_from") or (None, None)
    found = {"name": name, "value": value.get("display"), "start": start, "end": end}
    return found | {"corrected": True} if value.get("corrected") else found
