"""Where things lie: bundled resources beside the app, the user's data in the local (non-roaming) data folder."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs


def bundle_root() -> Path:
    """The folder that holds resources/, models/ and migrations/, in a checkout and in a packaged app."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def resources() -> Path:
    """Icons, playbooks, sample deal, schemas."""
    return bundle_root() / "resources"


def models() -> Path:
    """Screener weights, catalogue, and the built-in GGUF once it is fetched."""
    return bundle_root() / "models"


def migrations() -> Path:
    """Alembic's folder."""
    return bundle_root() / "migrations"


def screener_weights() -> Path:
    """The folder of the committed screener weights."""
    return models() / "screener" / "weights"


def builtin_model() -> Path:
    """SmolLM2-135M-Instruct, put here by `make setup`: in eight bits, or where that failed in four, as it comes."""
    fast = models() / "SmolLM2-135M-Instruct.Q8_0.gguf"
    return fast if fast.is_file() else published_model()


def published_model() -> Path:
    """SmolLM2-135M-Instruct in the four bits (Q4_1) in which it comes."""
    return models() / "SmolLM2-135M-Instruct.Q4_1.gguf"


def default_data_dir() -> Path:
    """The user's own data folder; never one that roams."""
    return Path(platformdirs.user_data_dir("Privity", appauthor=False, roaming=False))
