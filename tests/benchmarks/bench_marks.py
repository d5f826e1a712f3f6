"""Values that CUAD's annotators did not answer, against marks made by hand: `python -m tests.benchmarks.bench_marks`.

Forum, caps, amounts, payment terms, territory, lengths of covenants and who may or must: clauses of 15 contracts that
were looked at and of 15 others that were not (marks_values/GUIDELINES.md). *Found*: of what the marks say, the share
that we say alike. *Right*: of what we say where a mark was made (also the mark "nothing"), the share that is alike.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.analysis.values import parties_of, read_value
from app.analysis.values_names import same_party
from app.analysis.values_parties import Party
from app.domain.clauses import Clause, FoundBy
from tests.benchmarks.bench_values import ROOT, given_clauses

MARKS = Path(__file__).parent / "marks_values"
FIELDS = {
    "who": "who may, must, may not",
    "multiple": "cap: multiple of fees",
    "months": "cap: months looked back",
    "carve": "cap: carve-outs",
    "amounts": "amounts with currency",
    "territory": "territory",
    "covenant": "length of a covenant",
    "how": "court or arbitration",
    "place": "place of the forum",
    "due": "payment: when due",
    "since": "payment: from when",
}


def said(value: dict[str, Any]) -> dict[str, list[Any]]:
    """Field -> what our value says, as a list of things that can be compared with the marks."""
    covenant, payment = value.get("covenant") or {}, value.get("payment") or {}
    length = [bool(covenant.get("during_term")), covenant.get("after_term")] if covenant else None
    where = value.get("territory")
    single = {
        "who": value.get("who"), "multiple": value.get("multiple"), "months": value.get("months"),
        "covenant": length, "how": value.get("how"), "place": value.get("place"),
        "due": payment.get("due"), "since": payment.get("from"),
    }  # fmt: skip
    many = {
        "carve": [item["what"] for item in value.get("carve_outs", ())],
        "amounts": [f"{a['currency']} {a['amount']}" for a in value.get("amounts", ())],
        "territory": where if isinstance(where, list) else [where] if where else [],
    }
    return {name: [] if one is None else [one] for name, one in single.items()} | many


def marked(mark: Any) -> list[Any]:
    """A mark as a list: null is nothing."""
    if mark is None:
        return []
    return mark if isinstance(mark, list) and not (mark and isinstance(mark[0], bool)) else [mark]


def alike(field: str, ours: Any, mark: Any, parties: list[Party]) -> bool:
    """Whether two say the same; parties by any of their names."""
    if field != "who" or "mutual" in (ours, mark):
        return bool(ours == mark)
    if ours.casefold() == mark.casefold():
        return True
    names = [{n.casefold() for n in (p.name, p.defined) if n} for p in parties]
    return same_party(ours, mark) or any({ours.casefold(), mark.casefold()} <= group for group in names)


def judged(
    file: str, contracts: dict[str, dict[str, Any]]
) -> Iterator[tuple[str, list[Any], list[Any], list[Party], str]]:
    """(field, ours, marked, parties, words) for every field that was judged."""
    for line in (MARKS / file).read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        contract = contracts[entry["title"]]
        text = contract["text"]
        parties = parties_of(text, given_clauses(contract))
        names = [name for party in parties for name in (party.defined, party.name) if name]
        clause = Clause(entry["type"], entry["start"], entry["end"], 1.0, True, FoundBy.LAWYER)
        ours = said(read_value(text, clause, parties, names, {}) or {})
        for field, mark in entry["says"].items():
            yield (
                field,
                ours[field],
                marked(mark),
                parties,
                f"{entry['type']}: {' '.join(text[clause.start : clause.end].split())[:300]}",
            )


def figures(file: str, contracts: dict[str, dict[str, Any]], show: bool) -> dict[str, list[int]]:
    """Field -> [marked, of these found, said, of these right]."""
    counts = {field: [0, 0, 0, 0] for field in FIELDS}
    for field, ours, marks, parties, words in judged(file, contracts):
        found = [m for m in marks if any(alike(field, o, m, parties) for o in ours)]
        right = [o for o in ours if any(alike(field, o, m, parties) for m in marks)]
        counts[field] = [a + b for a, b in zip(counts[field], map(len, (marks, found, ours, right)), strict=True)]
        if show and (len(found) < len(marks) or len(right) < len(ours)):
            print(f"{field}: marked {marks}, said {ours}\n   {words}")
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print what differs, in the tuned contracts only")
    show = parser.parse_args().show
    lines = (ROOT / "../shared/bench/cuad/train.jsonl").open(encoding="utf-8")
    contracts = {contract["title"]: contract for contract in map(json.loads, lines)}
    for file, title in (("tuned.jsonl", "marks, looked at"), ("held.jsonl", "marks, not looked at")):
        counts = figures(file, contracts, show and file == "tuned.jsonl")
        print(f"{title}: 15 contracts{'':16} found             right")
        for field, (marks, found, ours, right) in counts.items():
            print(f"  {FIELDS[field]:32} {_share(found, marks):>18} {_share(right, ours):>18}")


def _share(part: int, whole: int) -> str:
    """ "0.83 (10 of 12)"."""
    return f"{part / whole:.2f} ({part} of {whole})" if whole else "- (none)"


if __name__ == "__main__":
    main()
