from __future__ import annotations

from dataclasses import replace

import pytest

from app.analysis.reading import read_contract
from app.analysis.reading_plan import CHUNK, bounds, place, plan
from app.analysis.reading_worth import bars
from app.domain.clauses import Candidate, FoundBy
from app.domain.progress import CancelToken
from app.domain.sections import Section
from tests.reading_scripts import CANDIDATES, CAP, EXAMINED, LAW, TEXT, Scripted, by_type, spot


def test_gated_reading_leaves_certain_candidates_and_their_chunks_alone() -> None:
    model = Scripted()
    clauses = by_type(read_contract(TEXT, CANDIDATES, model, EXAMINED, "gated", CancelToken()).clauses)
    assert clauses["Insurance"].margin is None
    assert len(model.asked) == 2
    assert sum(len(passage) for passage, _ in model.asked) < len(TEXT) / 2
    assert any(LAW in passage for passage, _ in model.asked)


PART = "The Supplier shall deliver the Goods to the Buyer at the agreed place and time. "
MANY = PART * 200


def passage(number: int, kind: str, score: float, reported: bool, threshold: float = 0.5) -> Candidate:
    """The number-th sentence of MANY as a candidate."""
    start = number * len(PART)
    return Candidate(kind, start, start + len(PART) - 1, score, reported, threshold=threshold)


def asked_about(candidates: list[Candidate], depth: str = "gated") -> set[int]:
    chunks = plan(MANY, candidates, [], depth)
    return {q.candidate for chunk in chunks for q in chunk.questions if q.candidate is not None}


def test_gated_reading_keeps_to_its_share_and_takes_first_where_the_screener_is_likeliest_wrong() -> None:
    doubts = [passage(n, "Insurance", 0.5 - n * 0.006, False) for n in range(80)]
    chunks = plan(MANY, doubts, [], "gated")
    asked = asked_about(doubts)
    assert asked == set(range(len(asked)))
    assert 3 < len(asked) < 80
    spent = sum(len(chunk.passage) + sum(len(q.text) for q in chunk.questions) for chunk in chunks)
    assert spent <= 0.5 * len(MANY)
    whole = plan(MANY, doubts, [], "full")
    assert asked == asked_about(doubts, "full")
    # Where none of its candidates is, the whole part is asked about the type.
    assert any(q.type == "Insurance" and q.candidate is None for c in whole for q in c.questions)


def test_a_long_passage_has_to_be_the_likelier_by_as_much_as_it_costs() -> None:
    likely = Candidate("Insurance", 0, 60 * len(PART), 0.5, False, threshold=0.6)
    short = [passage(100 + n, kind, 0.1, False) for n, kind in enumerate(["Audit Rights", "Exclusivity"] * 12)]
    assert asked_about([likely, *short]) >= set(range(1, 25))
    few = [likely, *short[:2]]
    assert asked_about(few) == {0, 1, 2}


def test_the_passages_of_a_type_that_stands_are_asked_about_together_or_not_at_all() -> None:
    parts = [passage(n, "Insurance", 0.5, True, 0.3) for n in range(150)]
    other = passage(160, "Audit Rights", 0.02, False)
    assert asked_about([*parts, other]) == {150}
    assert asked_about([*parts[:3], other]) == {0, 1, 2, 3}


def test_what_the_screener_is_sure_of_is_left_alone_and_what_rules_found_but_in_full_reading() -> None:
    sure = [passage(0, "Insurance", 0.995, True), passage(5, "Audit Rights", 0.005, False)]
    ruled = [replace(passage(9, "Payment Terms", 0.67, True), found_by=FoundBy.RULES, threshold=None)]
    assert asked_about([*sure, *ruled]) == set()
    assert asked_about([*sure, *ruled], "full") == {2}


def test_where_a_type_stands_nowhere_a_lesser_candidate_needs_what_the_best_one_needs() -> None:
    best, lesser = passage(0, "Insurance", 0.2, False, 0.4), passage(3, "Insurance", 0.02, False, 0.05)
    assert bars([best, lesser]) == [0.4, 0.4]
    assert bars([replace(best, score=0.5, reported=True), lesser]) == [0.4, 0.05]
    other = passage(6, "Audit Rights", 0.3, True, 0.1)
    assert bars([other, best, lesser]) == [0.1, 0.4, 0.4]


@pytest.mark.parametrize("text", ["", "x", "word " * 5000, "x" * 20000, "line\n" * 4000])
def test_chunks_cover_the_text_without_overlap(text: str) -> None:
    found = bounds(text, [])
    assert "".join(text[a:b] for a, b in found) == text
    assert all(0 < b - a <= CHUNK for a, b in found)


def test_chunks_of_figures_are_shorter_than_chunks_of_prose() -> None:
    assert bounds("4,071.93 " * 2000, [])[0][1] < CHUNK * 0.7 < bounds("some plain words " * 2000, [])[0][1]


def test_the_most_uncertain_chunk_is_read_first() -> None:
    near = spot(CAP, "Cap On Liability", 0.5, True)
    far = spot(LAW, "Governing Law", 0.3, False)
    chunks = plan(TEXT, (far, near), [], "gated")
    assert CAP in chunks[0].passage


def test_a_place_is_told_by_its_clause_and_once() -> None:
    sections = [Section("7", "Law", 1, TEXT.index(LAW), len(TEXT))]
    at = TEXT.index(LAW)
    assert place(sections, at, at + len(LAW), len(TEXT)) == "clause 7"
    assert place(sections, at + 10, at + 30, len(TEXT)) == "clause 7"  # within it, where no heading stands
    assert place([], 100, 120, 10_000) == "a passage at 1 % of the text"
    assert place([], 0, 5000, 10_000) == "the part from 0 % to 50 % of the text"
    twice = (spot(LAW, "Governing Law", 0.6, True), replace(spot(LAW, "Insurance", 0.6, True), end=at + 20))
    assert len(plan(TEXT, twice, sections, "gated")) == 2
    found = read_contract(TEXT, twice, Scripted(fail_on=LAW[:20]), EXAMINED, "gated", CancelToken(), sections=sections)
    assert found.unread == ("clause 7",)


def test_a_clause_longer_than_a_chunk_is_asked_about_by_its_beginning() -> None:
    table = "4,071.93 " * 2000
    chunks = plan(table, (Candidate("Insurance", 0, len(table), 0.5, False, threshold=0.5),), [], "gated")
    assert chunks == []  # it costs more than half of the contract
    text = table + "The parties met. " * 4000
    chunks = plan(text, (Candidate("Insurance", 0, len(table), 0.5, False, threshold=0.5),), [], "gated")
    assert len(chunks) == 1
    assert 0 < len(chunks[0].passage) < CHUNK * 0.7


@pytest.mark.parametrize("label", ["answer:", "response:", "answer: No"])
def test_a_candidate_that_ends_in_a_label_for_an_answer_is_not_asked_about(label: str) -> None:
    words = f"Neither party is liable for more than the fees paid, and {label}"
    spots = (Candidate("Cap On Liability", 0, len(words), 0.5, False, threshold=0.5),)
    assert plan(words + " No fees are due.", spots, (), "gated") == []
    assert plan(words.replace(label, "answers for it") + ".", spots, (), "gated") != []
