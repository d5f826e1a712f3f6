"""The part of the made-up matter that looks inside contracts and is handed on."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from privity_ui_deal import ADVICE, ALIKE, ASKS, CLAUSES, NAMES, WHY

from app.domain.progress import ItemStatus, Progress
from app.domain.standard_form import Change, FormComparison, FormDeviation
from app.errors import UserError
from app.services.api import (
    ConflictRow,
    DateQuestion,
    MergeRow,
    SectionRow,
    StandardFormRow,
    TermRow,
    ValueRow,
)


class FakeInside:
    """Needs what FakeSession holds."""

    contracts: int
    corrected: list[tuple[str, ...]]
    forms: list[Path]
    taken: list[Path]
    family_rows: list[Any]
    alike_rows: list[Any]
    conflict_rows: list[ConflictRow]
    _log: list[Any]
    _text: Any
    name: Any

    def families(self) -> Any:
        return [f for f in self.family_rows if f.accepted is None]

    def answer_family(self, base_id: str, member_id: str, accepted: bool) -> None:
        self.family_rows = [
            dataclasses.replace(f, accepted=accepted) if f.member_id == member_id else f for f in self.family_rows
        ]

    def near_duplicates(self) -> Any:
        return self.alike_rows

    def likeness(self, contract_id: str, other_id: str) -> str:
        return ALIKE

    def terms(self, contract_id: str) -> list[TermRow]:
        text = self._text(contract_id).text
        at = text.find("Supplier")
        return [TermRow("Supplier", ((at, at + 8),), 4, ""), TermRow("Fees", ((0, 4), (8, 12)), 1, "defined twice")]

    def standard_forms(self) -> list[StandardFormRow]:
        return [StandardFormRow(str(path), path.name, "services", self.contracts) for path in self.forms]

    def add_standard_form(self, path: Path, cancel: Any) -> Any:
        if path.suffix == ".png":
            raise UserError("The standard form cannot be used: not a supported type.")
        self.forms.append(path)
        for done in range(1, self.contracts + 1):
            cancel.check()
            yield Progress(NAMES[0], ItemStatus.DONE, done, self.contracts)

    def remove_standard_form(self, form_id: str) -> None:
        self.forms = [path for path in self.forms if str(path) != form_id]

    def form_comparison(self, contract_id: str) -> FormComparison | None:
        if not self.forms:
            return None
        pay = FormDeviation(
            Change.CHANGED, "3 Payment", 40, 60, "in 30 days", "in 10 days", 0.9, (("10 days", "30 days"),)
        )  # fmt: skip
        gone = FormDeviation(Change.REMOVED, "Audit Rights", None, None, "", ADVICE, types=("Audit Rights",))
        return FormComparison(str(self.forms[0]), self.forms[0].name, True, True, 0.9, WHY, (pay, gone))

    def sections(self, contract_id: str) -> list[SectionRow]:
        text = self._text(contract_id).text
        return [SectionRow(str(n), "Clause", 1 + n % 2, 60 * n, 60 * n + 60) for n in range(1, len(text) // 600)]

    def values(self, contract_id: str) -> list[ValueRow]:
        text = self._text(contract_id).text
        start = text.find(CLAUSES[0][1])
        quote = CLAUSES[0][1]
        given = {c[1]: c[3] for c in self.corrected if c[0] == contract_id}
        cap = given.get("Cap On Liability", CLAUSES[0][2])
        return [
            ValueRow("Cap On Liability", cap, quote, start, start + len(quote), "Cap On Liability" in given),
            ValueRow("Governing Law", "", "", None, None, False),
        ]

    def date_questions(self) -> list[DateQuestion]:
        asked = [c for c in self.corrected if c[1] == "Expiration Date"]
        if asked or not self.contracts:
            return []
        return [DateQuestion("c-0", self.name("c-0"), "term ends", ASKS, "Expiration Date", 40, 60)]

    def save_copy(self, target: Path) -> None:
        target.write_bytes(b"copy")

    def take_over(self, path: Path, passphrase: str | None = None) -> MergeRow:
        self.taken.append(path)
        return MergeRow(3, 1, len(self.conflict_rows))

    def conflicts(self) -> list[ConflictRow]:
        settled = {new.finding.finding_key for _, new in self._log}
        return [row for row in self.conflict_rows if row.finding_key not in settled]
