"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from app.errors import UserError


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path` through a temporary file beside it; raises UserError where the folder will not take it."""
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=".privity-", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise UserError(
            f"The file could not be written ({error.strerror}): close it where it is open, or choose another folder."
        ) from error


def _umask() -> int:
    """The process's umask; mkstemp makes files that only their owner can read, a report is for colleagues."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
