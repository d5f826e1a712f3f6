"""The --passwords file: a file and its password on each line."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from pathlib import Path

from app.errors import UserError
from app.services.line_files import lines_of

_HEADINGS = ("contract", "password")


def read_passwords(path: Path | None) -> dict[str, str]:
    """{file path or name: password}; {} for None. Raises UserError with the line that is wrong, never the password."""
    if path is None:
        return {}
    lines = lines_of(path, "The passwords in")
    found: dict[str, str] = {}
    for number, row in enumerate(csv.reader(lines), 1):
        if not any(cell.strip() for cell in row):
            continue
        if number == 1 and tuple(cell.strip().casefold() for cell in row) == _HEADINGS:
            continue
        if len(row) != 2 or not row[0].strip() or not row[1]:
            raise UserError(f"{path.name}, line {number}: expected a file's name and its password.")
        found[row[0].strip()] = row[1]
    return found


def password_for(path: str, data: bytes, passwords: Mapping[str, str]) -> str | None:
    """By the path as imported, by the file's name, or by the SHA-256 of its bytes."""
    names = (path, path.replace("\\", "/").rsplit("/", 1)[-1])
    named = next((passwords[name] for name in names if passwords.get(name)), None)
    return named or (passwords.get(hashlib.sha256(data).hexdigest()) if passwords else None)
