"""Lanes, answers, failures, cancelling."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import shiboken6

from app.domain.progress import ItemStatus, Progress
from app.errors import UserError
from app.ui.jobs import DESK, PAGES, WORK, Jobs


@pytest.fixture
def jobs(qapp: Any) -> Any:
    made = Jobs()
    yield made
    made.cancel_all()
    made.wait()


def test_work_runs_elsewhere_and_answers_here(jobs: Any, qtbot: Any) -> None:
    seen = []
    with qtbot.waitSignal(jobs.finished):
        jobs.run(DESK, threading.get_ident, lambda ident: seen.append((ident, threading.get_ident())))
    assert seen[0][0] != seen[0][1] == threading.get_ident()


def test_calls_of_a_lane_never_overlap_and_lanes_do(jobs: Any, qtbot: Any) -> None:
    meet, order = threading.Barrier(2, timeout=5), []
    jobs.run(DESK, meet.wait, lambda _: order.append("desk"))
    jobs.run(PAGES, meet.wait, lambda _: order.append("pages"))
    qtbot.waitUntil(lambda: len(order) == 2)
    for number in range(20):
        jobs.run(DESK, lambda n=number: n, order.append)
    qtbot.waitUntil(lambda: len(order) == 22)
    assert order[2:] == list(range(20))


def test_a_users_problem_is_a_sentence_and_a_bug_is_its_type_only(jobs: Any, qtbot: Any, caplog: Any) -> None:
    def problem() -> None:
        raise UserError("Choose another file.")

    def bug() -> None:
        raise ValueError(" ".join(("the words", "of a contract")))

    told = []
    jobs.run(DESK, problem, told.append, failed=lambda sentence, is_bug: told.append((sentence, is_bug)))
    with qtbot.waitSignal(jobs.trouble) as trouble:
        jobs.run(DESK, bug, told.append)
    assert told == [("Choose another file.", False)]
    assert trouble.args == ["ValueError", True]
    assert "the words of a contract" not in caplog.text


def test_a_cancelled_answer_is_dropped(jobs: Any, qtbot: Any) -> None:
    go, told = threading.Event(), []
    job = jobs.run(DESK, lambda: go.wait(5), told.append)
    job.cancel()
    with qtbot.waitSignal(jobs.finished):
        go.set()
    assert told == []


def test_a_generator_is_walked_and_stops_when_asked(jobs: Any, qtbot: Any) -> None:
    steps, ends = [], []

    def work(cancel: Any) -> Any:
        for number in range(1_000_000):
            cancel.check()
            yield Progress(str(number), ItemStatus.DONE)

    job = jobs.stream(WORK, work, steps.append, lambda _: ends.append("end"), lambda: ends.append("stopped"))
    qtbot.waitUntil(lambda: len(steps) > 3)
    job.cancel()
    qtbot.waitUntil(lambda: bool(ends))
    assert ends == ["stopped"]


def test_an_answer_to_a_window_that_is_gone_is_dropped(qapp: Any) -> None:
    jobs, told = Jobs(), []
    job = jobs.run(DESK, lambda: None, told.append)
    jobs.wait()
    shiboken6.delete(jobs)
    jobs.post(job.ident, "then", "late")  # raises nothing in the thread that brings it
    qapp.processEvents()
    assert told == []
