"""Playbooks: the bundled ones by name, others by path."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from app.analysis.playbooks import bundled_playbooks, load_playbook
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
