"""Risks, gaps and unfair terms against what others marked: `make bench-risk`.

contracts  the synthetic diligence contracts: what must be raised, and what must not (a smoke test)
absence    (contract, type) pairs, present, absent by nature and absent because cut out: the odds as shipped
words      how many of the annotators' clauses the words of assess_words would lose
marks      60 clauses marked twice over: kappa, and the app's severity and reason against the consensus
puzzles    200 made-up renewals: the last day for notice against an independent reckoning
tos        unfair consumer terms, by cross-validation over documents (models/consumer/train.py)

With names of parts as arguments only those run. Data: ../shared/bench.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.analysis.assess import AssessContext, assess
from app.analysis.assess_words import NEEDS, says_so
from app.analysis.kind import propose_kind
from app.analysis.playbooks import load_playbook
from app.analysis.screener import Screener
from app.domain.clauses import Clause, FoundBy
from app.domain.findings import Finding, FindingKind
from app.domain.matter import Contract, ContractKind, Matter
from app.domain.playbook import Playbook
from app.domain.sections import find_sections
from app.domain.text import ContractText, View
from tests.unit.analysis.test_dates_cycles import test_the_last_notice_day_equals_an_independent_reckoning

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT.parent / "shared" / "bench"
PLAYBOOKS = ROOT / "resources" / "playbooks"
SPECIAL = {
    ContractKind.EMPLOYMENT: "employment",
    ContractKind.DATA_PROCESSING: "data-processing",
    ContractKind.NDA: "nda",
}
OUT_OF_SCOPE = ("esg_report.md", "tax_structure.md")
# The review's categories, as rules of ours or clause types that a finding may be of.
CATEGORIES: dict[str, tuple[str, ...]] = {
    "change_of_control": ("change-of-control", "emp-single-trigger", "emp-change-of-control-severance"),
    "termination": ("Termination For Convenience", "no-cure-period", "change-of-control", "chronic-failure-exit",
                    "early-termination-charge", "emp-severance", "automatic-renewal", "long-renewal-notice"),
    "liability": ("Cap On Liability", "Uncapped Liability", "Liquidated Damages", "early-termination-charge",
                  "credits-sole-remedy"),
    "data_privacy": ("Data Protection", "personal-data-without-terms", "no-breach-notice"),
    "ip_ownership": ("Ip Ownership Assignment", "Joint Ip Ownership", "open-source-warranty"),
    "sla_risk": ("service-credits", "credits-sole-remedy", "chronic-failure-exit"),
    "pricing_risk": ("fee-escalation", "early-termination-charge", "service-credits", "credits-sole-remedy",
                     "unlimited-price-increase", "Price Restrictions", "Minimum Commitment"),
    "non_compete": ("emp-non-compete", "Non-Compete"),
    "compensation_structure": ("emp-compensation",),
    "data_transfer": ("dpa-transfer-safeguard", "dpa-transfer"),
    "sub_processor": ("dpa-subprocessors", "dpa-no-flow-down"),
    "data_retention": ("dpa-deletion", "dpa-no-deletion"),
    "assignment_consent": ("Anti-Assignment",),
    "confidentiality": ("Confidentiality",),
    "termination_provisions": ("emp-severance",),
    "termination_exposure": ("early-termination-charge", "chronic-failure-exit", "change-of-control"),
    "financial_discrepancy": ("early-termination-charge", "service-credits"),
    "payment_terms": ("Payment Terms",),
    "revenue_recognition": ("service-credits", "fee-escalation"),
    "service_delivery": ("service-credits",),
}  # fmt: skip
GRADES = {"P0": "critical", "P1": "high", "P2": "medium", "P3": "low"}
ORDER = ["critical", "high", "medium", "low", "info"]


def playbook_for(kind: ContractKind) -> Playbook:
    return load_playbook(PLAYBOOKS / f"{SPECIAL.get(kind, 'commercial')}.yaml")


def findings_of(body: str, name: str, screener: Screener) -> list[Finding]:
    """The whole way without the model: kind, screener, values, the playbook for the kind."""
    kind = ContractKind(propose_kind(body))
    text = ContractText("0" * 64, "1", View.ACCEPTED, "", body, "md")
    clauses = [Clause(c.type, c.start, c.end, c.score, c.reported, FoundBy(c.found_by)) for c in screener.screen(body)]
    matter = Matter("m", "bench", dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    context = AssessContext(Contract("c", name, (), kind=kind), matter)
    return list(assess(text, find_sections(body), clauses, playbook_for(kind), context).findings)


def fits(finding: Finding, expected: dict[str, Any]) -> bool:
    """Whether a finding is of one of the categories, in the band of severities, and says one of the words."""
    wanted = {
        mark
        for name in (expected["category"], *expected.get("alternative_categories", ()))
        for mark in CATEGORIES.get(name, ())
    }
    if not {finding.rule, finding.clause_type} & wanted:
        return False
    low, high = ORDER.index(GRADES[expected["min_severity"]]), ORDER.index(GRADES[expected["max_severity"]])
    said = f"{finding.quote or ''} {finding.explanation} {finding.recommendation}".casefold()
    words = [*expected["must_contain_keywords"], *sum(expected.get("keyword_synonyms", {}).values(), [])]
    return high <= ORDER.index(finding.severity.value) <= low and any(word.casefold() in said for word in words)


def contracts(screener: Screener) -> None:
    must = found = may = extra = 0
    wrong: list[str] = []
    for path in sorted((BENCH / "risk" / "expected").glob("*/*.json")):
        case = json.loads(path.read_text("utf-8"))
        if case["contract"] in OUT_OF_SCOPE:
            continue
        body = (BENCH / "risk" / "contracts" / case["contract"]).read_text("utf-8")
        raised = findings_of(body, case["contract"], screener)
        for expected in case["expected_findings"]:
            hit = any(fits(finding, expected) for finding in raised)
            may, extra = may + (not expected["required"]), extra + (hit and not expected["required"])
            must, found = must + expected["required"], found + (hit and expected["required"])
            if expected["required"] and not hit:
                wrong.append(f"{path.parent.name}/{path.stem}: {expected['category']} is not raised")
        for never in case["must_not_find"]:
            marks = CATEGORIES.get(never["category"], ())
            for finding in raised:
                if finding.kind is FindingKind.RISK and {finding.rule, finding.clause_type} & set(marks):
                    wrong.append(f"{path.parent.name}/{path.stem}: {finding.rule} must not be raised")
    print(f"contracts: {found} of {must} that must be found, {extra} of {may} that may be; {len(wrong)} wrong")
    for line in wrong:
        print(f"  {line}")


def words(rows: Iterable[dict[str, Any]]) -> None:
    """Labelled clauses that the words of their type would keep from being raised."""
    held = set((ROOT / "models" / "screener" / "held_out.txt").read_text("utf-8").splitlines())
    chosen = [row for row in rows if row["title"] not in held]
    print("words: type, labelled clauses and how many are lost, contracts with any and how many lose all")
    for name in NEEDS:
        spans = lost = having = empty = 0
        for row in chosen:
            kept = [says_so(name, row["text"], s, e) for s, e in row["labels"].get(name) or ()]
            spans, lost = spans + len(kept), lost + kept.count(False)
            having, empty = having + bool(kept), empty + (bool(kept) and not any(kept))
        print(f"  {name:34} {spans:4} {lost:3}   {having:4} {empty:3}")


def puzzles() -> None:
    """How many of the 200 renewal puzzles come out as the independent reckoning of the tests has them."""
    right = 0
    for seed in range(200):
        try:
            test_the_last_notice_day_equals_an_independent_reckoning(seed)
            right += 1
        except AssertionError:
            print(f"  puzzle {seed} differs")
    print(f"puzzles: {right} of 200 last notice days equal")


def run(script: str, *arguments: str) -> None:
    # one thread of BLAS: on vectors this short, threads that wait for one another cost fifty times the work
    env = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, str(ROOT / script), *arguments], cwd=ROOT, check=True, env=env)


def main() -> None:
    parts = sys.argv[1:] or ["contracts", "words", "marks", "absence", "puzzles", "tos"]
    train = BENCH / "cuad" / "train.jsonl"
    if "contracts" in parts:
        contracts(Screener.load(ROOT / "models" / "screener" / "weights"))
    if "words" in parts:
        words(json.loads(line) for line in train.open(encoding="utf-8"))
    if "marks" in parts:
        run("tests/benchmarks/marks/score.py", str(train))
    if "absence" in parts:
        run("models/absence/tune.py", str(train), "--shipped")
    if "puzzles" in parts:
        puzzles()
    if "tos" in parts:
        run("models/consumer/train.py", str(BENCH / "tos" / "dev25.jsonl"))


if __name__ == "__main__":
    main()
