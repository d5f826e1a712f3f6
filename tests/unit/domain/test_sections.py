"""The section tree on small texts, each with what a lawyer would see."""

from __future__ import annotations

import time

from app.domain.sections import Section, clause_number, find_sections, section_path


def tree(text: str) -> list[tuple[int, str, str]]:
    return [(s.level, s.number, s.heading) for s in find_sections(text)]


def at(text: str, words: str) -> str | None:
    return clause_number(find_sections(text), text.index(words))


LEASE = """MASTER SERVICES AGREEMENT

1. DEFINITIONS.

(a) "Content" means all content.

(b) "Site" means the site.

2. Term. This Agreement begins today.

2.1 Renewal. It renews.

2.2 Ending. It ends:

(a) on notice;

(i) by letter; or

(ii) by courier;

(b) at once.

3. Law. New York.
"""


def test_a_plain_contract() -> None:
    assert tree(LEASE) == [
        (1, "", "MASTER SERVICES AGREEMENT"), (1, "1", "DEFINITIONS"), (2, "(a)", ""), (2, "(b)", ""), (1, "2", "Term"),
        (2, "2.1", "Renewal"), (2, "2.2", "Ending"), (3, "(a)", ""), (4, "(i)", ""), (4, "(ii)", ""), (3, "(b)", ""),
        (1, "3", "Law"),
    ]  # fmt: skip


def test_citations_are_composed_from_parents() -> None:
    assert at(LEASE, "by courier") == "2.2(a)(ii)"
    assert at(LEASE, "at once") == "2.2(b)"
    assert at(LEASE, "the site") == "1(b)"
    assert at(LEASE, "MASTER") is None


def test_sections_nest_and_cover_the_text_below_them() -> None:
    sections = find_sections(LEASE)
    path = section_path(sections, LEASE.index("by courier"))
    assert [s.number for s in path] == ["2", "2.2", "(a)", "(ii)"]
    assert all(
        outer.start <= inner.start < inner.end <= outer.end for outer, inner in zip(path, path[1:], strict=False)
    )
    assert all(isinstance(s, Section) and s.end <= len(LEASE) for s in sections)


def test_the_letter_i_and_the_roman_one() -> None:
    letters = "1. List.\n\n" + "\n\n".join(f"({c}) item;" for c in "abcdefghij")
    assert {level for level, _, _ in tree(letters)[1:]} == {2}
    roman = "1. List.\n\n(h) eighth:\n\n(i) one;\n\n(ii) two.\n"
    assert at("1. List.\n\n(a) first:\n\n(i) one;\n\n(ii) two.\n\n(b) next.", "two") == "1(a)(ii)"
    assert len(tree(roman)) >= 2


def test_articles_sections_and_schedules() -> None:
    text = (
        "ARTICLE IV\nTERM\n\nSection 4.01 Length. Two years.\n\n(a) It shall run from today.\n\nARTICLE V\nLAW\n\n"
        "Section 5.01 Courts. York."
        "\n\nSCHEDULE A\n\nFEES\n\n1. Monthly. Ten.\n\n2. Yearly. Ninety."
    )
    assert [(n, h) for _, n, h in tree(text)][:3] == [("Article IV", "TERM"), ("Section 4.01", "Length"), ("(a)", "")]
    assert at(text, "run from today") == "Section 4.01(a)"
    assert at(text, "Ninety") == "Schedule A, 2"


def test_what_is_not_a_heading() -> None:
    text = (
        "1. Price. The price is as\n\n1.5 million dollars under\n\nSection 5 of this Agreement and\n\n"
        "Article III hereof, from\n\n"
        "12 March 2019, (i) in cash; and (ii) in kind, at 10 Main Street. See Exhibit A for more.\n\n"
        "2. End. Done."
    )
    assert [n for _, n, _ in tree(text)] == ["1", "2"]


def test_a_table_of_contents_is_left_out() -> None:
    names = ["Definitions", "Services", "Payment", "Term", "Liability", "Notices"]
    contents = "\n".join(f"{i}. {name} {i * 2}" for i, name in enumerate(names, 1))
    body = "\n\n".join(f"{i}. {name}. " + "Words of the clause. " * 20 for i, name in enumerate(names, 1))
    text = f"TABLE OF CONTENTS\n\n{contents}\n\n{body}"
    assert [s.start for s in find_sections(text) if s.number == "1"] == [text.index(body)]
    dotted = "1. Definitions ........ 3\n2. Services ........ 4\n\n1. Definitions. Words."
    assert [n for _, n, _ in tree(dotted)] == ["1"]


def test_numbers_inside_lines() -> None:
    text = "ARTICLE I TERM Section 1.1 Length. Two years. Section 1.2 Renewal. None.     2. OTHER.     (a) One."
    assert [n for _, n, _ in tree(text)][:3] == ["Article I", "Section 1.1", "Section 1.2"]
    assert tree("4. Delivery. (a) Goods shall be sent within ten days.\n\n(b) Later.")[1:] == [
        (2, "(a)", ""),
        (2, "(b)", "Later"),
    ]


def test_prose_has_no_sections_and_length_costs_linearly() -> None:
    assert find_sections("") == ()
    assert find_sections("We agree on all of it.") == ()
    began = time.perf_counter()
    find_sections(LEASE * 400)
    assert time.perf_counter() - began < 3
