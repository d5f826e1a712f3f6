"""A matter and what stands in it, for the tests of storage."""

from __future__ import annotations

import datetime as dt

from app.domain.clauses import Answer, Clause, FoundBy, ModelUse
from app.domain.decisions import snapshot_of
from app.domain.findings import Absence, Action, Assessment, Decision, Finding, FindingKind, Severity, finding_key
from app.domain.matter import Contract, ContractPart, DealStructure, Document, Matter, contract_id_of
from app.domain.progress import Stage
from app.domain.review import PlaybookRef
from app.domain.runs import RunKey
from app.domain.text import ContractText, Mark, MarkKind, Page, View
from app.storage.database import MatterDatabase
from app.storage.keys import KeyCost

CANARY = "Zyxwcanary"
CHEAP = KeyCost(time=1, memory_kib=64, lanes=1)
PASSPHRASE = "correct horse \u00e9"
SHA = "ab" * 32
MATTER = Matter(
    "0123456789abcdef0123456789abcdef", f"{CANARY} deal", dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC),
    (f"{CANARY} Ltd",), ("Sub GmbH",), DealStructure.SHARE, "England", dt.date(2026, 12, 31), "commercial",
)  # fmt: skip
DOCUMENT = Document(SHA, 1234, ("a/one.pdf", "b/copy of one.pdf"), "read", None, 2, "en", "i1", ("/tmp/a/one.pdf",))
CONTRACT = Contract(contract_id_of(SHA), "one.pdf", (ContractPart(SHA),))
WORDS = f"1. Term. {CANARY} shall give ninety (90) days\u2019 notice.\n2. Law. The laws of New York govern the oﬃce."
TEXT = ContractText(
    SHA, "i1", View.ACCEPTED, "eng", WORDS, "pdf", (Page(1, 0, 40), Page(2, 40, len(WORDS), True, 91.5)), "pdf",
    (Mark(MarkKind.COMMENT, 3, 7, {"author": CANARY, "text": "why?"}),), ("one page was scanned",),
)  # fmt: skip


def finding(number: int = 0, *, contract_id: str = CONTRACT.contract_id, quote: str | None = None) -> Finding:
    words = quote or f"{CANARY} quote {number}"
    return Finding(
        finding_key(contract_id, f"rule-{number}", "Renewal Term", words), contract_id, FindingKind.RISK,
        f"rule-{number}", Severity.HIGH, "Renewal Term", 9, 40, words, 1, "1", f"{CANARY} because", "Do this.",
        "Fallback",
        {"days": 90, "who": CANARY}, None, 0.91, None,
    )  # fmt: skip


FINDING = finding()
CLAUSE = Clause("Renewal Term", 9, 40, 0.91, True, FoundBy.SCREENER_AND_MODEL, 1.25, {"days": 90})
ASSESSMENT = Assessment(
    (CLAUSE, Clause("Insurance", 1, 2, 0.2, False, FoundBy.SCREENER)), (FINDING,),
    (Absence("Insurance", Answer.MISSING, {"pages": [1, 2]}),), ({"what": "expiry", "date": "2027-01-01"},),
    ModelUse("m.gguf", "cd" * 32, 0.5, 10, 2000, "stopped early"), ("page 3 was not read",),
)  # fmt: skip
PLAYBOOK = PlaybookRef("commercial", "1.0", "ef" * 32, "Commercial")


def key(stage: Stage, inputs: str = "1") -> RunKey:
    return RunKey.of(stage, CONTRACT.contract_id, {"text": TEXT.text_id, "other": inputs})


def fill(database: MatterDatabase) -> None:
    database.put_text(TEXT)
    database.add_document(DOCUMENT)
    database.put_contract(CONTRACT)
    database.finish_assess(key(Stage.ASSESS), ASSESSMENT, PLAYBOOK)


def decide(
    database: MatterDatabase, what: Finding = FINDING, action: Action = Action.ACCEPT, user: str = "A"
) -> Decision:
    return database.append_decision(what.finding_key, action, user, {}, snapshot_of(what))
