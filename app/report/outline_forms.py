"""What of a contract departs from the standard form, as rows."""

from __future__ import annotations

from app.domain.review import ContractReview
from app.domain.standard_form import Change, FormDeviation
from app.domain.type_names import type_name
from app.report.outline import Departure, FileEntry, Passage
from app.report.outline_findings import passage_of
from app.report.quotes import brief, clean

QUOTE, FORM_WORDS, DIFFERENCE = 400, 400, 160  # characters
DIFFERENCES = 6
_CHANGES = {Change.CHANGED: "Changed", Change.ADDED: "Only in the contract", Change.REMOVED: "Left out"}


def departures(item: ContractReview, file: FileEntry) -> tuple[Departure, ...]:
    """The rows of one contract, in the order of the form."""
    if item.form is None:
        return ()
    return tuple(_row(item, file, deviation) for deviation in item.form.deviations)


def _row(item: ContractReview, file: FileEntry, deviation: FormDeviation) -> Departure:
    passage: Passage | None = None
    if deviation.start is not None and deviation.end is not None:
        passage = passage_of(item, file, deviation.start, deviation.end, QUOTE)
    lines = [f"{type_name(kind)}: {clean(old)} in the form, {clean(new)} here." for kind, old, new in deviation.values]
    lines += [_difference(old, new) for old, new in deviation.words[:DIFFERENCES]]
    if len(deviation.words) > DIFFERENCES:
        lines.append(f"And {len(deviation.words) - DIFFERENCES} more differences.")
    name = type_name(deviation.clause) if deviation.types == (deviation.clause,) else deviation.clause
    return Departure(
        clean(name) or deviation.clause, _CHANGES[deviation.change], passage, brief(deviation.form_quote, FORM_WORDS),
        tuple(lines),
    )  # fmt: skip


def _difference(old: str, new: str) -> str:
    """One difference in our own words, so that verify takes it for no quote."""
    before, after = brief(old, DIFFERENCE), brief(new, DIFFERENCE)
    if not before:
        return f"Added: {after}"
    return f"Taken out: {before}" if not after else f"Form: {before} | Here: {after}"
