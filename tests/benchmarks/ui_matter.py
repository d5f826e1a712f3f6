"""A made-up matter on disk for the window's benchmark: 500 contracts, 25,000 findings, one contract of 300 pages."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymupdf

from app.domain.clauses import CLAUSE_TYPES, Answer, Clause, FoundBy
from app.domain.findings import Absence, Assessment
from app.domain.matter import Contract, ContractKind, ContractPart, Document, Role, contract_id_of
from app.domain.progress import CancelToken, Stage
from app.domain.runs import RunKey
from app.ingest.version import INGEST_VERSION
from app.services.api import AnalyzeOptions
from app.services.workspace import open_workspace

ROOT = Path(__file__).resolve().parents[2]
LONG = "Master supply agreement.pdf"


def deal() -> Any:
    """The module of made-up contracts that the tests use."""
    spec = importlib.util.spec_from_file_location("privity_ui_deal", ROOT / "tests" / "ui" / "deal.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def long_pdf(path: Path, made: Any, pages: int) -> None:
    """A PDF of so many pages with the made-up text."""
    text = made.make_text(0, pages, False)
    with pymupdf.open() as document:
        for page in text.pages:
            shown = document.new_page(width=made.WIDTH, height=made.HEIGHT)
            for number, line in enumerate(text.text[page.start : page.end].split("\n")):
                shown.insert_text((made.LEFT, made.TOP + 12 + number * made.LINE), line, fontsize=11)
        document.save(path)


def build(folder: Path, contracts: int, findings: int, pages: int) -> str:
    """Make the matter; returns its id."""
    made = deal()
    workspace = open_workspace(folder / "data")
    for key, value in (("user", "A. Reyes"), ("first_run_done", True), ("model", "none"), ("theme", "light")):
        workspace.set_setting(key, value)
    session = workspace.create("Project Harbour", ["Harbour Foods Ltd"], "commercial")
    long_pdf(folder / LONG, made, pages)
    for _ in session.analyze([folder / LONG], AnalyzeOptions(), CancelToken()):
        pass
    database = session._database
    long_one = database.contracts()[0]
    _assess(database, made, long_one, session.text(long_one.contract_id), findings)
    for number in range(1, contracts):
        text = made.make_text(number, 3, number % 3 == 2)
        name = f"{made.NAMES[number % len(made.NAMES)]} {number + 1}.{text.format}"
        path = f"{('Suppliers', 'Customers', 'Employees', 'Other')[number % 4]}/{name}"
        database.put_text(replace(text, ingest_version=INGEST_VERSION, text_id=""))
        database.add_document(
            Document(text.source_sha256, 1, (path,), "read", None, 3, "en", INGEST_VERSION, (str(folder / LONG),))
        )
        part = ContractPart(text.source_sha256)
        ident = contract_id_of(text.source_sha256)
        contract = Contract(ident, name, (part,), ContractKind.SERVICES, Role.CUSTOMER, None, True)
        database.put_contract(contract)
        _assess(database, made, contract, text, findings)
    ident = session.matter.matter_id
    session.close()
    workspace.close()
    return ident


def _placed(finding: Any, contract_id: str, text: Any, number: int, findings: int) -> Any:
    """The finding under a key of its own, spread over the whole contract."""
    finding = replace(finding, finding_key=f"{contract_id}-{number}", contract_id=contract_id)
    if finding.quote is None:
        return finding
    start = text.text.find(finding.quote, len(text.text) * number // findings)
    if start < 0:
        return finding
    return replace(finding, start=start, end=start + len(finding.quote), page=text.page_at(start))


def _assess(database: Any, made: Any, contract: Contract, text: Any, findings: int) -> None:
    found = [state.finding for state in made.make_findings(contract.contract_id, text, findings)]
    found = [_placed(finding, contract.contract_id, text, n, findings) for n, finding in enumerate(found)]
    seed = int(contract.contract_id[2:10], 16)
    clauses, absences = [], []
    for place, name in enumerate(CLAUSE_TYPES):
        if (seed + place) % 3:
            value = {"display": made.CLAUSES[place % len(made.CLAUSES)][2] or "yes"}
            clauses.append(Clause(name, 40, 60, 0.9, True, FoundBy.SCREENER, None, value))
        else:
            absences.append(Absence(name, Answer.MISSING if (seed + place) % 2 else Answer.UNCLEAR))
    key = RunKey.of(Stage.ASSESS, contract.contract_id, {"text": text.text_id, "made": "for the benchmark"})
    database.finish_assess(key, Assessment(tuple(clauses), tuple(found), tuple(absences)))
