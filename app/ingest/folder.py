"""Dropped paths to a sorted list of files. Links that lead out, hidden files and lock files stay out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_LOOKS_LIKE_A_FILE = (
    ".pdf",
    ".docx",
    ".doc",
    ".rtf",
    ".rtfd",
    ".odt",
    ".pages",
    ".txt",
    ".zip",
    ".eml",
    ".tif",
    ".tiff",
    ".jpg",
    ".jpeg",
    ".png",
)
_LITTER = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A file below a dropped path; `path` is shown, "/" between its parts. `reason` says why a folder gave nothing."""

    path: str
    file: Path | None
    reason: str | None = None


def walk(paths: Sequence[Path]) -> list[Entry]:
    """Every file, by path; with several dropped paths each begins with its own name."""
    entries: list[Entry] = []
    for path in paths:
        root = path.absolute()
        if root.is_dir():
            prefix = f"{root.name}/" if len(paths) > 1 else ""
            entries += _below(root, prefix)
        else:
            entries.append(Entry(root.name, root))
    return sorted(entries, key=lambda entry: entry.path)


def _below(root: Path, prefix: str) -> Iterator[Entry]:
    denied: list[Entry] = []

    def refuse(error: OSError) -> None:
        where = os.path.relpath(error.filename, root).replace(os.sep, "/") if error.filename else "."
        denied.append(Entry(f"{prefix}{where}/", None, f"The folder could not be opened: {error.strerror}."))

    for folder, folders, files in os.walk(root, onerror=refuse, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if name.lower().endswith(_LOOKS_LIKE_A_FILE):
                shown = prefix + (Path(folder) / name).relative_to(root).as_posix()
                yield Entry(
                    shown, None, "This is a folder with the name of a file; what lies in it is listed on its own."
                )
        for name in sorted(files):
            file = Path(folder) / name
            if name.startswith((".", "~$")) or name.lower() in _LITTER or _leads_out(file, root):
                continue
            yield Entry(prefix + file.relative_to(root).as_posix(), file)
    yield from denied


def _leads_out(file: Path, root: Path) -> bool:
    return file.is_symlink() and not file.resolve().is_relative_to(root.resolve())
