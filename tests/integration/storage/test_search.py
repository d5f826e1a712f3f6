"""Search finds words and phrases, and jumps to the right ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from matter_data import SHA, TEXT

from app.domain.text import View
from app.storage.database import MatterDatabase

WORDS = (
    "1. Notice. Either party may end this agreement on sixty days\u2019 notice.\n"
    "2. \u201cConfidential Information\u201d stays in the oﬃce of Société Générale; con\u00adfidential copies too.\n"
    + "filler " * 60
    + "the cap on liability is twice the fees."
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("office", ["oﬃce"]),
        ("societe generale ", ["Société Générale"]),
        ('"confidential information"', ["Confidential Information"]),
        ("“Confidential Information”", ["Confidential Information"]),
        ("confidential ", ["Confidential", "con\u00adfidential"]),
        ("sixty notice ", ["sixty days’ notice"]),
        ("conf", ["Confidential", "con\u00adfidential"]),
        ("conf ", []),
        ("office liability ", ["oﬃce", "liability"]),
        ('"notice days"', []),
        ('") OR (', []),
        ("*", []),
    ],
)
def test_hits(database: MatterDatabase, query: str, found: list[str]) -> None:
    text = replace(TEXT, text=WORDS, pages=(), marks=(), text_id="")
    database.put_text(text)
    hits = database.search(query)
    assert [WORDS[hit.start : hit.end] for hit in hits] == found
    for hit in hits:
        assert hit.text_id == text.text_id
        assert hit.snippet.count("\x02") == hit.snippet.count("\x03") >= 1


def test_the_snippet_marks_the_words(database: MatterDatabase) -> None:
    database.put_text(TEXT)
    (hit,) = database.search("new york ")
    assert hit.snippet.startswith("…")
    assert "\x02New\x03 \x02York\x03" in hit.snippet


def test_only_the_newest_accepted_text_is_searched(database: MatterDatabase) -> None:
    older = replace(TEXT, text="widget", pages=(), marks=(), text_id="")
    newer = replace(older, ingest_version="i2", text_id="")
    original = replace(older, view=View.ORIGINAL, text_id="")
    other = replace(older, source_sha256="cd" * 32, text_id="")
    for text in (older, newer, original, other):
        database.put_text(text)
    assert {hit.text_id for hit in database.search("widget")} == {newer.text_id, other.text_id}
    assert len(database.search("widget", limit=1)) == 1
    assert SHA in {hit.source_sha256 for hit in database.search("widget")}
