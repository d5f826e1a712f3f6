"""The corpus's guidelines on what is clearly unfair, each with its counterpart that is only potentially so or fair."""

from __future__ import annotations

import pytest

from app.analysis.unfair_cues import accepts_liability, cues_of


@pytest.mark.parametrize(
    ("passage", "cue", "counterpart"),
    [
        (
            "We may close your account at any time without notice.",
            "ends freely",
            "We may close your account at any time if you breach these terms.",
        ),
        (
            "Acme may suspend your access if you break a rule or for any other reason.",
            "ends for any reason",
            "Acme may suspend your access if you break a rule.",
        ),
        (
            "The company may terminate this agreement upon giving you two months' notice.",
            "ends on notice",
            "You may terminate this agreement upon giving us two months' notice.",
        ),
        (
            "We reserve the right to remove any content in our sole discretion.",
            "removes freely",
            "We reserve the right to remove any content that we believe violates these terms.",
        ),
        (
            "Any dispute shall be brought in the courts of Springfield.",
            "named court decides",
            "Any dispute shall be brought in the courts of the country in which you live.",
        ),
        (
            "We are not liable for personal injury.",
            "injury excluded",
            "We are not liable for lost data.",
        ),
        (
            "We may suspend your account at any time:",
            "ends as listed",
            "We may suspend your account at any time.",
        ),
    ],
)
def test_a_cue_holds_of_the_clearly_unfair_wording_and_not_of_its_counterpart(
    passage: str, cue: str, counterpart: str
) -> None:
    assert cue in cues_of(passage)
    assert cue not in cues_of(counterpart)


def test_a_sentence_of_no_such_sort_has_no_cue() -> None:
    assert cues_of("The weather was fine all day, as the almanac had said that it would be.") == []


def test_a_business_that_says_it_is_liable_is_not_told() -> None:
    assert accepts_liability("We are fully liable for loss that we cause.")
    assert not accepts_liability("We are not liable for loss that we cause.")
    assert not accepts_liability("We are liable only for loss that we cause on purpose.")
