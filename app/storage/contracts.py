"""The matter's facts, its contracts and their parts, and proposals of families."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.domain.matter import (
    Contract,
    ContractKind,
    ContractPart,
    DealStructure,
    Matter,
    PartRole,
    Role,
)
from app.storage.tables import ContractPartRow, ContractRow, FamilyProposalRow, MatterRow
from app.storage.types import utc_text


def put_matter(session: Session, matter: Matter) -> None:
    """Store the facts of this file's one matter; its id never changes (ValueError)."""
    row = session.get(MatterRow, 1)
    if row is None:
        row = MatterRow(id=1, matter_id=matter.matter_id, created=matter.created)
        session.add(row)
    elif row.matter_id != matter.matter_id:
        raise ValueError("another matter's facts")
    row.name = matter.name
    row.our_parties = list(matter.our_parties)
    row.affiliates = list(matter.affiliates)
    row.deal_structure = matter.deal_structure.value
    row.home_law = matter.home_law
    row.reference_date = matter.reference_date.isoformat() if matter.reference_date else None
    row.playbook = matter.playbook


def load_matter(session: Session) -> Matter:
    """The facts of this file's matter."""
    row = session.get_one(MatterRow, 1)
    return Matter(
        matter_id=row.matter_id,
        name=row.name,
        created=row.created,
        our_parties=tuple(row.our_parties),
        affiliates=tuple(row.affiliates),
        deal_structure=DealStructure(row.deal_structure),
        home_law=row.home_law,
        reference_date=dt.date.fromisoformat(row.reference_date) if row.reference_date else None,
        playbook=row.playbook,
    )


def matter_to_json(matter: Matter) -> dict[str, Any]:
    """A matter's facts as the journal keeps them."""
    return asdict(matter) | {
        "created": utc_text(matter.created),
        "reference_date": matter.reference_date.isoformat() if matter.reference_date else None,
    }


def matter_from_json(raw: Mapping[str, Any]) -> Matter:
    """A matter's facts from the journal."""
    facts = dict(raw)
    facts["created"] = dt.datetime.fromisoformat(raw["created"])
    facts["our_parties"], facts["affiliates"] = tuple(raw["our_parties"]), tuple(raw["affiliates"])
    facts["deal_structure"] = DealStructure(raw["deal_structure"])
    facts["reference_date"] = dt.date.fromisoformat(raw["reference_date"]) if raw["reference_date"] else None
    return Matter(**facts)


def put(session: Session, contract: Contract) -> None:
    """Store a contract with its parts, in place of what was known of it. The documents must be there."""
    facts = {
        "name": contract.name,
        "kind": contract.kind.value,
        "our_role": contract.our_role.value,
        "playbook": contract.playbook,
        "confirmed": contract.confirmed,
    }
    statement = insert(ContractRow).values(contract_id=contract.contract_id, **facts)
    session.execute(statement.on_conflict_do_update(index_elements=["contract_id"], set_=facts))
    session.execute(delete(ContractPartRow).where(ContractPartRow.contract_id == contract.contract_id))
    for position, part in enumerate(contract.parts):
        values = {
            "contract_id": contract.contract_id,
            "position": position,
            "document_sha256": part.document_sha256,
            "role": part.role.value,
            "first_page": part.first_page,
            "last_page": part.last_page,
        }
        session.execute(insert(ContractPartRow).values(**values))


def load_all(session: Session) -> list[Contract]:
    """Every contract, by name."""
    p, c = ContractPartRow, ContractRow
    parts: dict[str, list[ContractPart]] = defaultdict(list)
    columns = select(p.contract_id, p.document_sha256, p.role, p.first_page, p.last_page)
    for contract_id, sha256, role, first, last in session.execute(columns.order_by(p.contract_id, p.position)):
        parts[contract_id].append(ContractPart(sha256, PartRole(role), first, last))
    facts = select(c.contract_id, c.name, c.kind, c.our_role, c.playbook, c.confirmed).order_by(c.name, c.contract_id)
    return [
        Contract(cid, name, tuple(parts[cid]), ContractKind(kind), Role(role), playbook, confirmed)
        for cid, name, kind, role, playbook, confirmed in session.execute(facts)
    ]


@dataclass(frozen=True, slots=True)
class FamilyProposal:
    """That `member` belongs to `base` in a role; `accepted` is None until the lawyer has said."""

    base_contract_id: str
    member_contract_id: str
    role: PartRole
    reason: str
    score: float
    accepted: bool | None = None


def propose_family(session: Session, proposal: FamilyProposal) -> None:
    """Store a proposal; one that the lawyer answered already is left alone."""
    f = FamilyProposalRow
    values = {"role": proposal.role.value, "reason": proposal.reason, "score": proposal.score}
    ids = {"base_contract_id": proposal.base_contract_id, "member_contract_id": proposal.member_contract_id}
    statement = insert(f).values(**ids, **values, accepted=proposal.accepted)
    session.execute(statement.on_conflict_do_update(index_elements=list(ids), set_=values, where=f.accepted.is_(None)))


def answer_family(session: Session, base_contract_id: str, member_contract_id: str, accepted: bool) -> None:
    """Keep the lawyer's answer to a proposal."""
    f = FamilyProposalRow
    which = (f.base_contract_id == base_contract_id, f.member_contract_id == member_contract_id)
    session.execute(update(f).where(*which).values(accepted=accepted))


def family_proposals(session: Session) -> list[FamilyProposal]:
    """All proposals, the likeliest first."""
    return [
        FamilyProposal(r.base_contract_id, r.member_contract_id, PartRole(r.role), r.reason, r.score, r.accepted)
        for r in session.scalars(select(FamilyProposalRow).order_by(FamilyProposalRow.score.desc()))
    ]
