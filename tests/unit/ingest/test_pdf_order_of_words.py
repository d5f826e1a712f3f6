"""Page numbers amid a page, numbers in a column of their own, sentences over blocks: what real contracts' PDFs hold."""

from __future__ import annotations

from app.ingest.furniture import mark_furniture
from app.ingest.pdf_compose import Composer
from app.ingest.pdf_labels import beside_their_words
from app.ingest.pdf_lines import Line
from app.ingest.pdf_text import Joiner

_HEIGHT = 12.0


def line(text: str, y: float, x: float = 72.0, right: float = 0.0, block: int = 0, index: int = 0) -> Line:
    return Line(text, x, y, right or x + 5.0 * len(text), y + _HEIGHT, 10.0, block, index)


def full(text: str, y: float, block: int = 0, x: float = 72.0) -> Line:
    return line(text, y, x, 540.0, block)


def composed(*pages: list[Line]) -> str:
    composer = Composer(Joiner(set()))
    for number, found in enumerate(pages):
        composer.page(found, number, 800.0)
    return composer.joiner.assembly.text


def print_of(numbers: list[int], x: float = 300.0) -> list[list[Line]]:
    """Pages each with the number of an earlier print's page in the middle of a sentence."""
    pages = []
    for number in numbers:
        lines = [full(f"the parties agree upon term {row} of all", 80 + 14.0 * row) for row in range(12)]
        lines.append(full("in all Franchised", 260))
        lines.append(line(str(number), 300, x, x + 6, block=1))
        lines.append(full("Restaurant(s) of the Franchisee.", 340, block=2))
        pages.append(lines)
    return pages


def test_page_numbers_amid_pages_are_no_part_of_the_sentence() -> None:
    pages = print_of([1, 2, 3, 4])
    mark_furniture(pages, [800.0] * 4)
    assert [found.furniture for found in pages[2] if found.text == "3"] == ["footer"]
    assert "in all Franchised Restaurant(s) of the Franchisee." in composed(*pages)


def test_numbers_that_do_not_count_up_stay() -> None:
    pages = print_of([7, 3, 9, 1])
    mark_furniture(pages, [800.0] * 4)
    assert all(found.furniture is None for lines in pages for found in lines if found.text.isdigit())


def test_bare_clause_numbers_at_the_left_stay() -> None:
    pages = print_of([1, 2, 3, 4], x=72.0)
    mark_furniture(pages, [800.0] * 4)
    assert all(found.furniture is None for lines in pages for found in lines if found.text.isdigit())


def test_a_column_of_numbers_is_read_beside_its_words() -> None:
    numbers = [line("1.", 100, 54, 62, block=0), line("2.", 140, 54, 62, block=1), line("2.1", 160, 84, 96, block=2)]
    words = [
        line("Overview", 100, 84, block=3), full("The purpose of this alliance is to gain.", 114, 4, 54),
        line("Term", 140, 84, block=5), full("The term is twenty-four", 160, 6, 99), line("months.", 174, 54, block=6),
    ]  # fmt: skip
    text = composed(beside_their_words([*numbers, *words]))
    assert text == (
        "1. Overview\n\nThe purpose of this alliance is to gain.\n\n2. Term\n\n2.1 The term is twenty-four months."
    )


def test_a_wide_number_may_reach_into_its_words() -> None:
    lines = [full("An account will be kept", 100, 1, 141.0), line("10.", 100, 127, 143.5)]
    assert composed(beside_their_words(lines)) == "10. An account will be kept"


def test_numbers_already_before_their_words_are_left_alone() -> None:
    lines = [line("1.", 100, 54, 62), line("Overview", 100, 84, block=1), line("(a)", 140, 54, 66), full("and", 180, 2)]
    assert beside_their_words(lines) == lines
    assert not any(found.moved for found in lines)


def test_a_sentence_goes_on_over_a_block_with_the_pages_usual_space() -> None:
    wide = [full(f"line {row} of a paragraph set wide", 100 + 18.0 * row) for row in range(10)]
    parts = [full("enter into a general Joint", 300, 1), full("Venture in accordance with the law.", 318, 2)]
    assert "general Joint Venture in accordance" in composed([*wide, *parts])


def test_a_lower_case_word_goes_on_where_no_sentence_ended() -> None:
    lines = [full("such rights are", 100, 0), full("exclusive rights of the licensee", 124, 1)]
    assert composed(lines) == "such rights are exclusive rights of the licensee"
    lines = [full("such rights are as follows:", 100, 0), full("exclusive rights", 124, 1)]
    assert composed(lines) == "such rights are as follows:\n\nexclusive rights"


def test_a_number_set_lower_than_its_words_stays_before_them() -> None:
    lines = [line("A.", 104, 54, 66), full("The right to use the name, fame, autograph,", 100, 1, 80.0)]
    lines.append(full("voice and likeness.", 109, 1, 80.0))
    assert beside_their_words(lines) == lines


def test_a_title_in_capitals_begins_anew_on_the_next_page() -> None:
    first, second = [line("FILED WITH THE COMMISSION", 700)], [line("ENDORSEMENT AGREEMENT", 80)]
    assert composed(first, second) == "FILED WITH THE COMMISSION\n\nENDORSEMENT AGREEMENT"


def test_a_letter_glued_to_its_clause_begins_a_paragraph_after_a_comma() -> None:
    lines = [
        full("B.commits or violates any material law of the State,", 100, block=1),
        full("C.commits any act which brings him into disrepute", 113, block=2),
        full("U.S. Corp. Law, and other law of that kind", 126, block=3),
    ]
    assert composed(lines).rstrip() == (
        "B.commits or violates any material law of the State,\n\n"
        "C.commits any act which brings him into disrepute U.S. Corp. Law, and other law of that kind"
    )
