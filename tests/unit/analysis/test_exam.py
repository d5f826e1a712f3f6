from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.analysis.catalogue import find_known, load_catalogue, shipped_fusion, warning_for
from app.analysis.exam import ExamResult, PassageAnswers, run_exam
from app.analysis.exam_items import GATES, load_exam
from app.analysis.explaining import Notes, explain, grounded, may_explain
from app.analysis.fusion import Fusion
from app.analysis.gguf_header import GgufHeader
from app.analysis.questions import gate_question
from app.analysis.reading import read_contract
from app.domain.clauses import CLAUSE_TYPES
from app.domain.clauses import Candidate as Spot
from app.domain.ports import Completion, ModelFailed
from app.domain.progress import CancelToken
from app.paths import models

PASSAGES = load_exam(models() / "exam" / "exam.json")
TRUTH = {(p.passage, q.text): q.answer for p in PASSAGES for q in p.questions}


class Candidate:
    """Sits the exam: knows the share of answers that `skill` says, and is steadily wrong about the others."""

    name, sha256 = "candidate", "1" * 64

    def __init__(self, skill: float, says: str = "It ends in 30 days.") -> None:
        self.skill = skill
        self.says = says
        self.tokens_evaluated = 0
        self.asked = 0

    def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
        self.tokens_evaluated += 250
        out = []
        for question in questions:
            self.asked += 1
            right = (self.asked * 0.618034) % 1 < self.skill
            out.append(1.5 if TRUTH[passage, question] == right else -1.5)
        return out

    def complete(
        self, passage: str, question: str, grammar: str | None, max_tokens: int, cancel: CancelToken
    ) -> Completion:
        return Completion(self.says, 8)

    def close(self) -> None:
        pass


class Steady(Candidate):
    """Answers every question alike."""

    def __init__(self, margin: float) -> None:
        super().__init__(0.5)
        self.margin = margin

    def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
        return [self.margin] * len(questions)


def sit(model: Candidate) -> ExamResult:
    result = list(run_exam(model, PASSAGES, CancelToken()))[-1].result
    assert result is not None
    return result


def test_the_bundled_exam_is_large_balanced_and_from_held_out_contracts() -> None:
    questions = [q for p in PASSAGES for q in p.questions]
    assert len(PASSAGES) >= 55
    assert 0.3 < sum(q.answer for q in questions) / len(questions) < 0.7
    doubts = [q for q in questions if q.kind == "doubt"]
    assert len(doubts) >= 60
    assert sum(q.answer for q in doubts) >= 20
    assert all(q.score is not None and 0 < q.score < 1 and q.stands_for > 1 for q in doubts)
    held = (models() / "screener" / "held_out.txt").read_text("utf-8").splitlines()
    stored = json.loads((models() / "exam" / "exam.json").read_text("utf-8"))
    assert stored["licence"] == "CC BY 4.0"
    contracts = {entry["contract"] for entry in stored["passages"]}
    assert contracts <= set(held)
    quick = Path(__file__).parents[4] / "shared" / "bench" / "cuad" / "quick20.txt"
    if quick.is_file():  # readers are compared on those: nothing is fitted on them
        assert not contracts & set(quick.read_text("utf-8").splitlines())


def test_a_good_model_earns_weight_and_a_guesser_none() -> None:
    good, guesser = sit(Candidate(0.95)), sit(Candidate(0.5))
    assert good.weight > 0.25
    assert good.slope > 0
    assert good.fusion.fused(0.4, 1.5) > 0.4
    assert replace(good, weight=1.0).fusion.weight == 0.5  # an exam of before, when the whole could be had
    assert guesser.weight == 0
    assert guesser.mark == "unfit"
    assert "do not count" in guesser.sentence
    assert guesser.fusion.fused(0.4, 9.0) == 0.4


def test_the_exams_mark_changes_what_the_reader_does() -> None:
    """The same answers about the same contract: the good model's count, the guesser's move nothing."""
    words = "Neither party is liable for more than the fees paid."
    doubtful = (Spot("Cap On Liability", 0, len(words), 0.4, False), Spot("Insurance", 0, len(words), 0.6, True))
    good, guesser = sit(Candidate(0.95)), sit(Candidate(0.5))
    for says, stands in ((6.0, (True, True)), (-6.0, (False, False))):
        model = Steady(says)
        trusted = read_contract(words, doubtful, model, good.fusion, "gated", CancelToken())
        ignored = read_contract(words, doubtful, model, guesser.fusion, "gated", CancelToken())
        assert tuple(clause.reported for clause in trusted.clauses) == stands
        assert [(c.score, c.reported) for c in ignored.clauses] == [(c.score, c.reported) for c in doubtful]
        assert {clause.margin for clause in ignored.clauses} == {says}
        assert trusted.use is not None
        assert trusted.use.weight == good.weight
    assert good.fusion.digest != guesser.fusion.digest  # so that a new exam has the contract read anew


def test_a_yes_without_a_candidate_has_weight_by_the_presence_questions_alone() -> None:
    good, guesser = sit(Candidate(1.0)), sit(Candidate(0.5))
    assert good.fusion.suspected(0.01, 9.0) > 0.05
    assert guesser.fusion.suspected(0.01, 9.0) == 0.01


