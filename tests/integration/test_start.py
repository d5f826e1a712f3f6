"""What the window loads before it is on the screen: nothing that only a later action needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

# The screener's and the report's libraries, the parsers, and what reads playbooks: each is a tenth of a second and
# tens of megabytes, or comes with such a library.
LATER = (
    "numpy", "scipy", "llama_cpp", "pymupdf", "docx", "lxml", "xlsxwriter", "icalendar", "holidays", "yaml",
    "jsonschema", "jinja2", "pydantic", "alembic", "py3langid", "tesserocr", "PIL", "qtawesome", "qtpy", "superqt",
    "app.analysis", "app.report", "app.services.analysing", "app.ui.dialogs.models", "app.ui.views.grid",
)  # fmt: skip


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    code = "import json, sys; import app.desktop; json.dump(sorted(sys.modules), sys.stdout)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("name", LATER)
def test_not_loaded_at_the_start(loaded: set[str], name: str) -> None:
    assert name not in loaded


def test_the_window_and_the_storage_are_loaded(loaded: set[str]) -> None:
    assert {"app.ui.window", "app.storage.database", "PySide6.QtWidgets"} <= loaded
