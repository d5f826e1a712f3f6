"""A playbook's trained detector, loaded when it is first asked: reading a playbook needs no number library."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.analysis.unfair import Passage, UnfairTerms

# The corpus's categories, in words that a playbook uses.
CATEGORIES: dict[str, str] = {
    "a": "arbitration", "ch": "change", "cr": "removal", "j": "jurisdiction", "law": "law", "ltd": "liability",
    "pinc": "privacy", "ter": "termination", "use": "use",
}  # fmt: skip
_ARRAYS = {"threshold.npy", "unfair_keys.npy", "unfair_weights.npy", "unfair_scale.npy", "unfair_bias.npy"}


class LaterDetector:
    """The detector of a weight file's bytes. ValueError where those are damaged or of another sort."""

    def __init__(self, raw: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as arrays:
                sound = arrays.testzip() is None and set(arrays.namelist()) >= _ARRAYS
        except (zipfile.BadZipFile, EOFError) as error:
            raise ValueError("no arrays") from error
        if not sound:
            raise ValueError("not these arrays")
        self._raw = raw
        self._held: UnfairTerms | None = None

    def passages(self, text: str) -> tuple[Passage, ...]:
        """The passages that are told, in the order of the text."""
        if self._held is None:
            from app.analysis.unfair import load_terms

            self._held = load_terms(self._raw)
        return self._held.passages(text)
