"""Every rule of every bundled playbook has a card: two texts that raise it, two near misses that do not."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from app.analysis.assess import AssessContext, assess
from app.analysis.playbooks import bundled_playbooks
from app.domain.clauses import Clause, FoundBy
from app.domain.findings import FindingKind
from app.domain.matter import Contract, ContractKind, DealStructure, Matter, Role
from app.domain.playbook import Playbook, Rule
from app.domain.text import ContractText, View

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "playbooks"
PLAYBOOKS = bundled_playbooks(FOLDER)
OPENING = 'Opening terms between Alpha Ltd ("Supplier") and Beta Inc. ("Customer").\n\n'
CARDS: dict[str, dict[str, Any]] = {
    rule: card
    for path in sorted((FOLDER / "cards").glob("*.yaml"))
    for rule, card in yaml.safe_load(path.read_text(encoding="utf-8")).items()
}
RULES = {rule.rule_id: (book, rule) for book in PLAYBOOKS for rule in book.rules}


def raised(book: Playbook, rule: Rule, card: dict[str, Any], passage: str, clause_type: str | None) -> bool:
    also = {str(name): str(words) for name, words in card.get("also", {}).items()}
    text = OPENING + passage + "".join("\n\n" + words for words in also.values())
    start = len(OPENING)
    clauses = [Clause("Parties", 0, start - 2, 1.0, True, FoundBy.RULES)]
    if clause_type and not rule.required:
        clauses.append(Clause(clause_type, start, start + len(passage), 1.0, True, FoundBy.RULES))
    at = start + len(passage) + 2
    for name, words in also.items():
        clauses.append(Clause(name, at, at + len(words), 1.0, True, FoundBy.RULES))
        at += len(words) + 2
    matter = Matter(
        "m", "card", dt.datetime(2024, 1, 1, tzinfo=dt.UTC), home_law=card.get("home"),
        reference_date=card.get("reference"), deal_structure=DealStructure(card.get("deal", "unknown")),
    )  # fmt: skip
    kind = rule.kinds[0] if rule.kinds else ContractKind.OTHER
    role = Role(card["role"]) if "role" in card else book.side[0] if book.side else Role.UNKNOWN
    contract = Contract("c", "card", (), kind=kind, our_role=role)
    read = ContractText("0" * 64, "1", View.ACCEPTED, "", text, "txt")
    found = assess(read, (), clauses, book, AssessContext(contract, matter)).findings
    kinds = (FindingKind.MISSING,) if rule.required else (FindingKind.RISK,)
    return any(finding.rule == rule.rule_id and finding.kind in kinds for finding in found)


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_the_card_raises_and_passes(rule_id: str) -> None:
    book, rule = RULES[rule_id]
    card = CARDS[rule_id]
    assert len(card["raises"]) >= 2
    assert len(card["passes"]) >= 2
    own = rule.clauses[0] if rule.clauses else None
    for passage in card["raises"]:
        assert raised(book, rule, card, passage, own), passage
    for passage in card["passes"]:
        assert not raised(book, rule, card, passage, card.get("as", own)), passage


def test_no_card_without_its_rule() -> None:
    assert set(CARDS) <= set(RULES)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_schema_for_editors_accepts_the_bundled_playbooks(path: Path) -> None:
    schema = json.loads((FOLDER.parent / "schema" / "playbook.schema.json").read_text(encoding="utf-8"))
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    jsonschema.validate(tree, schema)
    for broken in ({**tree, "unknown": 1}, {**tree, "rules": [{"id": "x"}]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, schema)
