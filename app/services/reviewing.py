"""The review of a matter, put together from what is stored; and the lawyer's decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.clauses import ModelUse
from app.domain.decisions import fold
from app.domain.findings import Action, Decision, Finding, FindingState
from app.domain.matter import Contract, Document, Matter
from app.domain.review import ContractReview, Review
from app.domain.text import ContractText, View
from app.errors import UserError
from app.ingest.version import INGEST_VERSION
from app.services.relocating import carried_log
from app.storage.contracts import FamilyProposal
from app.storage.database import MatterDatabase

DRAFT = 0.9  # share of common words from which two contracts are told as one contract in two versions
DRAFTS = 3  # contracts that one is compared with clause by clause


def contract_review(
    database: MatterDatabase, contract: Contract, document: Document, log: Sequence[Decision]
) -> ContractReview:  # fmt: skip
    """Everything about one contract; without text or assessment it was not analysed."""
    from app.domain.sections import find_sections

    texts = database.latest_texts(document.sha256)
    text = database.text(texts[View.ACCEPTED]) if View.ACCEPTED in texts else None
    current = database.current_assessment(contract.contract_id)
    if text is None or current is None:
        return ContractReview(contract, document, text, find_sections(text.text) if text else ())
    assessment, playbook = current
    return ContractReview(
        contract=contract, document=document, text=text, sections=find_sections(text.text),
        clauses=assessment.clauses, findings=states(assessment.findings, contract, log), absences=assessment.absences,
        key_dates=assessment.key_dates, playbook=playbook, model=assessment.model, notes=assessment.notes,
        form=database.comparison(contract.contract_id),
    )  # fmt: skip


def states(findings: Sequence[Finding], contract: Contract, log: Sequence[Decision]) -> tuple[FindingState, ...]:
    """The findings with what the log says of them, gravest first, then in the order of the text."""
    folded = fold(findings, log, contract.contract_id)
    return tuple(sorted(folded, key=lambda s: (s.effective_severity.rank, s.finding.start or 0, s.finding.rule)))


def review(database: MatterDatabase, screener_version: str) -> Review:
    """The whole matter."""
    from app.services.relations import relation_notes

    documents = {document.sha256: document for document in database.documents()}
    log = carried_log(database, database.decisions())
    known = {contract.contract_id: contract for contract in database.contracts()}
    proposals, pairs = database.family_proposals(), database.near_duplicates()
    contracts: list[ContractReview] = []
    for contract in known.values():
        document = documents.get(contract.parts[0].document_sha256)
        if document is not None:
            found = contract_review(database, contract, document, log)
            contracts.append(found)
    texts = {found.contract.contract_id: found.text.text for found in contracts if found.text is not None}
    contracts = [
        replace(found, notes=(*found.notes, *relation_notes(found.contract, known, proposals, pairs, texts)))
        for found in contracts
    ]
    contracts = with_deal_notes(contracts, database.matter(), pairs, proposals)
    contracts.sort(key=lambda c: c.document.paths[0])
    return Review(
        matter=database.matter(), contracts=tuple(contracts),
        documents=tuple(sorted(documents.values(), key=lambda d: d.paths[0])),
        model=total_use([c.model for c in contracts if c.model is not None]),
        screener_version=screener_version, ingest_version=INGEST_VERSION,
        log_head=database.log_head(), made=dt.datetime.now(dt.UTC).replace(microsecond=0),
    )  # fmt: skip


def with_deal_notes(
    contracts: Sequence[ContractReview], matter: Matter, pairs: Sequence[tuple[str, str, float]],
    proposals: Sequence[FamilyProposal] = (),
) -> list[ContractReview]:  # fmt: skip
    """The reviews with what the deal's other contracts have to do with each, and what differs between drafts."""
    from app.analysis.across import Family, deal_notes

    families = [
        Family(p.base_contract_id, p.member_contract_id, p.role.value, bool(p.accepted))
        for p in proposals
        if p.accepted is not False
    ]
    alike = frozenset(frozenset((one, other)) for one, other, likeness in pairs if likeness >= DRAFT)
    notes = deal_notes(contracts, (*matter.our_parties, *matter.affiliates), families, alike)
    by_id = {item.contract.contract_id: item for item in contracts}
    drafts: dict[str, list[str]] = {}
    for one, other, _ in pairs:
        for mine, theirs in ((one, other), (other, one)):
            here, there = by_id.get(mine), by_id.get(theirs)
            if here is None or there is None or here.text is None or there.text is None:
                continue
            if len(drafts.setdefault(mine, [])) < DRAFTS:  # pairs come the most alike first
                sentence = _drafts(there.text, here.text)
                drafts[mine].append(f"Against {there.contract.name}: {sentence}" if sentence else "")
    return [
        replace(
            item,
            notes=(
                *item.notes,
                *filter(None, drafts.get(item.contract.contract_id, ())),
                *notes.get(item.contract.contract_id, ()),
            ),
        )
        for item in contracts
    ]


_told: dict[tuple[str, str], str] = {}  # by the ids of two texts: the same drafts are asked about at every review
_MOST_TOLD = 4000


def _drafts(old: ContractText, new: ContractText) -> str:
    """What the new text changes against the old, kept as long as the program runs."""
    key = (old.text_id, new.text_id)
    found = _told.get(key)
    if found is None:
        from app.analysis.standard_form import drafts_told

        if len(_told) >= _MOST_TOLD:
            _told.clear()
        found = _told[key] = drafts_told(old.text, new.text)
    return found


def total_use(uses: Sequence[ModelUse]) -> ModelUse | None:
    """What the model did over all contracts; None where none was asked."""
    if not uses:
        return None
    notes = list(dict.fromkeys(use.note for use in uses if use.note))
    return ModelUse(
        uses[0].name, uses[0].sha256, uses[0].weight, sum(use.questions for use in uses),
        sum(use.tokens_evaluated for use in uses), " ".join(notes) or None, sum(use.unread for use in uses),
        sum(use.kept for use in uses), sum(use.dropped for use in uses),
    )  # fmt: skip


def check_payload(action: Action, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload with only what the action knows; raises UserError where something is missing."""
    known = {
        Action.EDIT: ("explanation", "recommendation"), Action.SEVERITY: ("severity",), Action.NOTE: ("note",),
        Action.UNDO: ("undoes",),
    }.get(action, ("note",))  # fmt: skip
    kept = {key: payload[key] for key in known if payload.get(key) is not None}
    if action in {Action.EDIT, Action.SEVERITY, Action.NOTE} and not kept:
        raise UserError(f"To {action.value} a finding, say what it should be.")
    return kept
