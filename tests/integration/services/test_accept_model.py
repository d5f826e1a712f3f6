"""A model's acceptance: an interrupted night is taken up, and a vote without weight is not asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import accept_model


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, str, Path]]:
    """The contracts that were read, with the model and the folder of its exam; the measure is not run."""
    cuad = tmp_path / "shared" / "cuad"
    cuad.mkdir(parents=True)
    rows = [{"title": f"c{n}", "text": "Text.", "labels": {}} for n in range(4)]
    (cuad / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (cuad / "quick20.txt").write_text("c0\nc2\nc3\n", "utf-8")
    monkeypatch.setattr(accept_model, "SHARED", tmp_path / "shared")
    monkeypatch.setattr(accept_model, "_figures", lambda _contracts, out: f"{out.stem} {len(out.read_text().split())}")
    read: list[tuple[str, str, Path]] = []

    def predict(one: Path, out: Path, data: Path, model: str, *_rest: Any) -> Iterator[int]:
        title = json.loads(one.read_text("utf-8"))["title"]
        if (title, model) == ("c3", "stops") and ("c3", "stops", data) not in read:
            read.append((title, model, data))
            raise KeyboardInterrupt
        read.append((title, model, data))
        out.write_text(title + "\n", "utf-8")
        yield 1

    monkeypatch.setattr(accept_model, "predict_clauses", predict)
    return read


def test_a_stopped_reading_is_taken_up_where_it_was(asked: list[tuple[str, str, Path]], tmp_path: Path) -> None:
    folder = tmp_path / "data" / "abc"
    folder.mkdir(parents=True)
    with pytest.raises(KeyboardInterrupt):
        accept_model.quick20("stops", folder, 0.5)
    assert accept_model.quick20("stops", folder, 0.5) == "without 3 / with 3"
    assert [title for title, model, _ in asked if model == "stops"] == ["c0", "c2", "c3", "c3"]
    assert [title for title, model, _ in asked if model == "none"] == ["c0", "c2", "c3"]
    assert {data for _, _, data in asked} == {tmp_path / "data"}  # where the exam is kept, that its weight counts


def test_a_vote_without_weight_is_not_asked_for(asked: list[tuple[str, str, Path]], tmp_path: Path) -> None:
    folder = tmp_path / "data" / "abc"
    folder.mkdir(parents=True)
    assert accept_model.quick20("stops", folder, 0.0) == "without 3 / the same: its vote weighs nothing"
    assert {model for _, model, _ in asked} == {"none"}
