"""The --map file: contract, our role, playbook, a line per file."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from app.domain.matter import Role
from app.errors import UserError
from app.services.line_files import lines_of

_HEADINGS = ("contract", "our role", "playbook")


def read_role_map(path: Path) -> dict[str, tuple[str, str]]:
    """{file path or name: (role, playbook)}, either may be "". Raises UserError with the line that is wrong."""
    lines = lines_of(path, "The map")
    roles: dict[str, tuple[str, str]] = {}
    known = ", ".join(role.value for role in Role)
    for number, row in enumerate(csv.reader(lines), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and tuple(cell.casefold() for cell in cells[:3]) == _HEADINGS):
            continue
        if len(cells) < 2 or not cells[0]:
            raise UserError(f"{path.name}, line {number}: expected contract, our role, playbook.")
        role = cells[1].casefold()
        if role and role not in set(Role):
            raise UserError(f"{path.name}, line {number}: our role is one of {known}.")
        roles[cells[0]] = (role, cells[2] if len(cells) > 2 else "")
    return roles


def unmatched(names: Iterable[str], paths: Iterable[str]) -> list[str]:
    """Those of the names (a file's path or name each) that fit no path: mistyped, or of another deal."""
    known = set(paths)
    known |= {path.replace("\\", "/").rsplit("/", 1)[-1] for path in known}
    return sorted(name for name in names if name not in known)


def role_for(path: str, roles: dict[str, tuple[str, str]]) -> tuple[str, str] | None:
    """The entry for a path: by the path as imported, else by the file's name alone."""
    return roles.get(path) or roles.get(path.replace("\\", "/").rsplit("/", 1)[-1])
