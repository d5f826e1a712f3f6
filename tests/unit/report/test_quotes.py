from __future__ import annotations

import pytest

from app.report.quotes import Cite, clean, fold_with_origin, parse_cite, quoted, shorten, spelled, unquoted


@pytest.mark.parametrize(
    "cite",
    [
        Cite(3),
        Cite(3, 4),
        Cite(3, None, "7.2(a)"),
        Cite(12, 4, "Article IV, 7.2"),
        Cite(1, 2, "3", 412),
        Cite(1, words=9),
    ],
)
def test_a_cite_is_read_back_as_it_was_written(cite: Cite) -> None:
    assert parse_cite(cite.text()) == cite


@pytest.mark.parametrize("line", ["", "see File 3", "File x", "File 3, p. 4 and more", "File 3, p. four"])
def test_other_lines_are_no_cites(line: str) -> None:
    assert parse_cite(line) is None


def test_a_quote_may_hold_quotation_marks_of_its_own() -> None:
    assert unquoted(quoted('the “Term” and "more”')) == 'the “Term” and "more”'
    assert unquoted("“without an end") is None
    assert unquoted("”") is None


def test_long_quotes_are_shortened_between_words_and_keep_their_end() -> None:
    words = [f"word{i}" for i in range(500)]
    short = shorten(" \n".join(words), 200)
    head, tail = short.split(" […] ")
    assert len(short) <= 210
    assert words[: len(head.split())] == head.split()
    assert words[-len(tail.split()) :] == tail.split()
    assert shorten("short  one", 200) == "short one"
    assert shorten("x" * 1000, 200) == "x" * 1000


def test_what_word_cannot_hold_is_replaced() -> None:
    assert clean("a\x00b\ud800\tc\n d\u202e") == "a�b� c d�"


def test_folding_knows_the_way_back() -> None:
    text = "  a \n\n b\x00c"
    folded, origin = fold_with_origin(text)
    assert folded == "a b�c"
    assert [text[i] for i in origin if not text[i].isspace()] == ["a", "b", "\x00", "c"]


def test_our_own_words_have_dates_as_lawyers_write_them() -> None:
    assert spelled("End of term 2027-12-31 - 90 days") == "End of term 31 December 2027 - 90 days"
    assert spelled("2004-02-29 and 2005-02-29") == "29 February 2004 and 2005-02-29"
    assert spelled("No. 12004-02-29, 2027-12, 2027-12-31-7, ") == "No. 12004-02-29, 2027-12, 2027-12-31-7, "
