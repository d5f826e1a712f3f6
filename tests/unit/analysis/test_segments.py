import numpy as np

from app.analysis.clause_rules import find_rule_clauses
from app.analysis.features import hash_rows, is_heading, read_document
from app.analysis.features_tokens import runs
from app.analysis.screener_trees import Trees
from app.analysis.segments import split_segments

TEXT = (
    "SUPPLY AGREEMENT\n\nThis Agreement is made on 1 May 2020 by Acme Inc. and Mr. Smith.\n\n"
    "9. Force Majeure\n\nNeither party shall be liable for any delay caused by acts of God. Section 4.2 stays in force.\n\n"  # noqa: E501
    "10. Notices\n\nAll notices shall be in writing and sent by post.\n"
)


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split_segments(text)]


def test_sentences_are_cut_but_abbreviations_and_references_are_not() -> None:
    assert pieces(TEXT)[1] == "This Agreement is made on 1 May 2020 by Acme Inc. and Mr. Smith."
    assert "Section 4.2 stays in force." in pieces(TEXT)


def test_empty_and_wordless_texts_have_no_segments() -> None:
    assert split_segments("") == []
    assert split_segments(" \n\n --- \f ...") == []


def test_overlong_sentences_are_cut_at_spaces() -> None:
    parts = pieces("word " * 2000)
    assert max(map(len, parts)) <= 1500
    assert sum(part.count("word") for part in parts) == 2000


def test_headings_reach_the_segments_below_them() -> None:
    document = read_document(TEXT)
    row = next(i for i, (a, b) in enumerate(document.spans) if "acts of God" in TEXT[a:b])
    start, end = document.spans[document.heading[row]]
    assert "Force Majeure" in TEXT[start:end]
    assert not is_heading("Neither party shall be liable.")


def test_every_row_has_unique_features_of_its_own() -> None:
    document = read_document(TEXT)
    rows = hash_rows(TEXT, document)
    assert len(rows.indptr) == len(document.spans) + 1
    for low, high in zip(rows.indptr[:-1], rows.indptr[1:], strict=True):
        assert high > low
        assert len(np.unique(rows.keys[low:high])) == high - low


def test_rules_find_headed_clauses() -> None:
    found = {c.type: TEXT[c.start : c.end] for c in find_rule_clauses(TEXT)}
    assert "acts of God" in found["Force Majeure"]
    assert "in writing" in found["Notices"]
    assert "Data Protection" not in found


def test_runs_are_maximal() -> None:
    found = runs(np.array([0.1, 0.6, 0.8, 0.1, 0.9], np.float32), 0.5)
    assert [(first, last) for first, last, _ in found] == [(1, 3), (4, 5)]
    assert abs(found[0][2] - 0.7) < 1e-6


def test_a_tree_is_walked_to_its_leaf() -> None:
    trees = Trees(
        np.array([0], np.int32), np.array([1, 0, 0], np.int16), np.array([0.5, 0, 0], np.float32),
        np.array([1, 1, 2], np.int32), np.array([2, 1, 2], np.int32), np.array([0, -1, 2], np.float32), 0.5,
    )  # fmt: skip
    assert trees.raw(np.array([[9, 0.4], [9, 0.6]], np.float32)).tolist() == [-0.5, 2.5]
