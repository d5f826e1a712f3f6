"""Across the contracts of a deal: the same counterparty's contracts, and where two contracts do not go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from app.analysis.assess_words import says_so
from app.analysis.values import parties_of
from app.analysis.values_names import same_party
from app.domain.clauses import CLAUSE_TYPES
from app.domain.review import ContractReview
from app.domain.type_names import in_a_sentence

_MOST = 6  # contracts that a sentence names
_FACTS = ("Document Name", "Parties", "Agreement Date", "Effective Date")  # every document has its own
Pairs = frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What of one contract is compared with the others; `exclusive` says in whose favour, where it can be told."""

    contract_id: str
    name: str
    parties: tuple[str, ...]
    laws: tuple[str, ...] = ()
    caps: tuple[str, ...] = ()
    exclusive: bool = False
    values: tuple[tuple[str, str], ...] = ()  # clause type that stands, its value in words ("" without one)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two contracts that do not go together; `say` is the sentence beside each (by contract id)."""

    kind: str  # "law", "cap" or "exclusivity"
    one: str
    other: str
    say: Mapping[str, str] = field(default_factory=dict)


def facts_of(item: ContractReview) -> Facts | None:
    """The facts of one review, None where the contract was not analysed."""
    if item.text is None:
        return None
    text, standing = item.text.text, [clause for clause in item.clauses if clause.reported]

    def values(name: str, key: str) -> tuple[str, ...]:
        read = [c.value for c in standing if c.type == name and c.value and not c.value.get("by_model")]
        found = (str(value[key]) for value in read if value.get(key))
        return tuple(dict.fromkeys(found))

    types = {clause.type for clause in standing}
    exclusive = any(c.type == "Exclusivity" and says_so("Exclusivity", text, c.start, c.end) for c in standing)
    names = tuple(party.name for party in parties_of(text, standing))
    return Facts(
        item.contract.contract_id, item.contract.name, names, values("Governing Law", "law"),
        values("Cap On Liability", "display"), exclusive,
        tuple((name, "; ".join(values(name, "display"))) for name in CLAUSE_TYPES if name in types),
    )  # fmt: skip


def by_counterparty(facts: Sequence[Facts], ours: Sequence[str]) -> list[tuple[str, tuple[Facts, ...]]]:
    """Each counterparty with two contracts or more, and these; without our names, whoever stands in all is us."""
    groups: list[tuple[str, list[Facts]]] = []
    for item in facts:
        for name in item.parties:
            if any(same_party(name, own) for own in ours):
                continue
            group = next((members for known, members in groups if same_party(known, name)), None)
            if group is None:
                groups.append((name, [item]))
            elif item not in group:
                group.append(item)
    everywhere = len(facts) if len(facts) > 1 and not ours else 0
    return [(name, tuple(members)) for name, members in groups if 1 < len(members) != everywhere]


def conflicts(facts: Sequence[Facts], ours: Sequence[str], kin: Pairs = frozenset()) -> list[Conflict]:
    """Laws and caps that differ with the same counterparty; exclusive dealing promised by one party to two others.

    `kin` are pairs of ids (either way) that are one contract: drafts of it, or an amendment and what it amends.
    """
    found: list[Conflict] = []
    for name, members in by_counterparty(facts, ours):
        for one, other in combinations(members, 2):
            if _are_kin(one, other, kin):
                continue
            if one.laws and other.laws and not set(one.laws) & set(other.laws):
                found.append(
                    _differ("law", f"is governed by another law, with the same counterparty ({name})", one, other)
                )
            if one.caps and other.caps and not set(one.caps) & set(other.caps):
                found.append(
                    _differ("cap", f"has another cap on liability, with the same counterparty ({name})", one, other)
                )
    for one, other in combinations([item for item in facts if item.exclusive], 2):
        common = _in_both(one, other, ours)
        if common and not _are_kin(one, other, kin) and not _share(one, other, (*ours, common)):
            what = f"also deals exclusively for {common}, with another counterparty: check that both can be kept"
            found.append(_differ("exclusivity", what, one, other))
    return found


def _are_kin(one: Facts, other: Facts, kin: Pairs) -> bool:
    return frozenset((one.contract_id, other.contract_id)) in kin


def _in_both(one: Facts, other: Facts, ours: Sequence[str]) -> str | None:
    """The party that both contracts have in common: ours where we are known, else whoever it is."""
    for mine in one.parties:
        if any(same_party(mine, theirs) for theirs in other.parties) and (
            not ours or any(same_party(mine, own) for own in ours)
        ):
            return mine
    if ours and all(any(same_party(p, own) for own in ours for p in item.parties) for item in (one, other)):
        return "our side"  # another of our group in each
    return None


