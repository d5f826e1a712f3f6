"""The lists of a matter: documents and grid. Findings are loaded only of contracts on which something was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.domain.clauses import CLAUSE_TYPES
from app.domain.findings import Decision, FindingState
from app.domain.matter import Contract
from app.domain.text import View
from app.services.api_rows import DocumentRow, GridCell, SearchHit
from app.services.reviewing import states
from app.services.rows import document_row, grid_row, plain_row, raises
from app.storage.database import MatterDatabase
from app.storage.rows import FindingSummary


class Lists:
    """What one look at the matter gives; `log` is the log of decisions as it bears on the present findings."""

    def __init__(self, database: MatterDatabase, log: Sequence[Decision]) -> None:
        self._database = database
        self._contracts = {contract.contract_id: contract for contract in database.contracts()}
        self._short: defaultdict[str, list[FindingSummary]] = defaultdict(list)
        for row in database.finding_rows():
            self._short[row.contract_id].append(row)
        touched = {str(entry.snapshot.get("contract_id")) for entry in log} & set(self._contracts)
        self._decided = {ident: self._states(self._contracts[ident], log) for ident in touched}

    def _states(self, contract: Contract, log: Sequence[Decision]) -> tuple[FindingState, ...]:
        return states(self._database.findings(contract.contract_id), contract, log)

    def documents(self) -> list[DocumentRow]:
        """All documents, by path."""
        owners = {contract.parts[0].document_sha256: contract for contract in self._contracts.values()}
        rows = []
        for document in self._database.documents():
            contract = owners.get(document.sha256)
            ident = contract.contract_id if contract is not None else ""
            if ident in self._decided:
                rows.append(document_row(document, contract, self._decided[ident]))
            else:
                rows.append(plain_row(document, contract, [row.severity for row in self._short.get(ident, ())]))
        return sorted(rows, key=lambda row: row.path)

    def grid(self) -> tuple[list[str], list[tuple[DocumentRow, dict[str, GridCell]]]]:
        """Clause types, and per analysed document a cell for each."""
        clauses, answers = self._database.reported_clauses(), self._database.answers()
        rows = []
        for row in self.documents():
            ident = row.contract_id
            if ident is not None:
                cells = grid_row(clauses.get(ident, []), answers.get(ident, {}), self._risky(ident))
                rows.append((row, cells))
        return list(CLAUSE_TYPES), rows

    def _risky(self, contract_id: str) -> set[str]:
        """The clause types on which a grave risk was raised and not rejected."""
        if contract_id in self._decided:
            live = [s for s in self._decided[contract_id] if s.decision != "reject"]
            return {str(s.finding.clause_type) for s in live if raises(s.finding.kind, s.finding.severity)}
        found = self._short.get(contract_id, ())
        return {str(row.clause_type) for row in found if raises(row.kind, row.severity)}


def search(database: MatterDatabase, query: str, limit: int) -> list[SearchHit]:
    """Full-text search over the matter's accepted texts, each as it was last read."""
    contracts = {contract.parts[0].document_sha256: contract for contract in database.contracts()}
    hits = []
    for hit in database.search(query, limit):
        contract = contracts.get(hit.source_sha256)
        if contract is not None and database.latest_texts(hit.source_sha256).get(View.ACCEPTED) == hit.text_id:
            page = database.text(hit.text_id).page_at(hit.start)
            hits.append(SearchHit(contract.contract_id, contract.name, hit.start, hit.end, page, hit.snippet))
    return hits
