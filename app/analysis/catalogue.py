"""The models that Privity knows by name, and what it says of one that it does not know."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.analysis.fusion import Fusion
from app.analysis.gguf_header import GgufHeader


@dataclass(frozen=True, slots=True)
class Quantisation:
    """A file of a model: size and need of memory at 4,096 tokens, in GB (10^9 bytes)."""

    name: str
    size: float
    memory: float


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A line of the catalogue. `get` says in words where a lawyer's IT gets it; `exam` only where we ran it."""

    key: str
    name: str
    publisher: str
    release: str
    licence: str
    commercial_use: bool
    template: str
    get: str
    note: str
    quantisations: tuple[Quantisation, ...]
    sha256: str | None = None
    exam: Fusion | None = None

    @property
    def warning(self) -> str | None:
        """What to say before the model is used for a client, None where there is nothing to say."""
        if self.commercial_use:
            return None
        return f"{self.name} is for research only ({self.licence}): do not use it for client work without a licence."


def load_catalogue(path: Path) -> tuple[KnownModel, ...]:
    """The models of catalog.toml, in its order."""
    return tuple(_model(entry) for entry in tomllib.loads(path.read_text("utf-8"))["models"])


def _model(entry: dict[str, Any]) -> KnownModel:
    exam = entry.get("exam")
    fields = {**entry, "quantisations": tuple(Quantisation(**q) for q in entry["quantisations"])}
    if exam is not None:
        note = f"the model is {exam['mark']} for this purpose: gate questions AUC {exam['gate_auc']:.2f}"
        fields["exam"] = Fusion(exam["weight"], exam["slope"], exam["offset"], note)
    return KnownModel(**fields)


def find_known(catalogue: Sequence[KnownModel], sha256: str, header: GgufHeader) -> KnownModel | None:
    """The catalogue's line for a file: by its SHA-256, else by the name that its header gives; None if unknown."""
    for model in catalogue:
        if model.sha256 == sha256:
            return model
    name = _plain(header.name)
    found = [model for model in catalogue if name and _plain(model.name) in name and model.sha256 is None]
    return max(found, key=lambda model: len(model.name), default=None)


def warning_for(known: KnownModel | None) -> str | None:
    """One sentence before a model is used, None where there is nothing to say."""
    if known is None:
        return "This model is not in Privity's catalogue: check its licence, and examine it before its answers count."
    return known.warning


def shipped_fusion(known: KnownModel | None, sha256: str) -> Fusion:
    """The weight of a file that was never examined here: our own exam's for the very same file, else nought."""
    if known is not None and known.exam is not None and known.sha256 == sha256:
        return known.exam
    return Fusion()


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())
