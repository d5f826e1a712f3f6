"""Every rule run on both views of tracked changes: a result that turns on a pending change says whose."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from app.analysis.assess import AssessContext, assess
from app.analysis.playbooks import load_playbook
from app.domain.clauses import Clause, FoundBy
from app.domain.findings import Finding
from app.domain.matter import Contract, ContractKind, Matter
from app.domain.text import ContractText, Mark, MarkKind, View

COMMERCIAL = load_playbook(Path(__file__).resolve().parents[3] / "resources" / "playbooks" / "commercial.yaml")
_BODY = (
    "SERVICES AGREEMENT.\n\nThis Agreement shall automatically renew for successive one (1) year terms unless a party "
    "gives {} days' notice before the end of the term.\n\nThis Agreement is governed by the laws of New York."
)
_RULE = "long-renewal-notice"


def finding(before: str, after: str, rule: str = _RULE) -> Finding | None:
    """What is found where Ann's pending change turns one notice period into the other."""

    def text(view: View, words: str, kind: MarkKind) -> ContractText:
        body = _BODY.format(words)
        at = body.index(words)
        mark = Mark(kind, at, at + len(words), {"author": "Ann", "date": "2026-01-02T00:00:00Z"})
        return ContractText("0" * 64, "1", view, "", body, "docx", marks=(mark,))

    def clauses(of: ContractText) -> list[Clause]:
        start = of.text.index("This Agreement shall")
        end = of.text.index("\n\n", start)
        names = ("Renewal Term", "Notice Period To Terminate Renewal")
        return [Clause(name, start, end, 0.9, True, FoundBy.SCREENER) for name in names]

    accepted, original = text(View.ACCEPTED, after, MarkKind.INSERTED), text(View.ORIGINAL, before, MarkKind.DELETED)
    context = AssessContext(
        Contract("c", "c", (), kind=ContractKind.SERVICES), Matter("m", "m", dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    )
    found = assess(accepted, (), clauses(accepted), COMMERCIAL, context, clauses(original), original)
    return next((f for f in found.findings if f.rule == rule), None)


def test_a_risk_that_a_change_brings_names_its_author() -> None:
    brought = finding("thirty (30)", "ninety (90)")
    assert brought is not None
    assert brought.pending_change == "turns on a change by Ann of 2026-01-02 that is not accepted yet"


def test_a_risk_that_stands_either_way_does_not_turn_on_the_change() -> None:
    stands = finding("one hundred twenty (120)", "ninety (90)")
    assert stands is not None
    assert (stands.pending_change or "").startswith("holds with and without a change by Ann")


def test_a_risk_that_a_change_takes_away_is_still_told() -> None:
    taken = finding("ninety (90)", "thirty (30)")
    assert taken is not None
    assert taken.pending_change == "holds only without the change by Ann of 2026-01-02, not accepted yet"
    assert (taken.start, taken.quote, taken.page) == (None, None, None)
    assert "gives ninety (90) days" in taken.explanation


def test_no_risk_either_way_is_no_finding() -> None:
    assert finding("thirty (30)", "twenty (20)") is None