def test_a_model_that_is_always_wrong_is_unfit_and_not_turned_round() -> None:
    wrong = sit(Candidate(0.02))
    assert wrong.weight == 0
    assert wrong.slope == pytest.approx(0, abs=1e-6)


def test_a_quick_mark_comes_after_sixty_questions() -> None:
    steps = list(run_exam(Candidate(0.95), PASSAGES, CancelToken()))
    marked = [step for step in steps if step.result]
    assert [step.result.complete for step in marked if step.result] == [False, True]
    assert marked[0].done == 60
    assert steps[0].seconds_left is not None


def test_an_exam_is_resumed_where_it_stopped() -> None:
    kept: list[PassageAnswers] = []
    whole = Candidate(0.9)
    for step in run_exam(whole, PASSAGES, CancelToken()):
        if step.answers:
            kept.append(step.answers)
    second = Candidate(0.0)
    result = list(run_exam(second, PASSAGES, CancelToken(), done=kept))[-1].result
    assert second.asked == 0
    assert result is not None
    assert result.gate_auc == pytest.approx(sit(Candidate(0.9)).gate_auc)


def test_a_result_survives_storage() -> None:
    result = sit(Candidate(0.9))
    assert ExamResult.from_json(json.loads(json.dumps(result.to_json()))) == result
    assert result.minutes_gated is not None


def test_a_model_that_fails_everything_is_an_error_in_one_sentence() -> None:
    class Broken(Candidate):
        def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
            raise ModelFailed("The model stopped.")

    with pytest.raises(ModelFailed):
        list(run_exam(Broken(1.0), PASSAGES, CancelToken()))


def test_gate_questions_are_the_readers_own_and_asked_as_the_reader_asks_them() -> None:
    asked = {gate_question(kind) for kind in CLAUSE_TYPES}
    gates = [(p, q) for p in PASSAGES for q in p.questions if q.kind in GATES]
    assert {q.kind for _, q in gates} == set(GATES)
    assert all(q.text in asked for _, q in gates)
    stored = json.loads((models() / "exam" / "exam.json").read_text("utf-8"))
    words = {q["words"].strip() for entry in stored["passages"] for q in entry["questions"] if q["kind"] in GATES}
    assert all(p.passage in words for p, _ in gates)  # a candidate's own words, and nothing beside them


def test_the_vote_is_fitted_on_what_the_screener_leaves_uncertain() -> None:
    result = sit(Candidate(0.95))
    assert result.gain > 0
    assert result.fusion.slope == result.vote_slope
    assert result.fusion.fused(0.2, 1.5) > 0.2 > result.fusion.fused(0.2, -1.5)


def test_the_catalogue_warns_of_research_models_and_strangers() -> None:
    catalogue = load_catalogue(models() / "catalog.toml")
    assert len(catalogue) == 9
    research = [model for model in catalogue if not model.commercial_use]
    assert [model.key for model in research] == ["ministral-8b-instruct-2410"]
    assert "research" in str(warning_for(research[0]))
    header = GgufHeader("llama", {"general.name": "Mistral 7B Instruct v0.3"}, 1, 1, 0, "Q4_K", 1)
    known = find_known(catalogue, "0" * 64, header)
    assert known is not None
    assert known.key == "mistral-7b-instruct-v0.3"
    assert shipped_fusion(known, "0" * 64) == Fusion()
    builtin = catalogue[0]
    assert shipped_fusion(builtin, str(builtin.sha256)).weight == 0
    stranger = GgufHeader("llama", {"general.name": "Somebody's model"}, 1, 1, 0, "Q4_K", 1)
    assert find_known(catalogue, "0" * 64, stranger) is None
    assert "not in Privity's catalogue" in str(warning_for(None))


QUOTE = "Acme Corp. may end this Agreement on thirty (30) days' notice in March 2020."


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("The other side can leave on 30 days' notice.", True),
        ("Acme can leave at any time.", True),
        ("It ends after 60 days.", False),
        ("Either may leave after sixty days.", False),
        ("This favours Globex over the other side.", False),
        ("It ends in April.", False),
    ],
)
def test_sentences_claim_only_what_is_quoted(sentence: str, holds: bool) -> None:
    assert grounded(sentence, QUOTE) == holds


def test_only_an_examined_model_speaks_and_what_it_invents_is_dropped_and_counted() -> None:
    result, notes = sit(Candidate(0.95)), Notes()
    assert may_explain(result)
    assert explain(Candidate(1), None, QUOTE, QUOTE, "short notice", CancelToken(), notes) is None
    assert explain(Candidate(1), replace(result, weight=0.0), QUOTE, QUOTE, "", CancelToken(), notes) is None
    assert (notes.kept, notes.dropped) == (0, 0)
    said = explain(Candidate(1), result, QUOTE, QUOTE, "short notice", CancelToken(), notes)
    assert said == "It ends in 30 days."
    assert explain(Candidate(1, "It costs 900 dollars."), result, QUOTE, QUOTE, "", CancelToken(), notes) is None
    assert (notes.kept, notes.dropped, notes.tokens) == (1, 1, 16)
