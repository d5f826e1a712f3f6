"""The stages of one contract: screen, read, assess; each stored under the key of its inputs and run once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.analysis.assess import ASSESS_VERSION, AssessContext, assess
from app.analysis.kind import detect_language, propose_kind, propose_role
from app.analysis.reading import PROMPT_VERSION, read_contract
from app.analysis.screener import Screener
from app.domain.clauses import Candidate, Clause, FoundBy, ModelUse
from app.domain.findings import Assessment
from app.domain.matter import Contract, ContractKind, Matter, Role
from app.domain.playbook import Playbook
from app.domain.progress import CancelToken, Stage
from app.domain.runs import ReadResult, RunKey
from app.domain.sections import find_sections
from app.domain.text import ContractText, View
from app.services.carrying import among_kin, carried
from app.services.language_models import Reader
from app.services.relations import Kin
from app.services.speaking import Speaker
from app.storage.database import MatterDatabase

SCREENED_LANGUAGES = ("en",)
_NAMED = 12  # places that the model left unread


@dataclass(frozen=True, slots=True)
class Job:
    """One contract with its texts, ready for the stages."""

    contract: Contract
    text: ContractText
    original: ContractText | None
    language: str
    unread_pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What the read stage gave, and the digest under which it is kept ("none" without a model)."""

    clauses: tuple[Clause, ...]
    result: ReadResult | None
    digest: str = "none"


def as_clauses(candidates: Sequence[Candidate]) -> tuple[Clause, ...]:
    """Candidates as they are, no model asked."""
    return tuple(Clause(c.type, c.start, c.end, c.score, c.reported, FoundBy(c.found_by)) for c in candidates)


def propose(contract: Contract, text: ContractText, matter: Matter) -> Contract:
    """Kind and our role as the text suggests them; what the lawyer confirmed stays."""
    if contract.confirmed:
        return contract
    kind = propose_kind(text.text)
    role = propose_role(text.text, matter.our_parties) if matter.our_parties else contract.our_role
    return Contract(
        contract.contract_id, contract.name, contract.parts, ContractKind(kind), Role(role), contract.playbook
    )


def _unread(read: Read) -> tuple[str, ...]:
    """A sentence where the model left something unread."""
    if read.result is None or not read.result.unread:
        return ()
    places = read.result.unread
    more = f"; and {len(places) - _NAMED} more places" if len(places) > _NAMED else ""
    return (f"The model did not read: {'; '.join(places[:_NAMED])}{more}.",)


def _use(read: Read) -> ModelUse | None:
    """What the model did; which passages it left stands in the contract's notes, so that totals stay short."""
    if read.result is None or read.result.use is None:
        return None
    use = read.result.use
    note = use.note.split("; unread: ")[0] if use.note else None
    return replace(use, note=note, unread=len(read.result.unread))


