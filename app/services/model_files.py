"""The files behind a model's key: the GGUF, an adapter where there is one, and their digests, hashed once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from app.analysis.engine import sha256_of
from app.analysis.gguf_header import GgufHeader, check_adapter, read_header
from app.errors import UserError
from app.paths import builtin_model
from app.storage.app_database import AppDatabase

LORA = "+lora="  # in a key, between a model's path and that of its adapter
_DIGESTS = "model-digests"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model by its files; `sha256` is of both together where there is an adapter."""

    path: Path
    adapter: Path | None
    sha256: str
    header: GgufHeader


def with_adapter(key: str, adapter: Path) -> str:
    """The key of a model together with a LoRA adapter."""
    return f"{key}{LORA}{adapter}"


def paths_of(key: str) -> tuple[Path, Path | None]:
    """The GGUF behind "builtin" or a path, and its adapter; raises UserError where one is not there."""
    name, _, adapter = key.partition(LORA)
    path = builtin_model() if name == "builtin" else Path(name)
    if not path.is_file():
        if name == "builtin":
            raise UserError("The built-in model is not installed: run the set-up again, or choose --model none.")
        raise UserError(f"There is no model file at {name}.")
    if adapter and not Path(adapter).is_file():
        raise UserError(f"There is no adapter file at {adapter}.")
    return path, Path(adapter) if adapter else None


def model_file(key: str, database: AppDatabase) -> ModelFile:
    """Everything about a key's files; raises UserError where they cannot be used."""
    path, adapter = paths_of(key)
    header = read_header(path)
    sha256 = digest_of(path, database)
    if adapter is not None:
        check_adapter(read_header(adapter), header)
        sha256 = hashlib.sha256(f"{sha256}+{digest_of(adapter, database)}".encode()).hexdigest()
    return ModelFile(path, adapter, sha256, header)


def digest_of(path: Path, database: AppDatabase) -> str:
    """SHA-256 of a file, remembered as long as path, size and time are the same: a 7B takes half a minute to hash."""
    try:
        facts = path.stat()
    except OSError as error:
        raise UserError("The model file cannot be read; check that it exists and may be read.") from error
    name, stamp = str(path.resolve()), [facts.st_size, facts.st_mtime_ns]
    known = database.setting(_DIGESTS, {})
    if name in known and known[name][:2] == stamp:
        return str(known[name][2])
    digest = sha256_of(path)
    kept = {key: value for key, value in known.items() if Path(key).is_file()}
    database.set_setting(_DIGESTS, {**kept, name: [*stamp, digest]})
    return digest
