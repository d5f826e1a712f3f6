"""What assessing knows besides the text: the matter, the contract, the sides, where a passage stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.analysis.values_corrected import Corrections
from app.analysis.values_names import same_party
from app.analysis.values_parties import Party
from app.analysis.values_places import find_places
from app.domain.clauses import Clause, FoundBy
from app.domain.matter import Contract, Matter, Role
from app.domain.playbook import Playbook
from app.domain.sections import Section
from app.domain.text import ContractText, Mark, MarkKind

_NAMED = 3
_CHANGES = (MarkKind.INSERTED, MarkKind.DELETED, MarkKind.MOVED)
_OPPOSITE = {
    Role.CUSTOMER: "supplier", Role.SUPPLIER: "customer", Role.LICENSEE: "licensor", Role.LICENSOR: "licensee",
    Role.DISCLOSER: "recipient", Role.RECIPIENT: "discloser", Role.EMPLOYER: "employee", Role.EMPLOYEE: "employer",
    Role.CONTROLLER: "processor", Role.PROCESSOR: "controller",
}  # fmt: skip
_BUYS = {Role.CUSTOMER, Role.LICENSEE, Role.CONTROLLER, Role.EMPLOYER}
_BUYING_ROLES = {"customer", "licensee", "controller", "employer", "distributor"}


@dataclass(frozen=True, slots=True)
class AssessContext:
    """The facts beside the text. `language` is ISO 639-1, `unread_pages` page numbers, `screened` whether it was."""

    contract: Contract
    matter: Matter
    language: str | None = "en"
    unread_pages: Sequence[int] = ()
    screened: bool = True
    corrections: Corrections = field(default_factory=dict)  # the lawyer's values, by clause type and quote


@dataclass(frozen=True, slots=True)
class View:
    """Everything a rule may look at."""

    text: ContractText
    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]
    parties: tuple[Party, ...]
    playbook: Playbook
    context: AssessContext

    @property
    def role(self) -> Role:
        """Our role; where it is unknown, the side that the chosen playbook is written for."""
        role = self.context.contract.our_role
        sides = self.playbook.side
        return sides[0] if role is Role.UNKNOWN and len(sides) == 1 else role

    def standing(self, *types: str) -> list[Clause]:
        """The reported clauses of these types."""
        return [clause for clause in self.clauses if clause.reported and clause.type in types]

    def flagged(self, *types: str) -> list[Clause]:
        """The clauses that rules look at: those that stand, and those that only the model would strike out."""
        return [c for c in self.clauses if c.type in types and (c.reported or c.found_by is FoundBy.DISPUTED)]

    def section(self, start: int) -> tuple[int, int]:
        """The section around an offset, 4,000 characters at most, else the passage around it."""
        inside = [s for s in self.sections if s.start <= start < s.end and s.end - s.start <= 4000]
        if inside:
            top = min(inside, key=lambda s: s.level)
            return top.start, top.end
        return max(0, start - 600), min(len(self.text.text), start + 1200)

    def side_of(self, who: str | None) -> str | None:
        """ "us", "them", "mutual", or None where it cannot be told whose name it is."""
        if who is None or who == "mutual":
            return who
        party = next((p for p in self.parties if who.casefold() in (p.name.casefold(), p.defined.casefold())), None)
        ours = self.ours()
        if party is None:
            return None
        if ours:
            return "us" if party in ours else "them"
        role = self.role
        if not party.role or role in (Role.UNKNOWN, Role.MUTUAL, Role.TARGET):
            return None
        if party.role == role.value:
            return "us"
        if party.role == _OPPOSITE.get(role):
            return "them"
        return "us" if (party.role in _BUYING_ROLES) == (role in _BUYS) else "them"

    def ours(self) -> list[Party]:
        """The parties that are our client or its affiliates, by name."""
        known = [*self.context.matter.our_parties, *self.context.matter.affiliates]
        return [party for party in self.parties if any(same_party(name, party.name) for name in known)]

    def foreign(self) -> bool | None:
        """Whether the governing law is not the matter's home law; None where either is unknown."""
        home = self.context.matter.home_law
        laws = [clause.value for clause in self.standing("Governing Law") if clause.value]
        if not home or not laws:
            return None
        places = find_places(home)
        if not places:
            return None
        chosen = {(law["country"], law["region"]) for law in laws}
        mine = places[0]
        return all(country != mine.country or (mine.region and region != mine.region) for country, region in chosen)


def pending_change(text: ContractText, start: int, end: int) -> str | None:
    """A sentence where the passage turns on tracked changes that are not accepted yet, saying whose."""
    found = [
        mark
        for mark in text.marks
        if mark.kind in _CHANGES
        and mark.start < max(end, start + 1)
        and mark.end >= start
        and (mark.end > start or (mark.start == mark.end and bool(mark.note.get("text")) and not _before(mark, start)))
    ]
    if not found:
        return None
    authors = list(dict.fromkeys(str(mark.note["author"]) for mark in found if mark.note.get("author")))
    days = sorted({day for mark in found if (day := str(mark.note.get("date") or "")[:10])})
    by = f" by {', '.join(authors[:_NAMED])}{' and others' if len(authors) > _NAMED else ''}" if authors else ""
    of = "" if not days else f" of {days[0]}" if len(days) == 1 else f" of {days[0]} to {days[-1]}"
    many = len(authors) > 1 or len(days) > 1
    said = ("changes", "are") if many else ("a change", "is")
    return f"turns on {said[0]}{by}{of} that {said[1]} not accepted yet"


def _before(mark: Mark, start: int) -> bool:
    """Whether what was deleted is the paragraph or row before the passage, not a part of it."""
    return mark.start == start and str(mark.note.get("what") or "").startswith(("paragraph", "table row"))
