"""Records about the matter as a whole: families, near-duplicates, carried-over spans, unfinished imports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.domain.standard_form import FormComparison, StandardForm
from app.storage import contracts, forms, imports, kept_playbooks, relations
from app.storage.contracts import FamilyProposal
from app.storage.engine import Access
from app.storage.imports import StoredImport
from app.storage.kept_playbooks import KeptPlaybook
from app.storage.relations import Relocation


class MatterWideRecords:
    """Each method one transaction; may be called from any thread."""

    _access: Access

    def propose_family(self, proposal: FamilyProposal) -> None:
        """Keep a proposal that one contract belongs to another; an answered one is left alone."""
        self._access.write(lambda s: contracts.propose_family(s, proposal))

    def answer_family(self, base_contract_id: str, member_contract_id: str, accepted: bool) -> None:
        """Keep the lawyer's answer to a proposal."""
        self._access.write(lambda s: contracts.answer_family(s, base_contract_id, member_contract_id, accepted))

    def family_proposals(self) -> list[FamilyProposal]:
        """All proposals, the likeliest first."""
        with self._access.read() as session:
            return contracts.family_proposals(session)

    def put_near_duplicates(self, pairs: Iterable[tuple[str, str, float]]) -> None:
        """Keep which contracts are nearly alike, in place of what was known."""
        kept = list(pairs)
        self._access.write(lambda s: relations.put_near_duplicates(s, kept))

    def near_duplicates(self) -> list[tuple[str, str, float]]:
        """Pairs of contract ids with their likeness, the most alike first."""
        with self._access.read() as session:
            return relations.near_duplicates(session)

    def put_relocations(self, moved: Iterable[Relocation]) -> None:
        """Keep where spans of an earlier text stand in a later one."""
        kept = list(moved)
        self._access.write(lambda s: relations.put_relocations(s, kept))

    def all_relocations(self) -> list[Relocation]:
        """What was carried over from earlier texts to later ones, or could not be."""
        with self._access.read() as session:
            return relations.relocations(session)

    def begin_import(self, paths: Sequence[str], options: Mapping[str, Any]) -> None:
        """Note what is about to be analysed, until end_import()."""
        self._access.write(lambda s: imports.begin(s, paths, options))

    def end_import(self, paths: Sequence[str]) -> None:
        """Everything below these paths is analysed."""
        self._access.write(lambda s: imports.end(s, paths))

    def dismiss_import(self) -> None:
        """Do not offer what was left of an import any more."""
        self._access.write(imports.dismiss)

    def unfinished_import(self) -> StoredImport | None:
        """What was begun and has not ended, None where nothing was."""
        with self._access.read() as session:
            return imports.unfinished(session)

    def put_form(self, form: StandardForm) -> None:
        """Keep a standard form; its text must be stored."""
        self._access.write(lambda s: forms.put(s, form))

    def forms(self) -> list[StandardForm]:
        """The standard forms, in the order in which they were chosen."""
        with self._access.read() as session:
            return forms.load_all(session)

    def remove_form(self, form_id: str) -> None:
        """Forget a form with the comparisons that rest on it."""
        self._access.write(lambda s: forms.remove(s, form_id))

    def put_comparison(self, contract_id: str, inputs: str, found: FormComparison) -> None:
        """Keep how a contract stands to its form."""
        self._access.write(lambda s: forms.put_comparison(s, contract_id, inputs, found))

    def comparison_inputs(self) -> dict[str, str]:
        """By contract, what its comparison rests on."""
        with self._access.read() as session:
            return forms.comparison_inputs(session)

    def comparison(self, contract_id: str) -> FormComparison | None:
        """How a contract stands to its form, None where it was compared with none."""
        with self._access.read() as session:
            return forms.comparison(session, contract_id)

    def keep_playbook(self, kept: KeptPlaybook) -> None:
        """Keep a copy of a playbook that lies outside the matter."""
        self._access.write(lambda s: kept_playbooks.put(s, kept))

    def kept_playbook(self, source: str) -> KeptPlaybook | None:
        """The copy of a playbook by the path it was chosen by, None where there is none."""
        with self._access.read() as session:
            return kept_playbooks.load(session, source)
