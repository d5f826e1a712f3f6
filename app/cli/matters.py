"""`privity matters`: what is in a data folder, and removing a matter with every trace of it."""

from __future__ import annotations

import argparse
import sys

from app.errors import UserError
from app.services.api import MatterEntry
from app.services.exporting import write_text
from app.services.workspace import open_workspace


def show(arguments: argparse.Namespace) -> int:
    """List the matters, the last opened first."""
    entries = open_workspace(arguments.data_dir).recent()
    for entry in entries:
        marks = ["passphrase"] * entry.protected + ["import interrupted"] * entry.unfinished
        marks += [f"its file is not at {entry.path} any more"] * entry.missing
        said = f" ({', '.join(marks)})" if marks else ""
        print(f"{entry.matter_id}  {entry.last_opened:%Y-%m-%d %H:%M} UTC  {entry.name}{said}")
    if not entries:
        print("No matter yet.")
    return 0


def delete(arguments: argparse.Namespace) -> int:
    """Delete one matter, asked for once more unless --yes; print or write the deletion record."""
    if arguments.record and not arguments.record.absolute().parent.is_dir():
        raise UserError(f"The folder {arguments.record.absolute().parent} does not exist; nothing was deleted.")
    workspace = open_workspace(arguments.data_dir)
    entry = _entry(workspace.recent(), arguments.matter)
    if not arguments.yes and not _agreed(entry):
        raise UserError("Nothing was deleted.")
    record = workspace.delete(entry.matter_id)
    if arguments.record:
        write_text(arguments.record, record)
        print(f"Deleted; the deletion record is {arguments.record.absolute()}")
    else:
        print(record)
    return 0


def _entry(entries: list[MatterEntry], wanted: str) -> MatterEntry:
    found = [entry for entry in entries if wanted in (entry.matter_id, entry.name)]
    if not found:
        raise UserError(f"There is no matter {wanted} in this data folder: see privity matters list.")
    if len(found) > 1:
        raise UserError(f"{len(found)} matters are named {wanted}: give the id that privity matters list shows.")
    return found[0]


def _agreed(entry: MatterEntry) -> bool:
    if not sys.stdin.isatty():
        raise UserError("Say --yes to delete a matter without being asked; nothing was deleted.")
    print(f"This removes {entry.name} with all findings and decisions; it cannot be undone.", file=sys.stderr)
    return input("Type the matter's name to delete it: ").strip() == entry.name
