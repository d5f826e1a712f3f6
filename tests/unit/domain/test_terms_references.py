"""Defined terms, cross-references and drafts of one contract."""

from __future__ import annotations

from app.domain.references import find_references
from app.domain.sections import find_sections
from app.domain.terms import find_terms, undefined_terms
from app.ingest.duplicates import near_duplicates

TEXT = """1. Definitions.

1.1 "Fee" means the fee in Section 3 and Schedule A.

1.2 "Spare Parts" means parts.

2. Services. Acme Inc. (the "Supplier") supplies under Section 9.4 and Section 1.1(b), as Section 5 of the Act.

3. Payment. The Supplier is paid the Fee (the "Fee") or less. See Article 2.

SCHEDULE A

PRICES
"""


def test_terms_are_found_with_their_uses() -> None:
    terms = {term.name: term for term in find_terms(TEXT)}
    assert set(terms) == {"Fee", "Spare Parts", "Supplier"}
    assert terms["Spare Parts"].unused
    assert terms["Fee"].defined_twice
    assert (terms["Supplier"].uses, terms["Fee"].uses) == (1, 1)
    assert [TEXT[a:b] for a, b in terms["Supplier"].definitions] == ["Supplier"]


def test_references_are_resolved_or_broken() -> None:
    sections = find_sections(TEXT)
    found = {ref.number: ref.target for ref in find_references(TEXT, sections)}
    assert found["Section 3"] == TEXT.index("3. Payment")
    assert found["Schedule A"] == TEXT.index("SCHEDULE A")
    assert found["Article 2"] == TEXT.index("2. Services")
    assert found["Section 9.4"] is None
    assert "Section 5" not in found


def broken(text: str) -> list[str]:
    return [ref.number for ref in find_references(text, find_sections(text)) if ref.target is None]


def test_references_elsewhere_are_not_broken() -> None:
    text = (
        "1. Law. Under 21 U.S.C. Section 335a, DFAR Section 227.7202, SECTION 48 OF THE INTERNAL REVENUE CODE, "
        "Section 3.1(a) of the 2016 Award Plan, a Schedule 13D, 29 CFR Part 471 Appendix A to Subpart B and "
        "Articles 15.4, 15.7 or 15.8 thereof, "
        "this Section 1 applies.\n\n2. Rest. It stays.\n\n3. End. Done."
    )
    assert broken("Exhibit 10.6\n\n" + text) == []
    assert broken(text + " See Section 3.4 and Exhibit B.") == ["Section 3.4", "Exhibit B"]
    assert broken(text + " See Exhibit B.\n\nEXHIBIT B: Storage") == []
    assert broken(text + " See Section 4.1. Indemnification 4.1 By Acme. It pays.") == []


def test_numbers_that_could_not_be_read_are_no_broken_references() -> None:
    assert broken("We agree.\n\n" + "As Section 4, Section 5.2, Section 6 and Section 9 say. " * 3) == []


def test_pointers_scopes_and_aliases_are_no_second_definitions() -> None:
    text = (
        '"Term" has the meaning set forth in Section 2. "Sale", "Sells" and "Sold" mean a transfer.'
        + ' The sale (a "Sale") ends.'
        + " Words of a clause." * 20
        + ' It runs (the "Term") for a year. Shares (the "Shares") are held in Term. Shares.'
        + " Words of a clause." * 20
        + ' For purposes of this Section, "Shares" means all shares.'
    )
    terms = {term.name: term for term in find_terms(text)}
    assert not any(term.defined_twice for term in terms.values())
    assert not terms["Term"].unused
    assert "Sold" not in terms or not terms["Sold"].unused


def test_plurals_are_uses_and_exhibits_are_no_terms() -> None:
    text = 'See Exhibit "A". Goods (the "Products") are sold. A Product is good. "Person" means anyone.'
    terms = {term.name: term for term in find_terms(text)}
    assert set(terms) == {"Products", "Person"}
    assert not terms["Products"].unused
    assert terms["Person"].unused


def test_usual_terms_that_nobody_defined() -> None:
    text = "It begins on the Effective Date. A fee is due ten days after the Effective Date.\n"
    assert [term.name for term in undefined_terms(text)] == ["Effective Date"]
    assert undefined_terms(text + "Effective Date\t1 May 2020") == ()
    assert undefined_terms(text + 'made on 1 May (the "Effective Date")') == ()
    assert undefined_terms(text + "Capitalized terms not defined here have the meanings in the Master Agreement.") == ()
    assert undefined_terms(text.replace("the Effective", "the Supply Effective")) == ()


def test_drafts_of_one_contract_are_recognised() -> None:
    words = [f"word{i}" for i in range(900)]
    draft = [*words[:450], "changed", *words[451:]]
    other = [f"thing{i}" for i in range(900)]
    texts = {"a": " ".join(words), "b": " ".join(draft), "c": " ".join(other), "empty": ""}
    [(one, two, likeness)] = near_duplicates(texts)
    assert (one, two) == ("a", "b")
    assert 0.9 < likeness < 1
    assert near_duplicates({"a": "same words here", "b": "Same, words here!"}, 0.9) == []
    assert near_duplicates({"a": " ".join(words), "b": " ".join(words)})[0][2] == 1
