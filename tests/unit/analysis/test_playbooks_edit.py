"""Editing a playbook's YAML in place: what is asked for changes, all else stays to the letter."""

from __future__ import annotations

import pytest

from app.analysis.playbooks import parse_playbook
from app.analysis.playbooks_edit import flatten, limits_of, remove_rule, rename, set_number, set_values
from app.errors import UserError

BOOK = """# The firm's own \u2013 since 2024.
playbook: firm
version: "1"
title: Firm
rules:
  # liability
  - id: low-cap
    title: Low cap \u20ac
    clause: Cap On Liability
    when:
      - value: years_of_fees
        below: 1
      - any:
          - value: days
            at_least: 2.5
          - says: ['x']
    severity: high
    reason: It is low.
    recommendation: Ask for more.
    fallback: >
      Folded words
      of two lines.
  - id: no-law  # a remark
    title: No law
    clause: Governing Law
    required: true
    severity: medium
    reason: There is none.
    recommendation: Add one.
"""


def rules(text: str) -> dict[str, object]:
    return {rule.rule_id: rule for rule in parse_playbook(text.encode(), "p").rules}


def test_numbers_are_found_also_inside_any_and_changed_alone() -> None:
    assert [(x.rule, x.subject, x.test, x.number) for x in limits_of(BOOK)] == [
        ("low-cap", "years_of_fees", "below", 1.0), ("low-cap", "days", "at_least", 2.5),
    ]  # fmt: skip
    changed = set_number(set_number(BOOK, 1, 4), 0, 1.5)
    assert [x.number for x in limits_of(changed)] == [1.5, 4.0]
    assert changed.replace("below: 1.5", "below: 1").replace("at_least: 4", "at_least: 2.5") == BOOK


def test_words_are_changed_quoted_where_yaml_needs_it_and_comments_stay() -> None:
    changed = set_values(BOOK, "low-cap", {"reason": 'It is: "low" # really.', "severity": "critical"})
    rule = rules(changed)["low-cap"]
    assert rule.reason == 'It is: "low" # really.'
    assert rule.severity == "critical"
    assert rule.fallback == "Folded words of two lines."
    assert "# liability" in changed
    assert "# a remark" in changed


def test_a_folded_value_is_replaced_whole_and_a_key_taken_out_or_put_in() -> None:
    changed = set_values(BOOK, "low-cap", {"fallback": "One line."})
    assert rules(changed)["low-cap"].fallback == "One line."
    assert rules(changed)["no-law"].title == "No law"
    gone = set_values(changed, "low-cap", {"fallback": ""})
    assert rules(gone)["low-cap"].fallback is None
    assert rules(set_values(gone, "no-law", {"fallback": "Yes: this."}))["no-law"].fallback == "Yes: this."
    folded_gone = set_values(BOOK, "low-cap", {"fallback": ""})
    assert rules(folded_gone)["low-cap"].fallback is None
    assert len(rules(folded_gone)) == 2


@pytest.mark.parametrize("value", ["no", "1.5", "yes", "null", "a: b", "- x", "{x}", "\u00a7 9 says \u201cno\u201d"])
def test_words_that_yaml_would_read_otherwise_stay_words(value: str) -> None:
    assert rules(set_values(BOOK, "no-law", {"title": value}))["no-law"].title == value


def test_a_rule_is_removed_with_its_lines_only() -> None:
    assert list(rules(remove_rule(BOOK, "low-cap"))) == ["no-law"]
    assert list(rules(remove_rule(BOOK, "no-law"))) == ["low-cap"]
    with pytest.raises(UserError, match="at least one"):
        remove_rule(remove_rule(BOOK, "no-law"), "low-cap")
    with pytest.raises(UserError, match="no longer"):
        set_values(BOOK, "gone", {"title": "x"})


def test_an_extending_playbook_is_written_out() -> None:
    own = BOOK.replace("playbook: firm", "playbook: own\nextends: firm.yaml").replace("low-cap", "other-cap")
    flat = flatten(own, BOOK)
    assert "extends" not in flat
    assert sorted(rules(flat)) == ["low-cap", "no-law", "other-cap"]


def test_it_is_renamed_at_the_top_only() -> None:
    book = parse_playbook(rename(BOOK, [("playbook", "mine"), ("title", "Ours: new")]).encode(), "p")
    assert (book.name, book.title) == ("mine", "Ours: new")
