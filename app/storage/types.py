"""Column types and the packing of JSON."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from typing import Any

from sqlalchemy import JSON, ColumnElement, String, TypeDecorator, type_coerce
from sqlalchemy.engine import Dialect

_MOST_UNPACKED = 1 << 30


class UtcTime(TypeDecorator[dt.datetime]):
    """A moment, stored as ISO text in UTC with microseconds, so that text order is time order."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:
        """Moment to text; a moment without a zone is a bug."""
        return None if value is None else utc_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.datetime | None:
        """Text to moment."""
        return None if value is None else dt.datetime.fromisoformat(value)


class AnyText(TypeDecorator[str]):
    """Text that may hold lone surrogates (file names that are not UTF-8, broken fonts): those are stored as JSON."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Text as it is, or U+0001 and JSON where UTF-8 cannot hold it."""
        if value is None or value.isascii():
            return value
        try:
            value.encode()
        except UnicodeEncodeError:
            return "\x01" + json.dumps(value)
        return value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The text that was bound."""
        return any_text(value)  # type: ignore[no-any-return]


def plain(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column as the database holds it, for lists of thousands of rows: any_text() and json.loads() undo it."""
    return type_coerce(column, String) if isinstance(column.type, AnyText | JSON) else column


def any_text(stored: str | None) -> Any:
    """What AnyText would give back."""
    return json.loads(stored[1:]) if stored and stored[0] == "\x01" else stored


def utc_text(value: dt.datetime) -> str:
    """ISO text in UTC with microseconds."""
    if value.tzinfo is None:
        raise ValueError("a time without a zone")
    return value.astimezone(dt.UTC).isoformat(timespec="microseconds")


def now() -> dt.datetime:
    """This moment in UTC."""
    return dt.datetime.now(dt.UTC)


def pack(value: Any) -> bytes:
    """JSON, compressed."""
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode("ascii"), 4)


def unpack(raw: bytes) -> Any:
    """The value that was packed; ValueError where the bytes are damaged or unpack to more than 1 GiB."""
    return json.loads(inflate(raw))


def inflate(raw: bytes) -> bytes:
    """Bytes that were compressed; ValueError where they are damaged or larger than 1 GiB."""
    machine = zlib.decompressobj()
    try:
        data = machine.decompress(raw, _MOST_UNPACKED)
    except zlib.error:
        raise ValueError("damaged compressed data") from None
    if not machine.eof:
        raise ValueError("compressed data is cut off or too large")
    return data
