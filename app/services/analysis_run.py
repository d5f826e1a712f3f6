"""One analysis of a matter: import and screen everything first, then let the model read what is doubtful."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from app.analysis.reading_plan import Chunk, expected_tokens, plan
from app.domain.clauses import Candidate
from app.domain.matter import Contract, ContractPart, Document, Role, contract_id_of
from app.domain.playbook import Playbook
from app.domain.progress import CancelToken, ItemStatus, Progress
from app.domain.sections import find_sections
from app.domain.text import READABLE, ContractText, FileStatus, View
from app.ingest.reader import SandboxedReader
from app.services.analysing import Analyst, Job, Read, as_clauses, propose
from app.services.api import AnalyzeOptions
from app.services.bounded import BoundedModel
from app.services.importing import Source, import_sources, sources_of
from app.services.language_models import Reader
from app.services.opening import Opening
from app.services.playbooks import playbook_for
from app.services.relations import kin_of, relate
from app.services.relocating import carry_over
from app.services.roles import role_for
from app.services.speaking import Speaker
from app.services.watching import watched
from app.storage.database import MatterDatabase

LEFT = "Analysing it stopped twice, so it was left out; it was read, but nothing was looked for in it."
PAGE_CHARACTERS = 2500  # stands for a page where the format has none
_KNOWN = 0.2  # of a contract's tokens, after which the model's pace is known
COVERING_NOTE = 600  # characters of an e-mail that are no agreement yet; searched all the same


@dataclass
class Pace:
    """Counters behind every Progress, and the time left at this machine's own pace: by `work` where it is known."""

    total: int
    began: float
    done: int = 0
    pages: int = 0
    deadline: float | None = None  # a time.monotonic() at which the rest is left
    work: float = 0.0
    worked: float = 0.0

    def step(self, item: str, status: ItemStatus, message: str | None = None) -> Progress:
        """The next Progress."""
        known = round(self.pages / self.done * self.total) if self.done else 0
        return Progress(item, status, self.done, self.total, self.pages, known, message, self._left())

    def finish(self) -> None:
        """One file more is over; what an archive holds was not counted before."""
        self.done += 1
        self.total = max(self.total, self.done)

    def reading(self, item: str, expected: int, work: float, tokens: int) -> Progress:
        """The next Progress while the model is at a contract that holds so much of the work."""
        part = min(1.0, tokens / max(1, expected))
        left = self._left(part * work, known=part >= _KNOWN)
        step = replace(self.step(item, ItemStatus.MODEL), seconds_left=left)
        return replace(step, tokens_done=tokens, tokens_total=max(tokens, expected))

    def _left(self, under_way: float = 0.0, known: bool = False) -> float | None:
        now = time.monotonic()
        bound = None if self.deadline is None else max(0.0, self.deadline - now)
        share = self.done / self.total if self.total else 0.0
        if self.work:
            share = (self.worked + under_way) / self.work
        if (self.done < 3 and not known) or not share:
            return bound
        left = (now - self.began) * max(0.0, 1 - share) / share
        return left if bound is None else min(left, bound)


