from __future__ import annotations

import platform
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from app.analysis import engine
from app.analysis.engine import ChildModel, PassageTooLong, open_model
from app.analysis.engine_gpu import devices
from app.analysis.engine_link import Died
from app.domain.ports import ModelFailed
from app.domain.progress import CancelToken
from app.errors import Cancelled, UserError
from app.paths import builtin_model

PASSAGE = "12.1 Governing Law. This Agreement is governed by the laws of the State of New York. " * 4
QUESTIONS = [f"Is clause {n} about the law? Answer Yes or No." for n in range(6)]


@pytest.fixture(scope="module")
def model() -> Iterator[ChildModel]:
    if not builtin_model().is_file():
        pytest.skip("the built-in model is not set up")
    opened = open_model(builtin_model(), "built-in", threads=2)
    yield opened
    opened.close()


def test_the_built_in_model_answers(model: ChildModel) -> None:
    before = model.tokens_evaluated
    margins = model.margins(PASSAGE, QUESTIONS, CancelToken())
    assert len(margins) == len(QUESTIONS)
    assert len(set(margins)) > 1
    assert model.tokens_evaluated - before > 100
    assert len(model.sha256) == 64


def test_answers_do_not_depend_on_what_was_asked_before(model: ChildModel) -> None:
    first = model.margins(PASSAGE, QUESTIONS, CancelToken())
    model.margins("Something else altogether.", QUESTIONS[:2], CancelToken())
    model.complete(PASSAGE, "Which law?", None, 8, CancelToken())
    assert model.margins(PASSAGE, QUESTIONS, CancelToken()) == pytest.approx(first, abs=1e-6)


def test_a_passage_read_before_is_not_evaluated_again(model: ChildModel) -> None:
    model.margins(PASSAGE, QUESTIONS, CancelToken())
    before = model.tokens_evaluated
    model.margins(PASSAGE, QUESTIONS, CancelToken())
    assert model.tokens_evaluated - before < 30 * len(QUESTIONS)


def test_a_grammar_holds_the_answer(model: ChildModel) -> None:
    grammar = 'root ::= "The period is " [0-9]+ " days."'
    answer = model.complete("Notice must be given 30 days before.", "How long is it?", grammar, 20, CancelToken())
    assert answer.text.startswith("The period is ")
    assert answer.text.endswith(" days.")
    with pytest.raises(ModelFailed, match="grammar"):
        model.complete(PASSAGE, "How long?", "root ::= (", 8, CancelToken())


def test_more_questions_than_branches_are_answered_in_groups(model: ChildModel) -> None:
    many = [f"Is it {n}?" for n in range(60)]
    assert len(model.margins(PASSAGE, many, CancelToken())) == 60


def _read_until_told(model: ChildModel, passage: str, token: CancelToken) -> None:
    for number in range(20):
        model.margins(f"{number} {passage}", QUESTIONS, token)


def test_cancel_takes_effect_within_a_second_or_so(model: ChildModel) -> None:
    token = CancelToken()
    long = "The parties agree on many things in this place. " * 280
    threading.Timer(0.5, token.cancel).start()
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        _read_until_told(model, long, token)
    assert time.monotonic() - begun < 0.5 + 1 + 1.5  # within a second; the rest is what ending a process takes here
    assert len(model.margins(PASSAGE, QUESTIONS, CancelToken())) == len(QUESTIONS)


def test_a_passage_beyond_the_context_is_refused_and_the_next_is_read(model: ChildModel) -> None:
    with pytest.raises(PassageTooLong):
        model.margins("word " * 6000, QUESTIONS, CancelToken())
    assert model.margins(PASSAGE, QUESTIONS[:1], CancelToken())


