"""Analysing in a child process: the same results, cancelled in time, outlived when it dies, ended with the window."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from app.domain.progress import CancelToken, ItemStatus, Progress
from app.errors import Cancelled, UserError
from app.paths import screener_weights
from app.services.analysis_run import LEFT
from app.services.api import AnalyzeOptions
from app.services.session import LocalSession
from app.services.session_apart import STOPPED, ApartSession
from app.services.session_link import ChildLine, Died
from app.services.workspace import LocalWorkspace, open_workspace

pytestmark = pytest.mark.skipif(not screener_weights().is_dir(), reason="the screener's weights are not there yet")
DEAL = {
    "nda.txt": "MUTUAL NON-DISCLOSURE AGREEMENT\n\n1. Governing Law. The laws of New York govern this Agreement.\n"
    "2. Term. This Agreement ends on 31 December 2027 and renews for a year unless notice is given 60 days before.\n",
    "supply.txt": "SUPPLY AGREEMENT between Alpha Inc. and Beta LLC.\n\n1. Liability. In no event shall the aggregate "
    "liability of either party exceed the fees paid.\n2. Assignment. Neither party may assign this Agreement.\n",
}
OPTIONS = AnalyzeOptions(workers=1)


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    folder = tmp_path / "deal"
    folder.mkdir()
    for name, words in DEAL.items():
        (folder / name).write_text(words, "utf-8")
    return folder


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[LocalWorkspace]:
    made = open_workspace(tmp_path / "apart", apart=True)
    yield made
    made.close()


def record(session: LocalSession, target: Path) -> list[Any]:
    session.export("json", target)
    return json.loads(target.read_text("utf-8"))["contracts"]


def process_of(session: LocalSession) -> int:
    line = session._line  # type: ignore[attr-defined]
    assert isinstance(line, ChildLine)
    return line.process_id


def test_a_child_finds_what_the_process_itself_finds(apart: LocalWorkspace, deal: Path, tmp_path: Path) -> None:
    here = open_workspace(tmp_path / "here")
    one, other = (
        here.create("Deal", ["Alpha Inc."], "commercial"),
        apart.create("Deal", ["Alpha Inc."], "commercial", "pw"),
    )
    steps = [list(session.analyze([deal], OPTIONS, CancelToken())) for session in (one, other)]
    assert [(s.item, s.status) for s in steps[0]] == [(s.item, s.status) for s in steps[1]]
    for session in (one, other):
        found = next(iter(session.findings()))
        assert found.state.finding.rule
        session.correct_value(found.contract_id, "Expiration Date", "", "30 June 2030", "A. Reyes")
    first, second = record(one, tmp_path / "one.json"), record(other, tmp_path / "other.json")
    assert first
    assert any(contract["findings"] for contract in first)
    assert json.dumps(first) == json.dumps(second)
    assert other.unfinished() is None
    child = process_of(other)
    if sys.platform == "linux":
        assert "seccomp" in other._line.held  # type: ignore[attr-defined]
    other.close()
    assert not psutil.pid_exists(child)
    again = apart.open(other_id := apart.recent()[0].matter_id, "pw")
    assert again.matter.matter_id == other_id
    again.close()
    one.close()
    here.close()


def test_a_child_that_is_killed_is_started_again(apart: LocalWorkspace, deal: Path) -> None:
    session = apart.create("Deal", [], "commercial")
    killed = False
    for step in session.analyze([deal], OPTIONS, CancelToken()):
        if step.status is ItemStatus.SCREENING and not killed:
            killed = True
            os.kill(process_of(session), signal.SIGTERM)
    assert killed
    assert step.status is ItemStatus.DONE
    assert len([row for row in session.documents() if row.contract_id]) == 2
    session.close()


def test_a_cancel_is_heard_within_a_second_and_the_child_is_gone_with_its_input(
    apart: LocalWorkspace, deal: Path
) -> None:
    session = apart.create("Deal", [], "commercial")
    cancel = CancelToken()
    steps = session.analyze([deal], OPTIONS, cancel)
    next(steps)
    child = psutil.Process(process_of(session))
    cancel.cancel()
    begin = time.monotonic()
    with pytest.raises(Cancelled):
        list(steps)
    assert time.monotonic() - begin < 3  # one second, on a machine that others use
    assert session.unfinished() is not None
    if session._line is not None:  # type: ignore[attr-defined]
        session._line._process.stdin.close()  # type: ignore[attr-defined]  what a window that is killed leaves
        child.wait(20)
    session.close()


def test_a_refusal_comes_as_its_sentence(apart: LocalWorkspace, deal: Path) -> None:
    session = apart.create("Deal", [], "commercial")
    with pytest.raises(UserError, match="There is no playbook nonsuch"):
        list(session.analyze([deal], AnalyzeOptions(playbook="nonsuch"), CancelToken()))
    session.close()


class Fragile:
    """A line that dies whenever it comes to one contract."""

    passwords: dict[str, str] = {}
    result = ""
    ended = True
    asked: list[list[str]] = []

    def __init__(self, fatal: str) -> None:
        self._fatal = fatal

    def ask(self, request: dict[str, Any], cancel: CancelToken) -> Iterator[Progress]:
        left = request["options"]["left"]
        self.asked.append(left)
        for item in ("a", "b", "c"):
            if item in left:
                yield Progress(item, ItemStatus.FAILED, message=LEFT)
                continue
            yield Progress(item, ItemStatus.SCREENING)
            if item == self._fatal:
                raise Died
            yield Progress(item, ItemStatus.DONE)
        if not self._fatal:
            raise Died

    def close(self) -> None:
        pass


def test_the_contract_it_dies_of_twice_is_named_and_left(tmp_path: Path) -> None:
    here = open_workspace(tmp_path / "here")
    made = here.create("Deal", [], "commercial")
    session = ApartSession(made._database, made._settings, lambda: Fragile("b"))
    steps = list(session.analyze([], OPTIONS, CancelToken()))
    assert [step.item for step in steps if step.status is ItemStatus.FAILED] == ["b"]
    assert steps[-1] == Progress("c", ItemStatus.DONE)
    assert Fragile.asked[-3:] == [[], [], ["b"]]
    session.close()
    here.close()


def test_dying_twice_of_nothing_that_can_be_named_is_said(tmp_path: Path) -> None:
    here = open_workspace(tmp_path / "here")
    made = here.create("Deal", [], "commercial")
    session = ApartSession(made._database, made._settings, lambda: Fragile(""))
    with pytest.raises(UserError) as said:
        list(session.analyze([], OPTIONS, CancelToken()))
    assert str(said.value) == STOPPED
    session.close()
    here.close()
