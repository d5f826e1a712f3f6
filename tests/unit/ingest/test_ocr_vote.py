from __future__ import annotations

from dataclasses import replace

from app.ingest.ocr_vote import Recognised, Word, vote


def reading(text: str, confidence: float) -> Recognised:
    words, start = [], 0
    for token in text.split():
        start = text.index(token, start)
        words.append(Word(start, start + len(token), start, 0, start + len(token), 10, confidence))
        start += len(token)
    return Recognised(text, tuple(words), confidence)


def test_two_outvote_one_and_offsets_follow() -> None:
    elected = vote(
        [reading("the Shal pay\n\nnow", 90), reading("the Shall pay\n\nnow", 80), reading("the Shall pay\n\nno", 80)]
    )
    assert elected.text == "the Shall pay\n\nnow"
    assert [elected.text[w.start : w.end] for w in elected.words] == ["the", "Shall", "pay", "now"]
    assert elected.words[2].x0 == 9  # the place on the page stays as the surest reading saw it


def test_a_word_that_only_one_saw_is_unsure() -> None:
    elected = vote([reading("a b", 90), reading("a c", 60), reading("a d", 60)])
    assert elected.words[0].confidence == 70
    assert elected.words[1].confidence == 30


def test_an_empty_reading_changes_nothing() -> None:
    assert vote([reading("one two", 80), Recognised("", (), None)]).text == "one two"


def test_a_line_that_only_one_reading_has_is_put_where_it_stands() -> None:
    def line(number: int, words: str, y: float) -> list[tuple[str, Word]]:
        tokens = words.split()
        return [
            (token, Word(0, 0, 50.0 * i, y, 50.0 * i + 40, y + 10, 90, line=number)) for i, token in enumerate(tokens)
        ]

    def reading_of(*lines: list[tuple[str, Word]]) -> Recognised:
        words, text = [], ""
        for token, word in [entry for entries in lines for entry in entries]:
            text += " " if text else ""
            words.append(replace(word, start=len(text), end=len(text) + len(token)))
            text += token
        return Recognised(text, tuple(words), 90)

    first, lost, last = line(1, "the fee is due", 0), line(2, "but for late goods", 20), line(3, "on the first day", 40)
    elected = vote([reading_of(first, last), reading_of(first, lost, last)])
    assert elected.text == "the fee is due but for late goods on the first day"
    assert [elected.text[w.start : w.end] for w in elected.words] == elected.text.split()
    assert vote([reading_of(first, lost, last), reading_of(first, last)]).text == elected.text
