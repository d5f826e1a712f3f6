from __future__ import annotations

import numpy as np
import pytest

from app.analysis.exam_figures import auc
from app.analysis.exam_items import load_exam
from app.analysis.questions import gate_question, presence_question
from app.domain.progress import CancelToken
from app.paths import models
from tests.benchmarks.engine_gain import figures, kept_of
from tests.benchmarks.simulated_reader import SimulatedReader, Skill, Truth, examined

LAW = "This Agreement is governed by the laws of Ohio."
TEXT = f"The parties met. {LAW} They parted."
LAWS = [TEXT.index(LAW), TEXT.index(LAW) + len(LAW)]


@pytest.mark.parametrize("stated", [0.5, 0.8, 0.95])
def test_a_reader_ranks_as_well_as_is_stated(stated: float) -> None:
    skill = Skill(stated, 0.5)
    answers = np.arange(3000) % 2 == 0
    margins = np.array([skill.margin(bool(a), False, f"type {n}", f"passage {n}") for n, a in enumerate(answers)])
    assert auc(margins, answers) == pytest.approx(stated, abs=0.025)


def test_a_reader_says_the_same_whatever_else_it_is_asked() -> None:
    truth = Truth("one", TEXT, {"Governing Law": [LAWS]})
    law, cap = gate_question("Governing Law"), gate_question("Cap On Liability")
    first = SimulatedReader(truth, Skill(0.9, 0.9)).margins(LAW, [law, cap], CancelToken())
    again = SimulatedReader(truth, Skill(0.9, 0.9)).margins(LAW, [cap, law], CancelToken())
    assert first == again[::-1]
    assert first[0] != SimulatedReader(truth, Skill(0.9, 0.9, seed=1)).margins(LAW, [law], CancelToken())[0]


def test_a_flawless_reader_goes_by_the_labels() -> None:
    truth = Truth("one", TEXT, {"Governing Law": [LAWS]})
    reader = SimulatedReader(truth, Skill(1.0, 1.0))
    asked = [gate_question("Governing Law"), gate_question("Cap On Liability")]
    assert [margin > 0 for margin in reader.margins(LAW, asked, CancelToken())] == [True, False]
    assert reader.margins("They parted.", asked[:1], CancelToken())[0] < 0
    assert reader.margins(TEXT, [presence_question("Governing Law")], CancelToken())[0] > 0
    assert reader.margins(TEXT[: LAWS[0] + 9], [presence_question("Governing Law")], CancelToken())[0] < 0


def test_the_products_exam_gives_a_skilled_reader_weight_and_a_guesser_none() -> None:
    passages = load_exam(models() / "exam" / "exam.json")
    assert examined(Skill(0.97, 0.97), passages).weight == 0.5
    assert [examined(Skill(0.5, 0.5, seed=seed), passages).weight for seed in range(5)] == [0.0] * 5


def test_what_is_kept_is_the_share_of_the_gain() -> None:
    none = np.array([[10.0, 4, 20, 2, 5, 5]] * 8)
    whole = np.array([[10.0, 2, 20, 2, 7, 7]] * 8)
    assert [round(share, 6) for share, _, _ in kept_of(none, whole, whole)] == [1.0] * 3
    assert [share for share, _, _ in kept_of(none, none, whole)] == [0.0] * 3
    assert figures(none.sum(0))[0] == pytest.approx(2 * 6 / (2 * 6 + 2 + 4))
