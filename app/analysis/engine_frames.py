"""What parent and model child say to one another: JSON objects in length-prefixed frames, capped and checked."""

from __future__ import annotations

import json
from multiprocessing.connection import Connection
from typing import Any

MAX_FRAME = 8 << 20  # bytes


class BadFrame(Exception):
    """The other side sent what is no frame of ours; it is not to be trusted any further."""


def send(connection: Connection, message: dict[str, Any]) -> None:
    """Send one JSON object."""
    connection.send_bytes(json.dumps(message, separators=(",", ":")).encode())


def receive(connection: Connection) -> dict[str, Any]:
    """The next JSON object; never unpickles. Raises BadFrame, or EOFError where the other side is gone."""
    try:
        data = connection.recv_bytes(MAX_FRAME)
    except EOFError:
        raise
    except OSError as error:
        raise EOFError from error  # too long a frame closes the connection
    try:
        message = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadFrame from error
    if not isinstance(message, dict):
        raise BadFrame
    return message


def numbers(message: dict[str, Any], key: str, count: int) -> list[float]:
    """A list of exactly `count` finite numbers. Raises BadFrame."""
    found = message.get(key)
    if not isinstance(found, list) or len(found) != count:
        raise BadFrame
    if not all(isinstance(v, int | float) and not isinstance(v, bool) and abs(v) < 1e9 for v in found):
        raise BadFrame
    return [float(v) for v in found]


def whole(message: dict[str, Any], key: str) -> int:
    """A whole number of at least nought. Raises BadFrame."""
    found = message.get(key)
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise BadFrame
    return found


def text(message: dict[str, Any], key: str) -> str:
    """A string. Raises BadFrame."""
    found = message.get(key)
    if not isinstance(found, str):
        raise BadFrame
    return found
