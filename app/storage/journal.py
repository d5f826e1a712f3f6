"""The journal of decisions: a second, tiny database beside the matter's, keyed alike, only ever appended to.

A file of its own, so that a damaged database or WAL costs no decision; through the same engine, so that a protected
matter's journal is encrypted without a second cipher in the app.
"""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as dbapi

from app.storage.engine import connect
from app.storage.errors import storage_errors

_SCHEMA = """CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL)"""
_APPEND_ONLY = """CREATE TRIGGER IF NOT EXISTS entries_no_{what} BEFORE {what} ON entries
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""


class Journal:
    """Open for the life of the matter. Every append is on the disk when it returns (rollback journal, FULL)."""

    def __init__(self, path: Path, key: bytes | None) -> None:
        self._lock = threading.Lock()
        try:
            self._raw = self._open(path, key)
        except dbapi.DatabaseError as error:
            if "not a database" not in str(error) and "malformed" not in str(error):
                raise
            # The journal alone is damaged: set it aside, the database has every decision, and start another.
            path.replace(path.with_name(path.name + ".damaged"))
            self._raw = self._open(path, key)

    @staticmethod
    def _open(path: Path, key: bytes | None) -> Any:
        raw = connect(path, key, mode="TRUNCATE")
        try:
            raw.execute(_SCHEMA)
            for what in ("UPDATE", "DELETE"):
                raw.execute(_APPEND_ONLY.format(what=what))
            raw.execute("SELECT max(id), sum(length(body)) FROM entries").fetchone()
        except BaseException:
            raw.close()
            raise
        return raw

    def append(self, kind: str, body: dict[str, Any]) -> None:
        """Add an entry, durable on return. An entry whose database transaction then fails is taken up on opening."""
        with self._lock, storage_errors():
            self._raw.execute("INSERT INTO entries (kind, body) VALUES (?, ?)", (kind, json.dumps(body)))

    def entries(self, kind: str) -> list[dict[str, Any]]:
        """Every entry of a kind in order."""
        with self._lock, storage_errors():
            rows = self._raw.execute("SELECT body FROM entries WHERE kind = ? ORDER BY id", (kind,)).fetchall()
        return [json.loads(body) for (body,) in rows]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._raw.close()
