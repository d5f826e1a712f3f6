"""The time left: by work where it is known, and never beyond the hour at which reading stops."""

from __future__ import annotations

import time

import pytest

from app.domain.progress import ItemStatus
from app.services.analysis_run import Pace


def left(pace: Pace) -> float | None:
    return pace.step("x", ItemStatus.DONE).seconds_left


def test_nothing_is_said_before_the_pace_is_known() -> None:
    assert left(Pace(10, time.monotonic() - 60, done=2)) is None


def test_contracts_count_alike_until_their_work_is_known() -> None:
    assert left(Pace(10, time.monotonic() - 60, done=5)) == pytest.approx(60, rel=0.05)
    assert left(Pace(10, time.monotonic() - 60, done=5, work=100.0, worked=75.0)) == pytest.approx(20, rel=0.05)
    assert left(Pace(10, time.monotonic() - 60, done=10, work=100.0, worked=100.0)) == 0


def test_the_time_given_to_the_model_bounds_it() -> None:
    now = time.monotonic()
    assert left(Pace(10, now - 60, done=5, deadline=now + 10)) == pytest.approx(10, abs=1)
    assert left(Pace(10, now - 60, done=0, deadline=now + 10)) == pytest.approx(10, abs=1)
    assert left(Pace(10, now - 60, done=5, deadline=now - 10)) == 0


def test_a_single_contract_has_a_time_left_once_some_of_its_tokens_are_read() -> None:
    pace = Pace(1, time.monotonic() - 60, work=10.0)
    early, later = pace.reading("x", 1000, 10.0, 100), pace.reading("x", 1000, 10.0, 500)
    assert early.seconds_left is None
    assert later.seconds_left == pytest.approx(60, rel=0.05)
    assert (later.tokens_done, later.tokens_total) == (500, 1000)
    assert pace.reading("x", 1000, 10.0, 1100).tokens_total == 1100  # the estimate was too low
