"""Standard forms of a matter: chosen by the lawyer, read like any file, and every contract compared with its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.analysis.kind import detect_language, propose_kind
from app.analysis.screener import Screener
from app.analysis.standard_form import FORM_VERSION, Side, against
from app.analysis.values import read_values
from app.domain.matter import Contract, ContractKind
from app.domain.progress import CancelToken, ItemStatus, Progress, Stage
from app.domain.standard_form import FormComparison, StandardForm
from app.domain.text import View
from app.errors import UserError
from app.services.analysing import SCREENED_LANGUAGES, as_clauses
from app.services.api_rows import StandardFormRow
from app.services.reading_files import read_file
from app.storage.database import MatterDatabase

_LEAST = 200  # characters of a text that can be a form


def add_form(database: MatterDatabase, screener: Screener, path: Path, password: str | None = None) -> StandardForm:
    """Read a file and keep it as a form of the matter; UserError where it cannot be read or holds next to no text."""
    outcome = read_file(path, password)
    text = outcome.accepted
    if text is None:
        raise UserError(f"The standard form {path.name} cannot be used: {outcome.reason or 'it could not be read.'}")
    if len(text.text.strip()) < _LEAST:
        raise UserError(f"The standard form {path.name} holds next to no text.")
    screened = detect_language(text.text) in SCREENED_LANGUAGES
    clauses = [c for c in as_clauses(screener.screen(text.text) if screened else ()) if c.reported]
    valued = tuple(clause for clause in read_values(text.text, clauses) if clause.reported)
    form = StandardForm(
        outcome.sha256, path.name, ContractKind(propose_kind(text.text)), text.text_id, valued
    )  # fmt: skip
    database.put_text(text)
    database.put_form(form)
    return form


def compare_all(database: MatterDatabase, cancel: CancelToken) -> Iterator[Progress]:
    """Compare every assessed contract whose texts, clauses or forms changed since; nothing without forms."""
    forms = database.forms()
    if not forms:
        return
    sides = [(form, Side.of(database.text(form.text_id).text, form.clauses)) for form in forms]
    known = database.comparison_inputs()
    contracts = database.contracts()
    for done, contract in enumerate(contracts, 1):
        cancel.check()
        inputs = _inputs(database, contract, forms)
        if inputs is not None and known.get(contract.contract_id) != inputs:
            found = _best(database, contract, sides)
            if found is not None:
                database.put_comparison(contract.contract_id, inputs, found)
        yield Progress(contract.name, ItemStatus.DONE, done, len(contracts))


def _inputs(database: MatterDatabase, contract: Contract, forms: Sequence[StandardForm]) -> str | None:
    """What a comparison rests on; None where the contract was not assessed."""
    current = database.current_inputs(Stage.ASSESS, contract.contract_id)
    if current is None:
        return None
    facts = [FORM_VERSION, contract.kind.value, *(form.form_id for form in forms), *map(str, sorted(current.items()))]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def _best(
    database: MatterDatabase, contract: Contract, sides: Sequence[tuple[StandardForm, Side]]
) -> FormComparison | None:  # fmt: skip
    """Against the form whose wording it follows most, else that of its kind; the form itself is no contract of it."""
    views = database.latest_texts(contract.parts[0].document_sha256)
    current = database.current_assessment(contract.contract_id)
    if View.ACCEPTED not in views or current is None:
        return None
    own = Side.of(database.text(views[View.ACCEPTED]).text, current[0].clauses)
    found = [(against(form, side, own, contract.kind), form.kind is contract.kind) for form, side in sides]
    return max(found, key=lambda pair: (pair[0].on_form, pair[0].followed if pair[0].on_form else 0.0, pair[1]))[0]


def form_rows(database: MatterDatabase) -> list[StandardFormRow]:
    """The forms as a front end lists them."""
    compared = [database.comparison(contract.contract_id) for contract in database.contracts()]
    return [
        StandardFormRow(
            form.form_id, form.name, form.kind.value,
            sum(1 for c in compared if c is not None and c.form_id == form.form_id and c.compared),
        )
        for form in database.forms()
    ]  # fmt: skip
