"""Deleting a matter leaves no byte of it in the data folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from matter_data import CANARY, MATTER, decide, fill

from app.errors import UserError
from app.storage.app_database import AppDatabase
from app.storage.database import MatterDatabase
from app.storage.deletion import delete_matter
from app.storage.files import MatterFiles


def test_nothing_is_left(
    tmp_path: Path, make: Callable[[], MatterDatabase], path: Path, passphrase: str | None
) -> None:
    app = AppDatabase(tmp_path)
    with make() as database:
        fill(database)
        decide(database)
        app.remember(MATTER.matter_id, MATTER.name, path, protected=passphrase is not None)
        with pytest.raises(UserError, match="open in another window"):
            delete_matter(path, MATTER.matter_id)
    files = MatterFiles(path)
    for leftover in (files.backup("0000"), files.journal.with_name(files.journal.name + ".damaged")):
        leftover.write_bytes(CANARY.encode())
    record = delete_matter(path, MATTER.matter_id)
    app.forget(MATTER.matter_id)
    app.close()
    assert files.all() == []
    for file in tmp_path.rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        assert CANARY.encode() not in data, file.name
        assert MATTER.matter_id.encode() not in data, file.name
    assert MATTER.matter_id in record
    assert "beyond recovery" in record
    assert ("key file of the matter was destroyed" in record) == (passphrase is not None)


def test_a_neighbour_is_left_alone(tmp_path: Path) -> None:
    one, two = tmp_path / "m.db", tmp_path / "m2.db"
    for path in (one, two):
        MatterDatabase.create(path, MATTER).close()
    delete_matter(one, MATTER.matter_id)
    left = MatterDatabase.open(two)
    assert left.matter().matter_id == MATTER.matter_id
    left.close()
    assert not one.exists()
