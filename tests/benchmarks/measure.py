"""The published measure of clause predictions, a script of its own, as a module."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any


def load_measure(path: Path) -> Any:
    """The scoring script as a module."""
    spec = importlib.util.spec_from_file_location("measure", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
