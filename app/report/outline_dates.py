"""Key dates for the outline, each with its formula and where its inputs were read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from app.domain.review import ContractReview
from app.domain.sections import clause_number
from app.domain.type_names import type_name
from app.report.outline import FileEntry, KeyDate
from app.report.quotes import capital, clean, spelled


def outline_dates(pairs: list[tuple[ContractReview, FileEntry]]) -> tuple[KeyDate, ...]:
    """Every date of every contract; those without an answer last."""
    rows: list[KeyDate] = []
    for item, _ in pairs:
        for entry in item.key_dates:
            rows.append(
                KeyDate(
                    contract=clean(item.contract.name),
                    contract_id=item.contract.contract_id,
                    what=date_name(entry),
                    date=iso_date(entry.get("date")),
                    formula=capital(spelled(clean(str(entry.get("formula") or "")))),
                    inputs=spelled(_inputs(entry.get("inputs"), item)),
                )
            )
    return tuple(sorted(rows, key=lambda r: (r.date == "", r.date, r.contract, r.what)))


def date_name(entry: Mapping[str, Any]) -> str:
    """What a date is, as clause types are written: "Effective date"."""
    return clean(type_name(str(entry.get("what", ""))))


def _inputs(value: Any, item: ContractReview) -> str:
    """The inputs of a date with the place each was read from."""
    if isinstance(value, Mapping):
        return clean("; ".join(f"{key}: {held}" for key, held in value.items()))
    if isinstance(value, (list, tuple)):
        return clean("; ".join(_input(held, item) for held in value))
    return clean(str(value)) if value else ""


def _input(value: Any, item: ContractReview) -> str:
    if not isinstance(value, Mapping):
        return "unknown" if value is None else str(value)
    words, start = str(value.get("value") or ""), value.get("start")
    name = type_name(str(value.get("name", ""))) + (f" {words}" if words else "")
    if not isinstance(start, int) or item.text is None:
        return name
    page, number = item.text.page_at(start), clause_number(item.sections, start)
    where = ", ".join(p for p in (f"p. {page}" if page else "", f"cl. {number}" if number else "") if p)
    return f"{name} ({where})" if where else name


def iso_date(value: Any) -> str:
    """A full date as ISO 8601, "" for anything else."""
    try:
        return dt.date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return ""
