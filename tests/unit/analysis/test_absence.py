from __future__ import annotations

import datetime as dt
import math
import re
from pathlib import Path

import pytest

from app.analysis.absence import Coverage, Signs, answers, chance, readable, signs_of
from app.analysis.absence_odds import MISSING_BELOW, ODDS, PRESENT_FROM
from app.analysis.absence_search import SearchedText
from app.analysis.absence_words import SEARCH_WORDS
from app.analysis.assess import AssessContext, assess
from app.analysis.builds_on import builds_on
from app.analysis.playbooks import load_playbook
from app.domain.clauses import CUAD_TYPES, Answer, Clause, FoundBy
from app.domain.findings import Absence, FindingKind
from app.domain.matter import Contract, ContractKind, Matter
from app.domain.sections import find_sections
from app.domain.text import ContractText, View

COMMERCIAL = load_playbook(Path(__file__).resolve().parents[3] / "resources" / "playbooks" / "commercial.yaml")


def text(body: str) -> ContractText:
    return ContractText("0" * 64, "1", View.ACCEPTED, "", body, "txt")


def ask(kind: str, body: str, *clauses: Clause, coverage: Coverage | None = None) -> Absence:
    return next(a for a in answers(text(body), clauses, coverage or Coverage()) if a.type == kind)


def passage(kind: str, score: float, *, reported: bool, margin: float | None = None) -> Clause:
    return Clause(kind, 0, 10, score, reported, FoundBy.SCREENER, margin)


def test_every_type_has_odds_and_the_cut_offs_are_in_order() -> None:
    assert set(ODDS) == set(CUAD_TYPES)
    assert 0 < MISSING_BELOW < PRESENT_FROM < 1
    assert all(math.isfinite(value) for odds in ODDS.values() for value in odds)


@pytest.mark.parametrize("kind", ["Governing Law", "Insurance", "Non-Compete"])
def test_a_higher_score_and_a_hit_make_it_likelier(kind: str) -> None:
    scores = [chance(kind, Signs(score, reported=False, hits=0)) for score in (0.001, 0.05, 0.5, 0.95)]
    assert scores == sorted(scores)
    assert chance(kind, Signs(0.5, reported=False, hits=2)) > chance(kind, Signs(0.5, reported=False, hits=0))


def test_missing_is_said_of_what_has_no_sign_and_unclear_shows_the_passage() -> None:
    assert ask("Insurance", "The goods travel by road.").answer is Answer.MISSING
    seen = ask(
        "Insurance", "Insurance is kept by the Supplier.", passage("Insurance", 0.4, reported=False, margin=-1.0)
    )
    assert seen.answer is Answer.UNCLEAR
    assert seen.evidence["nearest"]["score"] == 0.4
    assert seen.evidence["nearest"]["model"] == "no"


def test_a_faint_passage_that_is_reported_is_unclear_and_never_missing() -> None:
    faint = ask("Insurance", "The goods travel by road.", passage("Insurance", 0.01, reported=True))
    assert faint.answer is Answer.UNCLEAR
    sure = ask("Insurance", "Insurance is kept.", passage("Insurance", 0.99, reported=True))
    assert sure.answer is Answer.PRESENT


def test_the_nearest_three_are_shown() -> None:
    clauses = [passage("Insurance", score / 100, reported=False) for score in (30, 40, 20, 10)]
    evidence = ask("Insurance", "Insurance is kept.", *clauses).evidence
    assert [evidence["nearest"]["score"], *(o["score"] for o in evidence["others"])] == [0.4, 0.3, 0.2]


def test_signs_count_words_over_line_ends() -> None:
    assert signs_of("Governing Law", SearchedText("It is governed\nby English law."), ()).hits == 1


def test_the_index_finds_what_the_patterns_find() -> None:
    folder = Path(__file__).resolve().parents[4] / "shared" / "bench" / "risk" / "contracts"
    bodies = [path.read_text("utf-8") for path in sorted(folder.glob("*.md"))[:3]]
    odd = "İnsurance ſolicit any cuſtomers Kaudit INSPECT the Books NO\nassignment ıncrease the fees, grants a licenſe"
    for body in (*bodies, " ".join(" ".join(words) for words in SEARCH_WORDS.values()), odd, "co non-compete-non", ""):
        searched = SearchedText(body)
        for name, words in SEARCH_WORDS.items():
            pattern = re.compile(words.replace(" ", r"\s+"), re.IGNORECASE)
            assert searched.hits(name) == [found.span() for found in pattern.finditer(body)]
    assert SearchedText(odd).hits("Insurance") == [(0, 9)]


