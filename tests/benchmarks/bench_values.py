"""Values against CUAD's annotators: given the right clause, and from the raw contract with a cross-validation's models.

    python tests/benchmarks/bench_values.py [CONTRACTS.jsonl] [--folds DIR] [--only-held-out] [--show TYPE]

**The halves.** Contracts are split in two by a hash of the title: `tune` was looked at when the readers were written,
`held` never was; its figures count.

**Given the clause.** The annotators' own spans are the clauses (for Parties they are single names and defined names).

**From the contract.** The screener's candidates are the clauses, each contract screened by the model of its fold
(`--folds`), or, with `--weights`, by the committed weights and only on the contracts of models/screener/held_out.txt,
which those never saw. An answer of the annotators counts as asked whether the screener found the clause or not.

**What is right.** Dates: day, month and year equal; an answer with blanks is compared by the parts that it has, one of
blanks alone by our saying that it was left blank, "perpetual" by our saying so. A term that runs from an event (a
launch, a closing) counts by the earliest end that we name, for the annotators reckoned such terms from the effective
date; those are counted apart. Governing law: our first jurisdiction is one of the annotators'. Renewal and notice:
equal length in days (a month is 365/12) to any of the annotators' alternatives. Answers that are no value of that
sort (a sentence, "TBD") are left out and counted.

**Parties.** From the annotators' list the named parties are taken: groups ("A and B (the "Parties")") and entries that
name nobody ("Franchisee", "[ ]") are left out and counted, "A, Inc. and B, Inc. ("Agents")" is two names, what a party
trades as or is a subsidiary of is no part of its name. Two names are one where they are alike at 90 of 100 without
case, punctuation and form of entity, or where the defined name is the same and one contains the other or they are
alike at 80 (the annotators dropped, added or misspelt words in about one name of fifty). Saying a name that they give
in passing (on whose behalf, as whose subsidiary, in a group alone) counts neither way. Three figures: of all their
names, those that we say; of all names that we say, those that are theirs; of all contracts, those in which every name
was found. Contracts with more than 24 parties (two agreements of some fifty telecom carriers) count in the third figure
only, or they would be a fifth of all.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.analysis.fold_screener import FoldScreeners  # noqa: E402
from app.analysis.screener import Screener  # noqa: E402
from app.analysis.values import parties_of, read_values, value_of  # noqa: E402
from app.domain.clauses import Clause, FoundBy  # noqa: E402
from tests.benchmarks.values_gold import SAME, compare_parties, gold_parties  # noqa: E402

Clauses = Callable[[dict[str, Any]], list[Clause]]
MANY = 24
GOALS = {
    "Governing Law": (0.98, 0.93), "Agreement Date": (0.95, 0.88), "Effective Date": (0.92, 0.80),
    "Expiration Date": (0.88, 0.78), "Renewal Term": (0.92, 0.80), "Notice Period To Terminate Renewal": (0.94, 0.82),
    "Parties: names found": (0.92, 0.85), "Parties: names right": (0.92, 0.88), "Parties: every name": (0.92, 0.85),
}  # fmt: skip


def half(title: str) -> str:
    """Which half of the contracts a title belongs to."""
    return "tune" if hashlib.sha256(title.encode()).digest()[0] % 2 else "held"


def given_clauses(contract: dict[str, Any]) -> list[Clause]:
    """The annotators' spans as clauses."""
    return [
        Clause(name, start, end, 1.0, True, FoundBy.LAWYER)
        for name, spans in contract["labels"].items()
        for start, end in spans
    ]


def screened_clauses(screener_of: Callable[[str], Screener]) -> Clauses:
    """The screener's candidates as clauses."""
    return lambda contract: [
        Clause(c.type, c.start, c.end, c.score, c.reported, FoundBy(c.found_by))
        for c in screener_of(contract["text"]).screen(contract["text"])
    ]


