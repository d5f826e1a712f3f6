from __future__ import annotations

import numpy as np
import pytest

from app.analysis.exam_figures import Doubts, Vote, fit_vote


def doubts(news: float, repeats: float, seed: int = 3, count: int = 120) -> Doubts:
    """Candidates of which the model knows more (`news`), or only what the screener said (`repeats`)."""
    chance = np.random.default_rng(seed)
    prior = chance.normal(-1, 1, count)
    more = chance.normal(0, 2, count)
    truth = chance.random(count) < 1 / (1 + np.exp(-(prior + more)))
    margins = news * more + repeats * prior + chance.normal(0, 0.5, count)
    scores = 1 / (1 + np.exp(-prior))
    return Doubts(scores, margins, truth, np.ones(count), [f"c{n % 20}" for n in range(count)])


def test_a_model_that_knows_more_than_the_screener_has_a_vote() -> None:
    vote = fit_vote(doubts(1, 0))
    assert vote is not None
    assert vote.weight == 0.5
    assert vote.slope == pytest.approx(1, abs=0.4)
    assert vote.gain > 0.05


@pytest.mark.parametrize("seed", range(5))
def test_a_model_that_repeats_the_screener_has_none(seed: int) -> None:
    vote = fit_vote(doubts(0, 1, seed))
    assert vote is not None
    assert vote.weight * vote.slope < 0.25


def test_a_model_at_chance_has_none() -> None:
    found = [fit_vote(doubts(0, 0, seed)) for seed in range(10)]
    assert [vote.weight for vote in found if vote].count(0.0) >= 8


def test_what_stands_for_many_counts_for_many() -> None:
    made = doubts(1, 0)
    rare = Doubts(made.scores, made.margins, made.answers, np.where(made.answers, 0.1, 5.0), made.contracts)
    plain, weighted = fit_vote(made), fit_vote(rare)
    assert plain is not None
    assert weighted is not None
    assert weighted.offset < plain.offset - 1


def test_too_few_candidates_fit_no_vote() -> None:
    made = doubts(1, 0, count=12)
    few = Doubts(made.scores, made.margins, np.arange(12) < 3, made.stands_for, made.contracts)
    assert fit_vote(few) is None
    assert Vote(0.0, 1.0, 0.0, 0.0).gain == 0
