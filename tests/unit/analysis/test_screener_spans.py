"""Where the screener's names and titles begin and end."""

from __future__ import annotations

import pytest

from app.analysis.screener_spans import _whole


@pytest.mark.parametrize(
    ("text", "tagged", "whole"),
    [
        ("This Mutual Non-Disclosure Agreement", "-Disclosure Agreement", "Non-Disclosure Agreement"),
        ("This Mutual Non-Disclosure Agreement", "Disclosure Agreement", "Non-Disclosure Agreement"),
        ("a Joint Co-Branding programme", "Joint Co", "Joint Co-Branding"),
        ("a Joint Co-Branding programme", "Joint Co-", "Joint Co-Branding"),
        ("a state-of-the-art Agreement", "art Agreement", "state-of-the-art Agreement"),
        ("Hosting - Agreement", "Agreement", "Agreement"),
        ("from January 1-31, 2014", "31, 2014", "31, 2014"),
        ("the Disclosure Agreement-2", "Disclosure Agreement", "Disclosure Agreement"),
        ("Agreement", "Agreement", "Agreement"),
    ],
)
def test_a_title_or_name_takes_words_with_hyphens_whole(text: str, tagged: str, whole: str) -> None:
    at = text.index(tagged)
    start, end = _whole(text, at, at + len(tagged))
    assert text[start:end] == whole
