"""No answer of the model's removes a flag of a deterministic rule; what a lawyer said survives another run."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from app.analysis.assess import AssessContext, assess
from app.analysis.assess_missing import SUSPECTED
from app.analysis.assess_rules import DISPUTED
from app.analysis.playbooks import bundled_playbooks
from app.domain.clauses import Answer, Clause, FoundBy
from app.domain.decisions import chain, fold, snapshot_of
from app.domain.findings import Action, Assessment, FindingKind, Severity, Standing
from app.domain.matter import Contract, ContractKind, Matter
from app.domain.playbook import Playbook
from app.domain.text import ContractText, View

BOOKS = {book.name: book for book in bundled_playbooks(Path(__file__).resolve().parents[3] / "resources" / "playbooks")}
PASSAGES = {
    "Change Of Control": "Customer may terminate this Agreement on a change of control of Supplier.",
    "Exclusivity": "Supplier shall sell the goods only to Customer.",
    "Minimum Commitment": "Customer shall buy at least $50,000 of goods a year.",
    "Confidentiality": "The parties shall keep the terms confidential in perpetuity.",
}
BODY = 'SUPPLY AGREEMENT between Alpha Ltd ("Supplier") and Beta Inc. ("Customer").\n\n' + "\n\n".join(
    PASSAGES.values()
)


def clauses(model: str) -> list[Clause]:
    """The clauses without a model ("none"), after its yes, and after its no."""
    made = []
    for name, words in PASSAGES.items():
        start = BODY.index(words)
        ruled = name == "Confidentiality"
        clause = Clause(name, start, start + len(words), 0.8, True, FoundBy.RULES if ruled else FoundBy.SCREENER)
        if model == "yes":
            clause = replace(clause, margin=3.0, score=0.95, found_by=FoundBy.SCREENER_AND_MODEL)
        if model == "no":
            clause = replace(clause, margin=-3.0, score=0.1, reported=ruled, found_by=FoundBy.DISPUTED)
        made.append(clause)
    return made


def run(model: str, book: Playbook = BOOKS["commercial"]) -> Assessment:
    text = ContractText("0" * 64, "1", View.ACCEPTED, "", BODY, "txt")
    matter = Matter("m", "m", dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    context = AssessContext(Contract("c", "c", (), kind=ContractKind.SUPPLY), matter)
    return assess(text, (), clauses(model), book, context)


def risks(found: Assessment) -> dict[str, str]:
    return {f.finding_key: f.rule for f in found.findings if f.kind is FindingKind.RISK}


@pytest.mark.parametrize("name", ["commercial", "ma-diligence", "commercial-customer"])
def test_no_answer_of_the_model_removes_a_flag(name: str) -> None:
    alone = risks(run("none", BOOKS[name]))
    assert len(alone) >= 3
    assert alone.items() <= risks(run("no", BOOKS[name])).items()
    assert alone.items() <= risks(run("yes", BOOKS[name])).items()


def test_where_model_and_rule_disagree_both_stand_for_a_person() -> None:
    disputed = {f.rule: f for f in run("no").findings if f.values.get("disputed")}
    assert "exclusivity" in disputed
    assert disputed["exclusivity"].explanation.endswith(DISPUTED)
    assert disputed["exclusivity"].severity is next(f for f in run("none").findings if f.rule == "exclusivity").severity
    assert not any(f.values.get("disputed") for f in run("yes").findings)


def test_what_only_the_model_strikes_out_is_never_missing() -> None:
    answers = {absence.type: absence.answer for absence in run("no").absences}
    assert answers["Change Of Control"] is Answer.UNCLEAR


def test_what_the_model_alone_found_is_shown_to_be_checked_and_asserted_nowhere() -> None:
    body = BODY + "\n\nBeta Inc. may look into the books once a year.\n\nThe law of Ohio rules this paper."
    text = ContractText("0" * 64, "1", View.ACCEPTED, "", body, "txt")
    context = AssessContext(
        Contract("c", "c", (), kind=ContractKind.SUPPLY), Matter("m", "m", dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    )
    made = []
    for name, words in (("Audit Rights", "Beta Inc. may"), ("Governing Law", "The law of Ohio")):
        start = body.index(words)
        made.append(Clause(name, start, body.index(".", start + 10) + 1, 0.4, False, FoundBy.MODEL, 4.0))
    found = assess(text, (), made, BOOKS["commercial"], context)
    answers = {absence.type: absence.answer for absence in found.absences}
    assert answers["Audit Rights"] is Answer.UNCLEAR
    assert answers["Governing Law"] is Answer.UNCLEAR
    shown = {f.clause_type: f for f in found.findings if f.kind is FindingKind.UNCLEAR}
    assert shown["Audit Rights"].rule == SUSPECTED
    assert shown["Audit Rights"].severity is Severity.LOW
    assert shown["Audit Rights"].quote == "Beta Inc. may look into the books once a year."
    assert shown["Governing Law"].rule != SUSPECTED  # the gap's own finding shows the passage already
    assert (shown["Governing Law"].quote or "").startswith("The law of Ohio")


def test_a_lawyers_severity_survives_another_run() -> None:
    before = next(f for f in run("none").findings if f.rule == "exclusivity")
    now = dt.datetime(2024, 1, 2, tzinfo=dt.UTC)
    entry = chain(None, before.finding_key, Action.SEVERITY, "A. Lawyer", now, {"severity": "low"}, snapshot_of(before))
    state = next(s for s in fold(run("yes").findings, [entry], "c") if s.finding.rule == "exclusivity")
    assert state.effective_severity is Severity.LOW
    assert state.standing is Standing.UNDECIDED
    gone = next(s for s in fold([], [entry], "c") if s.finding.rule == "exclusivity")
    assert gone.effective_severity is Severity.LOW
    assert gone.standing is Standing.NO_LONGER_RAISED
