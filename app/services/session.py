"""An open matter: what the window and the command line do with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain.findings import Action, Decision, FindingState
from app.domain.matter import Contract, ContractKind, Document, Matter, Role
from app.domain.progress import CancelToken, Progress
from app.domain.review import ContractReview, Review
from app.domain.text import ContractText, PageRect, View
from app.errors import UserError
from app.services.api import (
    AlikeRow,
    AnalyzeOptions,
    ConflictRow,
    DateRow,
    DocumentRow,
    FamilyRow,
    FindingRow,
    GridCell,
    MergeRow,
    PageImage,
    SearchHit,
    StandardFormRow,
    UnfinishedImport,
)
from app.services.api_playbooks import PlaybookDraft, PlaybookEffect
from app.services.deciding import contract_of, decide, undo
from app.services.handing import conflict_rows, take_over
from app.services.inside import InsideAnswers
from app.services.kept_playbooks import keep_playbooks
from app.services.listing import Lists, search
from app.services.relocating import carried_log
from app.services.reviewing import contract_review, review, states
from app.services.rows import date_rows, finding_rows
from app.services.unfinished import holds_any, tell_whether_unfinished, unfinished_import
from app.services.viewing import Viewer
from app.storage.app_database import AppDatabase
from app.storage.database import MatterDatabase

# What only some actions need (the screener, the playbooks, the report's libraries) is imported where it is used:
# a matter is on the screen before any of it is loaded.


class LocalSession(InsideAnswers):
    """Implements services.api.MatterSession on this machine's files."""

    def __init__(self, database: MatterDatabase, settings: AppDatabase) -> None:
        self._database = database
        self._settings = settings
        self._viewer = Viewer()
        self._last_text: ContractText | None = None

    @property
    def matter(self) -> Matter:
        """The matter's own facts."""
        return self._database.matter()

    def update_matter(self, matter: Matter) -> None:
        """Store changed facts."""
        self._database.update_matter(matter)
        keep_playbooks(self._database)

    def analyze(self, paths: Sequence[Path], options: AnalyzeOptions, cancel: CancelToken) -> Iterator[Progress]:
        """Import and analyse; see services.api."""
        from app.services.analysis_whole import analyze_whole

        yield from analyze_whole(self._database, self._settings, self._viewer, paths, options, cancel)

    @property
    def passwords(self) -> dict[str, str]:
        """Those that opened documents here, by the documents' SHA-256; never stored."""
        return self._viewer.passwords

    def remember(self, passwords: Mapping[str, str]) -> None:
        """Use these passwords, by SHA-256, for documents that need one."""
        if passwords:
            self._viewer.remember(passwords)

    def unfinished(self) -> UnfinishedImport | None:
        """What an interrupted import left to do."""
        return unfinished_import(self._database)

    def holds(self, paths: Sequence[Path]) -> bool:
        """Whether the matter is empty or has something from these files and folders."""
        return holds_any(self._database, paths)

    def dismiss_unfinished(self) -> None:
        """Do not offer it any more."""
        self._database.dismiss_import()
        tell_whether_unfinished(self._database, self._settings)

    def families(self) -> list[FamilyRow]:
        """Proposed amendments, schedules and side letters."""
        from app.services.relations import families

        return families(self._database)

    def answer_family(self, base_id: str, member_id: str, accepted: bool) -> None:
        """The lawyer's answer to a proposal."""
        from app.services.relations import answer_family

        answer_family(self._database, base_id, member_id, accepted)

    def near_duplicates(self) -> list[AlikeRow]:
        """Contracts that share most of their words."""
        from app.services.relations import alike

        return alike(self._database)

    def standard_forms(self) -> list[StandardFormRow]:
        """The matter's standard forms."""
        from app.services.standard_forms import form_rows

        return form_rows(self._database)

    def add_standard_form(self, path: Path, cancel: CancelToken) -> Iterator[Progress]:
        """Read a form and compare the contracts with it."""
        from app.analysis.screener import Screener
        from app.paths import screener_weights
        from app.services.standard_forms import add_form, compare_all

        add_form(self._database, Screener.load(screener_weights()), path)
        yield from compare_all(self._database, cancel)

    def remove_standard_form(self, form_id: str) -> None:
        """Forget a form; the contracts are compared with what forms are left."""
        from app.services.standard_forms import compare_all

        self._database.remove_form(form_id)
        list(compare_all(self._database, CancelToken()))

    def set_password(self, document_sha256: str, password: str) -> bool:
        """Try a password on a document; it holds until close()."""
        for document in self._database.documents():
            if document.sha256 == document_sha256:
                return self._viewer.unlock(document, password)
        raise UserError("This document is no longer in the matter.")

    def _document_of(self, contract: Contract) -> Document:
        wanted = contract.parts[0].document_sha256
        return next(document for document in self._database.documents() if document.sha256 == wanted)

    def _contract(self, contract_id: str) -> Contract:
        return contract_of(self._database, contract_id)

    def documents(self) -> list[DocumentRow]:
        """All documents of the matter, by path."""
        return Lists(self._database, self._log()).documents()

    def findings(self, contract_id: str | None = None) -> list[FindingRow]:
        """Findings of one contract or of all, gravest first."""
        log = self._log()
        rows: list[FindingRow] = []
        for contract in self._database.contracts():
            if contract_id in {None, contract.contract_id}:
                current = self._database.findings(contract.contract_id)
                used = self._database.playbook_of(contract.contract_id) if contract_id else None
                rows += finding_rows(contract, states(current, contract, log), used)
        return sorted(rows, key=lambda row: row.state.effective_severity.rank)

    def contract(self, contract_id: str) -> ContractReview:
        """Everything about one contract."""
        contract = self._contract(contract_id)
        return contract_review(self._database, contract, self._document_of(contract), self._log())

    def review(self) -> Review:
        """Everything about the matter."""
        from app.analysis.screener import VERSION

        return review(self._database, VERSION)

    def set_contract(self, contract_id: str, *, kind: str, our_role: str, playbook: str | None) -> None:
        """The lawyer's correction of a proposal."""
        from app.services.playbooks import find_playbook

        if playbook:
            find_playbook(playbook)
        contract = self._contract(contract_id)
        self._database.put_contract(
            replace(contract, kind=ContractKind(kind), our_role=Role(our_role), playbook=playbook, confirmed=True)
        )
        keep_playbooks(self._database)

    def correct_value(self, contract_id: str, clause_type: str, quote: str, typed: str, user: str) -> None:
        """The lawyer's own value for a clause; what follows from it is reckoned again at once."""
        from app.services.correcting import correct_value

        correct_value(self._database, self._contract(contract_id), clause_type, quote, typed, user)

    def decide(self, finding_key: str, action: Action, payload: dict[str, Any], user: str) -> FindingState:
        """Append a decision; returns the finding as it now stands."""
        return decide(self._database, finding_key, action, payload, user)

    def undo(self, user: str) -> FindingState | None:
        """Append the entry that compensates the last one that holds; None where there is none."""
        return undo(self._database, user)

    def _log(self) -> list[Decision]:
        return carried_log(self._database, self._database.decisions())

    def text(self, contract_id: str, view: View = View.ACCEPTED) -> ContractText | None:
        """The stored text in a view, None where there is none."""
        texts = self._database.latest_texts(self._contract(contract_id).parts[0].document_sha256)
        return self._text_of(texts[view]) if view in texts else None

    def _text_of(self, text_id: str) -> ContractText:
        """A text by its id; the last one is kept, as every rectangle on its pages asks for it again."""
        held = self._last_text
        if held is None or held.text_id != text_id:
            held = self._last_text = self._database.text(text_id)
        return held

    def page_image(self, contract_id: str, page: int, scale: float) -> PageImage:
        """A page as it looks."""
        return self._viewer.page_image(self._document_of(self._contract(contract_id)), page, scale)

    def page_sizes(self, contract_id: str) -> list[tuple[float, float]]:
        """Width and height of every page in points; [] for formats that are shown as text."""
        text = self.text(contract_id)
        if text is None or text.page_source != "pdf":
            return []
        return self._viewer.page_sizes(self._document_of(self._contract(contract_id)))

    def rectangles(self, contract_id: str, start: int, end: int) -> list[PageRect]:
        """Where [start, end) of the accepted text stands."""
        text = self.text(contract_id)
        if text is None or text.page_source != "pdf":
            return []
        return self._viewer.rectangles(self._document_of(self._contract(contract_id)), text, start, end)

    def grid(self) -> tuple[list[str], list[tuple[DocumentRow, dict[str, GridCell]]]]:
        """Clause types, and per analysed document a cell for each."""
        return Lists(self._database, self._log()).grid()

    def key_dates(self) -> list[DateRow]:
        """Every computed date of the matter, soonest first."""
        found = self._database.key_dates()
        rows = [row for c in self._database.contracts() for row in date_rows(c, found.get(c.contract_id, ()))]
        return sorted(rows, key=lambda row: row.date)

    def search(self, query: str, limit: int = 200) -> list[SearchHit]:
        """Full-text search over the matter's accepted texts."""
        return search(self._database, query, limit)

    def export(self, form: str, target: Path, *, final: bool = False, reviewer: str | None = None) -> Path:
        """Write one form of the review; whole or not at all."""
        from app.services.annotating import annotate_originals
        from app.services.exporting import export_review

        def annotate(found: Review, folder: Path) -> None:
            annotate_originals(found, folder, self._viewer.passwords)

        return export_review(self.review(), form, target, final=final, reviewer=reviewer, annotate=annotate)

    def preview_playbook(self, draft: PlaybookDraft, cancel: CancelToken) -> Iterator[PlaybookEffect]:
        """What a draft would change in this matter; nothing is stored."""
        from app.analysis.screener import Screener
        from app.paths import screener_weights
        from app.services.playbook_preview import preview

        return preview(self._database, Screener.load(screener_weights()), draft, cancel)

    def save_copy(self, target: Path) -> None:
        """Write the matter into a new file, to be handed on."""
        keep_playbooks(self._database)
        self._database.copy_to(target)

    def take_over(self, path: Path, passphrase: str | None = None) -> MergeRow:
        """Take over what a colleague decided in a copy."""
        return take_over(self._database, path, passphrase)

    def conflicts(self) -> list[ConflictRow]:
        """What colleagues decided otherwise."""
        return conflict_rows(self._database)

    def close(self) -> None:
        """Close the database and the viewer child."""
        self._viewer.close()
        self._database.close()
