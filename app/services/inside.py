"""What is inside one contract for the window: its parts, the values read, and the dates that wait for an answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.clauses import Clause
from app.domain.matter import Contract
from app.domain.standard_form import FormComparison
from app.domain.text import ContractText, View
from app.services.api_rows import DateQuestion, SectionRow, TermRow, ValueRow
from app.services.rows import short_value
from app.storage.database import MatterDatabase

# What a lawyer may give even where nothing was read: dates and rules follow from these.
ASKED = (
    "Agreement Date", "Effective Date", "Expiration Date", "Renewal Term", "Notice Period To Terminate Renewal",
    "Governing Law",
)  # fmt: skip


def section_rows(text: ContractText) -> list[SectionRow]:
    """The contract's own parts, in the order of the text."""
    from app.domain.sections import find_sections

    return [SectionRow(s.number, s.heading, s.level, s.start, s.end) for s in find_sections(text.text)]


def value_rows(text: ContractText | None, clauses: Sequence[Clause]) -> list[ValueRow]:
    """Every value that was read or given, by the order of the text; then what may be given and was not read."""
    rows: dict[tuple[str, str], ValueRow] = {}
    for clause in sorted((c for c in clauses if c.reported), key=lambda c: c.start):
        shown = short_value(clause.value)
        if not shown:
            continue
        placed = text is not None and bool(clause.end)
        quote = text.text[clause.start : clause.end] if text is not None and placed else ""
        start, end = (clause.start, clause.end) if placed else (None, None)
        own = bool(clause.value and clause.value.get("corrected"))
        rows.setdefault((clause.type, shown), ValueRow(clause.type, shown, quote, start, end, own))
    known = {kind for kind, _ in rows}
    return [*rows.values(), *(ValueRow(kind, "", "", None, None, False) for kind in ASKED if kind not in known)]


def date_questions(contract: Contract, key_dates: Sequence[Mapping[str, Any]]) -> list[DateQuestion]:
    """The dates of one contract that cannot be computed until the lawyer says more."""
    return [
        DateQuestion(
            contract.contract_id, contract.name, str(entry.get("what", "")), str(entry["asks"]),
            str(entry.get("answer", "Expiration Date")), entry.get("start"), entry.get("end"),
        )
        for entry in key_dates
        if not entry.get("date") and entry.get("asks")
    ]  # fmt: skip


def likeness(one: ContractText | None, other: ContractText | None) -> str:
    """What two contracts with nearly the same words are to one another, and how they differ, in sentences."""
    from app.ingest.likeness import compare
    from app.services.relations import told_of

    if one is None or other is None:
        return told_of(None)
    return told_of(compare(one.text, other.text))


class InsideAnswers(ABC):
    """The part of a session that looks inside one contract."""

    _database: MatterDatabase

    @abstractmethod
    def text(self, contract_id: str, view: View = View.ACCEPTED) -> ContractText | None:
        """The stored text in a view."""

    def terms(self, contract_id: str) -> list[TermRow]:
        """The defined terms of a contract."""
        from app.services.relations import terms_of

        text = self.text(contract_id)
        return terms_of(text) if text is not None else []

    def likeness(self, contract_id: str, other_id: str) -> str:
        """What two near-duplicates are to one another, and how they differ."""
        return likeness(self.text(contract_id), self.text(other_id))

    def form_comparison(self, contract_id: str) -> FormComparison | None:
        """How a contract stands to the matter's standard form of its kind."""
        return self._database.comparison(contract_id)

    def sections(self, contract_id: str) -> list[SectionRow]:
        """The contract's own parts."""
        text = self.text(contract_id)
        return section_rows(text) if text is not None else []

    def values(self, contract_id: str) -> list[ValueRow]:
        """What was read from the clauses, and what may be given."""
        current = self._database.current_assessment(contract_id)
        return value_rows(self.text(contract_id), current[0].clauses) if current is not None else []

    def date_questions(self) -> list[DateQuestion]:
        """The dates that wait for an answer."""
        found = self._database.key_dates()
        return [q for c in self._database.contracts() for q in date_questions(c, found.get(c.contract_id, ()))]
