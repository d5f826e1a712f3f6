from __future__ import annotations

from dataclasses import replace

import pytest

from app.analysis.reading import read_contract
from app.analysis.reading_plan import CHUNK, bounds, place, plan
from app.domain.clauses import Candidate
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


def test_gated_reading_keeps_to_its_share_and_takes_the_most_doubtful_first() -> None:
    part = "The Supplier shall deliver the Goods to the Buyer at the agreed place and time. "
    text = part * 200
    doubts = [
        Candidate("Insurance", n * len(part) * 4, n * len(part) * 4 + 79, 0.5 + n * 0.004, False, threshold=0.5)
        for n in range(50)
    ]
    chunks = plan(text, doubts, [], "gated")
    asked = sorted(q.candidate for chunk in chunks for q in chunk.questions if q.candidate is not None)
    assert asked == list(range(len(asked)))
    assert 3 < len(asked) < 50
    spent = sum(len(chunk.passage) + sum(len(q.text) for q in chunk.questions) for chunk in chunks)
    assert spent <= 0.5 * len(text)
    full = plan(text, doubts, [], "full")
    assert sorted(q.candidate for c in full for q in c.questions if q.candidate is not None) == asked
    # The others' type is asked about where they stand, once for each chunk.
    assert any(q.type == "Insurance" and q.candidate is None for c in full for q in c.questions)


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
