from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.analysis.playbooks import parse_playbook
from app.analysis.playbooks_patterns import pattern
from app.domain.playbook import Playbook
from app.errors import UserError

GOOD = """\
playbook: mine
version: "1"
title: Mine
rules:
  - id: long-notice
    title: Long notice
    clause: Notice Period To Terminate Renewal
    when:
      - value: days
        above: 60
    severity: medium
    reason: Notice must be given {notice} ahead.
    without_value: Notice must be given long ahead.
    recommendation: Shorten it.
"""


def parse(text: str) -> Playbook:
    return parse_playbook(text.encode(), "mine.yaml")


def test_a_playbook_is_pinned_by_its_bytes() -> None:
    one, other = parse(GOOD), parse(GOOD + "# a remark\n")
    assert one.ref.name == "mine"
    assert one.sha256 != other.sha256
    assert one.rules[0].check == "a clause on Notice Period To Terminate Renewal: days above 60"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("severity: medium", "severity: grave", "mine.yaml, line 11: 'grave' is not known here"),
        ("recommendation:", "recomendation:", "did you mean 'recommendation'?"),
        ("above: 60", "above: sixty", "mine.yaml, line 10: 'above' expects a number"),
        ("clause: Notice Period To", "clause: Notice Periods To", "line 7: 'Notice Periods To Terminate Renewal' is"),
        ("Shorten it.", "Shorten it", "expected a sentence that ends with a full stop"),
        ("id: long-notice", "id: Long Notice", "expected a name of small letters"),
        ("        above: 60\n", "", "expected a test beside 'value'"),
        ("{notice}", "{nonsense}", "the field {nonsense} is not known"),
        ("    without_value: Notice must be given long ahead.\n", "", "'without_value' is missing"),
        ("rules:", "rules: [", "this is not valid YAML"),
        ("value: days", "value: dayz", "line 9: 'dayz' is not known here, did you mean 'days'?"),
        ("    title: Long", "\ttitle: Long", "a line is indented by a tab; use spaces."),
        ("title: Long notice", "title: Long: notice", "a text with a colon in it needs quotation marks"),
        ("above: 60", 'above: "60"', "line 10: 'above' expects a number, not below 0 and without quotation marks"),
        ("above: 60", "above: -60", "line 10: 'above' expects a number, not below 0"),
        ("above: 60", "above: 60\n        below: 30", "line 9: no number can be above 60 and below 30"),
        ("- value: days\n        above: 60", "- any: []", "line 9: expected at least one condition"),
        (GOOD[GOOD.index("rules:") :], "rules: []\n", "line 4: expected at least one rule"),
        ("severity: medium", "severity: [medium]", "line 11: expected text, found a list."),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_with_its_line(old: str, new: str, expected: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(GOOD.replace(old, new))
    assert "mine.yaml, line " in str(caught.value)
    assert expected in str(caught.value)


def test_a_rule_id_is_used_once() -> None:
    again = GOOD + GOOD[GOOD.index("  - id") :]
    with pytest.raises(UserError, match="line 15: the id 'long-notice' is already used in line 5"):
        parse(again)


def test_an_empty_file_and_wrong_bytes_are_refused() -> None:
    with pytest.raises(UserError, match="found an empty file"):
        parse("")
    with pytest.raises(UserError, match="expected UTF-8"):
        parse_playbook(b"\xff\xfe\x00", "mine.yaml")


def test_tags_of_python_objects_are_not_built() -> None:
    with pytest.raises(UserError):
        parse("!!python/object/apply:os.system ['true']")


def test_a_detector_that_is_not_there_or_damaged_is_refused_with_its_line(tmp_path: Path) -> None:
    named = GOOD.replace("rules:\n", "detector: mine.npz\nrules:\n", 1)
    with pytest.raises(UserError, match=r"mine.yaml, line 4: expected the file name of a detector"):
        parse_playbook(named.encode(), "mine.yaml", tmp_path)
    (tmp_path / "mine.npz").write_bytes(b"no archive")
    with pytest.raises(UserError, match=r"mine.yaml, line 4: the detector mine.npz is damaged"):
        parse_playbook(named.encode(), "mine.yaml", tmp_path)


def test_a_category_that_the_detector_does_not_know_is_refused() -> None:
    asked = GOOD.replace("- value: days\n        above: 60", "- unfair: arbitrage")
    with pytest.raises(UserError, match="did you mean 'arbitration'"):
        parse(asked)


def with_words(words: str) -> str:
    return GOOD.replace("- value: days\n        above: 60", f"- says: ['due', '{words}']")


@pytest.mark.parametrize(
    "words",
    [
        r"(\w+ ?)*due",
        r"(a+)+$",
        r"(a|aa)+$",
        r"(?:\d+|\w+)*;",
        r"(\w+\s*){0,12}x",
        r".*a.*b.*c",
        r"((ab)*)*c",
        r"(?=(a+)+b)",
    ],
)
def test_a_wording_that_would_never_end_is_refused_with_its_line(words: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(with_words(words))
    assert str(caught.value).startswith("mine.yaml, line 9: this wording can fit one passage in so many ways")


@pytest.mark.parametrize(
    "words",
    [
        r"(?:\w+ ){0,8}due",
        r"(\w+, )*\w+ and \w+x",
        r"shall[^.]{0,200}pay[^.]{0,200}within",
        r"a.*b.*c",
        r"(?:the|this )*x",
    ],
)
def test_a_wording_that_is_kept_ends_soon_on_a_text_made_to_keep_it_busy(words: str) -> None:
    (rule,) = parse(with_words(words)).rules
    (condition,) = rule.conditions
    started = time.process_time()
    for hard in ("a" * 600, "a " * 600, "aa, " * 300, "the " * 300, "shall pay " * 120):
        for wording in condition.operand:
            pattern(wording).search(hard)
    assert time.process_time() - started < 10  # in the thousandths of a second; those above would run for years


def test_a_wording_of_too_many_repeats_is_refused() -> None:
    with pytest.raises(UserError, match="mine.yaml, line 9: expected a regular expression"):
        parse(with_words("a{99999999999}"))
