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


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("FUSION shall have no remedy, and CPDC shall have no liability, other than as set forth.", "CPDC"),
        ("Fusion agrees that in no event will CPDC or its suppliers be liable for lost profits.", "CPDC"),
        ("CPDC may claim its loss, but Fusion's total aggregate liability shall not exceed the fees.", "Fusion"),
        ("Fusion may claim no more than the fees, which limit the liability of CPDC.", "CPDC"),
        ("Neither party shall have liability to the other, and CPDC shall have no liability for delay.", "mutual"),
        ("Fusion shall pay no more than the fees.", "Fusion"),
    ],
)
def test_a_cap_is_of_the_party_whose_liability_it_speaks_of(text: str, who: str) -> None:
    assert read_who(text, 0, len(text), ("Fusion", "CPDC"), liable=True)["who"] == who
