"""An import that a crash or Stop interrupted: noted in the matter before it begins, offered until it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.domain.matter import contract_id_of
from app.domain.text import READABLE
from app.ingest.folder import walk
from app.services.api import AnalyzeOptions, UnfinishedImport
from app.storage.app_database import AppDatabase
from app.storage.database import MatterDatabase
from app.storage.imports import StoredImport


def options_to_json(options: AnalyzeOptions) -> dict[str, Any]:
    """What is kept of the options: no passwords, and nothing that belongs to the machine's load."""
    return {
        "model": options.model, "playbook": options.playbook, "reading": options.reading,
        "read_minutes": options.read_minutes, "roles": {path: list(said) for path, said in options.roles.items()},
    }  # fmt: skip


def options_from_json(raw: Mapping[str, Any]) -> AnalyzeOptions:
    """The options as they were kept; what another version did not keep has its default."""
    roles = {path: (role, playbook) for path, (role, playbook) in dict(raw.get("roles") or {}).items()}
    return AnalyzeOptions(
        model=raw.get("model") or "none", playbook=raw.get("playbook"), reading=raw.get("reading") or "gated",
        read_minutes=raw.get("read_minutes"), roles=roles,
    )  # fmt: skip


def unfinished_import(database: MatterDatabase) -> UnfinishedImport | None:
    """What is left of an interrupted import, with how far it came; None where nothing is."""
    stored = database.unfinished_import()
    return _described(stored, database) if stored is not None else None


def _described(stored: StoredImport, database: MatterDatabase) -> UnfinishedImport:
    paths = [Path(path) for path in stored.paths]
    there = [path for path in paths if path.exists()]
    assessed = database.assessed()
    done = {
        file
        for document in database.documents()
        if document.status not in READABLE or contract_id_of(document.sha256) in assessed
        for file in document.files
    }
    files = [str(entry.file) for entry in walk(there) if entry.file is not None]
    return UnfinishedImport(
        tuple(there), options_from_json(stored.options), stored.started, sum(file in done for file in files),
        len(files), tuple(path for path in paths if path not in there),
    )  # fmt: skip


def holds_any(database: MatterDatabase, paths: Sequence[Path]) -> bool:
    """Whether nothing was dropped on the matter yet, or something from below these paths was."""
    stored = database.unfinished_import()
    known = [Path(file.split("\0")[0]) for document in database.documents() for file in document.files]
    known += [Path(path) for path in stored.paths] if stored else []
    roots = [path.absolute() for path in paths]
    return not known or any(file.is_relative_to(root) or root.is_relative_to(file) for file in known for root in roots)


_SETTING = "unfinished"  # ids of matters; a name would tell of protected ones


def mark_unfinished(settings: AppDatabase, matter_id: str, unfinished: bool) -> None:
    """Keep in app.db whether a matter waits to be taken up, so that the start can say so without opening it."""
    before = set(settings.setting(_SETTING, []))
    after = before | {matter_id} if unfinished else before - {matter_id}
    if after != before:
        settings.set_setting(_SETTING, sorted(after))


def is_unfinished(settings: AppDatabase, matter_id: str) -> bool:
    """Whether the matter waits to be taken up."""
    return matter_id in settings.setting(_SETTING, [])


def tell_whether_unfinished(database: MatterDatabase, settings: AppDatabase) -> None:
    """Keep in app.db what the matter itself says."""
    mark_unfinished(settings, database.matter().matter_id, database.unfinished_import() is not None)
