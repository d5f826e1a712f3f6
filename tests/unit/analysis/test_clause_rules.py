"""The seven rule types: what is found, what is not, and how far a passage reaches."""

from __future__ import annotations

import pytest

from app.analysis.clause_rules import LONGEST, find_rule_clauses

FOUND = [
    (
        "Indemnification",
        "Licensee hereby indemnifies, holds harmless and defends Licensor against all claims of any kind.",
    ),
    ("Indemnification", "The Indemnified Party shall not settle any claim without consent of the Indemnifying Party."),
    ("Confidentiality", "Recipient shall return or destroy all documents that contain Confidential Information."),
    ("Confidentiality", "The terms of this Agreement shall remain confidential between the parties for five years."),
    ("Data Protection", "Vendor complies with its privacy policy when it handles personal data of the users."),
    ("Force Majeure", "A party is excused to the extent that strikes, fire or floods make performance impossible."),
    ("Payment Terms", "All fees are due and payable within thirty (30) days of the date of invoice."),
    ("Payment Terms", "HPS shall pay such amount to SHPS within fifteen days following the end of each month."),
    ("Dispute Resolution", "Each party waives its right to a trial by jury to the extent allowed."),
    ("Dispute Resolution", "Any action on this Guarantee shall be brought in the courts of the county of Franchisor."),
    ("Notices", "A notice under this Agreement is deemed given two days after it is sent by certified mail."),
]
NOT_FOUND = [
    (
        "Indemnification",
        "Except for its indemnity, in no event shall either party be liable to indemnify lost profits.",
    ),
    ("Confidentiality", "Confidential treatment has been requested and omitted portions were filed separately."),
    (
        "Confidentiality",
        "IBM Confidential This Agreement does not create a partnership or any other such relationship.",
    ),
    ("Data Protection", "Licensor warrants that the Work is not an invasion of privacy of any living person."),
    ("Force Majeure", "The risk of force passes to the buyer on the majority of the deliveries made to it."),
    ("Payment Terms", "The royalty rate is five percent of Net Sales in every country of the Territory."),
    ("Dispute Resolution", "This Agreement is governed by the laws of the State of Colorado and no other law."),
    ("Dispute Resolution", "A provision declared void by a court, arbitrator or agency survives as far as it can."),
    ("Notices", "Copyright Notice: Agent shall not remove the notices and legends on copies of the documentation."),
    ("Notices", "This Agreement may be signed in counterparts and delivered by facsimile, each deemed an original."),
]


@pytest.mark.parametrize(("name", "sentence"), FOUND)
def test_a_sentence_is_found(name: str, sentence: str) -> None:
    assert name in {clause.type for clause in find_rule_clauses(f"1. Other matters stand here.\n\n{sentence}\n")}


@pytest.mark.parametrize(("name", "sentence"), NOT_FOUND)
def test_a_look_alike_is_not(name: str, sentence: str) -> None:
    assert name not in {clause.type for clause in find_rule_clauses(f"1. Other matters stand here.\n\n{sentence}\n")}


def test_a_heading_may_stand_on_its_line_without_a_stop_and_after_a_page_foot() -> None:
    for text in (
        "12.2 NOTICE\nThey are sent to the other party by its own courier service.",
        "22 Source: PELICAN INC., S-1, 2/11/2020 NOTICE. They are sent to the other party by its own courier.",
    ):
        assert [(c.type, text[c.start : c.end]) for c in find_rule_clauses(text)] == [("Notices", text)]


def test_a_table_of_contents_is_no_clause() -> None:
    assert (
        find_rule_clauses("TABLE OF CONTENTS 1. Notices 2. Arbitration of disputes shall follow 3. Force Majeure") == []
    )


def test_neighbouring_sentences_make_one_passage_but_no_endless_one() -> None:
    sentence = "All invoices are payable within thirty days of their receipt by the Customer. "
    clauses = [clause for clause in find_rule_clauses(sentence * 40) if clause.type == "Payment Terms"]
    assert 2 < len(clauses) < 6
    assert all(clause.end - clause.start <= LONGEST for clause in clauses)


def test_a_passage_under_a_heading_ends_where_the_next_clause_begins() -> None:
    text = "FORCE MAJEURE\n\nNo one answers for storms.\n\n9. Assignment is not allowed without consent.\n"
    (clause,) = find_rule_clauses(text)
    assert text[clause.start : clause.end].endswith("storms.")