def measure(contracts: Iterable[dict[str, Any]], clauses_of: Clauses, show: str) -> dict[str, list[int]]:
    """Figure -> [right, asked, left out, right by the earliest end]."""
    figures = {name: [0, 0, 0, 0] for name in GOALS}
    for contract in contracts:
        text, labels, answers = contract["text"], contract["labels"], contract["answers"]
        valued = read_values(text, clauses_of(contract))
        for name, same in SAME.items():
            answer = answers.get(name) or ""
            if not answer or not labels.get(name):
                continue
            value = value_of(valued, name)
            right = same(answer, value)
            figures[name][2 if right is None else 1] += 1
            figures[name][0] += bool(right)
            figures[name][3] += bool(right) and bool((value or {}).get("not_before"))
            if right is False and show == name:
                quotes = [" ".join(text[s:e].split())[:400] for s, e in labels[name]]
                print(f"gold {answer!r} got {value}\n   {quotes}")
        if labels.get("Parties"):
            measure_parties(contract, valued, figures, show == "Parties")
    return figures


def measure_parties(contract: dict[str, Any], valued: list[Clause], figures: dict[str, list[int]], show: bool) -> None:
    """Add a contract's parties to the figures."""
    gold, passing, nobody = gold_parties(contract["answers"].get("Parties") or "")
    figures["Parties: names found"][2] += nobody
    if not gold:
        return
    said = [party for party in parties_of(contract["text"], valued) if party.name]
    missed, wrong, counted = compare_parties(gold, passing, said)
    if len(gold) <= MANY:
        figures["Parties: names found"][0] += len(gold) - len(missed)
        figures["Parties: names found"][1] += len(gold)
        figures["Parties: names right"][0] += counted - len(wrong)
        figures["Parties: names right"][1] += counted
    figures["Parties: every name"][0] += not missed
    figures["Parties: every name"][1] += 1
    if show and (missed or wrong):
        print(
            f"missed {[g.name for g in missed]} wrong {[w.name for w in wrong]}\n   {contract['answers']['Parties']!r}"
        )


def report(title: str, figures: dict[str, list[int]], column: int) -> None:
    """A table with the goal beside each figure."""
    print(title)
    for name, (right, asked, out, early) in figures.items():
        goal, share = GOALS[name][column], right / max(asked, 1)
        said = f", {early} of them by the earliest end" if early else ""
        met = "  " if share >= goal else "no"
        print(f"  {name:36} {share:.3f}  goal {goal:.2f} {met}  ({right} of {asked}, {out} left out){said}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("contracts", type=Path, nargs="?", default=ROOT / "../shared/bench/cuad/train.jsonl")
    parser.add_argument("--show", default="", help="print what is wrong for this type, in the tuned half only")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--folds", type=Path, help="folder of a cross-validation: from the contract too")
    group.add_argument("--weights", action="store_true", help="from the contract, committed weights, held_out.txt only")
    arguments = parser.parse_args()
    if not arguments.contracts.exists():
        sys.exit(f"{arguments.contracts} is not there: the benchmark needs CUAD's training file")
    contracts = [json.loads(line) for line in arguments.contracts.open(encoding="utf-8")]
    ways: list[tuple[str, Clauses, int]] = [("given the clause", given_clauses, 0)]
    if arguments.folds:
        ways = [("from the contract", screened_clauses(FoldScreeners.load(arguments.folds).for_contract), 1)]
    if arguments.weights:
        screener = Screener.load(ROOT / "models/screener/weights")
        ways = [("from the contract, held-out contracts", screened_clauses(lambda _: screener), 1)]
        lines = (ROOT / "models/screener/held_out.txt").read_text(encoding="utf-8").splitlines()
        contracts = [contract for contract in contracts if contract["title"] in set(lines)]
    for way, clauses_of, column in ways:
        for name in ("tune", "held"):
            chosen = [contract for contract in contracts if half(contract["title"]) == name]
            figures = measure(chosen, clauses_of, arguments.show if name == "tune" else "")
            report(f"{name}, {len(chosen)} contracts, {way}", figures, column)


if __name__ == "__main__":
    main()
