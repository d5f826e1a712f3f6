"""Matters handed from one lawyer to another: opening a file from anywhere, saving a copy, taking over decisions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.domain.findings import Decision
from app.errors import UserError
from app.services.api_rows import ConflictRow, MergeRow
from app.storage.database import MatterDatabase, is_matter

NO_MATTER = "This is no matter of Privity: choose a file whose name ends in .privity."


class AnotherCopy(UserError):
    """The file is a second copy of a matter that is in the list; `matter_id` names that one."""

    def __init__(self, matter_id: str) -> None:
        super().__init__("You have a copy of this matter already: open that one, and take over the decisions of this.")
        self.matter_id = matter_id


@dataclass(frozen=True, slots=True)
class Known:
    """A matter of the list and where its file lies."""

    matter_id: str
    path: Path


def open_matter_file(path: Path, passphrase: str | None, known: list[Known]) -> MatterDatabase:
    """Open a matter where it lies; AnotherCopy where the list has the same matter at another place."""
    if not is_matter(path):
        raise UserError(NO_MATTER)
    database = MatterDatabase.open(path, passphrase)
    ident = database.matter().matter_id
    here = path.resolve()
    if any(one.matter_id == ident and one.path.is_file() and one.path.resolve() != here for one in known):
        database.close()
        raise AnotherCopy(ident)
    return database


def take_over(ours: MatterDatabase, path: Path, passphrase: str | None) -> MergeRow:
    """Take over what only the copy at `path` decided; UserError where it is no copy of this matter."""
    if not is_matter(path):
        raise UserError(NO_MATTER)
    if path.resolve() == ours.path.resolve():
        raise UserError("This is the matter that is open: choose the colleague's copy.")
    with MatterDatabase.open(path, passphrase) as theirs:
        report = ours.merge(theirs)
    return MergeRow(report.added, report.agreed, len(report.conflicts))


def conflict_rows(database: MatterDatabase) -> list[ConflictRow]:
    """What colleagues decided otherwise and nobody has settled yet; only of findings that are still raised."""
    rows = []
    for entry in database.open_conflicts():
        owner = database.owner_of(entry.finding_key)
        if owner is not None:
            rows.append(_row(entry, owner))
    return rows


def _row(entry: Decision, contract_id: str) -> ConflictRow:
    said = entry.payload.get("severity") or entry.payload.get("note") or ""
    return ConflictRow(entry.finding_key, contract_id, entry.action.value, str(said), entry.user, entry.time)