def amendment_told(base: Facts, amendment: Facts, role: str, sure: bool) -> tuple[str, str]:
    """What an amendment changes, a sentence for the base and one for the amendment; "" where nothing was read."""
    before = dict(base.values)
    changes, topics = [], []
    for name, value in amendment.values:
        if name in _FACTS:
            continue
        if value and value != before.get(name):
            old = before.get(name)
            was = f"not {old}" if old else "not said there" if name not in before else ""
            changes.append(f"{in_a_sentence(name)} is {value}" + (f", {was}" if was else ""))
        elif not value:
            topics.append(in_a_sentence(name))
    said = [f"the {role} says: {'; '.join(changes)}"] if changes else []
    said += [f"it also deals with {', '.join(topics)}"] if topics else []
    if not said:
        return "", ""
    words = "; ".join(said)
    perhaps = "" if sure else " if it belongs here (not confirmed)"
    return (
        f"Read with {amendment.name}{perhaps}: {words}.",
        f"Read with {base.name}{perhaps}: {words.replace(f'the {role} says', 'this one says', 1)}.",
    )


def _share(one: Facts, other: Facts, ours: Sequence[str]) -> bool:
    """Whether the two contracts have a counterparty in common."""
    return any(
        same_party(a, b)
        for a in one.parties
        for b in other.parties
        if not any(same_party(a, own) for own in ours)
    )  # fmt: skip


def _differ(kind: str, what: str, one: Facts, other: Facts) -> Conflict:
    """A conflict with its sentence for either side."""

    def shown(facts: Facts) -> str:
        return ", ".join({"law": facts.laws, "cap": facts.caps}.get(kind, ()))

    def say(mine: Facts, theirs: Facts) -> str:
        values = f": {shown(mine)} here, {shown(theirs)} there" if shown(mine) else ""
        return f"{theirs.name} {what}{values}."

    return Conflict(
        kind, one.contract_id, other.contract_id, {one.contract_id: say(one, other), other.contract_id: say(other, one)}
    )


@dataclass(frozen=True, slots=True)
class Family:
    """That a contract is an amendment, schedule or side letter of another; `sure`: the lawyer said so."""

    base: str
    member: str
    role: str
    sure: bool


def deal_notes(
    items: Sequence[ContractReview], ours: Sequence[str], families: Sequence[Family] = (), drafts: Pairs = frozenset()
) -> dict[str, tuple[str, ...]]:
    """By contract id, what the other contracts of the deal have to do with it, a sentence each.

    `drafts` are pairs of ids that are nearly the same text: what differs between them is told elsewhere.
    """
    facts = [found for item in items if (found := facts_of(item)) is not None]
    by_id = {item.contract_id: item for item in facts}
    kin = frozenset({frozenset((f.base, f.member)) for f in families}) | drafts
    notes: dict[str, list[str]] = {}
    for family in families:
        if family.base in by_id and family.member in by_id:
            told = amendment_told(by_id[family.base], by_id[family.member], family.role, family.sure)
            for contract_id, sentence in zip((family.base, family.member), told, strict=True):
                if sentence:
                    notes.setdefault(contract_id, []).append(sentence)
    for contract_id, sentence in _same_counterparties(by_counterparty(facts, ours), kin):
        notes.setdefault(contract_id, []).append(sentence)
    for conflict in conflicts(facts, ours, kin):
        for contract_id, sentence in conflict.say.items():
            notes.setdefault(contract_id, []).append(sentence)
    return {contract_id: tuple(dict.fromkeys(found))[: 2 * _MOST] for contract_id, found in notes.items()}


def _same_counterparties(groups: Sequence[tuple[str, tuple[Facts, ...]]], kin: Pairs) -> list[tuple[str, str]]:
    """Beside each contract the others of its counterparties; parties with the same others are told together."""
    names: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for name, members in groups:
        for mine in members:
            others = tuple(f.name for f in members if f is not mine and not _are_kin(mine, f, kin))
            if others:
                names.setdefault((mine.contract_id, others), []).append(name)
    told = []
    for (contract_id, others), parties in names.items():
        more = f" and {len(others) - _MOST} more" if len(others) > _MOST else ""
        who = "counterparty" if len(parties) == 1 else "parties"
        told.append((contract_id, f"The same {who} ({'; '.join(parties)}) also in: {', '.join(others[:_MOST])}{more}."))
    return told
