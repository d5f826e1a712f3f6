"""Passages found again in another reading: exactly, nearly, or not at all."""

from __future__ import annotations

from app.analysis.relocating import relocate

OLD = "1. Term. This Agreement lasts three years.\n2. Fees. Fees are due in thirty days.\n3. Law. New York law governs."


def moved(quote: str, new: str, old: str = OLD) -> str | None:
    start = old.index(quote)
    found = relocate(old, start, start + len(quote), new)
    return None if found is None else new[found[0] : found[1]]


def test_equal_words_are_found_where_they_moved_to() -> None:
    assert moved("Fees are due in thirty days.", "Cover\n" + OLD) == "Fees are due in thirty days."


def test_nearly_equal_words_are_found_with_their_likeness() -> None:
    new = OLD.replace("lasts three years", "lasts three (3) years")
    quote = "This Agreement lasts three years."
    found = relocate(OLD, OLD.index(quote), OLD.index(quote) + len(quote), new)
    assert found is not None
    assert 0.9 <= found[2] < 1
    assert new[found[0] : found[1]] == "This Agreement lasts three (3) years."


def test_words_that_are_gone_or_nearly_there_twice_are_not_relocated() -> None:
    assert moved("New York law governs.", "1. Term. This Agreement lasts three years.") is None
    twice = "Fees are due in thirty days. " + "Fees are due in forty days. " + "Fees are due in thirsty days."
    assert moved("Fees are due in thirty days.", twice.replace("thirty", "thirtie")) is None
    assert moved("three", "There is nothing like it") is None


def test_words_that_stand_several_times_keep_their_order() -> None:
    old = "A. Notice in writing. B. Notice in writing."
    new = "Preamble. " + old
    second = old.rindex("Notice in writing.")
    found = relocate(old, second, second + 18, new)
    assert found == (new.rindex("Notice in writing."), len(new), 1.0)
