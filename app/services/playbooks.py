"""Playbooks: the bundled ones by name, others by path."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from app.analysis.playbooks import bundled_playbooks, load_playbook
from app.domain.matter import Contract, ContractKind
from app.domain.playbook import Playbook
from app.errors import UserError
from app.paths import resources


@lru_cache(maxsize=1)
def all_playbooks() -> tuple[Playbook, ...]:
    """The bundled playbooks, by name."""
    return tuple(bundled_playbooks(resources() / "playbooks"))


def find_playbook(name_or_path: str) -> Playbook:
    """A bundled playbook by its name, else the YAML file at that path; raises UserError where it is neither."""
    for playbook in all_playbooks():
        if playbook.name == name_or_path:
            return playbook
    path = Path(name_or_path)
    if not path.is_file():
        names = ", ".join(playbook.name for playbook in all_playbooks())
        raise UserError(f"There is no playbook {name_or_path}: name a YAML file or one of {names}.")
    return load_playbook(path)


# Where nobody chose a playbook, a kind that one is written for gets that one instead of the general one.
GENERAL = "commercial"
SPECIAL = {
    ContractKind.NDA: "nda", ContractKind.EMPLOYMENT: "employment", ContractKind.DATA_PROCESSING: "data-processing",
}  # fmt: skip


def playbook_for(contract: Contract, asked: str | None, of_the_matter: str) -> Playbook:
    """The contract's own playbook, else the one asked for, else the one for its kind, else the matter's."""
    chosen = contract.playbook or asked
    if chosen is None and of_the_matter == GENERAL:
        chosen = SPECIAL.get(contract.kind)
    return find_playbook(chosen or of_the_matter)