class Analyst:
    """Runs the stages against one matter's database."""

    def __init__(self, database: MatterDatabase, screener: Screener) -> None:
        self._database = database
        self._screener = screener

    def language(self, text: ContractText) -> str:
        """ISO 639-1 of the contract."""
        return detect_language(text.text)

    def screen_key(self, job: Job, text: ContractText) -> RunKey:
        """Text and screener: nothing else moves a score."""
        inputs = {"text": text.text_id, "screener": self._screener.sha256}
        return RunKey.of(Stage.SCREEN, job.contract.contract_id, inputs)

    def screen(self, job: Job, text: ContractText) -> tuple[Candidate, ...]:
        """The screener's candidates, stored; none where the language is not screened."""
        if job.language not in SCREENED_LANGUAGES:
            return ()
        key = self.screen_key(job, text)
        stored = self._database.screened(key)
        if stored is None:
            stored = tuple(self._screener.screen(text.text))
            self._database.finish_screen(key, stored)
        return stored

    def read_key(self, job: Job, reader: Reader, depth: str) -> RunKey:
        """Text, screener, model, prompts and depth; and the weight that the exam gave the model."""
        inputs = {
            "text": job.text.text_id, "screener": self._screener.sha256, "model": reader.model.sha256,
            "prompts": PROMPT_VERSION, "depth": depth, "fusion": reader.fusion.digest,
        }  # fmt: skip
        return RunKey.of(Stage.READ, job.contract.contract_id, inputs)

    def read(
        self, job: Job, candidates: Sequence[Candidate], reader: Reader | None, depth: str, cancel: CancelToken,
        deadline: float | None = None,
    ) -> Read:  # fmt: skip
        """The model's vote, chunk by chunk; answers are stored as they come and replayed on resume."""
        if reader is None or depth == "off" or job.language not in SCREENED_LANGUAGES:
            return Read(as_clauses(candidates), None)
        key = self.read_key(job, reader, depth)
        stored = self._database.read_result(key)
        if stored is not None:
            return Read(stored.clauses, stored, key.digest)
        result = read_contract(
            job.text.text, candidates, reader.model, reader.fusion, depth, cancel,
            sections=find_sections(job.text.text), deadline=deadline,
            on_chunk=lambda answers: self._database.put_chunk(key, answers.chunk_id, json.dumps(answers.to_json())),
            done={chunk: json.loads(answer) for chunk, answer in self._database.chunks(key).items()},
        )  # fmt: skip
        if not result.unread:  # what was cut short by time is read on at the next run
            self._database.finish_read(key, result)
            return Read(result.clauses, result, key.digest)
        return Read(result.clauses, result, f"{key.digest}:{len(result.unread)} unread")

    def stands(self, job: Job, playbook: Playbook, matter: Matter, kin: Kin) -> bool:
        """Whether the current assessment rests on the same facts, whatever the model read for it."""
        current = self._database.current_inputs(Stage.ASSESS, job.contract.contract_id)
        if current is None:
            return False
        fresh = dict(self._assess_key(job, Read((), None), playbook, matter, (kin, self._elsewhere(kin)), "").inputs)
        ours = ("read", "spoken", "unspoken")
        return {k: v for k, v in current.items() if k not in ours} == {k: v for k, v in fresh.items() if k not in ours}

    def _elsewhere(self, kin: Kin) -> dict[str, str]:
        """The clause types that stand in a part of the contract, with the part's name."""
        return {name: member.name for member in kin.members for name in self._reported_types(member)}

    def assess(
        self, job: Job, read: Read, original: Sequence[Candidate], playbook: Playbook, matter: Matter, kin: Kin,
        speaker: Speaker | None = None, before: Assessment | None = None,
    ) -> Assessment:  # fmt: skip
        """The playbook's findings, stored as the contract's current ones.

        `before` is an assessment of the same clauses: what the model did and said for it is carried over.
        """
        elsewhere = self._elsewhere(kin)
        spoken = speaker.digest if speaker is not None and read.result is not None else ""
        key = self._assess_key(job, read, playbook, matter, (kin, elsewhere), spoken)
        stored = self._database.assessment(key)
        if stored is not None:
            self._database.make_current(key)
            return stored
        found = among_kin(self._judge(job, read, original, playbook, matter), kin, elsewhere)
        found = replace(found, model=_use(read), notes=found.notes + _unread(read))
        if before is not None:
            found = carried(found, before)
        if spoken and speaker is not None:
            told = speaker.speak(
                found, job.text.text, self._database.chunks(key),
                lambda finding, answer: self._database.put_chunk(key, finding, answer),
            )  # fmt: skip
            found = told.assessment
            if told.left:  # what was cut short by time is asked at the next run
                key = replace(key, inputs=(*key.inputs, ("unspoken", str(told.left))))
        if self._database.assessment(key) is None:
            self._database.finish_assess(key, found, playbook.ref)
        else:
            self._database.make_current(key)
        return found

    def judge(self, job: Job, read: Read, playbook: Playbook, matter: Matter, kin: Kin) -> Assessment:
        """What a playbook would say of a contract; nothing of it is stored."""
        original = self.screen(job, job.original) if job.original is not None else ()
        return among_kin(self._judge(job, read, original, playbook, matter), kin, self._elsewhere(kin))

    def _judge(
        self, job: Job, read: Read, original: Sequence[Candidate], playbook: Playbook, matter: Matter
    ) -> Assessment:  # fmt: skip
        context = AssessContext(
            contract=job.contract, matter=matter, language=job.language, unread_pages=job.unread_pages,
            screened=job.language in SCREENED_LANGUAGES,
            corrections=self._database.corrections(job.contract.contract_id),
        )  # fmt: skip
        return assess(
            job.text, find_sections(job.text.text), read.clauses, playbook, context,
            original=job.original, original_clauses=as_clauses(original),
        )  # fmt: skip

    def _reported_types(self, member: Contract) -> set[str]:
        """The clause types that the screener reports in a part of a contract."""
        views = self._database.latest_texts(member.parts[0].document_sha256)
        if View.ACCEPTED not in views:
            return set()
        text = self._database.text(views[View.ACCEPTED])
        job = Job(member, text, None, self.language(text), ())
        return {candidate.type for candidate in self.screen(job, text) if candidate.reported}

    def _assess_key(
        self, job: Job, read: Read, playbook: Playbook, matter: Matter, family: tuple[Kin, Mapping[str, str]],
        spoken: str,
    ) -> RunKey:  # fmt: skip
        kin, elsewhere = family
        facts: list[Any] = [
            job.contract.kind, job.contract.our_role, matter.our_parties, matter.affiliates, matter.deal_structure,
            matter.home_law, str(matter.reference_date), job.language,
        ]  # fmt: skip
        held = self._database.corrections(job.contract.contract_id)
        if held:
            facts.append([[*key, value] for key, value in held.items()])
        if kin.base is not None or kin.members:
            facts += [kin.base.name if kin.base else "", kin.role, sorted(elsewhere.items())]
        inputs = {
            "text": job.text.text_id,
            "original": job.original.text_id if job.original else "",
            "screener": self._screener.sha256,
            "read": read.digest,
            "playbook": playbook.sha256,
            "assess": ASSESS_VERSION,
            "facts": hashlib.sha256(json.dumps(facts).encode()).hexdigest(),
        }
        if spoken:
            inputs["spoken"] = spoken
        return RunKey.of(Stage.ASSESS, job.contract.contract_id, inputs)
