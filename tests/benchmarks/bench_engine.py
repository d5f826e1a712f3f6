"""Issue 5's figures on a model of your choice: `python tests/benchmarks/bench_engine.py [MODEL.gguf] [--json OUT]`.

Ratios are taken within one run. On a busy machine they swing; say so when you quote them.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from app.analysis.engine_grammar import continue_all
from app.analysis.engine_tree import Setup, Tree, quiet
from app.analysis.questions import presence_question
from app.domain.clauses import CUAD_TYPES
from app.paths import builtin_model

SENTENCES = (
    "9.{n} Notices. Every notice under this Agreement is given in writing to the address stated in Schedule {n}.",
    "10.{n} Term. This Agreement runs for {n} years from the Effective Date and then renews for one year at a time.",
    "11.{n} Law. This Agreement is governed by the laws of the State of New York, without its conflict rules.",
)
GRAMMAR = 'root ::= [A-Z] [A-Za-z ,]{10,200} "."'


def passage(tree: Tree, tokens: int) -> str:
    """Contract-like text of about so many tokens."""
    text, number = "", 0
    while len(tree.vocabulary.document(text)) < tokens:
        text += SENTENCES[number % 3].format(n=number) + "\n"
        number += 1
    return text


def timed(work: Any) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


def nothing(_count: int) -> None:
    """No progress wanted."""


def tree_against_separate(tree: Tree, text: str, sample: int) -> dict[str, float]:
    """41 questions on one reading, against a sample of separate readings scaled to 41."""
    questions = [presence_question(kind) for kind in CUAD_TYPES]
    tree.forget()
    together, margins = timed(lambda: tree.margins(text, questions, nothing))

    def separately() -> list[float]:
        out = []
        for question in questions[:sample]:
            tree.forget()
            out += tree.margins(text, [question], nothing)
        return out

    apart, alone = timed(separately)
    gaps = [abs(a - b) for a, b in zip(margins, alone, strict=False)]
    return {
        "seconds, 41 questions on one tree": together,
        "seconds, 41 separate readings (scaled)": apart * 41 / sample,
        "ratio (reach 18)": apart * 41 / sample / together,
        "same sign of margin, share": sum((a > 0) == (b > 0) for a, b in zip(margins, alone, strict=False)) / sample,
        "median difference of margins": statistics.median(gaps),
    }


def branch_logits(tree: Tree, text: str, sample: int) -> dict[str, float]:
    """The whole vocabulary's log-probabilities on a branch among 41, against those of a fresh reading."""
    suffixes = [tree.suffix(presence_question(kind)) for kind in CUAD_TYPES]
    tree.forget()
    tree.read(text)
    among = [_log_probabilities(tree, index) for index in tree.branch(suffixes)[:sample]]
    for sequence in range(1, len(suffixes) + 1):
        tree.drop(sequence)
    same, gaps = 0, []
    for suffix, before in zip(suffixes[:sample], among, strict=True):
        tree.forget()
        tree.read(text)
        after = _log_probabilities(tree, tree.branch([suffix])[0])
        same += int(before.argmax() == after.argmax())
        gaps.append(float(np.median(np.abs(before - after))))
    return {
        "same top token, share (reach .99)": same / sample,
        "median difference (reach < .02)": statistics.median(gaps),
    }


def _log_probabilities(tree: Tree, index: int) -> Any:
    logits = tree.logits(index).astype(np.float64)
    return logits - np.logaddexp.reduce(logits)


def constrained_against_free(tree: Tree, text: str) -> dict[str, float]:
    """Tokens a second of eight branches, held to a grammar and free."""
    questions = [f"Describe clause {n} in a sentence." for n in range(8)]
    rates = []
    for grammar in (None, GRAMMAR):
        tree.read(text)
        seconds, answers = timed(lambda g=grammar: continue_all(tree, text, questions, g, 40, nothing))
        rates.append(sum(count for _, count in answers) / seconds)
    return {"free, tokens/s": rates[0], "constrained, tokens/s": rates[1], "ratio (reach .9)": rates[1] / rates[0]}


def state_against_evaluation(tree: Tree) -> dict[str, float]:
    """Instructions loaded from their state, against evaluated."""
    tree.forget()
    evaluated, state = timed(tree.head_state)
    loaded, fits = timed(lambda: tree.load_head_state(state))
    assert fits
    return {"evaluated, s": evaluated, "loaded, s": loaded, "ratio (reach 10)": evaluated / loaded}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", nargs="?", type=Path, default=builtin_model())
    parser.add_argument("--tokens", type=int, default=1500)
    parser.add_argument("--sample", type=int, default=8)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    quiet()
    tree = Tree(chosen.model, Setup(threads=chosen.threads), lambda: False)
    text = passage(tree, chosen.tokens)
    figures: dict[str, Any] = {"model": chosen.model.name, "load average": psutil.getloadavg()[0]}
    for name, measure in (
        ("tree", lambda: tree_against_separate(tree, text, chosen.sample)),
        ("branches", lambda: branch_logits(tree, text, chosen.sample)),
        ("grammar", lambda: constrained_against_free(tree, text)),
        ("state", lambda: state_against_evaluation(tree)),
    ):
        figures[name] = measure()
        print(name)
        for what, value in figures[name].items():
            print(f"  {what:45} {value:10.3f}", flush=True)
    figures["resident, MB"] = psutil.Process().memory_info().rss / 1e6
    print(f"resident, MB {figures['resident, MB']:.0f}; load average {figures['load average']:.1f}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
