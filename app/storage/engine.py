"""Connections to one database file: keyed, durable, with readers apart from the one writer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as dbapi
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from app.storage.errors import storage_errors
from app.storage.writer import Writer

T = TypeVar("T")
_BUSY_MS = 5_000


def connect(path: Path, key: bytes | None, *, read_only: bool = False, mode: str = "WAL") -> Any:
    """A DB-API connection in autocommit, keyed where `key` (32 bytes) is given; DatabaseError on a wrong one."""
    raw = dbapi.connect(str(path), isolation_level=None, check_same_thread=False, timeout=_BUSY_MS / 1000)
    try:
        if key is not None:
            raw.execute("PRAGMA cipher_log_level = NONE")  # else it writes to stderr on a wrong key
            raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        raw.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        raw.execute(f"PRAGMA journal_mode = {mode}")
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA secure_delete = ON")
        raw.execute("PRAGMA temp_store = MEMORY")  # no plain temporary file of a protected matter
        raw.execute("PRAGMA trusted_schema = OFF")
        raw.execute("PRAGMA journal_size_limit = 16777216")
        if read_only:
            raw.execute("PRAGMA query_only = ON")
    except BaseException:
        raw.close()
        raise
    return raw


def make_engine(path: Path, key: bytes | None, *, read_only: bool) -> Engine:
    """An engine whose transactions are BEGIN IMMEDIATE for the writer and BEGIN for readers."""
    engine = create_engine(
        "sqlite://",
        module=dbapi,
        creator=lambda: connect(path, key, read_only=read_only),
        poolclass=QueuePool,
        pool_size=4 if read_only else 1,
        max_overflow=12 if read_only else 0,
        hide_parameters=True,
    )
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


class Access:
    """The way to one open database: read() on own connections, write() through the one writer thread."""

    def __init__(self, path: Path, key: bytes | None) -> None:
        self._reading = make_engine(path, key, read_only=True)
        self._writing = make_engine(path, key, read_only=False)
        self._writer = Writer(self._writing)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session on a reader's connection; sees one state of the database from first to last query."""
        with storage_errors(), Session(self._reading) as session:
            yield session

    def write(self, job: Callable[[Session], T], *, urgent: bool = False) -> T:
        """Run `job` in one transaction of the writer thread; on the disk when this returns. Urgent jobs go first."""
        with storage_errors():
            return self._writer.run(job, urgent=urgent)

    def maintain(self, *statements: str) -> None:
        """Run statements outside a transaction on a connection of their own (checkpoint, optimize)."""
        with storage_errors():
            raw = self._writing.raw_connection()
            try:
                for statement in statements:
                    raw.cursor().execute(statement).fetchall()
            finally:
                raw.close()

    def close(self) -> None:
        """Finish what is queued, then close every connection; the last one folds the WAL into the database."""
        self._writer.close()
        self._reading.dispose()
        self._writing.dispose()
