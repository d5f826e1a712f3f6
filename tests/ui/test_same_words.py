"""Findings on the same words stand together in the list, and each tells of the others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.domain.findings import FindingState, Severity
from app.services.api import FindingRow
from app.ui.views.findings import FindingsPane
from tests.ui.deal import make_findings, make_text


def rows() -> list[FindingRow]:
    states = make_findings("c1", make_text(1, 3, False), 8)
    kept = [state for state in states if state.finding.quote][:3]
    names = ("automatic-renewal", "aaa-other", "long-renewal-notice")
    types = ("Renewal Term", "Anti-Assignment", "Zoning")
    made = [
        FindingState(
            replace(
                state.finding, rule=rule, clause_type=kind, severity=Severity.MEDIUM, explanation=f"Why {rule}.",
                finding_key=rule,
            )
        )
        for state, rule, kind in zip(kept, names, types, strict=True)
    ]  # fmt: skip
    pair = {"automatic-renewal": ("long-renewal-notice",), "long-renewal-notice": ("automatic-renewal",)}
    return [FindingRow(state, "c1", "One", "", pair.get(state.finding.rule, ())) for state in made]


def test_they_stand_together_and_tell_of_each_other(qtbot: Any) -> None:
    pane = FindingsPane()
    qtbot.addWidget(pane)
    pane.show_rows(rows())
    order = [row.state.finding.rule for row in pane.model.rows]
    assert sorted(order) == ["aaa-other", "automatic-renewal", "long-renewal-notice"]
    assert abs(order.index("automatic-renewal") - order.index("long-renewal-notice")) == 1
    pane.select("automatic-renewal")
    said = [label.text() for label in pane.detail.labels()]
    assert "Long renewal notice (Medium): Why long-renewal-notice." in said
    pane.select("aaa-other")
    assert not any("Why long-renewal-notice." in label.text() for label in pane.detail.labels())
