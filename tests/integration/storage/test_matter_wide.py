"""Unfinished imports, near-duplicates, carried-over spans; what a matter of the first version lacks."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from matter_data import CONTRACT, MATTER, SHA, TEXT, decide, fill, key

from app.domain.clauses import Candidate
from app.domain.matter import Contract, ContractPart
from app.domain.progress import Stage
from app.domain.text import View, WordBox
from app.storage import schema
from app.storage.database import MatterDatabase
from app.storage.relations import Relocation


def test_an_import_waits_until_all_its_paths_are_done(database: MatterDatabase) -> None:
    assert database.unfinished_import() is None
    database.begin_import(["/deal/a", "/deal/b"], {"model": "none"})
    database.end_import(["/deal/b"])
    left = database.unfinished_import()
    assert left is not None
    assert left.paths == ("/deal/a",)
    database.begin_import(["/deal/c"], {"model": "builtin"})
    left = database.unfinished_import()
    assert left is not None
    assert (left.paths, left.options) == (("/deal/a", "/deal/c"), {"model": "builtin"})
    database.end_import(["/deal/c", "/deal/a"])
    assert database.unfinished_import() is None
    database.begin_import(["/deal/d"], {})
    database.dismiss_import()
    assert database.unfinished_import() is None


def test_near_duplicates_are_kept_in_place_of_the_old(database: MatterDatabase) -> None:
    fill(database)
    database.put_contract(Contract("c-other", "two.pdf", (ContractPart(SHA),)))
    database.put_near_duplicates([("c-other", CONTRACT.contract_id, 0.9)])
    database.put_near_duplicates([("c-other", CONTRACT.contract_id, 0.8)])
    assert database.near_duplicates() == [(*sorted((CONTRACT.contract_id, "c-other")), 0.8)]


def test_where_spans_went_is_kept(database: MatterDatabase) -> None:
    fill(database)
    later = replace(TEXT, ingest_version="i2", text_id="")
    database.put_text(later)
    moved = [
        Relocation(TEXT.text_id, 1, 5, later.text_id, 2, 6, 1.0),
        Relocation(TEXT.text_id, 7, 9, later.text_id, None, None, 0.4),
    ]
    database.put_relocations(moved)
    database.put_relocations(moved)
    assert database.all_relocations() == moved


def test_a_view_that_only_an_earlier_reading_had_is_not_the_latest(database: MatterDatabase) -> None:
    fill(database)
    database.put_text(replace(TEXT, view=View.ORIGINAL, text_id=""))
    assert set(database.latest_texts(SHA)) == {View.ACCEPTED, View.ORIGINAL}
    later = replace(TEXT, ingest_version="i9", text_id="")
    database.put_text(later)
    assert database.latest_texts(SHA) == {View.ACCEPTED: later.text_id}


def test_thresholds_and_the_boxes_of_recognised_words_come_back(database: MatterDatabase) -> None:
    fill(database)
    scanned = replace(TEXT, ingest_version="i3", text_id="", boxes=(WordBox(3, 7, 1, 10.0, 20.5, 30.0, 40.0),))
    database.put_text(scanned)
    assert database.text(scanned.text_id).boxes == scanned.boxes
    found = (Candidate("Insurance", 1, 5, 0.4, False, threshold=0.45),)
    database.finish_screen(key(Stage.SCREEN), found)
    assert database.screened(key(Stage.SCREEN)) == found


def test_a_matter_of_the_first_version_is_brought_up_whole(path: Path, tmp_path: Path) -> None:
    first = tmp_path / "first"
    shutil.copytree(schema.default_migrations(), first)
    for script in (first / "versions").glob("*.py"):
        if not script.name.startswith("0001"):
            script.unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "MATTER_HEAD", "0001")
        with MatterDatabase.create(path, MATTER, migrations=first) as old:
            fill(old)
            made = decide(old)
    with MatterDatabase.open(path) as database:
        assert database.decisions() == [made]
        assert database.text(TEXT.text_id) == TEXT
        assert database.unfinished_import() is None
        assert database.near_duplicates() == []
