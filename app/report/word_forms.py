"""How the contracts stand to the standard forms that the lawyer chose."""

from __future__ import annotations

from app.report.names import short_name
from app.report.outline import ContractDetail, Departure, Outline
from app.report.word_findings import quote_paragraphs
from app.report.word_layout import WIDE_WIDTH
from app.report.word_xml import Body, cell, link, para, row, run, table, text

ROWS = 60  # departures of one contract that are shown; the record has all of them
_WIDTHS = (2600, 4300, 4000, WIDE_WIDTH - 10900)
_HEADS = ("Clause", "The contract", "The form", "What differs")


def forms_section(body: Body, outline: Outline) -> None:
    """Nothing where no form was chosen; else each contract with the clauses that depart from its form."""
    held = [detail for detail in outline.contracts if detail.review.form is not None]
    if not held:
        return
    body.heading(1, "Standard form: departures by clause", "forms")
    for detail in held:
        form = detail.review.form
        if form is not None and form.compared:
            _contract(body, detail, form.said)
    apart = [short_name(d.name) for d in held if d.review.form is not None and not d.review.form.compared]
    if apart:
        body.add(text("Note", f"Of another kind than the form, and not compared: {'; '.join(apart)}."))


def _contract(body: Body, detail: ContractDetail, said: str) -> None:
    body.heading(2, short_name(detail.name))
    body.add(para("BodyText", link(detail.anchor, short_name(detail.name), "QuietLink"), run(f": {said}")))
    shown = detail.departures[:ROWS]
    if shown:
        body.add(table(_WIDTHS, _HEADS, (_row(d) for d in shown), f"Departures of {detail.name} from its form"))
    if len(detail.departures) > ROWS:
        body.add(text("Note", f"{len(detail.departures) - ROWS} more departures stand in the record."))


def _row(departure: Departure) -> str:
    w = _WIDTHS
    words = quote_paragraphs(departure.passage) if departure.passage else text("CellMuted", "not in the contract")
    form = text("CellText", departure.form_words) if departure.form_words else text("CellMuted", "not in the form")
    return row((
        cell(w[0], para("CellText", run(departure.clause, "Strong")), text("CellMuted", departure.change)),
        cell(w[1], words), cell(w[2], form),
        cell(w[3], *(text("CellText", line) for line in departure.lines or ("",))),
    ))  # fmt: skip
