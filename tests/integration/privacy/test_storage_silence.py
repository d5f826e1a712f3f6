"""Errors, and the sentences they become, carry no word, value or name of a contract."""

from __future__ import annotations

import datetime as dt
import logging
import traceback
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from app.domain.matter import Contract, ContractPart, Matter
from app.domain.text import ContractText, View
from app.errors import UserError
from app.storage.database import MatterDatabase

CANARY = "Zyxwcanary"


@pytest.fixture
def database(tmp_path: Path) -> MatterDatabase:
    return MatterDatabase.create(tmp_path / "m.db", Matter("1" * 32, CANARY, dt.datetime.now(dt.UTC)))


def test_a_bug_in_storage_tells_no_values(database: MatterDatabase, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with database, pytest.raises(DBAPIError) as caught:
        database.put_contract(Contract("c-1", CANARY, (ContractPart(CANARY),)))
    assert CANARY not in "".join(traceback.format_exception_only(caught.value))
    assert CANARY not in caplog.text


def test_a_full_disk_tells_no_words(database: MatterDatabase) -> None:
    words = f"{CANARY} " + " ".join(str(n) for n in range(9000))
    with database:
        with database._access._writing.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")
        with pytest.raises(UserError) as caught:
            database.put_text(ContractText("ab" * 32, "1", View.ACCEPTED, "", words, "txt"))
    assert CANARY not in "".join(traceback.format_exception(caught.value, chain=True))
