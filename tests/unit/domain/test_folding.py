"""Folded words know where they stand in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.folding import FoldedText, fold_words, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The oﬃce’s ﬁle", ["the", "office", "s", "file"]),
        ("Société Générale", ["societe", "generale"]),
        ("con\u00adfi\u00addential", ["confidential"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("\u201cClosing Date\u201d", ["closing", "date"]),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_words_stand_where_the_text_has_them() -> None:
    text = "Die oﬀ ﬃ con\u00adfidential ½ Straße é end"
    spans = {word: text[start:end] for word, start, end in FoldedText(text).words()}
    assert spans["off"] == "oﬀ"
    assert spans["ffi"] == "ﬃ"
    assert spans["confidential"] == "con\u00adfidential"
    assert spans["strasse"] == "Straße"
    assert spans["end"] == "end"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("ﬃﬀé\u00adß aB1")), max_size=60))
def test_a_word_s_span_folds_to_the_word(text: str) -> None:
    for word, start, end in FoldedText(text).words():
        assert 0 <= start < end <= len(text)
        assert word in fold_words(text[start:end])
