"""One matter's database: made, opened, migrated and closed here; what it holds is in the methods of `records`."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import filelock
import sqlcipher3.dbapi2 as dbapi

from app.domain.matter import Matter
from app.errors import UserError
from app.storage import contracts, decisions, schema
from app.storage.engine import Access, connect, make_engine
from app.storage.errors import DAMAGED, storage_errors
from app.storage.files import MatterFiles, remove_file, sync_folder, write_whole
from app.storage.journal import Journal
from app.storage.keys import KeyCost, create_header, key_from_header
from app.storage.records import MatterRecords
from app.storage.tables_runs import DecisionRow

IN_USE = "This matter is open in another window or by another person: close it there first."
NEEDS_PASSPHRASE = "This matter is protected: its passphrase is needed."
_BACKUPS_KEPT = 2
ENDING = ".privity"


class MatterDatabase(MatterRecords):
    """An open matter. One at a time: a lock file beside the database keeps a second instance out."""

    def __init__(
        self, files: MatterFiles, lock: filelock.BaseFileLock | None, key: bytes | None,
    ) -> None:  # fmt: skip
        access = Access(files.database, key)
        try:
            super().__init__(access, Journal(files.journal, key))
        except BaseException:
            access.close()
            raise
        self._files = files
        self._lock = lock
        self._key = key
        self._open = True

    @classmethod
    def create(
        cls, path: Path, matter: Matter, passphrase: str | None = None, *,
        migrations: Path | None = None, cost: KeyCost | None = None,
    ) -> Self:  # fmt: skip
        """Make and open a matter's database at `path`; UserError where there is one already."""
        files = MatterFiles(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise UserError("There is a matter of this name already: open it, or choose another name.")
        lock = locked(files)
        try:
            key = create_header(files.header, passphrase, cost or KeyCost()) if passphrase is not None else None
            cls.lay(files, key, matter, migrations)
            database = cls(files, lock, key)
            database.update_matter(matter)  # once more, for the journal
        except BaseException:
            for path_left in files.all():
                if path_left != files.lock:
                    remove_file(path_left)
            lock.release()
            raise
        return database

    @classmethod
    def open(cls, path: Path, passphrase: str | None = None, *, migrations: Path | None = None) -> Self:
        """Open a matter: key, migrations behind a backup, a check after an unclean end, the journal's replay.

        UserError on a wrong passphrase, a damaged file, or a matter that is open elsewhere.
        """
        files = MatterFiles(path)
        if not path.is_file():
            raise UserError("The matter's file is not there any more: it may have been moved or removed.")
        lock = locked(files)
        try:
            key = unlock(files, passphrase)
            _check(files, key)
            with storage_errors():
                _migrate(files, key, migrations)
            database = cls(files, lock, key)
        except BaseException:
            lock.release()
            raise
        try:
            database._replay()
        except BaseException:
            database.close()
            raise
        return database

    @staticmethod
    def lay(files: MatterFiles, key: bytes | None, matter: Matter, migrations: Path | None) -> None:
        """Make the file with its tables and the matter's facts; the caller holds the lock."""
        with storage_errors():
            _migrate(files, key, migrations)
        access = Access(files.database, key)
        try:
            access.write(lambda s: contracts.put_matter(s, matter))
        finally:
            access.close()

    @classmethod
    def attach(cls, path: Path, key: bytes | None) -> Self:
        """A second process of ours comes to a matter that the first has open: what `handover` gave, no lock, no replay.

        SQLite keeps the writers apart; the one who holds the lock closes last.
        """
        return cls(MatterFiles(path), None, key)

    @property
    def handover(self) -> tuple[Path, bytes | None]:
        """What `attach` needs: the file and its key. It goes to a child of ours and nowhere else."""
        return self._files.database, self._key

    def _replay(self) -> None:
        """Take from the journal what the database lost; give it what it lacks (handed on without it, or damaged)."""
        entries = [decisions.from_json(entry) for entry in self._journal.entries("decision")]
        voided = frozenset(entry["hash"] for entry in self._journal.entries("void"))
        chain = decisions.newest_chain(entries, voided)
        self.replayed = self._access.write(lambda s: decisions.replay(s, chain))
        kept = {entry.hash for entry in entries}
        own = self.decisions()
        for decision in own:
            if decision.hash not in kept:
                self._journal.append("decision", decisions.to_json(decision))
        if chain and chain[-1].hash not in {decision.hash for decision in own}:
            # Another copy of the database was put here: what only the journal knows is merged like a colleague's.
            self.conflicts_found = self.merge_log(chain).conflicts
        if not self._journal.entries("matter"):
            self._journal.append("matter", contracts.matter_to_json(self.matter()))

    @property
    def path(self) -> Path:
        """The database file."""
        return self._files.database

    @property
    def protected(self) -> bool:
        """Whether the matter has a passphrase."""
        return self._files.header.exists()

    def copy_to(self, target: Path) -> None:
        """Write the matter as it stands into a new file, with its key header; whole or not at all."""
        if target.exists():
            raise UserError("There is a file of this name already: choose another name.")
        files, part = MatterFiles(target), target.with_name(target.name + ".part")
        try:
            part.unlink(missing_ok=True)
            self._access.maintain(f"VACUUM INTO '{str(part).replace(chr(39), chr(39) * 2)}'")
            if self.protected:
                write_whole(files.header, self._files.header.read_bytes())
            part.replace(target)
        except (OSError, UserError) as error:
            part.unlink(missing_ok=True)
            why = f": {error.strerror}" if isinstance(error, OSError) and error.strerror else ""
            raise UserError(f"The copy could not be written there{why}; choose another folder.") from None
        sync_folder(target.parent)

    def check(self) -> bool:
        """Whether the whole file passes its integrity check; may take seconds on a large matter."""
        with self._access.read() as session:
            return session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"

    def close(self) -> None:
        """Finish queued writes, fold the WAL in, let others open the matter. Closing twice does nothing."""
        if self._open:
            self._open = False
            self._access.close()
            self._journal.close()
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def unlock(files: MatterFiles, passphrase: str | None) -> bytes | None:
    """The key of a protected matter, None for a plain one; UserError where passphrase or key file are missing."""
    if not files.header.exists():
        if files.database.read_bytes()[:1] and _is_plain(files.database):
            return None
        raise UserError("The matter is damaged, or its key file is missing: both files must lie side by side.")
    if not passphrase:
        raise UserError(NEEDS_PASSPHRASE)
    return key_from_header(files.header, passphrase)


def _is_plain(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def has_passphrase(path: Path) -> bool:
    """Whether the matter at `path` has a key header beside it."""
    return MatterFiles(path).header.is_file()


def is_matter(path: Path) -> bool:
    """Whether a file may be opened as a matter: another program's database must not get our tables."""
    if not path.is_file():
        raise UserError("The matter's file is not there any more: it may have been moved or removed.")
    if has_passphrase(path) or not _is_plain(path):
        return path.suffix == ENDING
    try:
        raw = dbapi.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        finally:
            raw.close()
    except dbapi.Error:
        return path.suffix == ENDING  # damaged or in use: opening it says which
    return {"alembic_version", "matter", "decisions"} <= tables


def locked(files: MatterFiles) -> filelock.BaseFileLock:
    """The matter's lock, taken; UserError where somebody else holds it."""
    lock = filelock.FileLock(files.lock, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise UserError(IN_USE) from None
    except OSError:
        raise UserError("The matter's folder cannot be written to: check its permissions and try again.") from None
    return lock


def _check(files: MatterFiles, key: bytes | None) -> None:
    """Open once; after an unclean end (a WAL was left) check the structure too. Damage is one sentence."""
    unclean = files.database.with_name(files.database.name + "-wal").exists()
    try:
        raw = connect(files.database, key)
        try:
            sound = not unclean or raw.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        finally:
            raw.close()
    except dbapi.DatabaseError as error:
        if "not a database" not in str(error) and "malformed" not in str(error):
            with storage_errors():
                raise
        sound = False
    if not sound:
        raise UserError(DAMAGED + last_held(files, key))


def last_held(files: MatterFiles, key: bytes | None) -> str:
    """A clause that names the last decision that the journal holds; "" where there is none."""
    if not files.journal.exists():
        return ""
    journal = Journal(files.journal, key)
    try:
        kept = journal.entries("decision")
    finally:
        journal.close()
    if not kept:
        return ""
    head = decisions.from_json(kept[-1])
    return f" Its journal holds {head.sequence} decisions, the last of {head.time:%d %B %Y %H:%M} UTC."


def _migrate(files: MatterFiles, key: bytes | None, migrations: Path | None) -> None:
    engine = make_engine(files.database, key, read_only=False)

    def back_up(revision: str) -> None:
        raw = engine.raw_connection()
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        raw.close()
        schema.copy_database(files.database, files.backup(revision))
        backups = sorted(files.database.parent.glob(files.backup("*").name), key=lambda p: p.stat().st_mtime)
        for old in backups[:-_BACKUPS_KEPT]:
            remove_file(old)

    try:
        schema.upgrade(engine, DecisionRow.metadata, schema.MATTER_HEAD, "versions", migrations, back_up)
    finally:
        engine.dispose()