class AnalysisRun:
    """The steps of one analyze() call. Everything finished is committed; a stopped run is taken up by the next."""

    def __init__(
        self,
        database: MatterDatabase,
        reader: SandboxedReader,
        analyst: Analyst,
        options: AnalyzeOptions,
        cancel: CancelToken,
        *,
        resumed: bool = False,
    ) -> None:
        self._database = database
        self._reader = reader
        self._analyst = analyst
        self._options = options
        self._cancel = cancel
        self._matter = database.matter()
        self._fresh = resumed  # whether contracts came in whose relations to the others are not known
        self._contracts = {contract.contract_id: contract for contract in database.contracts()}

    def steps(self, paths: Sequence[Path], model: Opening) -> Iterator[Progress]:
        """Import, screen and assess all; then read with the model, the most doubtful contracts first."""
        jobs: list[tuple[str, Job]] = []
        for step, job in self._first_pass(paths, model.asked):
            model.check()
            yield step
            if job is not None:
                jobs.append(job)
        if self._fresh:
            relate(self._database)
        if model.asked:
            yield from self._second_pass(jobs, model.result())

    def _first_pass(self, paths: Sequence[Path], reading: bool) -> Iterator[tuple[Progress, tuple[str, Job] | None]]:
        sources = sources_of(paths, self._options.exclude) if paths else []
        pace = Pace(len(sources) or len(self._database.documents()), time.monotonic())
        for source in sources:
            yield pace.step(source.path, ItemStatus.QUEUED), None
        seen: set[str] = set()
        for document, path in self._documents(sources):
            if document is None:
                yield pace.step(path, ItemStatus.READING), None
                continue
            end = self._without_assessing(document, path, seen)
            seen.add(document.sha256)
            if end is not None:
                pace.finish()
                yield pace.step(path, *end), None
                continue
            yield pace.step(path, ItemStatus.SCREENING), None
            job = self._job(document, path)
            self._screen_and_assess(job, reading)
            pace.finish()
            pace.pages += len(job.text.pages) or max(1, round(len(job.text.text) / PAGE_CHARACTERS))
            yield pace.step(path, ItemStatus.DONE), (path, job)

    def _without_assessing(
        self, document: Document, path: str, seen: Collection[str]
    ) -> tuple[ItemStatus, str | None] | None:  # fmt: skip
        """How a file ends in which there is nothing to assess, and why; None for a contract."""
        if document.sha256 in seen:
            return ItemStatus.DUPLICATE, f"The same file as {document.paths[0]}."
        if document.status not in READABLE:
            locked = document.status == FileStatus.PASSWORD.value
            return ItemStatus.LOCKED if locked else ItemStatus.FAILED, document.reason
        if not self._is_contract(document):
            return ItemStatus.DONE, document.reason
        if path in self._options.left:
            return ItemStatus.FAILED, LEFT
        return None

    def _documents(self, sources: Sequence[Source]) -> Iterator[tuple[Document | None, str]]:
        """Documents as they become readable: fresh imports, or without any what the matter already holds.

        None for a file whose reading has just begun.
        """
        if not sources:
            for document in self._database.documents():
                yield document, document.paths[0]
            return
        for imported in import_sources(
            sources, self._database, self._reader,
            workers=self._options.workers or max(1, os.cpu_count() or 1),
            passwords=self._options.passwords, cancel=self._cancel, stop=self._reader.stop,
        ):  # fmt: skip
            if isinstance(imported, Source):
                yield None, imported.path
                continue
            self._fresh = self._fresh or imported.fresh
            yield imported.document, imported.source.path

    def _is_contract(self, document: Document) -> bool:
        """Whether there is something to assess: not in an archive, nor in a few lines that bring a mail's files."""
        views = self._database.latest_texts(document.sha256)
        if View.ACCEPTED not in views:
            return False
        text = self._database.text(views[View.ACCEPTED])
        return text.format != "eml" or len(text.text) > COVERING_NOTE

    def _job(self, document: Document, path: str) -> Job:
        texts = self._database.latest_texts(document.sha256)
        accepted = self._database.text(texts[View.ACCEPTED])
        original = self._database.text(texts[View.ORIGINAL]) if View.ORIGINAL in texts else None
        language = document.language or self._analyst.language(accepted)
        if language != document.language:
            self._database.add_document(replace(document, language=language))
        contract = self._contract(document, path, accepted)
        carry_over(self._database, contract.contract_id, accepted)
        unread = tuple(page.number for page in accepted.pages if page.unreadable)
        return Job(contract, accepted, original, language, unread)

    def _contract(self, document: Document, path: str, text: ContractText) -> Contract:
        contract_id = contract_id_of(document.sha256)
        before = self._contracts.get(contract_id)
        contract = before or Contract(contract_id, path.rsplit("/", 1)[-1], (ContractPart(document.sha256),))
        mapped = role_for(path, self._options.roles)
        contract = propose(contract, text, self._matter)
        if mapped is not None:
            role = Role(mapped[0]) if mapped[0] else contract.our_role
            confirmed = contract.confirmed or bool(mapped[0])
            contract = replace(contract, our_role=role, playbook=mapped[1] or contract.playbook, confirmed=confirmed)
        if contract != before:
            self._database.put_contract(contract)
            self._contracts[contract_id] = contract
        return contract

    def playbook_of(self, contract: Contract) -> Playbook:
        """The contract's own playbook, else the one asked for, else the matter's; see playbook_for."""
        return playbook_for(contract, self._options.playbook, self._matter.playbook)

    def _screen_and_assess(self, job: Job, reading: bool) -> None:
        """Without the model: findings appear while the rest is still running.

        Where the model is to read afterwards, what it gave in an earlier run on the same facts goes on counting.
        """
        candidates = self._analyst.screen(job, job.text)
        self._cancel.check()
        kin = kin_of(job.contract, self._contracts)
        if not (reading and self._analyst.stands(job, self.playbook_of(job.contract), self._matter, kin)):
            self._assess(job, Read(as_clauses(candidates), None))

    def _assess(self, job: Job, read: Read, speaker: Speaker | None = None) -> None:
        original = self._analyst.screen(job, job.original) if job.original is not None else ()
        kin = kin_of(job.contract, self._contracts)
        self._analyst.assess(job, read, original, self.playbook_of(job.contract), self._matter, kin, speaker)

    def _second_pass(self, jobs: Sequence[tuple[str, Job]], language_model: Reader) -> Iterator[Progress]:
        minutes = self._options.read_minutes
        deadline = None if minutes is None else time.monotonic() + 60 * minutes
        if deadline is not None:
            language_model = replace(language_model, model=BoundedModel(language_model.model, deadline))
        speaker = Speaker(language_model, self._cancel, deadline)
        ordered = sorted(((self._analyst.screen(job, job.text), path, job) for path, job in jobs), key=_doubt)
        pace = Pace(len(jobs), time.monotonic(), deadline=deadline, work=sum(-_doubt(row)[0] for row in ordered))
        for row in ordered:
            candidates, path, job = row
            self._cancel.check()
            yield pace.step(path, ItemStatus.MODEL)
            doubts = -_doubt(row)[0]
            expected = expected_tokens(plan_of(job, candidates, self._options.reading))
            yield from watched(
                partial(self._read, job, candidates, language_model, deadline, speaker), language_model.model,
                self._cancel, partial(pace.reading, path, expected, doubts),
            )  # fmt: skip
            pace.done += 1
            pace.worked += doubts
            pace.pages += len(job.text.pages) or max(1, round(len(job.text.text) / PAGE_CHARACTERS))
            yield pace.step(path, ItemStatus.DONE)

    def _read(
        self, job: Job, candidates: Sequence[Candidate], reader: Reader, deadline: float | None, speaker: Speaker
    ) -> None:  # fmt: skip
        read = self._analyst.read(job, candidates, reader, self._options.reading, self._cancel, deadline)
        self._assess(job, read, speaker)


def plan_of(job: Job, candidates: Sequence[Candidate], depth: str) -> list[Chunk]:
    """What the model is to read of a contract."""
    text = job.text.text
    return plan(text, candidates, find_sections(text), depth)


def _doubt(row: tuple[Sequence[Candidate], str, Job]) -> tuple[float, str]:
    """The most doubtful contract first: the sum of how near its candidates are to even odds; ties by path."""
    candidates, path, _ = row
    return -sum(min(candidate.score, 1 - candidate.score) for candidate in candidates), path
