"""Per contract, open items, method and the appendix of hashes."""

from __future__ import annotations

from itertools import groupby

from app.report.names import short_name
from app.report.outline import ClauseRow, ContractDetail, Outline
from app.report.quotes import Cite, clean
from app.report.verify_check import check_line
from app.report.word_findings import cite_paragraph, quote_paragraph
from app.report.word_layout import TEXT_WIDTH
from app.report.word_xml import Body, cell, link, para, row, run, table, text

_FACTS = (2300, TEXT_WIDTH - 2300)
_CLAUSES = (1800, TEXT_WIDTH - 1800 - 1800, 1800)
PLACES = 8  # less likely passages that are cited; the record has all of them
_FILES = (620, 3100, TEXT_WIDTH - 3720)


def contracts_section(body: Body, outline: Outline) -> None:
    """Each contract with its facts and every reported clause, quoted and cited."""
    body.heading(1, "Contract by contract", "contracts")
    if not outline.contracts:
        body.add(text("BodyText", "No contract was analysed."))
    for detail in outline.contracts:
        _contract(body, detail)


def _contract(body: Body, detail: ContractDetail) -> None:
    body.heading(2, detail.name, detail.anchor)
    rows = (row((cell(_FACTS[0], text("CellLabel", a)), cell(_FACTS[1], text("CellFact", b)))) for a, b in detail.facts)
    body.add(table(_FACTS, (), rows, f"Facts of {detail.name}"))
    for note in detail.notes:
        body.add(text("Note", note))
    if detail.flags:
        links: list[str] = [run("Findings: ", "Strong")]
        for index, flag in enumerate(detail.flags):
            links += [run(", ") if index else "", link(flag.anchor, f"{flag.number} ({flag.severity.value})")]
        body.add(para("BodyText", *links))
    if not detail.clauses:
        body.add(text("BodyText", "No clause is reported for this contract."))
        return
    heads = ("Clause", "Quote", "Page, clause, found by")
    rows = (_clause_rows(c, index == 0) for _, group in groupby(detail.clauses, key=lambda c: c.type)
            for index, c in enumerate(group))  # fmt: skip
    body.add(table(_CLAUSES, heads, rows, f"Clauses of {detail.name}"))


def _clause_rows(clause: ClauseRow, first: bool) -> str:
    w = _CLAUSES
    name = para("CellText", run(clause.type, "Strong" if first else "Muted"))
    value = [text("CellText", clause.value)] if clause.value else []
    found = [text("CellMuted", f"{clause.found_by}, {clause.score:.2f}")]
    if clause.further:
        found.append(text("CellMuted", f"Less likely, also see {_places(clause.further)}"))
    return row((cell(w[0], name, *value), cell(w[1], quote_paragraph(clause.passage)),
                cell(w[2], cite_paragraph(clause.passage), *found)))  # fmt: skip


def _places(cites: tuple[Cite, ...]) -> str:
    """Pages and clauses; the file is that of the row."""
    shown = [cite.text().partition(", ")[2] for cite in cites[:PLACES]]
    more = f" and {len(cites) - PLACES} more" if len(cites) > PLACES else ""
    return "; ".join(shown) + more


def open_section(body: Body, outline: Outline) -> None:
    """What a person has to settle."""
    body.heading(1, "Open items", "open")
    if not outline.open_items:
        body.add(text("BodyText", "Nothing was left open by the analysis."))
        return
    held: dict[str, list[str]] = {}
    for name, sentence in outline.open_items:
        held.setdefault(sentence, []).append(short_name(name))
    widths = (TEXT_WIDTH - 4200, 4200)
    rows = (row((cell(widths[0], text("CellText", sentence)), cell(widths[1], text("CellText", _names(names)))))
            for sentence, names in held.items())  # fmt: skip
    body.add(table(widths, ("What is open", "Contracts"), rows, "Open items"))


def _names(names: list[str]) -> str:
    """The contracts of an open item; where many share it, how many and the first ones."""
    if len(names) <= 5:
        return "; ".join(names)
    return f"{len(names)} contracts: {'; '.join(names[:3])} and {len(names) - 3} more"


def method_section(body: Body, outline: Outline) -> None:
    """What read the contracts, what was rejected, what a person still has to do."""
    review, model = outline.review, outline.review.model
    body.heading(1, "Method and limits", "method")
    if model is None:
        read = "No language model was used: the clause screener and rules alone read the contracts."
    else:
        read = f"Language model {model.name} (SHA-256 {model.sha256}): {model.questions} questions, "
        read += f"{model.tokens_evaluated} tokens read; its vote counts with weight {model.weight:g}, set by its exam."
        read += f" {model.note[:1].upper()}{model.note[1:].rstrip('.')}." if model.note else ""
        if model.unread:
            read += f" It left {model.unread} of the passages that were to be read; they are named with each contract."
        if model.kept or model.dropped:
            read += f" Its own sentences, marked “Model, not checked”: {model.kept} kept; {model.dropped} dropped, "
            read += "because they said what does not stand in the words quoted."
    body.add(
        text("BodyText", f"Clause screener {review.screener_version}, reader {review.ingest_version}. {clean(read)}")
    )
    books = {c.playbook.sha256: c.playbook for c in review.contracts if c.playbook}
    for book in sorted(books.values(), key=lambda b: (b.name, b.version)):
        body.add(
            text("BodyText", f"Playbook {book.title or book.name}, version {book.version} (SHA-256 {book.sha256}).")
        )
    said = f"Findings: {outline.total}, of them {outline.decided} decided and {outline.rejected} rejected; "
    said += "those rejected are not shown. Decisions log: "
    said += f"its last entry has hash {review.log_head}." if review.log_head else "no decision yet."
    body.add(text("BodyText", said))
    body.add(text("BodyText", "Everything was read on this computer; nothing was sent anywhere."))
    body.heading(2, "What a person still has to do")
    for line in _DUTIES:
        body.add(text("BodyText", line))


_DUTIES = (
    "Read each finding against its source and decide it. A finding is a machine's until a lawyer decides.",
    "Read what could not be read: files and pages named under Scope and coverage were not searched, and what they "
    "say is not in this report. “Not checked” is not “absent”; “missing” rests on the evidence shown beside it.",
    "Shortened quotes show […] where words are left out: read the passage on the page cited. Clause numbers are those "
    "printed or computed from the document; page numbers of Word files are those of Word’s last layout.",
    "Check dates and values before relying on them. Playbooks are starters and were not reviewed by counsel.",
    "This report is a working paper for a lawyer. It is not legal advice.",
)


def appendix_section(body: Body, outline: Outline) -> None:
    """File numbers with their SHA-256, and the line that privity verify compares."""
    body.heading(1, "Appendix: files and their hashes", "appendix")
    body.add(
        text("BodyText", "“privity verify” reads this report’s visible text and checks each quote against the files.")
    )
    rows = (row((cell(_FILES[0], text("CellText", str(f.number))), cell(_FILES[1], text("CellText", f.name)),
                 cell(_FILES[2], text("CellMono", f.sha256)))) for f in outline.files)  # fmt: skip
    body.add(table(_FILES, ("File", "Name", "SHA-256"), rows, "Files and their SHA-256"))
    body.add(text("Note", check_line(body.parts)))
