"""Defined terms, cross-references and drafts of one contract."""

from __future__ import annotations

from app.domain.references import find_references
from app.domain.sections import find_sections
from app.domain.terms import find_terms
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
