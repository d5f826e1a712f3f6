"""Kappa between the two passes, and the app's severity and reason against their consensus.

The app is given the labelled clauses of each contract and runs the commercial playbook for either side; of a study
clause it says what the gravest finding on that passage says, "none" where none is raised.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.analysis.assess import AssessContext, assess
from app.analysis.kind import propose_kind
from app.analysis.playbooks import load_playbook
from app.domain.clauses import Clause, FoundBy
from app.domain.findings import Finding, FindingKind
from app.domain.matter import Contract, ContractKind, Matter
from app.domain.playbook import Playbook
from app.domain.sections import find_sections
from app.domain.text import ContractText, View

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
LEVELS = ["none", "low", "medium", "high"]
REASONS: dict[str, str] = {
    "automatic-renewal": "renewal", "long-renewal": "renewal", "long-renewal-notice": "renewal", "term-run-out": "term",
    "exclusivity": "exclusivity", "non-compete": "competition", "long-non-compete": "competition",
    "no-solicit": "solicitation", "most-favoured": "pricing",
    "first-refusal": "refusal", "change-of-control": "control",
    "assignment-needs-consent": "assignment", "one-sided-convenience": "convenience", "convenience": "convenience",
    "short-convenience-notice": "convenience", "minimum-commitment": "commitment", "ip-assignment": "ip",
    "ip-assignment-no-background": "ip", "joint-ownership": "ip", "perpetual-licence": "licence",
    "source-code-escrow": "escrow", "audit-without-limits": "audit", "uncapped-liability": "uncapped", "low-cap": "cap",
    "one-sided-cap": "cap", "cap-without-carve-outs": "cap", "indirect-loss": "cap", "liquidated-damages": "damages",
    "covenant-not-to-sue": "challenge", "foreign-law": "law",
}  # fmt: skip


def marks(name: str) -> dict[int, tuple[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return {int(row["id"]): (row["severity"], row["reason"]) for row in csv.DictReader(file)}


def kappa(pairs: Sequence[tuple[str, str]], weights: bool = False) -> float:
    """Cohen's; with weights quadratic over LEVELS."""
    names = LEVELS if weights else sorted({name for pair in pairs for name in pair})

    def cost(one: str, other: str) -> float:
        if not weights:
            return float(one != other)
        return ((names.index(one) - names.index(other)) / (len(names) - 1)) ** 2

    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(cost(a, b) for a, b in pairs) / len(pairs)
    expected = sum(first[a] * second[b] * cost(a, b) for a in names for b in names) / len(pairs) ** 2
    return 1 - observed / expected if expected else 1.0


def findings_of(contract: dict[str, Any], book: Playbook) -> list[Finding]:
    text = contract["text"]
    clauses = [
        Clause(name, s, e, 1.0, True, FoundBy.LAWYER) for name, spans in contract["labels"].items() for s, e in spans
    ]
    matter = Matter("m", "marks", dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    context = AssessContext(Contract("c", "c", (), kind=ContractKind(propose_kind(text))), matter)
    read = ContractText("0" * 64, "1", View.ACCEPTED, "", text, "txt")
    return list(assess(read, find_sections(text), clauses, book, context).findings)


def app_says(clause: dict[str, Any], found: Sequence[Finding]) -> tuple[str, str]:
    """The gravest risk on the passage: its severity (critical counts as high, info as low) and its reason."""
    on = [
        finding
        for finding in found
        if finding.kind is FindingKind.RISK
        and any(s is not None and s < clause["end"] and e > clause["start"] for s, e in _places(finding))
    ]
    own = [finding for finding in on if finding.clause_type == clause["type"]] or on
    if not own:
        return "none", "none"
    worst = min(own, key=lambda finding: finding.severity.rank)
    level = {"critical": "high", "info": "low"}.get(worst.severity.value, worst.severity.value)
    return level, REASONS.get(worst.rule, worst.rule)


def _places(finding: Finding) -> list[tuple[Any, Any]]:
    return [(finding.start, finding.end), *((p["start"], p["end"]) for p in finding.values.get("also", ()))]


def main() -> None:
    first, second, settled = marks("pass1.csv"), marks("pass2.csv"), marks("settled.csv")
    ids = sorted(first)
    assert ids == sorted(second)
    agreed = {i: first[i] if first[i] == second[i] else settled[i] for i in ids}
    severity = [(first[i][0], second[i][0]) for i in ids]
    reason = [(first[i][1], second[i][1]) for i in ids]
    print(
        f"marks: {len(ids)} clauses; between the passes kappa {kappa(severity):.2f} for severity (weighted"
        f" {kappa(severity, weights=True):.2f}), {kappa(reason):.2f} for the reason"
    )
    with Path(sys.argv[1]).open(encoding="utf-8") as file:  # not splitlines(): texts hold other line separators
        rows = [json.loads(line) for line in file]
    contracts = {row["title"]: row for row in rows}
    book = load_playbook(ROOT / "resources" / "playbooks" / "commercial.yaml")
    found: dict[str, list[Finding]] = {}
    said: dict[int, tuple[str, str]] = {}
    for line in (HERE / "clauses.jsonl").read_text("utf-8").splitlines():
        clause = json.loads(line)
        title = clause["title"]
        found[title] = found.get(title) or findings_of(contracts[title], book)
        said[clause["id"]] = app_says(clause, found[title])
        if "-v" in sys.argv and said[clause["id"]] != agreed[clause["id"]]:
            print(f"  {clause['id']} {clause['type']}: marked {agreed[clause['id']]}, app {said[clause['id']]}")
    level = [(agreed[i][0], said[i][0]) for i in ids]
    near = [abs(LEVELS.index(a) - LEVELS.index(b)) <= 1 for a, b in level]
    grave = [said[i][0] != "none" for i in ids if agreed[i][0] in ("medium", "high")]
    told = [agreed[i][1] == said[i][1] for i in ids if said[i][0] != "none"]
    print(
        f"  the app against the consensus: severity equal {sum(a == b for a, b in level) / len(ids):.2f}, within one"
        f" step {sum(near) / len(ids):.2f}, weighted kappa {kappa(level, weights=True):.2f}; raises"
        f" {sum(grave)} of {len(grave)} marked medium or high; reason right where raised {sum(told)} of {len(told)}"
    )


if __name__ == "__main__":
    main()
