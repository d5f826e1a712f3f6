"""Draw the 60 clauses of the marking study: labelled risk clauses of the contracts that the screener never saw.

python tests/benchmarks/marks/draw.py train.jsonl writes clauses.jsonl (id, title, type, start, end) and prints them in
the order of a pass: --pass 1 or 2 shuffle differently, so that no clause is met beside the same neighbours twice.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

HERE = Path(__file__).parent
TYPES = (
    "Renewal Term", "Notice Period To Terminate Renewal", "Most Favored Nation", "Non-Compete", "Exclusivity",
    "No-Solicit Of Customers", "No-Solicit Of Employees", "Termination For Convenience", "Rofr/Rofo/Rofn",
    "Change Of Control", "Anti-Assignment", "Minimum Commitment", "Ip Ownership Assignment", "Joint Ip Ownership",
    "Irrevocable Or Perpetual License", "Source Code Escrow", "Audit Rights", "Uncapped Liability", "Cap On Liability",
    "Liquidated Damages", "Covenant Not To Sue", "Expiration Date", "Governing Law",
)  # fmt: skip
COUNT, SEED = 60, 20261125


def draw(contracts: list[dict[str, object]]) -> list[dict[str, object]]:
    """Types in turn, so that none is drowned; within a type at random; one clause of a type and contract."""
    rng = random.Random(SEED)
    pools: dict[str, list[dict[str, object]]] = {}
    for contract in contracts:
        labels = contract["labels"]
        assert isinstance(labels, dict)
        for name in TYPES:
            spans = [span for span in labels.get(name) or [] if span[1] - span[0] >= 60]
            if spans:
                start, end = max(spans, key=lambda span: span[1] - span[0])
                pools.setdefault(name, []).append(
                    {"title": contract["title"], "type": name, "start": start, "end": end}
                )
    for pool in pools.values():
        rng.shuffle(pool)
    chosen: list[dict[str, object]] = []
    while len(chosen) < COUNT and any(pools.values()):
        for name in TYPES:
            if pools.get(name) and len(chosen) < COUNT:
                chosen.append(pools[name].pop())
    return [{"id": index + 1, **clause} for index, clause in enumerate(chosen)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("contracts", type=Path)
    parser.add_argument("--pass", dest="order", type=int, choices=(1, 2), default=1)
    arguments = parser.parse_args()
    held = set((HERE.parents[2] / "models" / "screener" / "held_out.txt").read_text("utf-8").splitlines())
    contracts = [json.loads(line) for line in arguments.contracts.open(encoding="utf-8")]
    contracts = sorted((c for c in contracts if c["title"] in held), key=lambda c: str(c["title"]))
    clauses = draw(contracts)
    (HERE / "clauses.jsonl").write_text("".join(json.dumps(clause) + "\n" for clause in clauses), encoding="utf-8")
    texts = {contract["title"]: contract["text"] for contract in contracts}
    random.Random(arguments.order).shuffle(clauses)
    for clause in clauses:
        text = texts[clause["title"]]
        quote = " ".join(text[clause["start"] : clause["end"]].split())
        print(f"{clause['id']} [{clause['type']}] {quote[:700]}\n")


if __name__ == "__main__":
    main()
