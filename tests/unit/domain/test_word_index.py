"""The index of words gives what a search through the whole text gives."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest
import yaml

from app.domain.word_index import WordIndex, starts_of

PLAYBOOKS = Path(__file__).resolve().parents[3] / "resources" / "playbooks"
TEXT = """The Supplier may suspend the Services without notice. IN NO EVENT shall the aggregate liability of either
party exceed the Fees. The Supplier's prices are “as is”; a late payment bears interest of 2 % per month.
Maximum liability, may modify the terms, may assign to a successor in a merger, without the prior written
consent; reserves the right to change the Agreement. Automatically renews unless either party objects. Çok.
"""


def patterns() -> set[str]:
    """Every pattern of the bundled playbooks."""

    def strings(node: object) -> list[str]:
        if isinstance(node, dict):
            own = list(chain.from_iterable(node[key] for key in ("says", "lacks") if key in node))
            return own + [s for value in node.values() for s in strings(value)]
        return [s for value in node for s in strings(value)] if isinstance(node, list) else []

    return {s for path in PLAYBOOKS.glob("*.yaml") for s in strings(yaml.safe_load(path.read_text("utf-8")))}


def test_a_search_by_the_index_is_a_search_through_the_text() -> None:
    known = [(words, starts) for words in patterns() if (starts := starts_of(words)) is not None]
    assert len(known) > len(patterns()) / 3
    cards = [path.read_text("utf-8") for path in sorted((PLAYBOOKS / "cards").glob("*.yaml"))]
    found = 0
    for body in (TEXT, *cards[:3]):
        index = WordIndex(body)
        for words, starts in known:
            compiled = re.compile(words.replace(" ?", r"\s*").replace(" ", r"\s+"), re.IGNORECASE)
            spans = [match.span() for match in compiled.finditer(body)]
            assert [match.span() for match in index.finditer(compiled, starts)] == spans, words
            found += len(spans)
    assert found > 100


@pytest.mark.parametrize(
    "words",
    [
        "as is",
        r"\w+ days",
        r"\b(very )?late\b",
        r"\ba\b",
        r"\b(a|an) offer",
        r"\bsha?ll",
        r"\bno\b",
        r"\bor ?else",
        "(?i)x",
    ],
)
def test_a_pattern_that_may_begin_otherwise_is_not_indexed(words: str) -> None:
    assert starts_of(words) is None


def test_groups_sets_and_escapes_are_read_as_they_stand() -> None:
    assert starts_of(r"\b((?:may|can not) (?:x|y)|must)[(|] z|\bnot\(") == ("can", "may", "mus", "not")
