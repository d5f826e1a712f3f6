"""Which sentence holds a clause: each asked about on its own words, against opening words and labels that are written.

`python -m tests.benchmarks.bench_pointing --model FILE.gguf` needs ../shared/bench. A passage is a labelled clause of a
contract with the sentences about it; right is a sentence that the label touches. Contracts of quick20 are left out.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.analysis.engine_grammar import continue_all
from app.analysis.engine_load import Setup, quiet
from app.analysis.engine_tree import Tree
from app.analysis.pointing import sentences
from app.analysis.questions import MEANINGS, gate_question
from app.analysis.segments import split_segments
from app.paths import builtin_model

CUAD = Path(__file__).resolve().parents[2].parent / "shared" / "bench" / "cuad"
SENTENCES, LONGEST = 7, 1300
SKIPPED = ("Document Name", "Parties", "Agreement Date", "Effective Date")  # names and dates, no sentences

MAX_TOKENS, NONE = 32, "none"  # of an answer in opening words
_WORDS, _MORE = 5, 12  # of an opening; of one that several sentences share

Passage = tuple[str, str, list[tuple[int, int]]]  # type, passage, labels within it


def passages(count: int) -> Iterator[Passage]:
    """Labelled clauses of contracts in turn, a type no more than three times."""
    quick = set((CUAD / "quick20.txt").read_text("utf-8").splitlines())
    rows = [json.loads(line) for line in (CUAD / "train.jsonl").open(encoding="utf-8")]
    chance = random.Random(3)
    chance.shuffle(rows)
    used: dict[str, int] = {}
    for row in rows:
        if row["title"] in quick or count <= 0:
            continue
        text = row["text"]
        pieces = split_segments(text)
        labels = [(kind, *span) for kind, spans in row["labels"].items() if kind not in SKIPPED for span in spans]
        chance.shuffle(labels)
        for kind, start, end in labels:
            at = next((i for i, (s, e) in enumerate(pieces) if s <= start < e), None)
            if at is None or used.get(kind, 0) >= 3 or end - start > 500:
                continue
            first = max(0, at - chance.randrange(SENTENCES))
            low, high = pieces[first][0], pieces[min(first + SENTENCES, len(pieces)) - 1][1]
            if high < end or high - low > LONGEST:
                continue
            used[kind] = used.get(kind, 0) + 1
            count -= 1
            inside = [(s - low, e - low) for s, e in row["labels"][kind] if s < high and low < e]
            yield kind, text[low:high], inside
            break


def openings(passage: str, spans: Sequence[tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The sentences by their first words, as few as tell them apart; of equal ones the first."""
    words = {span: _plain(passage[span[0] : span[1]]).split() for span in spans}
    found: dict[str, tuple[int, int]] = {}
    for span in spans:
        count = _WORDS
        others = [other for at, other in words.items() if at != span]
        while count < _MORE and any(other[:count] == words[span][:count] for other in others):
            count += 1
        found.setdefault(" ".join(words[span][:count]), span)
    return {opening: span for opening, span in found.items() if opening and opening != NONE}


def pointing_question(kind: str) -> str:
    """What is asked; the answer is held to the openings."""
    return (
        f"Which sentence of the excerpt comes nearest to words that {MEANINGS[kind]}? Copy its first words, or {NONE}."
    )


def grammar_of(named: Sequence[str]) -> str:
    """GBNF that allows one of these texts or NONE."""
    escaped = [text.replace("\\", "\\\\").replace('"', '\\"') for text in (*named, NONE)]
    return "root ::= " + " | ".join(f'"{text}"' for text in escaped) + "\n"


def aligned(said: str, named: dict[str, tuple[int, int]]) -> tuple[int, int] | None:
    """The sentence whose opening was written; an opening cut off by the limit counts if it fits one alone."""
    if said in named:
        return named[said]
    fitting = [span for opening, span in named.items() if said and opening.startswith(said)]
    return fitting[0] if len(fitting) == 1 and said != NONE else None


def _plain(text: str) -> str:
    """On one line and without characters that a grammar cannot hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def by_asking(tree: Tree, kind: str, passage: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    margins = [tree.margins(passage[s:e], [gate_question(kind)], lambda _n: None)[0] for s, e in spans]
    return max(zip(margins, spans, strict=True))[1]


def by_opening(tree: Tree, kind: str, passage: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    named = openings(passage, spans)
    ((said, _),) = continue_all(
        tree, passage, [pointing_question(kind)], grammar_of(list(named)), MAX_TOKENS, lambda _n: None
    )
    return aligned(said, named)


def by_label(tree: Tree, kind: str, passage: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    shown = "\n".join(f"({n}) {passage[s:e]}" for n, (s, e) in enumerate(spans, 1))
    asked = f"Which sentence of the excerpt comes nearest to words that {MEANINGS[kind]}? Give its number, or {NONE}."
    numbers = [str(n) for n in range(1, len(spans) + 1)]
    ((said, _),) = continue_all(tree, shown, [asked], grammar_of(numbers), 4, lambda _n: None)
    return spans[int(said) - 1] if said in numbers else None


WAYS = (("asking", by_asking), ("opening words", by_opening), ("labels", by_label))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=builtin_model())
    parser.add_argument("--passages", type=int, default=40)
    parser.add_argument("--ways", nargs="*", default=[name for name, _ in WAYS])
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args()
    quiet()
    tree = Tree(chosen.model, Setup(chosen.threads), lambda: False)
    tried, luck = 0, 0.0
    right = {name: 0 for name, _ in WAYS}
    none, spent = dict.fromkeys(right, 0), dict.fromkeys(right, 0.0)
    for kind, passage, labels in passages(chosen.passages):
        spans = sentences(passage)
        hits = [any(a < e and s < b for a, b in labels) for s, e in spans]
        tried, luck = tried + 1, luck + sum(hits) / len(hits)
        for name, way in WAYS:
            if name not in chosen.ways:
                continue
            begun = time.perf_counter()
            found = way(tree, kind, passage, spans)
            spent[name] += time.perf_counter() - begun
            none[name] += found is None
            right[name] += found is not None and hits[spans.index(found)]
        print(json.dumps({"passages": tried, "chance": round(luck / tried, 3), "right": right, "none": none,
                          "seconds": {k: round(v, 1) for k, v in spent.items()}, "tokens": tree.evaluated}),
              flush=True)  # fmt: skip
    tree.close()


if __name__ == "__main__":
    main()
