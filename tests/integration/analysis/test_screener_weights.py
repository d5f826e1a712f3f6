from pathlib import Path

import pytest

from app.analysis.fold_screener import FoldScreeners
from app.analysis.screener import Screener
from app.domain.clauses import CLAUSE_TYPES
from app.errors import UserError
from app.paths import screener_weights

TEXT = """DISTRIBUTION AGREEMENT

This Distribution Agreement is entered into as of March 3, 2015 by and between Alpha Widgets, Inc. ("Supplier") and \
Beta Trading Ltd. ("Distributor").

1. Term. This Agreement shall continue for a period of three (3) years from the date hereof.

2. Assignment. Neither party may assign this Agreement without the prior written consent of the other party.

3. Governing Law. This Agreement shall be governed by and construed in accordance with the laws of the State of New York.

4. Termination. Either party may terminate this Agreement for any reason upon sixty (60) days prior written notice.
"""  # noqa: E501


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener.load(screener_weights())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Governing Law", "laws of the State of New York"),
        ("Anti-Assignment", "Neither party may assign"),
        ("Agreement Date", "March 3, 2015"),
        ("Parties", "Beta Trading Ltd."),
        ("Document Name", "DISTRIBUTION AGREEMENT"),
    ],
)
@pytest.mark.parametrize("upper", [False, True])
def test_plain_clauses_are_found(screener: Screener, name: str, words: str, upper: bool) -> None:
    text, words = (TEXT.upper(), words.upper()) if upper else (TEXT, words)
    quotes = [text[c.start : c.end] for c in screener.screen(text) if c.type == name and c.reported]
    assert any(words in quote for quote in quotes), quotes


def test_candidates_are_sound_and_repeatable(screener: Screener) -> None:
    found = screener.screen(TEXT)
    assert found == screener.screen(TEXT)
    for candidate in found:
        assert candidate.type in CLAUSE_TYPES
        assert 0 <= candidate.start < candidate.end <= len(TEXT)
        assert 0 <= candidate.score <= 1


@pytest.mark.parametrize("text", ["", "   \n", "x", "?!", "One word", "é" * 5000, "a\n\n" * 3])
def test_odd_texts_do_no_harm(screener: Screener, text: str) -> None:
    for candidate in screener.screen(text):
        assert 0 <= candidate.start < candidate.end <= len(text)


def test_missing_and_damaged_weights_are_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        Screener.load(tmp_path)
    (tmp_path / "screener.npz").write_bytes(b"no weights")
    with pytest.raises(UserError):
        Screener.load(tmp_path)


def test_a_contract_outside_the_folds_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folds.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UserError):
        FoldScreeners.load(tmp_path).for_contract("text")
