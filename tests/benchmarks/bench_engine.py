"""The engine's figures on a model: `python -m tests.benchmarks.bench_engine [MODEL.gguf | 7b] [--json OUT]`.

"7b" is a random-weight GGUF of Mistral-7B's shape cut to 8 layers, written on demand to the user's cache (1.2 GB): its
speed is real, its answers are not. Ratios are taken within one run; on a busy machine they swing. Separate readings and
scripts are timed on samples and scaled to 41 questions, so that a run is bounded: --sample, --only. Several runs
fill one JSON file.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
import psutil

from app.analysis.engine_grammar import continue_all
from app.analysis.engine_load import Setup, quiet
from app.analysis.engine_tree import Tree
from app.analysis.questions import presence_question
from app.domain.clauses import CUAD_TYPES
from app.paths import builtin_model
from tests.benchmarks.engine_child_costs import cancelling, memory, written
from tests.benchmarks.engine_plan import tokens_per_token
from tests.benchmarks.engine_scripts import compare, nearest
from tests.benchmarks.engine_trust import sway
from tests.gguf_files import mistral_shape

CUAD = Path(__file__).resolve().parents[2].parent / "shared" / "bench" / "cuad" / "train.jsonl"
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


def model_of(name: str) -> Path:
    """The built-in model, the random one of Mistral's shape (written if it is not there), or a path."""
    if name != "7b":
        return Path(name)
    path = platformdirs.user_cache_path("Privity", appauthor=False) / "models" / "random-mistral-7b-8-layers.gguf"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        mistral_shape(part, builtin_model())
        part.replace(path)
    return path


def parts(path: Path, tree: Tree, chosen: argparse.Namespace) -> dict[str, Callable[[], dict[str, Any]]]:
    """What is measured, by name; what needs the labelled contracts is left out where they are not here."""
    text, sample = passage(tree, chosen.tokens), chosen.sample
    found: dict[str, Callable[[], dict[str, Any]]] = {
        "tree": lambda: tree_against_separate(tree, text, sample),
        "branches": lambda: branch_logits(tree, text, sample),
        "grammar": lambda: constrained_against_free(tree, text),
        "state": lambda: state_against_evaluation(tree),
        "memory": lambda: memory(path, chosen.contracts),
        "cancel": lambda: cancelling(path, text, 10),
        "trust": lambda: sway(tree, 30),
    }
    if CUAD.is_file():
        found["plan"] = lambda: tokens_per_token(path, CUAD, 20)
        contract = nearest(CUAD, chosen.characters)
        found["scripts"] = lambda: compare(path, tree, contract, chosen.threads, sample)
        found["written"] = lambda: written(path, contract.text)
    return found


def keep(target: Path, model: str, name: str, figures: dict[str, Any]) -> None:
    """Add a part's figures to the JSON file, under the model's name, with the load that they were taken under."""
    kept = json.loads(target.read_text("utf-8")) if target.is_file() else {}
    told = {**figures, "load average": psutil.getloadavg()[0], "taken": time.strftime("%Y-%m-%d %H:%M")}
    kept.setdefault(model, {})[name] = told
    target.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", nargs="?", default=str(builtin_model()))
    parser.add_argument("--tokens", type=int, default=1500, help="of the passage (default: 1500)")
    parser.add_argument("--characters", type=int, default=36000, help="of the contract for scripts (default: 36000)")
    parser.add_argument("--sample", type=int, default=3, help="separate readings timed (default: 3), scaled to 41")
    parser.add_argument("--threads", type=int, default=psutil.cpu_count(logical=False) or 2)
    parser.add_argument("--contracts", type=int, default=200, help="short ones, for memory (default: 200)")
    parser.add_argument("--only", action="append", help="a part's name; repeatable")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    path = model_of(chosen.model)
    quiet()
    tree = Tree(path, Setup(threads=chosen.threads), lambda: False)
    for name, measure in parts(path, tree, chosen).items():
        if chosen.only and name not in chosen.only:
            continue
        figures = measure()
        print(name)
        for what, value in figures.items():
            print(f"  {what:60} {value:10.3f}", flush=True)
        if chosen.json:
            keep(chosen.json, path.name, name, figures)
    print(f"load average {psutil.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
