import json

import numpy as np
import pytest

from app.analysis.features import read_document
from app.analysis.features_cues import CUE_COLUMNS, Cues
from app.analysis.features_stack import LEAST, TOP, UNREAD, build_stage, uncertain_rows
from app.analysis.screener_judgement import Calibration, judge, presence_features
from app.domain.clauses import CUAD_TYPES

PLAIN = Calibration(
    np.array([1, 0], np.float32), np.array([1, 0], np.float32), np.array([0.5, 0.5, 0], np.float32),
    np.zeros((4, 3), np.float32),
)  # fmt: skip
BOUNDS = np.array([[0.5, 0.3]], np.float32)
SOURCE = json.dumps({name: {"for": [], "against": []} for name in CUAD_TYPES} | {
    "Exclusivity": {"for": ["exclusive\\s+distributor", "sole"], "against": ["exclusive remedy"]},
})  # fmt: skip


def judged(raw: list[float], there: float) -> tuple[list[bool], list[float], list[float]]:
    made = judge(np.array(raw, np.float32)[:, None], np.array([there], np.float32), PLAIN, BOUNDS)
    return made.reported[:, 0].tolist(), made.scores[:, 0].tolist(), made.thresholds[:, 0].tolist()


def test_a_type_that_is_there_is_reported_by_its_best_candidate_though_it_is_weak() -> None:
    assert judged([-3.0, -4.0], there=1.0)[0] == [True, False]


def test_a_type_that_should_be_there_is_not_quoted_by_a_passage_that_says_nothing_of_it() -> None:
    assert judged([-8.0, -9.0], there=1.0)[0] == [False, False]


def test_a_type_that_is_not_there_is_not_reported_however_good_a_candidate() -> None:
    assert judged([3.0, 2.0], there=-0.1)[0] == [False, False]


def test_further_candidates_have_a_bound_of_their_own() -> None:
    assert judged([3.0, -0.5, -1.5], there=2.0)[0] == [True, True, False]


@pytest.mark.parametrize("there", [-2.0, 0.0, 2.0])
def test_a_candidate_is_reported_just_where_its_score_reaches_its_threshold(there: float) -> None:
    reported, scores, thresholds = judged([2.0, 0.1, -0.8, -3.0], there)
    assert reported == [s >= t - 1e-6 for s, t in zip(scores, thresholds, strict=True)]


def test_cues_are_counted_for_and_against_the_type() -> None:
    text = "The exclusive\ndistributor is the sole one. The exclusive remedy is repair. Nothing else."
    document = read_document(text)
    rows = np.tile(np.arange(len(document.spans))[:, None], (1, len(CUAD_TYPES)))
    found = Cues.of_bytes(Cues.of(SOURCE).to_bytes()).features(text, document.spans, rows)
    column = CUAD_TYPES.index("Exclusivity")
    assert found.shape == (3, len(CUAD_TYPES), CUE_COLUMNS)
    assert found[:, column].tolist() == [[2, 0, 2, 1], [0, 1, 2, 1], [0, 0, 2, 1]]
    assert not found[:, CUAD_TYPES.index("Insurance")].any()


def test_presence_sees_as_many_columns_in_a_short_contract_as_in_a_long_one() -> None:
    cues = Cues.of(SOURCE)
    shapes = set()
    for text in ("One sentence.", "A first sentence. " * 40):
        document = read_document(text)
        logits = np.zeros((len(document.spans), len(CUAD_TYPES)), np.float32)
        stage = build_stage(text, document, logits, np.full_like(logits, UNREAD), cues)
        shapes.add(presence_features(stage.features[:, :, 0], stage).shape)
    assert len(shapes) == 1


def test_the_encoder_reads_the_best_of_every_type_that_are_not_out_of_the_question() -> None:
    logits = np.full((TOP + 6, 2), -11.0, np.float32)
    logits[4, 0] = logits[9, 0] = logits[9, 1] = LEAST + 1
    logits[11, 1] = LEAST - 0.1
    assert uncertain_rows(logits).tolist() == [4, 9]
    logits[:, 1] = np.linspace(0, 3, TOP + 6)
    assert uncertain_rows(logits).tolist() == [4, *range(6, TOP + 6)]  # no more than the best of a type


def test_what_the_encoder_did_not_read_counts_as_nothing_said() -> None:
    document = read_document("A first sentence. A second one. A third one.")
    logits = np.zeros((3, len(CUAD_TYPES)), np.float32)
    read = np.full_like(logits, UNREAD)
    read[1, 5] = 2.0
    stage = build_stage("A first sentence. A second one. A third one.", document, logits, read, Cues.of(SOURCE))
    own, behind, best, others = np.moveaxis(stage.features[:, :, -CUE_COLUMNS - 4 : -CUE_COLUMNS], 2, 0)
    at = int(np.flatnonzero(stage.rows[:, 5] == 1)[0])
    assert (own[at, 5], behind[at, 5], best[at, 5], others[at, 5]) == (2.0, 0.0, 2.0, UNREAD)
    assert others[int(np.flatnonzero(stage.rows[:, 6] == 1)[0]), 6] == 2.0
    assert set(own[:, 6]) == {UNREAD}
