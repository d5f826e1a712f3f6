"""Small text files that a user writes: one entry a line."""

from __future__ import annotations

from pathlib import Path

from app.errors import UserError


def lines_of(path: Path, what: str) -> list[str]:
    """The lines of a UTF-8 file; raises UserError in one sentence that begins with `what` where it cannot be read."""
    try:
        return path.read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        raise UserError(f"There is no file named {path}.") from None
    except OSError as error:
        raise UserError(f"{what} {path.name} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UserError(f"{what} {path.name} cannot be read as UTF-8 text: save it as CSV in UTF-8.") from None
