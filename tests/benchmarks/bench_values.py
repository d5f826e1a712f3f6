"""Values against CUAD's annotators: given the right clause, and (with fold models) from the raw contract.

Rules of comparison. Dates: day, month and year equal; a gold date with blanks is compared by the parts that it has;
"perpetual" equals perpetual. Governing law: our first jurisdiction is one of the annotators'. Renewal and notice: equal
length in days (a month is 365/12), any of the annotators' alternatives. Parties: full names, equal or alike at 90 of
100 after dropping punctuation and entity forms. Answers that are no value of that sort (a sentence, "TBD") are left out
and counted. Contracts are split in two by a hash of the title: `tune` was looked at, `held` was not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from app.analysis.assess_context import bare_name
from app.analysis.segments import split_segments
from app.analysis.values import parties_of, read_values, value_of
from app.analysis.values_dates import full_year
from app.analysis.values_periods import find_periods
from app.analysis.values_places import find_places
from app.domain.clauses import Clause, FoundBy

TYPES = (
    "Governing Law", "Agreement Date", "Effective Date", "Expiration Date", "Renewal Term",
    "Notice Period To Terminate Renewal",
)  # fmt: skip


def half(title: str) -> str:
    """Which half of the contracts a title belongs to."""
    return "tune" if hashlib.sha256(title.encode()).digest()[0] % 2 else "held"


def gold_date(answer: str) -> str | None:
    """The annotators' m/d/yy as ISO with unknown parts left out; "perpetual"; None where it is neither."""
    if "perpetual" in answer.casefold():
        return "perpetual"
    match = re.match(r"\s*(\d{1,2}|\[.*?\])\s*/\s*(\d{1,2}|\[.*?\])\s*/\s*(\d{2,4}|\[.*?\])\s*$", answer)
    if not match:
        return None
    month, day, year = (part if part.isdigit() else "" for part in match.groups())
    if not year:
        return f"--{int(month):02d}-{int(day):02d}" if month and day else ""
    iso = str(full_year(year))
    if month:
        iso += f"-{int(month):02d}"
        iso += f"-{int(day):02d}" if day else ""
    return iso


def same_date(answer: str, value: dict[str, Any] | None) -> bool | None:
    gold = gold_date(answer)
    if gold is None:
        return None
    if value is None:
        return False
    if gold == "perpetual":
        return bool(value.get("perpetual"))
    if gold == "":
        return bool(value.get("blank"))
    return value.get("date") == gold


def same_law(answer: str, value: dict[str, Any] | None) -> bool | None:
    gold = {place.name for place in find_places(answer)}
    if gold & {"England", "Wales"}:
        gold.add("England and Wales")
    if not gold:
        return None
    return value is not None and value["law"] in gold


def same_period(answer: str, value: dict[str, Any] | None) -> bool | None:
    if "perpetual" in answer.casefold():
        return value is not None and bool(value.get("perpetual"))
    gold = {period.days for period in find_periods(answer, loose=True)}
    if not gold:
        return None
    return value is not None and any(abs(value.get("days", -1) - days) <= 0.02 * days for days in gold)


SAME: dict[str, Callable[[str, dict[str, Any] | None], bool | None]] = {
    "Governing Law": same_law, "Agreement Date": same_date, "Effective Date": same_date, "Expiration Date": same_date,
    "Renewal Term": same_period, "Notice Period To Terminate Renewal": same_period,
}  # fmt: skip


def gold_names(answer: str) -> list[str]:
    """Full names in the annotators' list."""
    bare = re.sub(r"\([^()]*[\"“”'‘’][^()]*\)|\((?:individually|collectively|together|each)[^()]*\)", ";", answer)
    names = [re.sub(r"\s+", " ", name).strip(" ,.;()[]") for name in re.split(r"[;\n]", bare)]
    defined = {d.casefold() for d in re.findall(r"[\"“]([^\"“”]+)[\"”]", answer)}
    both = [n for n in names if " and " in n and any(part.strip().casefold() in defined for part in n.split(" and "))]
    names = [n for n in names if n not in both and not re.search(r"[\"“”]", n)]
    return [
        n
        for n in names
        if len(n) > 2
        and re.search(r"[A-Za-z]{2}", n)
        and not re.match(r"(?i)(and|or|each|collectively|individually|together|the parties)\b", n)
    ]


def alike(one: str, other: str) -> bool:
    return fuzz.token_sort_ratio(bare_name(one), bare_name(other)) >= 90 or bare_name(one) == bare_name(other)


def given_clauses(contract: dict[str, Any]) -> list[Clause]:
    """The labelled spans as clauses; Parties as the sentences that hold them, as the screener would give them."""
    clauses = []
    for name, spans in contract["labels"].items():
        if name == "Parties":
            segments = split_segments(contract["text"])
            spans = [(s, e) for s, e in segments if any(a < e and s < b for a, b in spans)]
        clauses += [Clause(name, s, e, 1.0, True, FoundBy.LAWYER) for s, e in spans]
    return clauses


def measure(
    contracts: Iterable[dict[str, Any]], clauses_of: Callable[[dict[str, Any]], list[Clause]], show: str
) -> dict[str, list[int]]:
    """Type -> [right, asked, left out]; for parties names found/all and right/said."""
    figures = {name: [0, 0, 0] for name in (*TYPES, "Parties found", "Parties right")}
    for contract in contracts:
        text, labels, answers = contract["text"], contract["labels"], contract["answers"]
        valued = read_values(text, clauses_of(contract))
        for name in TYPES:
            answer = answers.get(name) or ""
            if not answer or not labels.get(name):
                continue
            value = value_of(valued, name)
            right = SAME[name](answer, value)
            figures[name][2 if right is None else 1] += 1
            figures[name][0] += bool(right)
            if right is False and show == name:
                quotes = [" ".join(text[s:e].split())[:400] for s, e in labels[name]]
                print(
                    f"gold {answer!r} got {value and {k: v for k, v in value.items() if 'from' not in k}}\n   {quotes}"
                )
        gold = gold_names(answers.get("Parties") or "")
        if gold and labels.get("Parties"):
            said = [party.name for party in parties_of(text, valued)]
            missed = [g for g in gold if not any(alike(g, s) for s in said)]
            wrong = [s for s in said if not any(alike(g, s) for g in gold)]
            figures["Parties found"][0] += len(gold) - len(missed)
            figures["Parties found"][1] += len(gold)
            figures["Parties right"][0] += len(said) - len(wrong)
            figures["Parties right"][1] += len(said)
            if show == "Parties" and (missed or wrong):
                quotes = [" ".join(text[c.start : c.end].split())[:500] for c in valued if c.type == "Parties"]
                print(f"missed {missed} wrong {wrong}\n   gold {answers['Parties']!r}\n   {quotes[:4]}")
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("contracts", type=Path, help="train.jsonl")
    parser.add_argument("--show", default="", help="print what is wrong for this type, in the tuned half only")
    arguments = parser.parse_args()
    contracts = [json.loads(line) for line in arguments.contracts.open(encoding="utf-8")]
    for name in ("tune", "held"):
        chosen = [contract for contract in contracts if half(contract["title"]) == name]
        figures = measure(chosen, given_clauses, arguments.show if name == "tune" else "")
        print(f"{name}, {len(chosen)} contracts, given the clause")
        for kind, (right, asked, out) in figures.items():
            print(f"  {kind:36} {right / max(asked, 1):.3f}  ({right} of {asked}, {out} left out)")


if __name__ == "__main__":
    main()
