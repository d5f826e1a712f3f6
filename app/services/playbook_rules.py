"""A playbook's positions as rows for a window."""

from __future__ import annotations

from app.domain.playbook import Playbook
from app.services.api import PlaybookRule


def rules_of(playbook: Playbook) -> list[PlaybookRule]:
    """Every rule, in the playbook's order."""
    return [
        PlaybookRule(
            rule.rule_id,
            rule.title,
            rule.severity.value,
            rule.clauses[0] if rule.clauses else None,
            rule.applies_to,
            rule.check,
            rule.reason,
            rule.recommendation,
            rule.fallback,
        )  # fmt: skip
        for rule in playbook.rules
    ]
