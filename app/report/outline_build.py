"""From a Review to the Outline: contracts, dates, open items, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from app.domain.clauses import CLAUSE_TYPES, Answer, Clause, leading
from app.domain.findings import FindingKind, Severity
from app.domain.review import ContractReview, Review
from app.domain.sections import clause_number
from app.domain.type_names import type_name
from app.errors import UserError
from app.report.names import role_name
from app.report.outline import ClauseRow, ContractDetail, FileEntry, Flag, Outline, gone, grave_open
from app.report.outline_dates import outline_dates
from app.report.outline_files import file_entries
from app.report.outline_findings import passage_of, rejected, split_findings
from app.report.outline_forms import departures
from app.report.outline_open import open_items
from app.report.quotes import Cite, brief, clean, spelled

CLAUSE_QUOTE = 500  # characters of the likeliest passages of a clause type in one contract
FURTHER_QUOTE = 220  # of the others
LONG_QUOTES = 2
_FOUND_BY = {
    "screener": "screener",
    "rules": "rules",
    "screener+model": "screener and model",
    "model": "model",
    "lawyer": "lawyer",
    "disputed": "rules; the model disagrees",
}
_FACTS = (
    "Document Name",
    "Parties",
    "Agreement Date",
    "Effective Date",
    "Expiration Date",
    "Renewal Term",
    "Governing Law",
)


def build_outline(review: Review, *, final: bool = False, reviewer: str | None = None) -> Outline:
    """The report's content. Raises UserError for a final report without a reviewer or with grave findings open."""
    reviewer = (reviewer or review.reviewer or "").strip() or None
    if final and reviewer is None:
        raise UserError("A final report needs the name of the reviewing lawyer.")
    if final and (waiting := grave_open(review)):
        plural = "finding has" if waiting == 1 else "findings have"
        raise UserError(
            f"The report cannot be final: {waiting} critical or high {plural} no decision that still holds."
        )
    files = file_entries(review)
    numbers = {entry.sha256: entry for entry in files}
    pairs = sorted(((c, numbers[c.document.sha256]) for c in review.contracts), key=lambda pair: pair[1].number)
    flags, gaps, past = split_findings(pairs)
    live = (*flags, *gaps)
    states = [s for c in review.contracts for s in c.findings if not gone(s)]
    return Outline(
        review=review,
        final=final,
        reviewer=reviewer,
        files=files,
        contracts=tuple(_contract(item, file, live) for item, file in pairs),
        flags=flags,
        gaps=gaps,
        gone=past,
        dates=outline_dates(pairs),
        counts={s: sum(1 for f in live if f.severity is s) for s in Severity},
        undecided={s: sum(1 for f in live if f.severity is s and not f.decided) for s in Severity},
        decided=sum(1 for s in states if s.settled),
        total=len(states),
        rejected=sum(1 for s in states if rejected(s)),
        open_items=open_items(pairs, live),
    )


def _contract(item: ContractReview, file: FileEntry, live: tuple[Flag, ...]) -> ContractDetail:
    own = tuple(f for f in live if f.contract_anchor == f"contract_{file.number}")
    return ContractDetail(
        review=item,
        file=file,
        name=clean(item.contract.name),
        anchor=f"contract_{file.number}",
        facts=_facts(item, file),
        clauses=_clauses(item, file),
        flags=own,
        cells=_cells(item, own),
        notes=tuple(clean(note) for note in item.notes),
        departures=departures(item, file),
    )


def _clauses(item: ContractReview, file: FileEntry) -> tuple[ClauseRow, ...]:
    """The clauses that stand for their types, in the order of the types, then of the text; the rest as cites."""
    order = {name: index for index, name in enumerate(CLAUSE_TYPES)}
    rows: list[ClauseRow] = []
    lead = leading(item.clauses)
    likely = _likeliest(lead)
    told: set[str] = set()
    for clause in sorted(lead, key=lambda c: (order.get(c.type, 99), c.start, c.end)):
        limit = CLAUSE_QUOTE if id(clause) in likely else FURTHER_QUOTE
        passage = passage_of(item, file, clause.start, clause.end, limit)
        if passage is not None:
            found_by = _FOUND_BY.get(clause.found_by.value, clause.found_by.value)
            further = () if clause.type in told else _further(item, file, clause.type, lead)
            told.add(clause.type)
            name, value = type_name(clause.type), value_text(clause.value)
            rows.append(ClauseRow(name, value, passage, found_by, clause.score, further))
    return tuple(rows)


