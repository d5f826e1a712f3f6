"""Data of our own beside the screener: known types, spans inside their texts, nothing twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.analysis.clause_rules import RULES
from app.domain.clauses import CUAD_TYPES

SCREENER = Path(__file__).parents[2] / "models/screener"


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_written_passages_are_of_known_types_and_none_stands_twice() -> None:
    files = sorted((SCREENER / "written").glob("*.jsonl"))
    rows = [row for path in files for row in _lines(path)]
    assert len(files) >= 24
    assert all({row["type"], *row["also"]} <= set(CUAD_TYPES) and row["type"] not in row["also"] for row in rows)
    texts = [row["text"] for row in rows]
    assert len(set(texts)) == len(texts)
    for path in files:
        assert len({row["type"] for row in _lines(path)}) == 1
        assert {row["present"] for row in _lines(path)} == {True, False}


def test_passages_for_the_rules_share_no_contract_between_the_halves() -> None:
    rows = _lines(SCREENER / "labelled/rules.jsonl")
    halves = {half: {row["title"] for row in rows if row["half"] == half} for half in ("tune", "measure")}
    assert all(halves.values())
    assert not halves["tune"] & halves["measure"]
    assert not (halves["tune"] | halves["measure"]) & set((SCREENER / "held_out.txt").read_text("utf-8").splitlines())
    types = {rule.type for rule in RULES}
    assert all(set(row["labels"]) <= types and 0 <= row["start"] < row["end"] for row in rows)
    assert {name for row in rows if row["half"] == "measure" for name in row["labels"]} == types


def test_agreements_beyond_cuad_have_their_quotes() -> None:
    rows = _lines(SCREENER / "labelled/beyond_cuad.jsonl")
    assert len(rows) == 12
    for row in rows:
        assert set(row["labels"]) <= set(CUAD_TYPES)
        for spans in row["labels"].values():
            assert spans
            assert all(0 <= start < end <= len(row["text"]) and row["text"][start:end].strip() for start, end in spans)