SERVICES, AMENDMENT = ContractKind.SERVICES, ContractKind.AMENDMENT


@pytest.mark.parametrize(
    ("body", "kind", "name"),
    [
        ("Order Form\n\nThis Order Form is subject to the Cloud Terms.", SERVICES, "Cloud Terms"),
        ("Statement of Work\n\nThis SOW is entered into under the Main Agreement.", SERVICES, "Main Agreement"),
        ("FIRST AMENDMENT\n\nThe price is now $5.", AMENDMENT, "another agreement"),
        ("AMENDED AND RESTATED SUPPLY AGREEMENT\n\nThis amends the Supply Agreement.", AMENDMENT, None),
        ("Supply Agreement\n\nPayment is made under the Loan Agreement.", ContractKind.SUPPLY, None),
        ("Services Agreement\n\nThis Agreement may be changed in writing.", SERVICES, None),
    ],
)
def test_what_builds_on_other_terms(body: str, kind: ContractKind, name: str | None) -> None:
    assert builds_on(body, kind) == name


def test_gaps_of_an_order_form_are_one_finding_that_calls_nothing_missing() -> None:
    body = "Order Form\n\nThis Order Form is subject to the Cloud Terms.\n\nThe fee is five dollars."
    contract = Contract("c", "c", (), kind=ContractKind.SERVICES)
    matter = Matter("m", "m", dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    found = assess(text(body), (), (), COMMERCIAL, AssessContext(contract, matter)).findings
    assert not any(f.kind is FindingKind.MISSING for f in found)
    gaps = [f for f in found if f.rule == "builds-on-other-terms"]
    assert len(gaps) == 1
    assert "Cloud Terms" in gaps[0].explanation
    assert "governing law" in gaps[0].explanation


def test_searched_words_can_be_read() -> None:
    assert readable(SEARCH_WORDS["Anti-Assignment"]) == [
        "may not (be) assign\u2026", "not assign", "assign(ed/ment/able) \u2026 without", "no assignment",
    ]  # fmt: skip
    for words in map(readable, SEARCH_WORDS.values()):
        assert not any(mark in " ".join(words) for mark in "\\{}[]|?*+"), words


def test_what_the_terms_it_builds_on_may_say_is_no_silence_of_a_cover_page() -> None:
    nda = load_playbook(Path(__file__).resolve().parents[3] / "resources" / "playbooks" / "nda.yaml")
    matter = Matter("m", "m", dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    context = AssessContext(Contract("c", "c", (), kind=ContractKind.NDA), matter)
    words = "Each party shall keep Confidential Information secret."
    cover = f"Cover Page\n\nThis Cover Page incorporates the Mutual NDA Terms.\n\n{words}"
    whole, part = (assess(text(body), (), (), nda, context) for body in (f"NDA\n\n{words}", cover))
    silent = {"nda-no-compelled-disclosure", "nda-no-standard-exceptions"}
    assert silent <= {f.rule for f in whole.findings}
    assert not silent & {f.rule for f in part.findings}
    assert any("(Mutual NDA Terms) may say it: " in note and "required by law" in note for note in part.notes)
    assert not any("may say it" in note for note in whole.notes)


def test_references_and_terms_of_what_it_amends_are_no_loose_ends_of_an_amendment() -> None:
    matter = Matter("m", "m", dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    base = (
        'This is made by Alpha Ltd ("Seller").\n\n1. Price. Section 9.4 is replaced.\n\n2. Law. Ohio.\n\n3. End. Now.'
    )
    rules = []
    for kind, head in ((SERVICES, "AGREEMENT"), (AMENDMENT, "FIRST AMENDMENT to the Supply Agreement")):
        context = AssessContext(Contract("c", "c", (), kind=kind), matter)
        body = f"{head}\n\n{base}"
        rules.append({f.rule for f in assess(text(body), find_sections(body), (), COMMERCIAL, context).findings})
    assert {"broken-reference", "unused-term"} <= rules[0]
    assert not {"broken-reference", "unused-term"} & rules[1]
