"""The lawyer's own values: stored, and the contract assessed again on them at once."""

from __future__ import annotations

from dataclasses import replace

from app.analysis.screener import Screener
from app.analysis.values_corrected import expected, typed_value
from app.domain.matter import Contract
from app.domain.progress import Stage
from app.domain.text import View
from app.errors import UserError
from app.paths import screener_weights
from app.services.analysing import Analyst, Job, Read
from app.services.playbooks import find_playbook
from app.services.relations import kin_of
from app.storage.database import MatterDatabase


def correct_value(
    database: MatterDatabase, contract: Contract, clause_type: str, quote: str, typed: str, user: str
) -> None:
    """Keep what the lawyer typed as the value of a clause ("" withdraws it) and reckon again what follows from it.

    Raises UserError where the words are no value of that sort.
    """
    value = typed_value(clause_type, typed) if typed.strip() else None
    if typed.strip() and value is None:
        raise UserError(f"“{typed.strip()}” cannot be read; write {expected(clause_type)}.")
    database.correct_value(contract.contract_id, clause_type, quote, value, user)
    reassess(database, contract)


def reassess(database: MatterDatabase, contract: Contract) -> None:
    """Assess a contract again on the clauses that stand; what the model read and said of them is kept."""
    inputs = database.current_inputs(Stage.ASSESS, contract.contract_id)
    current = database.current_assessment(contract.contract_id)
    if inputs is None or current is None:
        return  # it is assessed on the stored value when it is analysed
    before = current[0]
    document = next(d for d in database.documents() if d.sha256 == contract.parts[0].document_sha256)
    texts = database.latest_texts(document.sha256)
    text = database.text(texts[View.ACCEPTED])
    original = database.text(texts[View.ORIGINAL]) if View.ORIGINAL in texts else None
    unread = tuple(page.number for page in text.pages if page.unreadable)
    job = Job(contract, text, original, document.language or "en", unread)
    analyst = Analyst(database, Screener.load(screener_weights()))
    found_before = analyst.screen(job, original) if original is not None else ()
    matter = database.matter()
    contracts = {other.contract_id: other for other in database.contracts()}
    clauses = tuple(replace(clause, value=None) for clause in before.clauses if clause.end)
    analyst.assess(
        job, Read(clauses, None, inputs["read"]), found_before, find_playbook(contract.playbook or matter.playbook),
        matter, kin_of(contract, contracts), before=before,
    )  # fmt: skip
