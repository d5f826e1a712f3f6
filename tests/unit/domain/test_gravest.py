"""The gravest findings: one for each rule, with how many more there are."""

from __future__ import annotations

from dataclasses import replace

from app.domain.findings import Action, Finding, FindingKind, FindingState, Severity, Standing
from app.domain.review import gravest


def state(rule: str, severity: Severity, confidence: float, key: str) -> FindingState:
    finding = Finding(
        key, "c", FindingKind.RISK, rule, severity, None, None, None, None, None, None, "Why.", "Do.",
        confidence=confidence,
    )  # fmt: skip
    return FindingState(finding)


ONES = [
    state("a", Severity.HIGH, 0.7, "a1"),
    state("a", Severity.HIGH, 0.9, "a2"),
    state("a", Severity.LOW, 0.9, "a3"),
    state("b", Severity.CRITICAL, 0.2, "b1"),
    state("c", Severity.HIGH, 0.8, "c1"),
]


def shown(states: list[FindingState], count: int = 5) -> list[tuple[str, int]]:
    return [(found.finding.finding_key, others) for found, others in gravest(states, count)]


def test_each_rule_is_told_once_the_surest_first() -> None:
    assert shown(ONES) == [("b1", 0), ("a2", 1), ("c1", 0), ("a3", 0)]
    assert shown(ONES, 2) == [("b1", 0), ("a2", 1)]


def test_what_was_rejected_or_is_no_longer_raised_is_left_out() -> None:
    rejected = replace(ONES[3], decision=Action.REJECT, standing=Standing.UNCHANGED)
    gone = replace(ONES[1], standing=Standing.NO_LONGER_RAISED)
    assert shown([ONES[0], gone, rejected]) == [("a1", 0)]
    changed = replace(rejected, standing=Standing.CHANGED)
    assert shown([changed]) == [("b1", 0)]
