"""What the log says of findings, and that its chain shows every change."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from app.domain.decisions import broken_links, chain, fold, snapshot_of, undo_target
from app.domain.findings import Action, Decision, Finding, FindingKind, Severity, Standing

WHEN = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
FINDING = Finding(
    "k1", "c-1", FindingKind.RISK, "notice-period", Severity.HIGH, "Renewal Term", 10, 20, "ninety (90) days", 3, "4.2",
    "90 days is more than 60 days.", "Ask for 60 days.", values={"days": 90},
)  # fmt: skip


def log_of(*steps: tuple[Finding, Action, dict[str, Any]]) -> list[Decision]:
    log: list[Decision] = []
    for finding, action, payload in steps:
        entry = chain(
            log[-1] if log else None, finding.finding_key, action, "A. Lawyer", WHEN, payload, snapshot_of(finding)
        )
        log.append(entry)
    return log


def test_without_a_log_a_finding_is_undecided() -> None:
    (state,) = fold([FINDING], [])
    assert state.standing is Standing.UNDECIDED
    assert not state.settled


def test_a_decision_on_the_same_facts_settles() -> None:
    (state,) = fold([FINDING], log_of((FINDING, Action.ACCEPT, {})))
    assert (state.decision, state.standing, state.user, state.time) == (
        Action.ACCEPT, Standing.UNCHANGED, "A. Lawyer", WHEN,
    )  # fmt: skip
    assert state.settled


def test_the_last_decision_counts() -> None:
    (state,) = fold([FINDING], log_of((FINDING, Action.ACCEPT, {}), (FINDING, Action.REJECT, {})))
    assert state.decision is Action.REJECT


@pytest.mark.parametrize(
    "changed",
    [
        replace(FINDING, values={"days": 120}),
        replace(FINDING, severity=Severity.CRITICAL),
        replace(FINDING, quote="30 days"),
    ],
)
def test_a_decision_on_other_facts_must_be_confirmed(changed: Finding) -> None:
    log = log_of((FINDING, Action.SEVERITY, {"severity": "low"}), (FINDING, Action.ACCEPT, {}))
    (state,) = fold([changed], log)
    assert state.standing is Standing.CHANGED
    assert state.decision is Action.ACCEPT, "the decision is not dropped"
    assert not state.settled
    assert state.effective_severity is changed.severity, "a severity said of other facts must not lower these"


def test_layout_and_typography_of_a_quote_do_not_unsettle() -> None:
    (state,) = fold([replace(FINDING, quote="ninety  (90)\ndays")], log_of((FINDING, Action.ACCEPT, {})))
    assert state.settled


def test_confirming_again_settles_on_the_new_facts() -> None:
    changed = replace(FINDING, values={"days": 120})
    (state,) = fold([changed], log_of((FINDING, Action.ACCEPT, {}), (changed, Action.ACCEPT, {})))
    assert state.settled


def test_what_is_no_longer_raised_is_kept_and_shown() -> None:
    (state,) = fold([], log_of((FINDING, Action.REJECT, {})))
    assert state.standing is Standing.NO_LONGER_RAISED
    assert state.finding == FINDING


def test_other_contracts_are_not_mixed_in() -> None:
    assert fold([], log_of((FINDING, Action.REJECT, {})), contract_id="c-2") == []


def test_edits_severity_and_note_are_folded() -> None:
    log = log_of(
        (FINDING, Action.EDIT, {"explanation": "Own words."}), (FINDING, Action.SEVERITY, {"severity": "low"}),
        (FINDING, Action.NOTE, {"note": "Ask the client."}),
    )  # fmt: skip
    (state,) = fold([FINDING], log)
    assert (state.explanation, state.recommendation, state.note) == ("Own words.", None, "Ask the client.")
    assert state.effective_severity is Severity.LOW
    assert state.standing is Standing.UNDECIDED


def test_undo_goes_back_step_by_step() -> None:
    log = log_of((FINDING, Action.ACCEPT, {}), (FINDING, Action.NOTE, {"note": "x"}))
    assert undo_target(log) == 2
    log.append(chain(log[-1], "k1", Action.UNDO, "A", WHEN, {"undoes": 2}, {}))
    assert undo_target(log) == 1
    (state,) = fold([FINDING], log)
    assert (state.decision, state.note) == (Action.ACCEPT, None)
    log.append(chain(log[-1], "k1", Action.UNDO, "A", WHEN, {"undoes": 1}, {}))
    assert undo_target(log) is None
    assert fold([FINDING], log)[0].standing is Standing.UNDECIDED
    assert fold([], log) == [], "nothing holds, so there is nothing to keep showing"


def test_undoing_an_undo_brings_the_decision_back() -> None:
    log = log_of((FINDING, Action.ACCEPT, {}))
    log.append(chain(log[-1], "k1", Action.UNDO, "A", WHEN, {"undoes": 1}, {}))
    log.append(chain(log[-1], "k1", Action.UNDO, "A", WHEN, {"undoes": 2}, {}))
    assert fold([FINDING], log)[0].settled


@pytest.mark.parametrize(
    "change",
    [{"user": "B"}, {"payload": {"note": "y"}}, {"time": WHEN + dt.timedelta(seconds=1)}, {"action": Action.REJECT}],
)
def test_any_change_of_an_entry_breaks_the_chain(change: dict[str, Any]) -> None:
    log = log_of(*[(FINDING, Action.ACCEPT, {})] * 3)
    assert broken_links(log) == []
    assert broken_links([log[0], replace(log[1], **change), log[2]]) == [2]


def test_a_missing_entry_breaks_the_chain() -> None:
    log = log_of(*[(FINDING, Action.ACCEPT, {})] * 3)
    assert broken_links([log[0], log[2]]) == [3]
    assert broken_links(log[1:]) == [2]
