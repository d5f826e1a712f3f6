"""Across the contracts of a deal: the same counterparty's contracts, and where two contracts do not go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from app.analysis.assess_words import says_so
from app.analysis.values import parties_of
from app.analysis.values_names import same_party
from app.domain.review import ContractReview

_MOST = 6  # contracts that a sentence names


@dataclass(frozen=True, slots=True)
class Facts:
    """What of one contract is compared with the others; `exclusive` says in whose favour, where it can be told."""

    contract_id: str
    name: str
    parties: tuple[str, ...]
    laws: tuple[str, ...] = ()
    caps: tuple[str, ...] = ()
    exclusive: bool = False


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
        found = (str(c.value[key]) for c in standing if c.type == name and c.value and c.value.get(key))
        return tuple(dict.fromkeys(found))

    exclusive = any(c.type == "Exclusivity" and says_so("Exclusivity", text, c.start, c.end) for c in standing)
    names = tuple(party.name for party in parties_of(text, standing))
    return Facts(
        item.contract.contract_id, item.contract.name, names, values("Governing Law", "law"),
        values("Cap On Liability", "display"), exclusive,
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


def conflicts(facts: Sequence[Facts], ours: Sequence[str]) -> list[Conflict]:
    """Laws and caps that differ with the same counterparty; exclusive dealing promised to different ones."""
    found: list[Conflict] = []
    for name, members in by_counterparty(facts, ours):
        for one, other in combinations(members, 2):
            if one.laws and other.laws and not set(one.laws) & set(other.laws):
                found.append(
                    _differ("law", f"is governed by another law, with the same counterparty ({name})", one, other)
                )
            if one.caps and other.caps and not set(one.caps) & set(other.caps):
                found.append(
                    _differ("cap", f"has another cap on liability, with the same counterparty ({name})", one, other)
                )
    for one, other in combinations([item for item in facts if item.exclusive], 2):
        if not _share(one, other, ours):
            what = "also promises exclusive dealing, to another counterparty: check that both can be kept"
            found.append(_differ("exclusivity", what, one, other))
    return found


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


def deal_notes(items: Sequence[ContractReview], ours: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """By contract id, what the other contracts of the deal have to do with it, a sentence each."""
    facts = [found for item in items if (found := facts_of(item)) is not None]
    notes: dict[str, list[str]] = {}
    for name, members in by_counterparty(facts, ours):
        for mine in members:
            others = [f.name for f in members if f is not mine]
            more = f" and {len(others) - _MOST} more" if len(others) > _MOST else ""
            sentence = f"The same counterparty ({name}) also has: {', '.join(others[:_MOST])}{more}."
            notes.setdefault(mine.contract_id, []).append(sentence)
    for conflict in conflicts(facts, ours):
        for contract_id, sentence in conflict.say.items():
            notes.setdefault(contract_id, []).append(sentence)
    return {contract_id: tuple(dict.fromkeys(found))[: 2 * _MOST] for contract_id, found in notes.items()}