def test_a_killed_child_is_restarted_and_gives_the_same_answers(model: ChildModel) -> None:
    expected = model.margins(PASSAGE, QUESTIONS, CancelToken())
    before = model.restarts
    for delay in (0.0, 0.15):
        child = model.child_id
        assert child is not None
        timer = threading.Timer(delay, psutil.Process(child).kill)
        timer.start()
        assert model.margins(PASSAGE + " ", QUESTIONS, CancelToken())
        assert model.margins(PASSAGE, QUESTIONS, CancelToken()) == pytest.approx(expected, abs=1e-6)
        timer.join()
    model.margins(PASSAGE, QUESTIONS, CancelToken())
    assert model.restarts > before


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="processes cannot be stopped here")
def test_a_child_that_hangs_is_ended_and_the_passage_read_by_the_next(
    model: ChildModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "SILENCE", 3.0)
    expected = model.margins(PASSAGE, QUESTIONS, CancelToken())
    child, before = model.child_id, model.restarts
    assert child is not None
    psutil.Process(child).suspend()
    assert model.margins(PASSAGE, QUESTIONS, CancelToken()) == pytest.approx(expected, abs=1e-6)
    assert model.restarts == before + 1
    assert not psutil.pid_exists(child)


def test_a_cancel_ends_a_child_that_hangs_within_a_second(model: ChildModel) -> None:
    model.margins(PASSAGE, QUESTIONS, CancelToken())
    child, cancel = model.child_id, CancelToken()
    assert child is not None
    psutil.Process(child).suspend()
    timer = threading.Timer(0.2, cancel.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        model.margins(PASSAGE, QUESTIONS, cancel)
    timer.join()
    assert not psutil.pid_exists(child)


def test_a_child_that_cannot_be_restarted_fails_the_chunk_only(
    model: ChildModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(_cancel: CancelToken) -> None:
        raise Died

    model.margins(PASSAGE, QUESTIONS, CancelToken())  # the test before may have ended the child
    child = model.child_id
    assert child is not None
    psutil.Process(child).kill()
    with monkeypatch.context() as patch:
        patch.setattr(model, "_start", dies)
        with pytest.raises(ModelFailed, match="4 times"):  # killed once, and three times it would not start
            model.margins(PASSAGE, QUESTIONS, CancelToken())
    assert model.margins(PASSAGE, QUESTIONS, CancelToken())


@pytest.mark.parametrize("content", [b"", b"not a model", b"GGUF" + b"\xff" * 64])
def test_what_is_no_model_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(content)
    with pytest.raises(UserError, match=r"^The model file .*\.$"):
        open_model(file)


def test_a_missing_or_truncated_model_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be opened"):
        open_model(tmp_path / "none.gguf")
    if builtin_model().is_file():
        half = tmp_path / "half.gguf"
        with builtin_model().open("rb") as stream:
            half.write_bytes(stream.read(30_000_000))
        with pytest.raises(UserError, match="cut short"):
            open_model(half)


def test_evaluated_instructions_are_kept_and_taken_up(model: ChildModel, tmp_path: Path) -> None:
    first = open_model(builtin_model(), cache_dir=tmp_path, threads=2, sha256=model.sha256)
    expected = first.margins(PASSAGE, QUESTIONS, CancelToken())
    first.close()
    (kept,) = tmp_path.glob("*.state")
    second = open_model(builtin_model(), cache_dir=tmp_path, threads=2, sha256=model.sha256)
    assert (first.state_loaded, second.state_loaded) == (False, True)
    assert second.margins(PASSAGE, QUESTIONS, CancelToken()) == pytest.approx(expected, abs=1e-6)
    second.close()
    kept.write_bytes(b"\0" * kept.stat().st_size)
    third = open_model(builtin_model(), cache_dir=tmp_path, threads=2, sha256=model.sha256)
    assert not third.state_loaded
    third.close()


@pytest.mark.skipif(sys.platform != "linux" or platform.machine() != "x86_64", reason="this sandbox is Linux's")
def test_the_child_is_restricted_before_it_reads_a_word(model: ChildModel) -> None:
    if not {"landlock", "seccomp"} <= set(model.held):
        pytest.skip("this kernel has no Landlock or no filter")
    child = model.child_id
    status = Path(f"/proc/{child}/status").read_text("utf-8")
    assert re.search(r"^NoNewPrivs:\t1$", status, re.MULTILINE)
    assert re.search(r"^Seccomp:\t2$", status, re.MULTILINE)
    for thread in Path(f"/proc/{child}/task").iterdir():  # every one, llama.cpp's own among them
        assert re.search(r"^Seccomp:\t2$", (thread / "status").read_text("utf-8"), re.MULTILINE)


def test_the_library_can_be_asked_for_its_devices() -> None:
    found = devices()
    assert found
    assert all(free >= 0 for _, free in found)
