"""A scripted model through the whole way: its margins reach the record, its sentence the report, and runs repeat."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import docx
import jsonschema
import pytest
from docx.oxml.ns import qn

from app.analysis.exam import ExamResult, KindResult
from app.analysis.fusion import Fusion
from app.domain.ports import Completion
from app.domain.progress import CancelToken
from app.errors import Cancelled, UserError
from app.paths import resources
from app.services import analysis_whole
from app.services.api import AnalyzeOptions
from app.services.language_models import Reader
from app.services.session import LocalSession
from app.services.workspace import open_workspace
from tests.contract_texts import SUPPLY

WORDS = SUPPLY + "\n4. Governing Law. This Agreement is governed by the laws of the State of New York.\n"


class Scripted:
    """A model that answers every question alike, and counts."""

    name, sha256 = "scripted.gguf", "ab" * 32

    def __init__(self, margin: float) -> None:
        self.margin = margin
        self.questions = 0
        self.tokens_evaluated = 0

    def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
        cancel.check()
        self.questions += len(questions)
        self.tokens_evaluated += len(passage) // 4
        return [self.margin] * len(questions)

    def complete(
        self, passage: str, question: str, grammar: str | None, max_tokens: int, cancel: CancelToken
    ) -> Completion:
        raise AssertionError("a model without an exam is not asked for sentences")

    def close(self) -> None:
        pass


class Slow(Scripted):
    """A model that answers only after its progress was seen."""

    def __init__(self, margin: float) -> None:
        super().__init__(margin)
        self.seen = threading.Event()

    def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
        self.tokens_evaluated += 40
        while not self.seen.wait(0.05):
            cancel.check()
        return super().margins(passage, questions, cancel)


class Talking(Scripted):
    """A model that also has a sentence for every red flag."""

    said = "This goes on unless somebody gives notice in good time."

    def complete(
        self, passage: str, question: str, grammar: str | None, max_tokens: int, cancel: CancelToken
    ) -> Completion:
        self.questions += 1
        return Completion(self.said, 12)


def passed() -> ExamResult:
    """An exam that lets the model speak."""
    kinds = {"risk": KindResult(20, 0.8, 0.9)}
    return ExamResult(
        "scripted.gguf", "ab" * 32, "1", "1", True, 20, kinds, 0.8, 0.7, 1.0, 0.0, 0.1, 0.4, "good", 1000, 10.0
    )


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalSession]:
    monkeypatch.setattr(analysis_whole, "check_options", lambda options: None)
    (tmp_path / "supply.txt").write_text(WORDS)
    made = open_workspace(tmp_path / "data").create("Test", [], "commercial")
    yield made
    made.close()


def analysed(
    session: LocalSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: Scripted, fusion: Fusion
) -> dict[str, Any]:
    """The one contract of the record after a run with this model."""
    monkeypatch.setattr(analysis_whole, "open_reader", lambda *_: Reader(model, fusion))
    options = AnalyzeOptions(model="scripted", workers=1)
    for _ in session.analyze([tmp_path / "supply.txt"], options, CancelToken()):
        pass
    session.export("json", tmp_path / "record.json")
    record = json.loads((tmp_path / "record.json").read_text("utf-8"))
    schema = json.loads((resources() / "schema" / "privity-record.schema.json").read_text("utf-8"))
    jsonschema.validate(record, schema)
    assert record["model"]["questions"] > 0
    return record["contracts"][0]


def test_every_margin_reaches_the_record_also_at_weight_nought(
    session: LocalSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Scripted(-2.5)
    contract = analysed(session, tmp_path, monkeypatch, model, Fusion(0.0))
    assert model.questions > 0
    assert len(contract["asked"]) == model.questions
    assert {entry["margin"] for entry in contract["asked"]} == {-2.5}
    stands = {(e["type"], e["start"], e["end"]) for e in contract["asked"] if e["reported"]}
    shown = {(c["type"], c["start"], c["end"]) for c in contract["clauses"] if c["margin"] is not None}
    assert shown == stands


def test_an_examined_model_s_sentence_stands_in_record_and_report(
    session: LocalSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renews = "renews automatically for successive terms of one year unless notice is given 120 days before its end."
    (tmp_path / "supply.txt").write_text(WORDS.replace("may be extended.", f"then {renews}"))
    model = Talking(3.0)
    monkeypatch.setattr(analysis_whole, "open_reader", lambda *_: Reader(model, Fusion(0.4), passed()))
    for _ in range(2):  # the second run asks nothing and keeps the sentence
        for _ in session.analyze([tmp_path / "supply.txt"], AnalyzeOptions(model="x", workers=1), CancelToken()):
            pass
        asked = model.questions
        review = session.review()
    assert model.questions == asked
    flagged = [s for c in review.contracts for s in c.findings if s.finding.model_note]
    assert flagged
    assert {s.finding.model_note for s in flagged} == {Talking.said}
    assert review.model is not None
    assert review.model.kept == len(flagged)
    session.export("json", tmp_path / "record.json")
    record = json.loads((tmp_path / "record.json").read_text("utf-8"))
    noted = [f["model_note"] for c in record["contracts"] for f in c["findings"] if f["model_note"]]
    assert noted == [Talking.said] * len(flagged)
    session.export("word", tmp_path / "report.docx")
    words = "\n".join(node.text or "" for node in docx.Document(str(tmp_path / "report.docx")).element.iter(qn("w:t")))
    assert words.count(Talking.said) == len(flagged)
    assert "Model, not checked: " in words


def test_a_second_run_asks_nothing_and_changes_nothing(
    session: LocalSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = analysed(session, tmp_path, monkeypatch, Scripted(3.0), Fusion(0.4))
    again = Scripted(3.0)
    assert analysed(session, tmp_path, monkeypatch, again, Fusion(0.4)) == first
    assert again.questions == 0


def test_what_the_model_read_goes_on_counting_while_a_later_run_is_under_way(
    session: LocalSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = analysed(session, tmp_path, monkeypatch, Scripted(3.0), Fusion(0.4))
    assert any(clause["found_by"] in ("model", "screener+model") for clause in before["clauses"])
    token = CancelToken()
    steps = session.analyze([tmp_path / "supply.txt"], AnalyzeOptions(model="scripted", workers=1), token)
    while next(steps).status.value != "done":
        pass
    token.cancel()
    with pytest.raises(Cancelled):
        list(steps)
    session.export("json", tmp_path / "between.json")
    assert json.loads((tmp_path / "between.json").read_text("utf-8"))["contracts"][0] == before


def test_a_model_that_does_not_open_stops_the_run_with_its_sentence(
    session: LocalSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Reader:
        raise UserError("The model could not be started.")

    monkeypatch.setattr(analysis_whole, "open_reader", refuse)
    with pytest.raises(UserError, match="could not be started"):
        list(session.analyze([tmp_path / "supply.txt"], AnalyzeOptions(model="scripted", workers=1), CancelToken()))
    assert session.unfinished() is not None


def test_a_contract_that_time_left_unread_says_so(
    session: LocalSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Scripted(1.0)
    monkeypatch.setattr(analysis_whole, "open_reader", lambda *_: Reader(model, Fusion(0.4)))
    options = AnalyzeOptions(model="scripted", workers=1, read_minutes=0)
    for _ in session.analyze([tmp_path / "supply.txt"], options, CancelToken()):
        pass
    review = session.review()
    assert model.questions == 0
    assert any("The model did not read" in note for note in review.contracts[0].notes)
    assert review.model is not None
    assert review.model.unread > 0
    assert len(review.model.note or "") < 200


def test_tokens_are_told_while_the_model_reads(
    session: LocalSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Slow(1.0)
    monkeypatch.setattr(analysis_whole, "open_reader", lambda *_: Reader(model, Fusion(0.4)))
    told = []
    for step in session.analyze([tmp_path / "supply.txt"], AnalyzeOptions(model="slow", workers=1), CancelToken()):
        if step.tokens_total:
            told.append(step)
            model.seen.set()
    assert [step.tokens_done for step in told][:1] == [40]
    assert all(step.item == "supply.txt" and step.tokens_total > step.tokens_done for step in told[:1])
    assert session.review().model is not None


def test_dropping_a_run_in_the_middle_of_an_answer_stops_the_model(
    session: LocalSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, token = Slow(1.0), CancelToken()
    monkeypatch.setattr(analysis_whole, "open_reader", lambda *_: Reader(model, Fusion(0.4)))
    steps = session.analyze([tmp_path / "supply.txt"], AnalyzeOptions(model="slow", workers=1), token)
    while not next(steps).tokens_total:
        pass
    steps.close()  # returns only when the thread that read has ended
    assert token.cancelled
    assert model.questions == 0
