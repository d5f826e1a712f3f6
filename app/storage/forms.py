"""Standard forms and the comparisons of contracts with them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.domain.matter import ContractKind
from app.domain.standard_form import Change, FormComparison, FormDeviation, StandardForm
from app.storage.runs import clause_from, clause_payload
from app.storage.tables import FormComparisonRow, StandardFormRow
from app.storage.types import now, pack, unpack


def put(session: Session, form: StandardForm) -> None:
    """Keep a form; its text must be there. The same file again takes the place of what was kept of it."""
    values = {
        "name": form.name, "kind": form.kind.value, "text_id": form.text_id,
        "clauses": pack([clause_payload(clause) for clause in form.clauses]),
    }  # fmt: skip
    statement = insert(StandardFormRow).values(form_id=form.form_id, added=now(), **values)
    session.execute(statement.on_conflict_do_update(index_elements=["form_id"], set_=values))


def load_all(session: Session) -> list[StandardForm]:
    """The forms, in the order in which they were chosen."""
    return [
        StandardForm(
            row.form_id, row.name, ContractKind(row.kind), row.text_id,
            tuple(clause_from(clause) for clause in unpack(row.clauses)),
        )
        for row in session.scalars(select(StandardFormRow).order_by(StandardFormRow.added, StandardFormRow.form_id))
    ]  # fmt: skip


def remove(session: Session, form_id: str) -> None:
    """Forget a form with the comparisons that rest on it; nothing happens where there is none."""
    session.execute(delete(FormComparisonRow).where(FormComparisonRow.form_id == form_id))
    session.execute(delete(StandardFormRow).where(StandardFormRow.form_id == form_id))


def put_comparison(session: Session, contract_id: str, inputs: str, found: FormComparison) -> None:
    """Keep how a contract stands to its form, in place of what was kept."""
    values = {"form_id": found.form_id, "inputs": inputs, "payload": pack(asdict(found))}
    statement = insert(FormComparisonRow).values(contract_id=contract_id, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["contract_id"], set_=values))


def comparison_inputs(session: Session) -> dict[str, str]:
    """By contract, what its comparison rests on."""
    row = FormComparisonRow
    return {contract: inputs for contract, inputs in session.execute(select(row.contract_id, row.inputs))}


def comparison(session: Session, contract_id: str) -> FormComparison | None:
    """How a contract stands to its form, None where it was compared with none."""
    row = session.get(FormComparisonRow, contract_id)
    return None if row is None else _from(unpack(row.payload))


def _from(raw: dict[str, Any]) -> FormComparison:
    deviations = tuple(
        FormDeviation(
            **{
                **entry, "change": Change(entry["change"]), "types": tuple(entry["types"]),
                "words": tuple((old, new) for old, new in entry["words"]),
                "values": tuple((kind, old, new) for kind, old, new in entry["values"]),
            }
        )
        for entry in raw["deviations"]
    )  # fmt: skip
    return FormComparison(**{**raw, "deviations": deviations})
