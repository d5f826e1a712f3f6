"""Key dates: end of the term and the last day to give notice, each with its formula and the source of its inputs."""

from __future__ import annotations

from typing import Any

from app.analysis.assess_context import View


def key_dates(view: View) -> list[dict[str, Any]]:
    """{what, date, formula, inputs, start, end} for every date that follows from the contract's own words."""
    found: list[dict[str, Any]] = []
    for clause in view.standing("Effective Date", "Expiration Date"):
        value = clause.value or {}
        if len(str(value.get("date") or "")) == 10 and not any(d["what"] == clause.type for d in found):
            found.append(
                {
                    "what": clause.type,
                    "date": value["date"],
                    "formula": value.get("formula", "as stated"),
                    "inputs": [{"name": clause.type, "start": value["read_from"][0], "end": value["read_from"][1]}],
                    "start": clause.start,
                    "end": clause.end,
                }
            )
    return found
