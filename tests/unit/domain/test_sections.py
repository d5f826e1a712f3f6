"""The section tree on small texts, each with what a lawyer would see."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

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
    began = time.process_time()
    find_sections(LEASE * 400)
    assert time.process_time() - began < 3


def test_page_numbers_before_a_clause_and_torn_columns() -> None:
    text = "1. Price. Ten.\n\n- 2 - 2. Term. One year.\n\n4 3. LAW\n\nYork."
    text += "\n\n12 IN WITNESS WHEREOF, signed.\n\n4 Main Street"
    assert [(n, h) for _, n, h in tree(text)] == [("1", "Price"), ("2", "Term"), ("3", "LAW")]
    torn = "2.\n\n3.\n\n4.\n\n5.\n\nCapital Accounts\n\nEach member has an account with the company of its own."
    assert [(n, h) for _, n, h in tree(torn)] == [("", "Capital Accounts")]


def test_letters_glued_to_their_words() -> None:
    text = "4. ENDORSEMENT\n\nHe shall not:\n\nA.give the right;\n\nB.sponsor; e.g. clubs\n\nC.\u201cServe\u201d."
    assert [n for _, n, _ in tree(text)] == ["4", "A", "B", "C"]
    assert at("1. Where.\n\nU.S. law applies here.", "U.S.") == "1"


def test_roman_parts_and_items_spelled_out() -> None:
    roman = 'I - DEFINITIONS\n\n1.1 "Fee" means ten.\n\nII - WORK\n\n2.1 He works.\n\n2.2 She works.'
    assert [level for level, _, _ in tree(roman)] == [1, 2, 1, 2, 2]
    items = "Item One, The Project\n\n1. It is built.\n\n2. It is run.\n\nItem Two Cost and price of it\n\n1. They pay."
    assert tree(items) == [
        (1, "Item One", "The Project"), (2, "1", ""), (2, "2", ""),
        (1, "Item Two", "Cost and price of it"), (2, "1", ""),
    ]  # fmt: skip


def test_the_letter_i_after_h_and_the_roman_one_are_told_apart_by_what_follows() -> None:
    text = (
        "1. List.\n\n(g) seventh, which:\n\n(i) relates; or\n\n(ii) results;\n\n(h) eighth;\n\n(i) ninth;\n\n(j) tenth."
    )
    text = text.replace("(g)", "(a) a;\n\n(b) b;\n\n(c) c;\n\n(d) d;\n\n(e) e;\n\n(f) f;\n\n(g)")
    assert at(text, "results") == "1(g)(ii)"
    assert at(text, "ninth") == "1(i)"


def test_a_list_inside_a_clause_does_not_end_the_clauses() -> None:
    text = "1. FEES\n\nSo much.\n\n2. GOODS\n\n1. clubs\n\n2. balls\n\n3. caps\n\n3. TERM\n\nA year.\n\n4. LAW\n\nYork."
    assert [level for level, _, _ in tree(text)] == [1, 1, 2, 2, 2, 1, 1]


def test_clauses_in_one_line() -> None:
    text = (
        "The parties agree as follows: 1. Services. They are given. Words below. (a) Auction means a sale of a kind. "
        "(b) Platform means a place. 2. License. It is given (i) here; and (ii) there. Section 9 of the Act applies. "
        "3. [Reserved]. 4. Term; Renewal. A year."
    )
    assert [(n, h) for _, n, h in tree(text)] == [
        ("1", "Services"), ("(a)", ""), ("(b)", ""), ("2", "License"), ("3", "[Reserved]"), ("4", "Term; Renewal"),
    ]  # fmt: skip


def test_headings_without_numbers_need_prose_below_them() -> None:
    text = (
        "Cover Terms\n\nThe key terms of this offer are as follows.\n\n1. Start. Now.\n\nCUSTOMER:\n\nACME GROUP\n\n"
        "By: Jane Doe\n\nVice President\n\nMonthly\n\nMeasuring periods when the network is not there"
    )
    assert [(n, h) for _, n, h in tree(text)] == [("", "Cover Terms"), ("1", "Start")]


def test_clauses_behind_a_cover_page_with_annexes_are_not_the_annexes_own() -> None:
    text = (
        "Annex I(A) List of Parties\nName\tCustomer\n\nAnnex II\nMeasures\n\nSignature\t\n\n1.\tProcessing\n\n"
        "1.1\tDetails. As above.\n\n2.\tAudit\n\nOnce a year."
    )
    assert at(text, "As above") == "1.1"
    assert [n for _, n, _ in tree(text)] == ["Annex I(A)", "Annex II", "1", "1.1", "2"]


def test_a_list_of_schedules_inside_a_clause_is_none_of_them() -> None:
    names = "\n\n".join(f"Schedule {c} - {name}" for c, name in zip("ABC", ("Fees", "Goods", "Places"), strict=True))
    text = f"1. LISTS\n\nThese are here:\n\n{names}\n\n2. USE\n\nIt is given.\n\n3. LAW\n\nYork.\n\nSchedule A\n\nTen."
    assert [(level, n) for level, n, _ in tree(text)] == [(1, "1"), (1, "2"), (1, "3"), (1, "Schedule A")]


def test_a_number_glued_to_a_heading_in_capitals_is_the_number_that_its_letters_hang_on() -> None:
    text = "1.DEFINITIONS\n\nTerms.\n\n2.TERM AND LAW\n\na) Term: two.\n\nb) Law: Ontario.\n\n3.GENERAL\n\na) All."
    assert [(level, n) for level, n, _ in tree(text)] == [(1, "1"), (1, "2"), (2, "a"), (2, "b"), (1, "3"), (2, "a")]
    assert at(text, "b) Law") == "2(b)"
    assert tree("The price is $1.USDT per unit.") == []


def test_the_number_under_which_a_contract_is_filed_is_no_section_of_it() -> None:
    opening = "This is made today. " * 20
    body = f"LICENSE AGREEMENT\n\n{opening}\n\n1. Grant. So.\n\n2. Term. It ends.\n\nExhibit 10\n\nFees."
    for head in ("EXHIBIT 10(l)\n\n", "Exhibit 10\n\n", "EXHIBIT 99.1\n\n", ""):
        assert at(head + body, "2. Term") == "2"
        assert tree(head + body)[-1][1] == "Exhibit 10"


PIECES = st.sampled_from(
    ["1.", "2.", "(a)", "(i)", "ARTICLE IV", "Section 1.2", "1.1", "\n", "\n\n", "  ", "TERM", "Schedule A", "I -",
     "- 3 -", "x.", "\u201c", "Fee", "means", "\xa0", "\x0c", "\t", ".....", "7", "IN WITNESS WHEREOF", ":", "Item One"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=300), st.lists(PIECES, max_size=60).map(" ".join), st.lists(PIECES, max_size=60).map("".join)
    )
)
def test_any_text_has_sections_that_nest(text: str) -> None:
    sections = find_sections(text)
    assert [s.start for s in sections] == sorted({s.start for s in sections})
    for section in sections:
        assert 0 <= section.start < section.end <= len(text)
        assert section.level >= 1
        clause_number(sections, section.start)


def test_a_roman_list_inside_a_letter_of_a_roman_clause() -> None:
    letters = "".join(f"\n\n{letter}. The party shall act." for letter in "CDEFGHIJ")
    text = "I. SERVICES\n\nA. To find.\n\nB. It agrees to:\n\nI. Be there.\n\nII. Be at hand."
    text += f"{letters}\n\nII. EXPENSES\n\nNone."
    found = [(level, number) for level, number, _ in tree(text)]
    assert found[:5] == [(1, "I"), (2, "A"), (2, "B"), (3, "I"), (3, "II")]
    assert found[5:] == [*((2, letter) for letter in "CDEFGHIJ"), (1, "II")]
