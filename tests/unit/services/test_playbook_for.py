from __future__ import annotations

import pytest

from app.domain.matter import Contract, ContractKind
from app.services.playbooks import SPECIAL, playbook_for


@pytest.mark.parametrize(
    ("kind", "own", "asked", "matters", "expected"),
    [
        (ContractKind.NDA, None, None, "commercial", "nda"),
        (ContractKind.EMPLOYMENT, None, None, "commercial", "employment"),
        (ContractKind.SERVICES, None, None, "commercial", "commercial"),
        (ContractKind.NDA, "licence-in", None, "commercial", "licence-in"),
        (ContractKind.NDA, None, "commercial", "commercial", "commercial"),
        (ContractKind.NDA, None, None, "ma-diligence", "ma-diligence"),
    ],
)
def test_a_kind_gets_its_playbook_where_nobody_chose_one(
    kind: ContractKind, own: str | None, asked: str | None, matters: str, expected: str
) -> None:
    contract = Contract("c", "c", (), kind=kind, playbook=own)
    assert playbook_for(contract, asked, matters).name == expected


def test_each_of_them_is_written_for_the_kind() -> None:
    for kind in SPECIAL:
        contract = Contract("c", "c", (), kind=kind)
        assert playbook_for(contract, None, "commercial").kinds == (kind,)
