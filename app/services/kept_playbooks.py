"""A matter carries its playbooks: copies are kept in it, and put among the user's own where it is opened elsewhere."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.errors import UserError
from app.paths import resources
from app.storage.database import MatterDatabase
from app.storage.kept_playbooks import KeptPlaybook


def standalone(path: Path) -> str:
    """The YAML of a playbook file, what it inherits from one beside it written out."""
    from app.analysis.playbooks_edit import flatten

    text = path.read_text("utf-8-sig")
    base = re.search(r"(?m)^extends:\s*(\S+)", text)
    return flatten(text, (path.parent / base.group(1)).read_text("utf-8-sig")) if base else text


def _outside(database: MatterDatabase) -> Iterator[str]:
    """The playbooks that the matter and its contracts use and that are no bundled ones."""
    bundled = {path.stem for path in (resources() / "playbooks").glob("*.yaml")}  # a bundled one's file has its name
    used = [database.matter().playbook, *(contract.playbook for contract in database.contracts())]
    yield from dict.fromkeys(name for name in used if name and name not in bundled)


def keep_playbooks(database: MatterDatabase) -> None:
    """Copy the playbooks in use into the matter; one that cannot be read now is left as it is."""
    from app.services.playbooks import find_playbook

    for source in _outside(database):
        try:
            text = standalone(Path(source))
            name = find_playbook(source).name
        except (UserError, OSError, UnicodeDecodeError):
            continue
        kept = KeptPlaybook(source, name, hashlib.sha256(text.encode()).hexdigest(), text)
        if database.kept_playbook(source) != kept:
            database.keep_playbook(kept)


def adopt_playbooks(database: MatterDatabase, folder: Path) -> list[str]:
    """Where a playbook's file is not on this computer, put the matter's copy into `folder` and use that; the names."""
    adopted: dict[str, str] = {}
    names = []
    for source in _outside(database):
        kept = database.kept_playbook(source)
        if kept is not None and not Path(source).is_file():
            adopted[source] = str(_laid(kept, folder))
            names.append(kept.name)
    if not adopted:
        return []
    matter = database.matter()
    if matter.playbook in adopted:
        database.update_matter(replace(matter, playbook=adopted[matter.playbook]))
    for contract in database.contracts():
        if contract.playbook in adopted:
            database.put_contract(replace(contract, playbook=adopted[contract.playbook]))
    keep_playbooks(database)
    return names


def _laid(kept: KeptPlaybook, folder: Path) -> Path:
    """A file in the folder with the copy's text; one of the same name with other words stays as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    number, path = 1, folder / f"{kept.name}.yaml"
    while path.is_file():
        if hashlib.sha256(path.read_bytes()).hexdigest() == kept.sha256:
            return path
        number += 1
        path = folder / f"{kept.name}-{number}.yaml"
    fresh = path.with_suffix(".new")
    fresh.write_bytes(kept.text.encode())
    fresh.replace(path)
    return path
