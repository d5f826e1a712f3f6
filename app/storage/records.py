"""What can be asked of and told to an open matter: each method one transaction, domain objects in and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy.orm import Session

from app.domain.clauses import Answer, Candidate, Clause
from app.domain.decisions import broken_links
from app.domain.findings import Action, Assessment, Decision, Finding, normalise_quote
from app.domain.matter import Contract, Document, Matter
from app.domain.progress import Stage
from app.domain.review import PlaybookRef
from app.domain.runs import ReadResult, RunKey
from app.domain.text import ContractText, View
from app.errors import UserError
from app.storage import assessments, contracts, decisions, documents, merging, rows, runs, search, texts
from app.storage.engine import Access
from app.storage.journal import Journal
from app.storage.merging import Conflict, MergeReport
from app.storage.records_matter import MatterWideRecords
from app.storage.rows import DocumentSummary, FindingSummary
from app.storage.search import Hit


class MatterRecords(MatterWideRecords):
    """The records of one open matter; may be called from any thread. Writes are on the disk when they return."""

    def __init__(self, access: Access, journal: Journal) -> None:
        self._access = access
        self._journal = journal
        self.replayed = 0  # decisions that the journal gave back on opening
        self.conflicts_found: tuple[Conflict, ...] = ()  # where the journal and the database had parted ways

    def matter(self) -> Matter:
        """The matter's own facts."""
        with self._access.read() as session:
            return contracts.load_matter(session)

    def update_matter(self, matter: Matter) -> None:
        """Store changed facts; the id stays."""
        self._access.write(lambda s: contracts.put_matter(s, matter))
        self._journal.append("matter", contracts.matter_to_json(matter))

    def documents(self) -> list[Document]:
        """Every document, by its first path."""
        with self._access.read() as session:
            return documents.load_all(session)

    def add_document(self, document: Document) -> None:
        """Store a document; its paths are added to those known."""
        self._access.write(lambda s: documents.add(s, document))

    def set_document_status(self, sha256: str, status: str, reason: str | None = None) -> None:
        """Change how reading a document ended; KeyError where it is not in the matter."""
        self._access.write(lambda s: documents.set_status(s, sha256, status, reason))

    def contracts(self) -> list[Contract]:
        """Every contract, by name."""
        with self._access.read() as session:
            return contracts.load_all(session)

    def put_contract(self, contract: Contract) -> None:
        """Store a contract; the documents of its parts must be there."""
        self._access.write(lambda s: contracts.put(s, contract))

    def put_text(self, text: ContractText) -> None:
        """Store and index a text; one already there is left as it is."""
        self._access.write(lambda s: texts.put(s, text))

    def text(self, text_id: str) -> ContractText:
        """A stored text; KeyError where there is none."""
        with self._access.read() as session:
            return texts.load(session, text_id)

    def latest_texts(self, source_sha256: str) -> dict[View, str]:
        """The newest text of a document in each view it has."""
        with self._access.read() as session:
            return texts.latest(session, source_sha256)

    def search(self, query: str, limit: int = 200) -> list[Hit]:
        """Places in the texts that match words and "quoted phrases", the best texts first."""
        with self._access.read() as session:
            return search.search(session, query, limit)

    def _payload(self, key: RunKey) -> Any:
        with self._access.read() as session:
            run_id = runs.find(session, key)
            return None if run_id is None else runs.payload_of(session, run_id)

    def screened(self, key: RunKey) -> tuple[Candidate, ...] | None:
        """What a finished screen run found, None where there is none."""
        payload = self._payload(key)
        return None if payload is None else runs.candidates_from(payload)

    def finish_screen(self, key: RunKey, candidates: Sequence[Candidate]) -> None:
        """Keep a screen run's candidates; immutable from here on."""
        payload = runs.candidates_payload(tuple(candidates))
        self._access.write(lambda s: runs.finish(s, runs.start(s, key), payload))

    def read_result(self, key: RunKey) -> ReadResult | None:
        """What a finished read run gave, None where there is none."""
        payload = self._payload(key)
        return None if payload is None else runs.read_from(payload)

    def finish_read(self, key: RunKey, result: ReadResult) -> None:
        """Keep a read run's result in place of its chunks; immutable from here on."""
        self._access.write(lambda s: runs.finish(s, runs.start(s, key), runs.read_payload(result)))

    def put_chunk(self, key: RunKey, chunk_id: str, answer: str) -> None:
        """Keep one chunk's answer (JSON text) of an unfinished run."""
        self._access.write(lambda s: runs.put_chunk(s, key, chunk_id, answer))

    def chunks(self, key: RunKey) -> dict[str, str]:
        """The answers that an unfinished run already has, by chunk."""
        with self._access.read() as session:
            return runs.chunks(session, key)

    def assessment(self, key: RunKey) -> Assessment | None:
        """What a finished assess run found, None where there is none."""
        with self._access.read() as session:
            run_id = runs.find(session, key)
            return None if run_id is None else assessments.load(session, run_id)[0]

    def finish_assess(self, key: RunKey, assessment: Assessment, playbook: PlaybookRef | None = None) -> None:
        """Keep an assessment as its contract's current one; immutable from here on."""
        self._access.write(lambda s: assessments.finish(s, runs.start(s, key), assessment, playbook))

    def make_current(self, key: RunKey) -> None:
        """Let a finished run count again; KeyError where there is none."""
        with self._access.read() as session:
            run_id = runs.find(session, key)
        if run_id is None:
            raise KeyError(key.digest)
        self._access.write(lambda s: runs.make_current(s, run_id))

    def current_inputs(self, stage: Stage, contract_id: str) -> dict[str, str] | None:
        """The inputs of the run that counts now, None where there is none."""
        with self._access.read() as session:
            found = runs.current(session, stage, contract_id)
            return found[0].inputs if found else None

    def assessed(self) -> set[str]:
        """The contracts that have an assessment."""
        with self._access.read() as session:
            return {run.contract_id for run in runs.current(session, Stage.ASSESS)}

    def current_assessment(self, contract_id: str) -> tuple[Assessment, PlaybookRef | None] | None:
        """The assessment that counts now, with its playbook; None where the contract was not assessed."""
        with self._access.read() as session:
            found = runs.current(session, Stage.ASSESS, contract_id)
            return assessments.load(session, found[0].run_id) if found else None

    def playbook_of(self, contract_id: str) -> PlaybookRef | None:
        """The playbook that the contract was last checked with; loads nothing else."""
        with self._access.read() as session:
            found = runs.current(session, Stage.ASSESS, contract_id)
            return assessments.playbook_of(session, found[0].run_id) if found else None

    def document_rows(self) -> list[DocumentSummary]:
        """A row for each document with its contract and the count of its findings; loads no text."""
        with self._access.read() as session:
            return rows.document_rows(session)

    def owner_of(self, finding_key: str) -> str | None:
        """The contract of a finding that counts now, None where none raises it."""
        with self._access.read() as session:
            return rows.owner_of(session, finding_key)

    def finding_rows(self) -> list[FindingSummary]:
        """A short row for each finding that counts now, without words; loads no text."""
        with self._access.read() as session:
            return rows.finding_rows(session)

    def findings(self, contract_id: str | None = None) -> list[Finding]:
        """The findings that count now, of one contract or of all; loads no text."""
        with self._access.read() as session:
            return assessments.findings(session, contract_id)

    def reported_clauses(self) -> dict[str, list[Clause]]:
        """The reported clauses that count now, by contract; loads no text."""
        with self._access.read() as session:
            return assessments.reported_clauses(session)

    def key_dates(self) -> dict[str, list[dict[str, Any]]]:
        """The key dates that count now, by contract; loads no text, no clauses and no findings."""
        with self._access.read() as session:
            return assessments.key_dates(session)

    def answers(self) -> dict[str, dict[str, Answer]]:
        """By contract and clause type, what may be said of it now."""
        with self._access.read() as session:
            return assessments.answers(session)

    def append_decision(
        self, finding_key: str, action: Action, user: str, payload: Mapping[str, Any], snapshot: Mapping[str, Any]
    ) -> Decision:
        """Append to the log and its journal; on the disk in both when this returns. Goes before all queued writes."""
        made: list[Decision] = []

        def job(session: Session) -> Decision:
            made.append(decisions.append(session, self._journal, finding_key, action, user, payload, snapshot))
            return made[0]

        try:
            return self._access.write(job, urgent=True)
        except Exception:
            if made:  # in the journal, not in the database: it was refused, so it must not come back
                with suppress(Exception):
                    self._journal.append("void", {"hash": made[0].hash})
            raise

    def merge_log(self, theirs: Sequence[Decision]) -> MergeReport:
        """Take over what only another copy of this matter decided; conflicts are kept and reported."""
        return self._access.write(lambda s: merging.merge(s, self._journal, theirs), urgent=True)

    def merge(self, other: MatterRecords) -> MergeReport:
        """Merge a second lawyer's copy; UserError where it is another matter or its log does not hold."""
        if other.matter().matter_id != self.matter().matter_id:
            raise UserError("That file is a copy of another matter: only copies of this one can be merged.")
        if other.verify_chain():
            raise UserError("The log of decisions in that copy was altered or is damaged, so it was not merged.")
        return self.merge_log(other.decisions())

    def decisions(self) -> list[Decision]:
        """The whole log in its order."""
        with self._access.read() as session:
            return decisions.log(session)

    def log_head(self) -> str:
        """The hash of the last entry, "" without one."""
        with self._access.read() as session:
            head = decisions.last(session)
            return head.hash if head else ""

    def verify_chain(self) -> list[int]:
        """The entries at which the log's chain does not hold; [] for a whole log."""
        return broken_links(self.decisions())

    def open_conflicts(self) -> list[Decision]:
        """What merged copies decided otherwise and nobody has settled yet."""
        with self._access.read() as session:
            return decisions.open_conflicts(session)

    def correct_value(
        self, contract_id: str, clause_type: str, quote: str, value: Mapping[str, Any] | None, user: str
    ) -> None:
        """Keep the lawyer's value for a clause, whatever later runs find; None withdraws it."""
        correction = (
            contract_id,
            clause_type,
            normalise_quote(quote),
            dict(value) if value is not None else None,
            user,
        )
        self._access.write(lambda s: decisions.correct_value(s, *correction), urgent=True)
        self._journal.append("correction", {"correction": list(correction)})

    def corrections(self, contract_id: str) -> dict[tuple[str, str], dict[str, Any]]:
        """The lawyer's values for a contract, by clause type and normalised quote."""
        with self._access.read() as session:
            return decisions.corrections(session, contract_id)
