"""How the contracts of a matter hang together: families, near-duplicates; and the defined terms of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from app.analysis.families import propose_families
from app.domain.matter import Contract, ContractPart, contract_id_of
from app.domain.terms import find_terms
from app.domain.text import ContractText, View
from app.errors import UserError
from app.ingest.duplicates import near_duplicates
from app.ingest.likeness import Kind, Likeness, compare
from app.services.api_rows import AlikeRow, FamilyRow, TermRow
from app.storage.contracts import FamilyProposal
from app.storage.database import MatterDatabase

ALIKE = 0.5  # share of common five-word runs from which two contracts are told to be drafts or copies of one

_WHAT = {
    Kind.COPY: "a copy.",
    Kind.DRAFT: "perhaps a draft or a later version of the same contract; find out which was signed.",
    Kind.RENAMED: "the same words but for a name: another party on the same form, or a party that was replaced.",
    Kind.FORM: "another deal on the same form.",
    Kind.DATED: "the same parties at another date: a later version, or a second deal.",
    Kind.ALIKE: "compare them before relying on one.",
}


def relate(database: MatterDatabase) -> None:
    """Propose families and find near-duplicates among all contracts; answers that were given stay."""
    texts = {}
    for contract in database.contracts():
        views = database.latest_texts(contract.parts[0].document_sha256)
        if View.ACCEPTED in views:
            texts[contract.contract_id] = database.text(views[View.ACCEPTED]).text
    database.put_near_duplicates(near_duplicates(texts, ALIKE))
    for member in propose_families(list(texts.items())):
        database.propose_family(FamilyProposal(member.base, member.member, member.role, member.reason, member.score))


def families(database: MatterDatabase) -> list[FamilyRow]:
    """The proposals with the contracts' names."""
    names = {contract.contract_id: contract.name for contract in database.contracts()}
    return [
        FamilyRow(
            p.base_contract_id, names[p.base_contract_id], p.member_contract_id, names[p.member_contract_id],
            p.role.value, p.reason, p.score, p.accepted,
        )
        for p in database.family_proposals()
    ]  # fmt: skip


def answer_family(database: MatterDatabase, base_id: str, member_id: str, accepted: bool) -> None:
    """Keep the lawyer's answer, and make the member a part of the base or take it out again."""
    contracts = {contract.contract_id: contract for contract in database.contracts()}
    proposal = next(
        (p for p in database.family_proposals() if (p.base_contract_id, p.member_contract_id) == (base_id, member_id)),
        None,
    )
    if proposal is None:
        raise UserError("This proposal is no longer in the matter.")
    database.answer_family(base_id, member_id, accepted)
    base, member = contracts[base_id], contracts[member_id]
    document = member.parts[0].document_sha256
    parts = tuple(part for part in base.parts if part.document_sha256 != document)
    if accepted:
        parts += (ContractPart(document, proposal.role),)
    database.put_contract(replace(base, parts=parts))


def alike(database: MatterDatabase) -> list[AlikeRow]:
    """Near-duplicates with the contracts' names."""
    names = {contract.contract_id: contract.name for contract in database.contracts()}
    return [
        AlikeRow(one, names[one], other, names[other], likeness) for one, other, likeness in database.near_duplicates()
    ]


def terms_of(text: ContractText) -> list[TermRow]:
    """The defined terms of a text, in the order of their definitions."""
    return [
        TermRow(
            term.name, term.definitions, term.uses,
            "defined twice" if term.defined_twice else "never used" if term.unused else "",
        )
        for term in find_terms(text.text)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kin:
    """The contracts that the lawyer said one contract belongs with: its base, if it is a part, and its own parts."""

    base: Contract | None = None
    role: str = ""
    members: tuple[Contract, ...] = ()


def kin_of(contract: Contract, contracts: dict[str, Contract]) -> Kin:
    """From the parts of all contracts (by id)."""
    own = contract.parts[0].document_sha256
    found = tuple(
        contracts[member]
        for part in contract.parts[1:]
        if (member := contract_id_of(part.document_sha256)) in contracts
    )
    for other in contracts.values():
        for part in other.parts[1:]:
            if part.document_sha256 == own and other.contract_id != contract.contract_id:
                return Kin(other, part.role.value, found)
    return Kin(None, "", found)


def relation_notes(
    contract: Contract,
    contracts: dict[str, Contract],
    proposals: list[FamilyProposal],
    pairs: list[tuple[str, str, float]],
    texts: Mapping[str, str] = MappingProxyType({}),
) -> list[str]:
    """What the report says of a contract's family and of its near-duplicates; `texts` are known by contract."""
    kin, notes = kin_of(contract, contracts), []
    if kin.base is not None:
        notes.append(f"A part of {kin.base.name} ({kin.role}).")
    for member in kin.members:
        notes.append(f"Read together with its {kin_of(member, contracts).role} {member.name}.")
    for p in proposals:
        if p.accepted is None and p.member_contract_id == contract.contract_id and p.base_contract_id in contracts:
            name = contracts[p.base_contract_id].name
            notes.append(f"Perhaps the {p.role.value} of {name}, not confirmed. {p.reason}")
    for one, other, likeness in pairs:
        if contract.contract_id in (one, other):
            twin = contracts.get(other if contract.contract_id == one else one)
            if twin is not None:
                found = _found(texts.get(contract.contract_id), texts.get(twin.contract_id))
                share = 100 if found is not None and found.kind is Kind.COPY else min(99, round(100 * likeness))
                notes.append(f"Nearly the same words as {twin.name} ({share} % alike): {told_of(found)}")
    return notes


def _found(one: str | None, other: str | None) -> Likeness | None:
    """What two like contracts are to one another; None where one of them was not read."""
    return None if one is None or other is None else compare(one, other, ("this one", "the other"))


def told_of(found: Likeness | None) -> str:
    """What was found of two like contracts, in sentences; None: one of them was not read."""
    return f"{_WHAT[found.kind]} {found.difference}" if found is not None else _WHAT[Kind.ALIKE]
