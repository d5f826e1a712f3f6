"""A matter handed to a colleague: opened from anywhere, with its playbook, and its decisions taken over."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.findings import Action
from app.domain.progress import CancelToken
from app.errors import UserError
from app.services.api import AnalyzeOptions
from app.services.handing import AnotherCopy
from app.services.playbooks import find_playbook
from app.services.workspace import LocalWorkspace, open_workspace
from tests.contract_texts import SERVICES as CONTRACT


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[LocalWorkspace]:
    workspace = open_workspace(tmp_path / "ours")
    yield workspace
    workspace.close()


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[LocalWorkspace]:
    workspace = open_workspace(tmp_path / "theirs")
    yield workspace
    workspace.close()


def handed(
    workspace: LocalWorkspace, target: Path, playbook: str = "commercial", passphrase: str | None = None
) -> None:
    """A matter with one read contract, and a copy of it at `target`."""
    file = target.parent / "services.txt"
    file.write_text(CONTRACT, "utf-8")
    session = workspace.create("Project Quay", ["Harbour Foods Ltd"], playbook, passphrase)
    list(session.analyze([file], AnalyzeOptions(workers=1), CancelToken()))
    session.save_copy(target)
    session.close()


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_a_copy_opens_at_the_colleagues_and_is_listed_there(
    ours: LocalWorkspace, theirs: LocalWorkspace, tmp_path: Path, passphrase: str | None
) -> None:
    copy = tmp_path / "Project Quay.privity"
    handed(ours, copy, passphrase=passphrase)
    assert theirs.is_protected(copy) is (passphrase is not None)
    if passphrase:
        with pytest.raises(UserError, match="passphrase is wrong"):
            theirs.open_file(copy, "wrong")
    session = theirs.open_file(copy, passphrase)
    assert len(session.findings()) > 1
    session.close()
    (entry,) = theirs.recent()
    assert (entry.path, entry.missing, entry.protected) == (copy, False, passphrase is not None)


def test_a_file_that_is_gone_is_listed_and_can_be_forgotten(
    ours: LocalWorkspace, theirs: LocalWorkspace, tmp_path: Path
) -> None:
    copy = tmp_path / "Project Quay.privity"
    handed(ours, copy)
    theirs.open_file(copy).close()
    copy.rename(tmp_path / "moved.privity")
    (entry,) = theirs.recent()
    assert entry.missing
    with pytest.raises(UserError, match="moved or removed"):
        theirs.open(entry.matter_id)
    theirs.open_file(tmp_path / "moved.privity").close()  # found again: the list follows
    assert [(e.path.name, e.missing) for e in theirs.recent()] == [("moved.privity", False)]
    theirs.forget(entry.matter_id)
    assert theirs.recent() == []
    assert (tmp_path / "moved.privity").is_file()


def test_the_matter_brings_its_playbook_along(ours: LocalWorkspace, theirs: LocalWorkspace, tmp_path: Path) -> None:
    draft = ours.draft_playbook("commercial")
    saved = ours.save_playbook(ours.change_rule(draft, "exclusivity", {"severity": "critical"}))
    copy = tmp_path / "Project Quay.privity"
    handed(ours, copy, saved.name)
    Path(saved.name).unlink()  # the colleague does not have it
    session = theirs.open_file(copy)
    used = session.matter.playbook
    assert Path(used).parent == tmp_path / "theirs" / "playbooks"
    assert find_playbook(used).sha256 == saved.sha256
    assert used in [ref.name for ref in theirs.playbooks()]
    list(session.analyze([], AnalyzeOptions(workers=1), CancelToken()))
    exclusivity = next(r.state for r in session.findings() if r.state.finding.rule == "exclusivity")
    assert exclusivity.effective_severity.value == "critical"
    session.close()
    theirs.open_file(copy).close()
    assert len(list((tmp_path / "theirs" / "playbooks").glob("*.yaml"))) == 1, "adopted once"


def test_another_playbook_of_the_same_name_stays(ours: LocalWorkspace, theirs: LocalWorkspace, tmp_path: Path) -> None:
    saved = ours.save_playbook(ours.draft_playbook("commercial"))
    copy = tmp_path / "Project Quay.privity"
    handed(ours, copy, saved.name)
    Path(saved.name).unlink()
    mine = theirs.save_playbook(
        theirs.change_rule(theirs.draft_playbook("commercial"), "exclusivity", {"severity": "low"})
    )
    session = theirs.open_file(copy)
    assert session.matter.playbook != mine.name
    assert find_playbook(session.matter.playbook).sha256 == saved.sha256
    assert find_playbook(mine.name).sha256 == mine.sha256
    session.close()


def test_decisions_of_a_colleague_are_taken_over_and_conflicts_kept(
    ours: LocalWorkspace, theirs: LocalWorkspace, tmp_path: Path
) -> None:
    copy = tmp_path / "Project Quay.privity"
    handed(ours, copy)
    session = theirs.open_file(copy)
    first, second = [row.state.finding.finding_key for row in session.findings()][:2]
    session.decide(first, Action.REJECT, {}, "B. Okafor")
    session.decide(second, Action.ACCEPT, {}, "B. Okafor")
    session.close()
    own = ours.open(ours.recent()[0].matter_id)
    own.decide(first, Action.ACCEPT, {}, "A. Reyes")
    report = own.take_over(copy)
    assert (report.added, report.agreed, report.conflicts) == (1, 0, 1)
    states = {row.state.finding.finding_key: row.state for row in own.findings()}
    assert (states[second].decision, states[second].user) == (Action.ACCEPT, "B. Okafor")
    assert states[first].decision is Action.ACCEPT, "nothing is overwritten"
    (conflict,) = own.conflicts()
    assert (conflict.finding_key, conflict.action, conflict.user) == (first, "reject", "B. Okafor")
    own.decide(first, Action.REJECT, {}, "A. Reyes")
    assert own.conflicts() == []
    with pytest.raises(UserError, match="matter that is open"):
        own.take_over(own._database.path)
    own.close()
    with pytest.raises(AnotherCopy) as told:
        ours.open_file(copy)
    assert told.value.matter_id == ours.recent()[0].matter_id


def test_other_files_are_no_matters_and_stay_as_they_are(ours: LocalWorkspace, tmp_path: Path) -> None:
    foreign, paper = tmp_path / "photos.db", tmp_path / "contract.pdf"
    with sqlite3.connect(foreign) as made:
        made.execute("CREATE TABLE photos (id INTEGER)")
    made.close()
    paper.write_bytes(b"%PDF-1.7\n")
    before = foreign.read_bytes()
    for path in (foreign, paper):
        with pytest.raises(UserError, match="no matter of Privity"):
            ours.open_file(path)
    assert foreign.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("photos")] == ["photos.db"]
    with pytest.raises(UserError, match="not there any more"):
        ours.open_file(tmp_path / "gone.privity")


def test_a_copy_is_never_written_over_a_file(ours: LocalWorkspace, tmp_path: Path) -> None:
    session = ours.create("Deal", [], "commercial")
    taken = tmp_path / "taken.privity"
    taken.write_text("mine")
    with pytest.raises(UserError, match="choose another name"):
        session.save_copy(taken)
    with pytest.raises(UserError, match="could not be written there"):
        session.save_copy(tmp_path / "no such folder" / "copy.privity")
    assert taken.read_text() == "mine"
    assert not list(tmp_path.glob("*.part"))
    session.close()


def test_facts_of_the_matter_travel(ours: LocalWorkspace, theirs: LocalWorkspace, tmp_path: Path) -> None:
    session = ours.create("Deal", ["Harbour Foods Ltd"], "commercial")
    session.update_matter(replace(session.matter, home_law="England and Wales"))
    session.save_copy(tmp_path / "copy.privity")
    session.close()
    opened = theirs.open_file(tmp_path / "copy.privity")
    assert opened.matter.home_law == "England and Wales"
    opened.close()
