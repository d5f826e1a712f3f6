"""Amendments, schedules and side letters are proposed for the agreement they name, and for no other."""

from __future__ import annotations

import pytest

from app.analysis.families import part_role, propose_families, title_of
from app.domain.matter import PartRole

BASE = """EXHIBIT 10.4

DISTRIBUTOR AGREEMENT

This Distributor Agreement is made as of January 1, 1996 by and between Bridge Transfer Corporation, a Delaware
corporation ("Licensor"), and Neon Systems, Inc., a Delaware corporation ("Licensee").
"""
OTHER = BASE.replace("Bridge Transfer Corporation", "Acme Holdings Ltd").replace("Neon Systems, Inc.", "Zeta Corp.")
AMENDMENT = """FIRST AMENDMENT TO

DISTRIBUTOR AGREEMENT

THIS FIRST AMENDMENT TO DISTRIBUTOR AGREEMENT is made as of the 1st day of January, 1999, by and between Bridge
Transfer Corporation, a Delaware corporation ("Licensor"), and Neon Systems, Inc., a Delaware corporation ("Licensee").
Licensor and Licensee are parties to that certain Distributor Agreement dated as of January 1, 1996.
"""


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (AMENDMENT, PartRole.AMENDMENT),
        ("Amendment\nThe parties agree to the following:", PartRole.AMENDMENT),
        ("SIDE LETTER\n\nDear Sirs, further to the Supply Agreement", PartRole.SIDE_LETTER),
        ("EXHIBIT ‘B’\n\nThis Exhibit is made a part of the Master Services Agreement.", PartRole.SCHEDULE),
        ("Cover Page\nfor Terms\nThe parties enter into an agreement which incorporates the Terms", PartRole.SCHEDULE),
        (BASE, None),
        ("AMENDED AND RESTATED LOAN AGREEMENT\n\nThis agreement is made between", None),
        ("EXHIBIT A\n\nSUPPLY AGREEMENT between the parties named below", None),
    ],
)
def test_what_an_agreement_is_to_another(text: str, role: PartRole | None) -> None:
    assert part_role(text) is role


def test_the_title_is_the_first_line_that_names_an_agreement() -> None:
    assert title_of(BASE) == "DISTRIBUTOR AGREEMENT"
    assert title_of("This Agreement is made between A and B; the terms follow.") == ""


def test_an_amendment_goes_to_the_agreement_of_the_same_parties_and_date() -> None:
    [found] = propose_families([("other", OTHER), ("base", BASE), ("amendment", AMENDMENT)])
    assert (found.base, found.member, found.role) == ("base", "amendment", PartRole.AMENDMENT)
    assert "2 of its 2 parties are the same" in found.reason
    assert "1 January 1996" in found.reason


def test_a_general_title_of_other_parties_proposes_nothing() -> None:
    assert propose_families([("other", OTHER), ("amendment", AMENDMENT)]) == []
    assert (
        propose_families(
            [("base", "SERVICES AGREEMENT\n\nbetween us"), ("form", "Amendment\nto the Services Agreement")]
        )
        == []
    )
