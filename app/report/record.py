"""The public record of a review, what `--json` writes; schema: resources/schema/privity-record.schema.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.domain.clauses import Clause, ModelUse
from app.domain.findings import FindingState
from app.domain.matter import Document
from app.domain.review import ContractReview, Review
from app.domain.sections import clause_number
from app.domain.standard_form import FormComparison
from app.report.files import write_whole

SCHEMA_VERSION = 1


def record(review: Review) -> dict[str, Any]:
    """The review as JSON-like data; every file of the matter has an entry under "contracts", read or not."""
    analysed = {c.document.sha256 for c in review.contracts}
    contracts = [_contract(c, review) for c in review.contracts]
    contracts += [_unread(d, review) for d in review.documents if d.sha256 not in analysed]
    return {
        "schema_version": SCHEMA_VERSION,
        "matter": review.matter.name,
        "model": _model(review.model),
        "contracts": sorted(contracts, key=lambda c: (c["file"], c["sha256"])),
    }


def write_json(review: Review, path: Path) -> None:
    """Write the record as UTF-8 JSON, whole or not at all."""
    write_whole(path, record_bytes(review))


def record_bytes(review: Review) -> bytes:
    """The record as indented UTF-8; escaped to ASCII where a damaged text holds lone surrogates."""
    data = record(review)
    try:
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    except UnicodeEncodeError:
        return (json.dumps(data, ensure_ascii=True, indent=1) + "\n").encode("ascii")


def _model(model: ModelUse | None) -> dict[str, Any] | None:
    if model is None:
        return None
    return {
        "name": model.name,
        "sha256": model.sha256,
        "questions": model.questions,
        "tokens_evaluated": model.tokens_evaluated,
    }


def _unread(document: Document, review: Review) -> dict[str, Any]:
    """The entry of a file that was not analysed, with its reason."""
    return {
        "file": document.paths[0] if document.paths else "",
        "sha256": document.sha256,
        "text_id": None,
        "ingest_version": review.ingest_version,
        "view": None,
        "status": document.status,
        "reason": document.reason,
        "language": document.language,
        "kind": None,
        "our_role": None,
        "playbook": None,
        "pages": document.page_count,
        "text_length": None,
        "clauses": [],
        "asked": [],
        "findings": [],
        "absences": [],
        "standard_form": None,
    }


def _contract(item: ContractReview, review: Review) -> dict[str, Any]:
    text = item.text
    entry = _unread(item.document, review)
    entry["kind"] = item.contract.kind.value
    entry["our_role"] = item.contract.our_role.value
    if item.playbook is not None:
        book = item.playbook
        entry["playbook"] = {"name": book.name, "version": book.version, "sha256": book.sha256}
    if text is not None:
        entry["text_id"] = text.text_id
        entry["ingest_version"] = text.ingest_version
        entry["view"] = text.view.value
        entry["text_length"] = len(text.text)
        entry["clauses"] = [_clause(c, item) for c in item.clauses if c.reported]
        entry["asked"] = [_asked(c) for c in item.clauses if c.margin is not None]
    entry["findings"] = [_finding(f) for f in item.findings]
    entry["absences"] = [{"type": a.type, "answer": a.answer.value, "evidence": a.evidence} for a in item.absences]
    entry["standard_form"] = _form(item.form) if item.form is not None else None
    return entry


def _clause(clause: Clause, item: ContractReview) -> dict[str, Any]:
    assert item.text is not None
    return {
        "type": clause.type,
        "start": clause.start,
        "end": clause.end,
        "page": item.text.page_at(clause.start),
        "clause_number": clause_number(item.sections, clause.start),
        "quote": item.text.text[clause.start : clause.end],
        "score": clause.score,
        "found_by": clause.found_by.value,
        "margin": clause.margin,
        "value": dict(clause.value) if clause.value is not None else None,
    }


def _form(found: FormComparison) -> dict[str, Any]:
    """How the contract stands to a standard form that the lawyer chose."""
    return {
        "name": found.form_name,
        "sha256": found.form_id,
        "compared": found.compared,
        "on_form": found.on_form,
        "followed": found.followed,
        "said": found.said,
        "deviations": [
            {
                "change": d.change.value,
                "clause": d.clause,
                "start": d.start,
                "end": d.end,
                "quote": d.quote,
                "form_quote": d.form_quote,
                "likeness": d.likeness,
                "words": [{"form": old, "contract": new} for old, new in d.words],
                "types": list(d.types),
                "values": [{"type": kind, "form": old, "contract": new} for kind, old, new in d.values],
            }
            for d in found.deviations
        ],
    }


def _asked(clause: Clause) -> dict[str, Any]:
    """A passage that the model was asked about, whether it came to stand or not."""
    return {
        "type": clause.type,
        "start": clause.start,
        "end": clause.end,
        "score": clause.score,
        "margin": clause.margin,
        "reported": clause.reported,
    }


def _finding(state: FindingState) -> dict[str, Any]:
    """What the machine said stands at the top, what the lawyer said under "decision"."""
    finding = state.finding
    return {
        "finding_key": finding.finding_key,
        "kind": finding.kind.value,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "clause_type": finding.clause_type,
        "page": finding.page,
        "clause_number": finding.clause_number,
        "start": finding.start,
        "end": finding.end,
        "quote": finding.quote,
        "explanation": finding.explanation,
        "recommendation": finding.recommendation,
        "model_note": finding.model_note,
        "pending_change": finding.pending_change,
        "decision": _decision(state),
    }


def _decision(state: FindingState) -> dict[str, Any] | None:
    """None until a lawyer did anything to the finding."""
    touched = (state.decision, state.severity, state.note, state.explanation, state.recommendation)
    if all(value is None for value in touched) and state.user is None:
        return None
    return {
        "action": state.decision.value if state.decision is not None else None,
        "standing": state.standing.value,
        "severity": state.severity.value if state.severity is not None else None,
        "explanation": state.explanation,
        "recommendation": state.recommendation,
        "note": state.note,
        "user": state.user,
        "time": state.time.isoformat() if state.time is not None else None,
    }
