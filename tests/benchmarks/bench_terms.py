"""Defined terms and references against results judged by hand (tests/samples/terms/README.md)."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from app.domain.references import find_references
from app.domain.sections import find_sections
from app.domain.terms import find_terms, undefined_terms

ROOT = Path(__file__).resolve().parents[2]
JUDGED = ROOT / "tests" / "samples" / "terms" / "judged.tsv"
TRAIN = ROOT.parent / "shared" / "bench" / "cuad" / "train.jsonl"


def results(text: str) -> Iterator[tuple[str, str]]:
    """Kind and name of everything that is told about a text, each once."""
    terms = find_terms(text)
    yield from (("twice", term.name) for term in terms if term.defined_twice)
    yield from (("unused", term.name) for term in terms if term.unused and not term.defined_twice)
    broken = (ref.number for ref in find_references(text, find_sections(text)) if ref.target is None)
    yield from (("broken", name) for name in dict.fromkeys(broken))
    yield from (("undefined", term.name) for term in undefined_terms(text))


def main() -> int:
    if not TRAIN.exists():
        print("The contracts of ../shared are not there; nothing was measured.")
        return 0
    rows = [line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    judged = {(title, kind, name): verdict for title, kind, name, verdict in rows}
    titles = {title for title, _, _ in judged}
    with TRAIN.open(encoding="utf-8") as lines:
        texts = {row["title"]: row["text"] for row in map(json.loads, lines) if row["title"] in titles}
    counts: dict[str, Counter[str]] = {}
    for title, text in texts.items():
        for kind, name in results(text):
            verdict = judged.get((title, kind, name), "not judged")
            counts.setdefault(kind, Counter())[verdict] += 1
            if verdict != "right" and "--wrong" in sys.argv:
                print(f"  {verdict}: {title[:50]} {kind} {name}")
    for kind, seen in sorted(counts.items()):
        print(f"{kind:10} right {seen['right']:4}  wrong {seen['wrong']:3}  not judged {seen['not judged']:3}")
    right, wrong = (sum(seen[verdict] for seen in counts.values()) for verdict in ("right", "wrong"))
    share, known = right / max(1, right + wrong), list(judged.values()).count("right")
    print(f"precision of what was judged {share:.3f}; {right} of {known} right results are still found")
    return 0


if __name__ == "__main__":
    sys.exit(main())
