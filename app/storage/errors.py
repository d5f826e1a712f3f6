"""Turns what the database engine complains of into sentences for the user."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as dbapi
from sqlalchemy.exc import DBAPIError

from app.errors import UserError

DAMAGED = "The matter's database is damaged; nothing was changed."

# The engine gives no error codes, so its own fixed English messages are what can be told apart.
_SENTENCES: tuple[tuple[str, str], ...] = (
    ("disk is full", "The disk is full: the last change was not stored; free some space and try again."),
    ("is locked", "Another program is using this matter's database: close it and try again."),
    ("readonly database", "The matter's folder cannot be written to: check its permissions and try again."),
    ("unable to open database", "The matter's database cannot be opened: check that its folder exists and is yours."),
    ("disk i/o error", "The disk reported an error: the last change was not stored; check the disk and try again."),
    ("not a database", DAMAGED),
    ("malformed", DAMAGED),
)


def sentence_for(error: Exception) -> str | None:
    """The sentence for an engine's error, None where it is a bug of ours."""
    message = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    return next((sentence for part, sentence in _SENTENCES if part in message), None)


@contextmanager
def storage_errors() -> Iterator[None]:
    """Raise UserError for what the user can mend; let everything else through."""
    try:
        yield
    except (DBAPIError, dbapi.Error) as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        raise UserError(sentence) from None
