"""Writing a file whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from app.errors import UserError

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))  # Windows knows no quotas by number


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
        raise UserError(why_not_written(path, error)) from error


def _umask() -> int:
    """The process's umask; mkstemp makes files that only their owner can read, a report is for colleagues."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def why_not_written(target: Path, error: OSError) -> str:
    """A sentence that says why, and what to do."""
    if error.errno in _FULL:
        return f"{target.name} cannot be written: the disk is full. Free some space or choose another disk."
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return (
            f"{target.name} cannot be written: it is open in another program, or the folder is protected. "
            "Close it there or choose another folder."
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"{target.name} cannot be written: the folder is not there any more. Choose another folder."
    return f"{target.name} cannot be written: {error.strerror or 'the disk refused it'}. Choose another folder."
