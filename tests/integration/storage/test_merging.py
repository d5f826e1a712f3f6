"""Two lawyers' copies of one matter: what one decided is taken over, what both decided differently is shown."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from matter_data import MATTER, decide, fill, finding
from sqlalchemy import text

from app.domain.decisions import fold, snapshot_of
from app.domain.findings import Action
from app.errors import UserError
from app.storage.database import MatterDatabase


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[tuple[MatterDatabase, MatterDatabase]]:
    """Two copies with one decision in common."""
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    with MatterDatabase.create(one, MATTER) as database:
        fill(database)
        decide(database, finding(0), user="A")
    shutil.copyfile(one, two)
    with MatterDatabase.open(one) as ours, MatterDatabase.open(two) as theirs:
        yield ours, theirs


def test_what_only_they_decided_is_taken_over(copies: tuple[MatterDatabase, MatterDatabase]) -> None:
    ours, theirs = copies
    mine = decide(ours, finding(1), user="A")
    made = decide(theirs, finding(2), Action.REJECT, user="B")
    report = ours.merge(theirs)
    assert (report.added, report.agreed, report.conflicts) == (1, 0, ())
    taken = ours.decisions()[-1]
    assert (taken.user, taken.time, taken.action, taken.previous_hash) == ("B", made.time, Action.REJECT, mine.hash)
    assert taken.payload["merged"]["hash"] == made.hash
    assert ours.verify_chain() == []
    assert ours.merge(theirs).added == 0, "merging again adds nothing"
    back = theirs.merge(ours)
    assert back.added == 1, "what came from them does not come back to them"
    assert {d.finding_key for d in theirs.decisions()} == {d.finding_key for d in ours.decisions()}


def test_a_conflict_is_kept_until_it_is_decided(copies: tuple[MatterDatabase, MatterDatabase]) -> None:
    ours, theirs = copies
    mine = decide(ours, finding(1), Action.ACCEPT, user="A")
    made = decide(theirs, finding(1), Action.REJECT, user="B")
    report = ours.merge(theirs)
    (conflict,) = report.conflicts
    assert (conflict.ours, conflict.theirs) == (mine, made)
    assert fold([finding(1)], ours.decisions())[0].decision is Action.ACCEPT, "nothing is overwritten"
    assert ours.open_conflicts() == [made]
    decide(ours, finding(1), Action.REJECT)
    assert ours.open_conflicts() == []


def test_agreeing_copies_conflict_in_nothing(copies: tuple[MatterDatabase, MatterDatabase]) -> None:
    ours, theirs = copies
    decide(ours, finding(1), user="A")
    decide(theirs, finding(1), user="B")
    report = ours.merge(theirs)
    assert (report.added, report.agreed, report.conflicts) == (0, 1, ())


def test_their_undoing_of_a_shared_decision_is_taken_over(copies: tuple[MatterDatabase, MatterDatabase]) -> None:
    ours, theirs = copies
    decide(ours, finding(3))
    theirs.append_decision(finding(0).finding_key, Action.UNDO, "B", {"undoes": 1}, snapshot_of(finding(0)))
    assert ours.merge(theirs).added == 1
    assert fold([finding(0)], ours.decisions())[0].decision is None


def test_another_matter_or_an_altered_log_is_refused(
    tmp_path: Path, copies: tuple[MatterDatabase, MatterDatabase]
) -> None:
    ours, theirs = copies
    with (
        MatterDatabase.create(tmp_path / "x.db", replace(MATTER, matter_id="f" * 32)) as other,
        pytest.raises(UserError, match="another matter"),
    ):
        ours.merge(other)

    def alter(session: object) -> None:
        session.execute(text("DROP TRIGGER decisions_no_update"))  # type: ignore[attr-defined]
        session.execute(text("UPDATE decisions SET user = 'X'"))  # type: ignore[attr-defined]

    theirs._access.write(alter)
    with pytest.raises(UserError, match="altered"):
        ours.merge(theirs)
    assert len(ours.decisions()) == 1