def _further(item: ContractReview, file: FileEntry, kind: str, lead: list[Clause]) -> tuple[Cite, ...]:
    """Where less likely passages of a type stand, each place once and none that a likely one stands at."""
    held = {(c.start, c.end) for c in lead}
    seen = {Cite(file.number)} | {_place(item, file, c) for c in lead if c.type == kind}  # a bare file says nothing
    cites: list[Cite] = []
    for clause in sorted(item.clauses, key=lambda c: c.start):
        place = _place(item, file, clause)
        if clause.reported and clause.type == kind and (clause.start, clause.end) not in held and place not in seen:
            seen.add(place)
            cites.append(place)
    return tuple(cites)


def _place(item: ContractReview, file: FileEntry, clause: Clause) -> Cite:
    page = item.text.page_at(clause.start) if item.text is not None else None
    return Cite(file.number, page, clause_number(item.sections, clause.start))


def _likeliest(clauses: list[Clause]) -> set[int]:
    """The identities of the passages that are most likely of their type: those are quoted at length."""
    seen: Counter[str] = Counter()
    likely = set()
    for clause in sorted(clauses, key=lambda c: -c.score):
        seen[clause.type] += 1
        if seen[clause.type] <= LONG_QUOTES:
            likely.add(id(clause))
    return likely


def value_text(value: Mapping[str, Any] | None) -> str:
    """A value as a lawyer reads it; "" where nothing was read with certainty."""
    if not value:
        return ""
    for key in ("display", "text", "name", "law", "date"):
        if isinstance(value.get(key), str) and value[key].strip():
            return spelled(clean(value[key])) if key in ("display", "date") else clean(value[key])
    parts = [
        f"{key.replace('_', ' ')}: {held}" for key, held in value.items() if isinstance(held, (str, int, float, bool))
    ]
    return brief("; ".join(parts), 120)


def _facts(item: ContractReview, file: FileEntry) -> tuple[tuple[str, str], ...]:
    contract, book = item.contract, item.playbook
    facts = [
        ("File", f"{file.number}: {file.name}"),
        ("Kind and side", f"{contract.kind.value.capitalize()}; {role_name(contract.our_role)}"
         + ("" if contract.confirmed else " (proposed, not confirmed)")),
    ]  # fmt: skip
    if book is not None:
        facts.append(("Playbook", f"{book.title or book.name}, version {book.version}"))
    for name in _FACTS:
        found = [c for c in item.clauses if c.reported and c.type == name]
        facts.append((type_name(name), _fact(item, found)))
    return tuple((label, clean(value)) for label, value in facts)


def _fact(item: ContractReview, found: list[Clause]) -> str:
    """Values where they were read, else where to look: never a guess."""
    if not found:
        return "not found" if item.text is not None else "not read"
    values = [value_text(c.value) for c in sorted(found, key=lambda c: -c.score)]
    known = list(dict.fromkeys(v for v in values if v))
    if known:
        return brief("; ".join(known), 220)
    quote = item.text.text[found[0].start : found[0].end] if item.text is not None else ""
    return f"see the clause below ({len(found)} found)" if len(quote) > 120 or len(found) > 1 else clean(quote)


def _cells(item: ContractReview, own: tuple[Flag, ...]) -> dict[str, str]:
    present = {c.type for c in item.clauses if c.reported}
    risky = {
        f.state.finding.clause_type for f in own if f.state.finding.kind is FindingKind.RISK and f.severity.rank <= 2
    }
    answers = {a.type: a.answer for a in item.absences}
    cells: dict[str, str] = {}
    for name in CLAUSE_TYPES:
        if name in present:
            cells[name] = "risk" if name in risky else "present"
        else:
            cells[name] = answers.get(name, Answer.NOT_CHECKED).value
    return cells
