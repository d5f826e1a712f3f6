"""Whom a clause binds, where two parties are named as one subject."""

from __future__ import annotations

import pytest

from app.analysis.values_who import read_who


@pytest.mark.parametrize(
    "text",
    [
        "Either Affiliate or Chase may terminate this Agreement at any time, with or without cause.",
        "Neither the Supplier nor the Buyer shall solicit the other's staff.",
    ],
)
def test_two_named_parties_as_one_subject_are_both(text: str) -> None:
    names = ("Affiliate", "Chase", "Supplier", "Buyer")
    assert read_who(text, 0, len(text), names)["who"] == "mutual"


def test_one_named_party_is_that_party() -> None:
    text = "Chase may terminate this Agreement at any time by notice to Affiliate."
    assert read_who(text, 0, len(text), ("Affiliate", "Chase"))["who"] == "Chase"
