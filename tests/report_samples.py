# ruff: noqa: E501
"""Reviews made up for the tests of the report: small, large, awkward."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import Any

from app.domain.clauses import CLAUSE_TYPES, Answer, Clause, FoundBy, ModelUse
from app.domain.findings import Absence, Action, Finding, FindingKind, FindingState, Severity, Standing, finding_key
from app.domain.matter import (
    Contract,
    ContractKind,
    ContractPart,
    DealStructure,
    Document,
    Matter,
    Role,
    contract_id_of,
)
from app.domain.review import ContractReview, PlaybookRef, Review
from app.domain.sections import Section, clause_number, find_sections
from app.domain.text import ContractText, Page, View

MADE = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
PLAYBOOK = PlaybookRef("commercial", "1.0", "ab" * 32, "Commercial agreement (starter)")
MODEL = ModelUse("mistral-7b-instruct-v0.3.Q4_K_M.gguf", "cd" * 32, 0.4, 812, 190_442, "The mark of its exam was 0.81.")

CLAUSES = (
    ("1", "Parties", "Parties", "This Master Services Agreement is made between Northwind Analytics Ltd (“Supplier”) and Halden "
     "Foods plc (“Customer”)."),
    ("2", "Term", "Renewal Term", "The Term shall be three years from the Effective Date and shall renew for successive periods of "
     "one year unless either party gives ninety (90) days' written notice before the end of the then current period."),
    ("3", "Assignment", "Anti-Assignment", "Neither party may assign this Agreement without the prior written consent of the other "
     "party, and any change of control of the Customer shall be deemed an assignment."),
    ("4", "Liability", "Uncapped Liability", "Nothing in this Agreement limits the liability of the Customer for any breach of "
     "clause 6 (Confidentiality), howsoever arising, and such liability shall be unlimited."),
    ("5", "Exclusivity", "Exclusivity", "The Customer shall purchase the Services exclusively from the Supplier in the Territory "
     "during the Term and for twelve months thereafter."),
    ("6", "Confidentiality", "Confidentiality", "Each party shall keep the other's Confidential Information confidential in "
     "perpetuity."),
    ("7", "Governing law", "Governing Law", "This Agreement is governed by the laws of the State of New York."),
)  # fmt: skip
_RISKS = {
    "Renewal Term": (Severity.HIGH, "renewal-notice-long", "The agreement renews by itself and must be stopped 90 days "
                     "before the period ends; the playbook accepts 60.", "Diarise the last notice date; ask for 30 days."),
    "Anti-Assignment": (Severity.CRITICAL, "change-of-control-assignment", "A change of control counts as an assignment "
                        "and needs consent.", "Obtain consent before completion, or carve out the transaction."),
    "Uncapped Liability": (Severity.CRITICAL, "liability-uncapped", "The client's liability is not limited.",
                           "Ask for a cap of 150 % of the yearly fees."),
    "Exclusivity": (Severity.MEDIUM, "exclusivity", "The client may buy from nobody else for the term and a year after.",
                    "Confirm that no other supplier is used in the Territory."),
    "Confidentiality": (Severity.LOW, "confidentiality-perpetual", "Confidentiality has no end.", "Accept, or ask for five years."),
}  # fmt: skip


def sha(seed: str) -> str:
    """A SHA-256 that depends on the seed alone."""
    return hashlib.sha256(seed.encode()).hexdigest()


def make_text(seed: str, extra: str = "", fmt: str = "pdf") -> tuple[ContractText, tuple[Section, ...]]:
    """A contract of seven clauses on two pages, with `extra` at its end."""
    pieces: list[str] = [f"MASTER SERVICES AGREEMENT No. {seed}\n\n"]
    for number, heading, _, words in CLAUSES:
        pieces.append(f"{number}. {heading}\n{words}\n\n")
    pieces.append(extra)
    text = "".join(pieces)
    sections = find_sections(text)
    middle = text.index("4. Liability")
    pages = (Page(1, 0, middle), Page(2, middle, len(text), ocr=True, confidence=71.0)) if fmt != "txt" else ()
    source: Any = {"pdf": "pdf", "docx": "word-layout", "txt": None}[fmt]
    return ContractText(sha(seed), "ingest-1", View.ACCEPTED, "", text, fmt, pages, source), sections


def make_contract(
    seed: str, name: str, extra: str = "", risks: int = 5, fmt: str = "pdf", repeat: int = 1
) -> ContractReview:
    """A contract with its clauses (each `repeat` times), its first `risks` risks, two missing types and two dates."""
    text, sections = make_text(seed, extra, fmt)
    contract_id = contract_id_of(sha(seed))
    clauses: list[Clause] = []
    findings: list[FindingState] = []
    for _, _, kind, words in CLAUSES:
        start = text.text.index(words)
        value = {"display": "New York", "country": "US"} if kind == "Governing Law" else None
        for index in range(repeat):
            end = start + len(words) - index
            clauses.append(Clause(kind, start, end, 0.97, True, FoundBy.SCREENER_AND_MODEL, 2.5, value))
        if kind in _RISKS and len(findings) < risks:
            severity, rule, why, what = _RISKS[kind]
            finding = Finding(
                finding_key(contract_id, rule, kind, words), contract_id, FindingKind.RISK, rule, severity, kind, start,
                start + len(words), words, text.page_at(start), clause_number(sections, start), why, what,
                fallback="Neither party may assign without consent, not to be unreasonably withheld.",
            )  # fmt: skip
            findings.append(FindingState(finding))
    clauses.append(Clause("Insurance", 0, 20, 0.11, False, FoundBy.SCREENER))
    if risks:
        findings.append(_missing(contract_id))
    document = Document(sha(seed), 1000, (f"contracts/{name}.{fmt}",), "read", None, 2 if fmt != "txt" else None, "en")
    return ContractReview(
        Contract(contract_id, name, (ContractPart(sha(seed)),), ContractKind.SERVICES, Role.CUSTOMER, "commercial"),
        document, text, sections, tuple(clauses), tuple(findings), _absences(), _dates(text), PLAYBOOK, MODEL,
    )  # fmt: skip


def _missing(contract_id: str) -> FindingState:
    finding = Finding(
        finding_key(contract_id, "cap-missing", None, None), contract_id, FindingKind.MISSING, "cap-missing", Severity.HIGH,
        "Cap On Liability", None, None, None, None, None, "No cap on liability was found.", "Ask for a cap.",
    )  # fmt: skip
    return FindingState(finding)


def _absences() -> tuple[Absence, ...]:
    evidence = {
        "pages_read": 2,
        "pages_unread": [],
        "characters_read": 1500,
        "words_searched": ["cap", "limitation of liability", "aggregate liability"],
        "hits": 0,
        "nearest": {"start": 60, "end": 160, "page": 1, "quote": "", "score": 0.21},
    }
    present = {kind for _, _, kind, _ in CLAUSES}
    rows = [
        Absence(
            name, Answer.PRESENT if name in present else Answer.MISSING, {"places": 1} if name in present else evidence
        )
        for name in CLAUSE_TYPES
    ]
    return tuple(rows)


def _dates(text: ContractText) -> tuple[dict[str, Any], ...]:
    place = text.text.index("three years")
    inputs = [{"name": "Renewal Term", "start": place, "end": place + 11}]
    return (
        {"what": "Last notice date", "date": "2027-10-02", "formula": "end of term 2027-12-31 - 90 days", "inputs": inputs},
        {"what": "Expiration Date", "date": None, "formula": "three years from the Effective Date, which is blank",
         "inputs": inputs},
    )  # fmt: skip


def make_review(contracts: tuple[ContractReview, ...], extra: tuple[Document, ...] = (), **change: Any) -> Review:
    """A review of these contracts, and of files that could not be read."""
    matter = Matter(
        "0" * 32, "Project Halden: acquisition of Northwind Analytics", MADE, ("Halden Foods plc",), ("Halden IP BV",),
        DealStructure.SHARE, "England and Wales", dt.date(2026, 11, 1),
    )  # fmt: skip
    documents = tuple(c.document for c in contracts) + extra
    review = Review(matter, contracts, documents, MODEL, "screener-1 (f00d)", "ingest-1", "ef" * 32, MADE)
    return replace(review, **change) if change else review


def unread_documents() -> tuple[Document, ...]:
    """An encrypted file, and one that is there twice."""
    return (
        Document(sha("locked"), 10, ("contracts/locked.pdf",), "password needed", "The file needs a password."),
        Document(sha("twice"), 10, ("a/copy.pdf", "b/copy.pdf"), "damaged", "The file is damaged."),
    )


def decided(state: FindingState, action: Action = Action.ACCEPT, **change: Any) -> FindingState:
    """The finding decided by Jane van Smith on the facts as they are."""
    held = replace(state, decision=action, user="Jane van Smith", time=MADE, standing=Standing.UNCHANGED)
    return replace(held, **change) if change else held


def decide_all(review: Review, **change: Any) -> Review:
    """Every finding accepted."""
    contracts = tuple(replace(c, findings=tuple(decided(f, **change) for f in c.findings)) for c in review.contracts)
    return replace(review, contracts=contracts)


def small_review() -> Review:
    """Three contracts (PDF, Word, text), two unread files, a few decisions."""
    first = make_contract("one", "Halden MSA")
    second = make_contract("two", "Northwind licence", fmt="docx")
    third = make_contract("three", "Side letter", fmt="txt", risks=2)
    states = list(first.findings)
    states[0] = decided(states[0])
    states[1] = decided(
        states[1], explanation="Consent was given on 3 November.", recommendation="File the consent letter."
    )
    states[3] = decided(states[3], Action.REJECT)
    return make_review((replace(first, findings=tuple(states)), second, third), unread_documents())


def large_review(contracts: int = 100, repeat: int = 4) -> Review:
    """Many contracts with seven times `repeat` clauses each."""
    return make_review(tuple(make_contract(f"n{i}", f"Contract {i:03}", repeat=repeat) for i in range(contracts)))
