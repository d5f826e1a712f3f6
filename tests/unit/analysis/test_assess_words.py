from __future__ import annotations

import pytest

from app.analysis.assess_words import says_so

SIGNED = [
    ("Change Of Control", "A sale of a majority of the voting shares is a default."),
    ("Change Of Control", "Customer may terminate if Supplier becomes insolvent or undergoes a change of control."),
    ("Exclusivity", "Supplier grants an exclusive licence and a non-exclusive licence."),
    ("Exclusivity", "Company gives an exclusive distributorship and a right of first refusal."),
    ("Non-Compete", "Executive shall not compete and shall not solicit employees."),
]
NOT_SIGNED = [
    ("Change Of Control", "Customer may terminate if Supplier becomes insolvent or a receiver is appointed."),
    ("Change Of Control", "The nonbreaching party may terminate this Agreement on written notice."),
    ("Exclusivity", "Shareholders have a right of first refusal."),
    ("Exclusivity", "This is the exclusive remedy."),
    ("Exclusivity", "Licensor grants a nonexclusive right to use the mark solely as permitted."),
    ("Minimum Commitment", "Provider keeps insurance of at least $1,000,000."),
    ("Anti-Assignment", "Neither party may issue a press release without consent."),
]


@pytest.mark.parametrize(("kind", "passage"), SIGNED)
def test_what_says_so_is_raised(kind: str, passage: str) -> None:
    assert says_so(kind, passage, 0, len(passage))


@pytest.mark.parametrize(("kind", "passage"), NOT_SIGNED)
def test_what_says_something_else_is_not(kind: str, passage: str) -> None:
    assert not says_so(kind, passage, 0, len(passage))


def test_what_is_listed_below_a_colon_belongs_to_the_passage() -> None:
    text = "This Agreement may be terminated as follows:\n(a) upon a change of control of Supplier."
    assert says_so("Change Of Control", text, 0, text.index("\n"))


def test_a_type_without_words_is_taken_as_it_is() -> None:
    assert says_so("Governing Law", "Anything.", 0, 9)
