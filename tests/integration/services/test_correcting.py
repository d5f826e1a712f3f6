"""A value the lawyer corrects: dates follow at once, and it outlives the next run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.findings import Action, FindingState, Severity, Standing
from app.domain.progress import CancelToken
from app.errors import UserError
from app.paths import resources
from app.services.api import AnalyzeOptions
from app.services.session import LocalSession
from app.services.workspace import open_workspace

WORDS = """DISTRIBUTOR AGREEMENT

This Distributor Agreement is made as of January 1, 2020 by and between Bridge Transfer Corporation, a Delaware
corporation ("Supplier"), and Neon Systems, Inc., a Delaware corporation ("Distributor").

1. Term. This Agreement continues for two years and renews automatically for successive terms of one year unless a
party gives notice at least one hundred and twenty (120) days before the end of the term.

2. Exclusivity. Distributor shall purchase the Products exclusively from Supplier.

3. Governing Law. This Agreement is governed by the laws of the State of New York.
"""
NOTICE = "Last day for notice against renewal"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[LocalSession]:
    (tmp_path / "deal.txt").write_text(WORDS)
    made = open_workspace(tmp_path / "data").create("Test", [], "commercial")
    analyse(made, tmp_path)
    yield made
    made.close()


def analyse(session: LocalSession, folder: Path, playbook: Path | None = None) -> None:
    options = AnalyzeOptions(model="none", workers=1, playbook=str(playbook) if playbook else None)
    for _ in session.analyze([folder / "deal.txt"], options, CancelToken()):
        pass


def dates(session: LocalSession) -> dict[str, str]:
    return {row.what: row.date.isoformat() for row in session.key_dates()}


def test_a_correction_is_reckoned_with_at_once_and_outlives_a_run(session: LocalSession, tmp_path: Path) -> None:
    contract_id = session.documents()[0].contract_id
    assert contract_id is not None
    session.correct_value(contract_id, "Expiration Date", "", "30 June 2096", "Ann")
    session.correct_value(contract_id, "Renewal Term", "", "1 year", "Ann")
    session.correct_value(contract_id, "Notice Period To Terminate Renewal", "", "2 months", "Ann")
    assert dates(session)["End of the initial term"] == "2096-06-30"
    assert dates(session)[NOTICE] == "2096-04-30"
    analyse(session, tmp_path)
    assert dates(session)[NOTICE] == "2096-04-30"
    session.correct_value(contract_id, "Expiration Date", "", "31 December 2096", "Ann")
    assert dates(session)[NOTICE] == "2096-10-31"


def test_the_lawyers_severity_words_and_values_outlive_another_playbook(session: LocalSession, tmp_path: Path) -> None:
    contract_id = session.documents()[0].contract_id
    assert contract_id is not None
    key = next(row.state.finding.finding_key for row in session.findings() if row.state.finding.rule == "exclusivity")
    session.decide(key, Action.SEVERITY, {"severity": "low"}, "Ann")
    session.decide(key, Action.EDIT, {"explanation": "Agreed with the client."}, "Ann")
    session.decide(key, Action.ACCEPT, {}, "Ann")
    session.correct_value(contract_id, "Expiration Date", "", "30 June 2096", "Ann")

    def after(book: str) -> FindingState:
        (tmp_path / "firm.yaml").write_text(book, encoding="utf-8")
        analyse(session, tmp_path, tmp_path / "firm.yaml")
        assert dates(session)["End of the initial term"] == "2096-06-30"
        return next(row.state for row in session.findings() if row.state.finding.finding_key == key)

    bundled = (resources() / "playbooks" / "commercial.yaml").read_text("utf-8")
    same = after(bundled + "# assessed again: another SHA-256, the same rules\n")
    assert (same.effective_severity, same.explanation, same.standing) == (
        Severity.LOW, "Agreed with the client.", Standing.UNCHANGED,
    )  # fmt: skip
    start = bundled.index("- id: exclusivity\n")
    place = bundled.index("severity: high", start)
    graver = after(bundled[:place] + "severity: critical" + bundled[place + len("severity: high") :])
    assert graver.effective_severity is Severity.CRITICAL, "a severity said of other facts must not lower these"
    assert (graver.decision, graver.standing) == (Action.ACCEPT, Standing.CHANGED)
    assert after(bundled).effective_severity is Severity.LOW


def test_a_date_that_waits_is_asked_for_until_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "deal.txt").write_text(WORDS.replace("January 1, 2020", "____________"))
    session = open_workspace(tmp_path / "data").create("Test", [], "commercial")
    analyse(session, tmp_path)
    asked = session.date_questions()
    assert asked
    assert not {q.what for q in asked} & set(dates(session))
    session.correct_value(asked[0].contract_id, asked[0].clause_type, "", "30 June 2096", "Ann")
    assert asked[0].what in dates(session)
    assert asked[0].what not in {q.what for q in session.date_questions()}
    session.close()


def test_a_withdrawn_correction_brings_back_what_was_read(session: LocalSession) -> None:
    contract_id = session.documents()[0].contract_id
    assert contract_id is not None
    before = session.key_dates()
    session.correct_value(contract_id, "Expiration Date", "", "30 June 2096", "Ann")
    assert session.key_dates() != before
    session.correct_value(contract_id, "Expiration Date", "", "", "Ann")
    assert session.key_dates() == before


def test_words_that_are_no_date_are_refused(session: LocalSession) -> None:
    contract_id = session.documents()[0].contract_id
    assert contract_id is not None
    with pytest.raises(UserError, match="a date such as 30 June 2026"):
        session.correct_value(contract_id, "Effective Date", "", "soon", "Ann")
