"""Red flags by issue, missing or unusual clauses, and what is no longer raised: the rows a lawyer decides on."""

from __future__ import annotations

import unicodedata
from itertools import groupby

from app.domain.findings import FindingKind, Severity
from app.report.names import SEVERITY_SIGNS, severity_name, short_name
from app.report.outline import Flag, Outline, Passage
from app.report.quotes import quoted
from app.report.word_xml import Body, cell, link, para, row, run, table, text

_FLAGS = ("No.", "Contract, clause and page", "Quote", "Risk", "Why", "Recommendation", "Decision")
FLAG_WIDTHS = (560, 1900, 4250, 1150, 2650, 2600, 1460)
GAP_WIDTHS = (560, 1900, 1150, 3200, 3300, 3000, 1460)
_GAPS = ("No.", "Contract", "Risk", "Why", "Evidence and nearest passage", "Recommendation", "Decision")


def right_to_left(words: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    for character in words:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def quote_paragraphs(passage: Passage) -> str:
    """The quote, and its cite in a paragraph of its own: what verify reads back."""
    return quote_paragraph(passage) + cite_paragraph(passage)


def quote_paragraph(passage: Passage) -> str:
    """The verbatim words within quotation marks."""
    rtl = right_to_left(passage.quote)
    return para("CellQuote", run(quoted(passage.quote), rtl=rtl), bidi=rtl)


def cite_paragraph(passage: Passage) -> str:
    """File, page and clause."""
    return text("CellCite", passage.cite.text())


def risk_cell(width: int, severity: Severity) -> str:
    """The risk as sign and word; the style gives the colour."""
    words = f"{SEVERITY_SIGNS[severity]} {severity_name(severity)}"
    return cell(width, text(f"Risk{severity_name(severity)}", words))


def flags_section(body: Body, outline: Outline) -> None:
    """Red flags by issue across contracts, each issue a table."""
    body.heading(1, "Red flags by issue", "flags")
    if not outline.flags:
        body.add(text("BodyText", "No red flag was raised. That is not an assurance: see Method and limits."))
    else:
        body.add(
            text("BodyText", "Every quote is copied from the file it cites. File numbers are those of the appendix.")
        )
    for issue, flags in groupby(outline.flags, key=lambda f: f.issue):
        body.heading(2, issue)
        body.add(table(FLAG_WIDTHS, _FLAGS, (_flag_row(body, f) for f in flags), f"Red flags: {issue}"))


def _flag_row(body: Body, flag: Flag) -> str:
    w = FLAG_WIDTHS
    passage = flag.passage
    place = [para("CellText", link(flag.contract_anchor, short_name(flag.contract), "QuietLink"))]
    place.append(cite_paragraph(passage) if passage else text("CellMuted", "no passage to quote"))
    words = [quote_paragraph(passage)] if passage else [text("CellText", flag.where)]
    cells = (
        cell(w[0], _number(body, flag)),
        cell(w[1], *place),
        cell(w[2], *words),
        risk_cell(w[3], flag.severity),
        cell(w[4], *_why(flag)),
        cell(w[5], *_action(flag)),
        cell(w[6], *_decision(flag)),
    )
    return row(cells, split=len(passage.quote if passage else "") > 500)


def _number(body: Body, flag: Flag) -> str:
    return para("CellText", body.bookmark(flag.anchor, run(str(flag.number), "Strong")))


def _why(flag: Flag) -> list[str]:
    own = flag.state.explanation is not None
    lines = [para("CellText", run("Lawyer: ", "Strong") if own else "", run(flag.why, "LawyersWords" if own else None))]
    if flag.beside:
        lines.append(text("CellMuted", f"On the same words: {', '.join(flag.beside)}."))
    if flag.pending:
        lines.append(text("CellMuted", flag.pending))
    if flag.model_note:
        lines.append(para("CellMuted", run("Model, not checked: ", "Strong"), run(flag.model_note)))
    return lines


def _action(flag: Flag) -> list[str]:
    own = flag.state.recommendation is not None
    head = run("Lawyer: ", "Strong") if own else ""
    lines = [para("CellText", head, run(flag.recommendation, "LawyersWords" if own else None))]
    if flag.fallback:
        lines.append(para("CellMuted", run("Fallback: ", "Strong"), run(flag.fallback)))
    return lines


def _decision(flag: Flag) -> list[str]:
    mark = None if flag.decided else "DraftMark"
    lines = [para("CellText", run(flag.decision[0], mark))]
    lines += [text("CellMuted", line) for line in flag.decision[1:]]
    if flag.note:
        lines.append(para("CellMuted", run("Note: ", "Strong"), run(flag.note)))
    return lines


def gaps_section(body: Body, outline: Outline) -> None:
    """Clause types that were expected and not found, with the evidence of absence."""
    body.heading(1, "Missing or unusual clauses", "gaps")
    if not outline.gaps:
        body.add(text("BodyText", "No expected clause was found missing, unclear or not checked."))
    for issue, flags in groupby(outline.gaps, key=lambda f: f.issue):
        held = list(flags)
        looked_for = any(f.state.finding.kind in (FindingKind.MISSING, FindingKind.UNCLEAR) for f in held)
        body.heading(2, f"{issue}: expected" if looked_for else issue)
        body.add(table(GAP_WIDTHS, _GAPS, (_gap_row(body, f) for f in held), f"Missing or unclear: {issue}"))
    if outline.gone:
        body.heading(2, "No longer raised")
        body.add(
            text("BodyText", "Decided once; the latest analysis does not raise them any more. Kept for the record.")
        )
        body.add(table(FLAG_WIDTHS, _FLAGS, (_flag_row(body, f) for f in outline.gone), "Findings no longer raised"))


def _gap_row(body: Body, flag: Flag) -> str:
    w = GAP_WIDTHS
    kind = text("CellMuted", flag.state.finding.kind.value.capitalize())
    evidence = [text("CellText", line) for line in flag.evidence]
    if flag.passage:
        evidence.append(quote_paragraphs(flag.passage))
    elif flag.nearest:
        evidence.append(text("CellMuted", "Nearest passage:") + quote_paragraphs(flag.nearest))
    cells = (
        cell(w[0], _number(body, flag)),
        cell(w[1], para("CellText", link(flag.contract_anchor, short_name(flag.contract), "QuietLink")), kind),
        risk_cell(w[2], flag.severity),
        cell(w[3], *_why(flag)),
        cell(w[4], *evidence),
        cell(w[5], *_action(flag)),
        cell(w[6], *_decision(flag)),
    )
    return row(cells)
