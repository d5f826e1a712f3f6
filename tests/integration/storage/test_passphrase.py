"""A protected matter: only the passphrase opens it, and no file of it holds a readable word."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from matter_data import CANARY, CHEAP, MATTER, PASSPHRASE, decide, fill

from app.errors import UserError
from app.storage.database import MatterDatabase
from app.storage.files import MatterFiles


def test_no_file_holds_a_readable_word(path: Path) -> None:
    needles = [CANARY.encode(), CANARY.lower().encode(), b"SQLite format 3", b"CREATE TABLE", b"Renewal Term"]

    def scan() -> None:
        for file in path.parent.rglob("*"):
            data = file.read_bytes() if file.is_file() else b""
            for needle in needles:
                assert needle not in data, file.name

    with MatterDatabase.create(path, MATTER, PASSPHRASE, cost=CHEAP) as database:
        fill(database)
        decide(database)
        database.search(CANARY)
        scan()  # with WAL and shared memory in place
    scan()


def test_a_plain_matter_is_readable_so_the_scan_can_fail(path: Path) -> None:
    with MatterDatabase.create(path, MATTER) as database:
        fill(database)
    assert CANARY.encode() in path.read_bytes()


def test_wrong_or_missing_passphrase(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    MatterDatabase.create(path, MATTER, PASSPHRASE, cost=CHEAP).close()
    with pytest.raises(UserError, match="passphrase is wrong"):
        MatterDatabase.open(path, "guess")
    with pytest.raises(UserError, match="passphrase is needed"):
        MatterDatabase.open(path)
    with pytest.raises(UserError, match="protects nothing"):
        MatterDatabase.create(path.with_name("other.db"), MATTER, "", cost=CHEAP)
    MatterDatabase.open(path, PASSPHRASE).close()
    assert capfd.readouterr() == ("", ""), "the engine keeps its complaints to itself"


def test_the_same_letters_from_another_keyboard_open_it(path: Path) -> None:
    MatterDatabase.create(path, MATTER, unicodedata.normalize("NFC", PASSPHRASE), cost=CHEAP).close()
    opened = MatterDatabase.open(path, unicodedata.normalize("NFD", PASSPHRASE))
    assert opened.matter().matter_id == MATTER.matter_id
    opened.close()


@pytest.mark.parametrize(
    "change", [{"memory_kib": 1 << 40}, {"time": 10**9}, {"lanes": 0}, {"salt": "zz"}, {"kdf": "none"}, {"format": 2}]
)
def test_a_hostile_header_is_refused(path: Path, change: dict[str, object]) -> None:
    MatterDatabase.create(path, MATTER, PASSPHRASE, cost=CHEAP).close()
    header = MatterFiles(path).header
    header.write_text(json.dumps(json.loads(header.read_text()) | change))
    with pytest.raises(UserError, match="key file"):
        MatterDatabase.open(path, PASSPHRASE)


def test_without_its_key_file_it_is_not_opened(path: Path) -> None:
    MatterDatabase.create(path, MATTER, PASSPHRASE, cost=CHEAP).close()
    MatterFiles(path).header.unlink()
    with pytest.raises(UserError, match="key file is missing"):
        MatterDatabase.open(path, PASSPHRASE)
