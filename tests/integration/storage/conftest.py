"""A matter to store things in, plain and protected."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.storage.database import MatterDatabase

sys.path.insert(0, str(Path(__file__).parent))

from matter_data import CHEAP, MATTER, PASSPHRASE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "matters" / MATTER.matter_id / "matter.db"


@pytest.fixture(params=[None, PASSPHRASE], ids=["plain", "protected"])
def passphrase(request: pytest.FixtureRequest) -> str | None:
    return request.param


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str | None, Path]:
    """A fresh matter, plain and protected, made once: tests open copies."""
    made: dict[str | None, Path] = {}
    for passphrase in (None, PASSPHRASE):
        made[passphrase] = tmp_path_factory.mktemp("template") / "matter.db"
        MatterDatabase.create(made[passphrase], MATTER, passphrase, cost=CHEAP).close()
    return made


@pytest.fixture
def make(path: Path, passphrase: str | None, templates: dict[str | None, Path]) -> Callable[[], MatterDatabase]:
    def opened() -> MatterDatabase:
        shutil.copytree(templates[passphrase].parent, path.parent, dirs_exist_ok=True)
        return MatterDatabase.open(path, passphrase)

    return opened


@pytest.fixture
def database(make: Callable[[], MatterDatabase]) -> Iterator[MatterDatabase]:
    with make() as made:
        yield made
