"""How a search line is understood."""

from __future__ import annotations

import pytest

from app.storage.search import Term, parse


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("notice", [Term(("notice",), True)]),
        ("Notice ", [Term(("notice",))]),
        ("indemn* costs ", [Term(("indemn",), True), Term(("costs",))]),
        ('"change of control" notice ', [Term(("change", "of", "control")), Term(("notice",))]),
        ("“Closing Date”", [Term(("closing", "date"))]),
        ("non-compete ", [Term(("non", "compete"))]),
        ('" ( * ^ : "', []),
        ("", []),
    ],
)
def test_parse(query: str, terms: list[Term]) -> None:
    assert parse(query) == terms
