from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from app.analysis.reading import ChunkAnswers, read_contract
from app.domain.ports import ModelFailed
from app.domain.progress import CancelToken
from app.domain.sections import Section
from app.errors import Cancelled
from tests.reading_scripts import CANDIDATES, EXAMINED, LAW, TEXT, Scripted, by_type


def test_a_chunk_that_fails_is_named_and_alone_unread() -> None:
    model = Scripted(2.0, fail_on=LAW)
    sections = [Section("7", "Law", 1, TEXT.index(LAW), len(TEXT))]
    result = read_contract(TEXT, CANDIDATES, model, EXAMINED, "gated", CancelToken(), sections=sections)
    assert result.unread == ("clause 7",)
    clauses = by_type(result.clauses)
    assert clauses["Governing Law"].margin is None
    assert clauses["Governing Law"].reported
    assert clauses["Cap On Liability"].reported
    assert result.use is not None
    assert "clause 7" in str(result.use.note)


def test_answers_are_replayed_and_not_asked_again() -> None:
    kept: dict[str, dict[str, object]] = {}

    def keep(answers: ChunkAnswers) -> None:
        kept[answers.chunk_id] = answers.to_json()

    whole = read_contract(TEXT, CANDIDATES, Scripted(1.5), EXAMINED, "gated", CancelToken(), on_chunk=keep)
    first = next(iter(kept))
    again = Scripted(1.5)
    resumed = read_contract(TEXT, CANDIDATES, again, EXAMINED, "gated", CancelToken(), done={first: kept[first]})
    assert len(again.asked) == len(kept) - 1
    assert resumed == whole


def test_a_deadline_in_the_past_leaves_everything_unread_and_says_so() -> None:
    model = Scripted(2.0)
    past = time.monotonic() - 1
    result = read_contract(TEXT, CANDIDATES, model, EXAMINED, "gated", CancelToken(), deadline=past)
    assert not model.asked
    assert len(result.unread) == 2
    assert "want of time" in str(result.use.note if result.use else "")


def test_cancel_stops_before_the_next_chunk() -> None:
    token = CancelToken()
    model = Scripted()
    with pytest.raises(Cancelled):
        read_contract(TEXT, CANDIDATES, model, EXAMINED, "gated", token, on_chunk=lambda _answers: token.cancel())
    assert len(model.asked) == 1


def test_a_model_that_answers_nonsense_is_a_failure_and_no_crash() -> None:
    result = read_contract(TEXT, CANDIDATES, Scripted(float("nan")), EXAMINED, "gated", CancelToken())
    assert len(result.unread) == 2


def test_a_passing_failure_is_made_up_for_at_the_end() -> None:
    class Recovering(Scripted):
        failed = 0

        def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
            if LAW in passage and self.failed == 0:
                self.failed += 1
                raise ModelFailed("The model stopped.")
            return super().margins(passage, questions, cancel)

    model = Recovering(2.0)
    result = read_contract(TEXT, CANDIDATES, model, EXAMINED, "gated", CancelToken())
    assert not result.unread
    assert result == read_contract(TEXT, CANDIDATES, Scripted(2.0), EXAMINED, "gated", CancelToken())


def test_a_model_that_never_answers_is_not_asked_twice_about_everything() -> None:
    class Dead(Scripted):
        calls = 0

        def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
            self.calls += 1
            raise ModelFailed("The model stopped.")

    model = Dead()
    result = read_contract(TEXT, CANDIDATES, model, EXAMINED, "gated", CancelToken())
    assert len(result.unread) == model.calls == 2
