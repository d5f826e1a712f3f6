"""The evaluated instructions on disk: the restricted child fills a file that it opened before, the parent names it."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from app.analysis.engine_frames import BadFrame

LARGEST = 256 << 20  # bytes of a state: 128 KB a token for a 7B, some hundred tokens
_NAME = re.compile(r"[0-9a-f]{32}")


def prepared(folder: Path | None) -> str | None:
    """The folder as the child is told it, made if it is not there; None where nothing can be kept."""
    if folder is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None  # a cache that cannot be written costs time only
    return str(folder.resolve())


def _part(folder: str, process: int | None) -> Path:
    return Path(folder) / f"{process}.part"


def keep_part(folder: str | None, process: int | None, name: object) -> None:
    """Give what a child wrote the name that it asked for; without a name it goes. Raises BadFrame for nonsense."""
    if folder is None:
        return
    if name is None:
        forget_part(folder, process)
        return
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise BadFrame
    try:
        os.replace(_part(folder, process), Path(folder) / f"{name}.state")
    except OSError:
        forget_part(folder, process)


def forget_part(folder: str | None, process: int | None) -> None:
    """Remove what a child began."""
    if folder is not None:
        try:
            _part(folder, process).unlink(missing_ok=True)
        except OSError:
            return


# In the child ---------------------------------------------------------------------------------------------------------


def open_part(folder: str | None) -> int | None:
    """A file to write the state to, opened while the child may still open one."""
    if folder is None:
        return None
    try:
        return os.open(_part(folder, os.getpid()), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError:
        return None


def load(folder: str, name: str) -> bytes | None:
    """A kept state, None where there is none or it was damaged."""
    try:
        raw = (Path(folder) / f"{name}.state").read_bytes()
    except OSError:
        return None
    digest, state = raw[:32], raw[32:]
    return state if digest == hashlib.sha256(state).digest() else None


def write(part: int, state: bytes) -> bool:
    """Fill the part; False where the disk is full or the state too large."""
    try:
        with os.fdopen(part, "wb") as stream:
            stream.write(hashlib.sha256(state).digest() + state)
    except OSError:
        return False
    return True
