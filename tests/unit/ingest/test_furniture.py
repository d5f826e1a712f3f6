from __future__ import annotations

from app.ingest.furniture import mark_furniture
from app.ingest.pdf_lines import Line


def line(text: str, y: float, x: float = 72) -> Line:
    return Line(text, x, y, x + 5 * len(text), y + 10, 10, 0, 0)


def pages_with(*extra: Line, count: int = 5) -> list[list[Line]]:
    body = [f"The parties agree on matter number {n} here." for n in range(20)]
    return [
        [line(text, 150 + 20 * n) for n, text in enumerate(body)]
        + [Line(e.text.replace("#", str(p + 1)), e.x0, e.y0, e.x1, e.y1, 10, 0, 0) for e in extra]
        for p in range(count)
    ]


def marked(pages: list[list[Line]]) -> set[str]:
    mark_furniture(pages, [800.0] * len(pages))
    return {entry.text for lines in pages for entry in lines if entry.furniture}


def test_running_lines_and_page_numbers_are_furniture() -> None:
    pages = pages_with(line("Cloud Terms (Version 1)", 30), line("Page | #", 780), line("- # -", 765, 300))
    assert "Cloud Terms (Version 1)" in marked(pages)
    assert {"Page | 3", "- 3 -"} <= marked(pages)
    assert not any("parties" in text for text in marked(pages))


def test_the_numbers_of_clauses_at_the_top_of_a_page_stay() -> None:
    pages = pages_with(
        line("#.1.", 50), line("Suspension of the service", 50, 110), line("ARTICLE #", 70), line("(b)", 85)
    )
    seen = marked(pages)
    assert not any(text in seen for text in ("1.1.", "2.1.", "ARTICLE 2", "(b)"))


def test_a_bare_number_before_words_is_a_clause_number() -> None:
    pages = [[line("7", 60), line("The Supplier shall insure the goods.", 60, 100)]]
    assert marked(pages) == set()


def test_filing_lines_go_wherever_they_stand_at_an_edge() -> None:
    assert marked([[line("Words of the contract.", 300), line("Source: ACME INC, 8-K, 1/2/2020", 790)]]) == {
        "Source: ACME INC, 8-K, 1/2/2020"
    }


def test_pleading_numbers_go() -> None:
    page = [line(str(n), 60 + 25 * n, 30) for n in range(1, 26)] + [
        line("Words stand here.", 60 + 25 * n, 90) for n in range(1, 26)
    ]
    assert marked([page]) == {str(n) for n in range(1, 26)}
