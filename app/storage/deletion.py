"""Deleting a matter so that nothing of it stays in the data folder, and the record that says what was done."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from app.errors import UserError
from app.storage.database import locked, unlock
from app.storage.engine import Access
from app.storage.errors import storage_errors
from app.storage.files import MatterFiles, remove_file, sync_folder
from app.storage.types import now

_LIMITS = (
    "On solid-state disks, in snapshots and in backups outside this program, removed data may persist. "
    "Only matters that had a passphrase, whose key is now destroyed, are beyond recovery there."
)


def delete_matter(path: Path, matter_id: str, name: str | None = None) -> str:
    """Remove the matter at `path` with its journal, key and backups; returns the deletion record.

    `name` is told in the record where given. UserError where the matter is open or a file cannot be removed.
    """
    files = MatterFiles(path)
    lock = locked(files)
    try:
        protected = files.header.exists()
        removed, size = 0, 0
        with storage_errors():
            remove_file(files.header)  # the key first: from here on a protected matter cannot be read
            if not protected:
                _scrub(files)
        for file in files.all():
            if file != files.lock:
                size += remove_file(file)
                removed += 1
    except OSError:
        raise UserError(
            "A file of the matter cannot be removed: close what uses it and delete the matter again."
        ) from None
    finally:
        lock.release()
    with suppress(OSError):  # another program may look at it; it is empty
        files.lock.unlink(missing_ok=True)
    if path.parent.is_dir():
        sync_folder(path.parent)
    return _record(matter_id, name, protected, removed + protected, size)


def _scrub(files: MatterFiles) -> None:
    """Fold index and WAL so that no deleted words stand in either, as far as the file can still be opened."""
    with suppress(UserError):
        access = Access(files.database, unlock(files, None))
        try:
            access.maintain("INSERT INTO texts_fts (texts_fts) VALUES ('optimize')", "PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            access.close()


def _record(matter_id: str, name: str | None, protected: bool, removed: int, size: int) -> str:
    lines = [
        "DELETION RECORD",
        f"Matter: {matter_id}" + (f" ({name})" if name else ""),
        f"Deleted: {now():%d %B %Y, %H:%M:%S} UTC",
        f"Removed: {removed} files, {size:,} bytes: the database with all texts, findings and decisions, its index, "
        "its write-ahead log, the journal of decisions and every backup Privity made of it.",
        "The files were overwritten with noughts before they were removed.",
        "The key file of the matter was destroyed first." if protected else "The matter had no passphrase.",
        _LIMITS,
        "The contracts themselves, where they were imported from, and reports that were exported were not touched.",
    ]
    return "\n".join(lines) + "\n"
