"""Length-prefixed frames between the parent and its parser children: a JSON header and raw blobs, size-capped."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import IO, Any

_PREFIX = struct.Struct(">II")  # bytes of the header, number of blobs
_LENGTH = struct.Struct(">Q")
MAX_HEADER = 256 * 1024 * 1024
MAX_BLOBS = 4096
MAX_BLOB = 1024 * 1024 * 1024


class BrokenFrame(Exception):
    """The other side went away or sent what is no frame."""


def send(stream: IO[bytes], header: dict[str, Any], blobs: Sequence[bytes] = ()) -> None:
    """Write one frame and flush."""
    raw = json.dumps(header, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    stream.write(_PREFIX.pack(len(raw), len(blobs)))
    stream.write(raw)
    for blob in blobs:
        stream.write(_LENGTH.pack(len(blob)))
        stream.write(blob)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """Read one frame; raises BrokenFrame where there is none or it is over the caps."""
    size, count = _PREFIX.unpack(_exactly(stream, _PREFIX.size))
    if size > MAX_HEADER or count > MAX_BLOBS:
        raise BrokenFrame
    try:
        header = json.loads(_exactly(stream, size))
    except (ValueError, RecursionError):
        raise BrokenFrame from None
    if not isinstance(header, dict):
        raise BrokenFrame
    blobs = []
    for _ in range(count):
        (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
        if length > MAX_BLOB:
            raise BrokenFrame
        blobs.append(_exactly(stream, length))
    return header, blobs


def _exactly(stream: IO[bytes], size: int) -> bytes:
    parts = []
    while size:
        part = stream.read(min(size, 1 << 20))
        if not part:
            raise BrokenFrame
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
