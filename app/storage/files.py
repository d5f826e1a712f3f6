"""The files of one matter, and writing and removing files so that the result is certain."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class MatterFiles:
    """All that one matter may have on disk, named after its database file."""

    database: Path

    def _beside(self, ending: str) -> Path:
        return self.database.with_name(self.database.name + ending)

    @property
    def header(self) -> Path:
        """Salt and parameters of a protected matter's key."""
        return self._beside(".key")

    @property
    def journal(self) -> Path:
        """The second record of every decision."""
        return self._beside(".decisions")

    @property
    def lock(self) -> Path:
        """Held while the matter is open."""
        return self._beside(".lock")

    def backup(self, revision: str) -> Path:
        """The copy made before a migration away from `revision`."""
        return self._beside(f".backup-{revision}")

    def all(self) -> list[Path]:
        """Every file of this matter that is there: database, WAL, journal, key, backups, leftovers of each."""
        name = self.database.name
        siblings = self.database.parent.iterdir() if self.database.parent.is_dir() else ()
        return sorted(p for p in siblings if p.name == name or p.name.startswith((name + ".", name + "-")))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and have it on the disk when this returns."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the folder's entries on the disk; Windows does that by itself and allows no handle on a folder."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_file(path: Path) -> int:
    """Overwrite a file with noughts, remove it, return its size in bytes; 0 where it is not there.

    Overwriting reaches the old bytes on a plain hard disk only; the deletion record says so.
    """
    try:
        size = path.stat().st_size
        with path.open("r+b") as out:
            left = size
            while left > 0:
                left -= out.write(bytes(min(left, 1 << 20)))
            out.flush()
            os.fsync(out.fileno())
        path.unlink()
    except FileNotFoundError:
        return 0
    return size
