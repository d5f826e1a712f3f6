"""The engine's figures on a model: `python -m tests.benchmarks.bench_engine [MODEL.gguf | 7b] [--json OUT]`.

"7b" is a random-weight GGUF of Mistral-7B's shape cut to 8 layers, written on demand to the user's cache (1.2 GB): its
speed is real, its answers are not. Ratios are taken within one run; on a busy machine they swing. Separate readings and
scripts are timed on samples and scaled to 41 questions, so that a run is bounded: --sample, --only.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
import psutil

from app.analysis.engine_grammar import continue_all
from app.analysis.engine_memory import memory_need
from app.analysis.engine_tree import Setup, Tree, quiet
from app.analysis.gguf_header import read_header
from app.analysis.questions import presence_question
from app.domain.clauses import CUAD_TYPES
from app.paths import builtin_model
from tests.benchmarks.engine_plan import tokens_per_token
from tests.benchmarks.engine_scripts import compare
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


def memory(tree: Tree, path: Path, setup: Setup, before: int, contracts: int) -> dict[str, float]:
    """Resident bytes over weights (twice where repacked) and KV, and their growth over many contracts."""
    need = memory_need(read_header(path), setup.context, setup.ubatch)
    planned = need.weights + need.repacked * setup.repack + need.keys_values
    process = psutil.Process()
    resident = process.memory_info().rss - before
    tree.margins("Warm up.", ["Is it?"], nothing)
    first = process.memory_info().rss
    for number in range(contracts):
        tree.margins(f"{number}. " + SENTENCES[number % 3].format(n=number), ["Is it?", "Was it?"], nothing)
    return {
        "over weights and KV, MB (reach <= 300)": (resident - planned) / 1e6,
        f"growth over {contracts} contracts, MB (reach 0)": (process.memory_info().rss - first) / 1e6,
    }


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", nargs="?", default=str(builtin_model()))
    parser.add_argument("--tokens", type=int, default=1500)
    parser.add_argument("--sample", type=int, default=3, help="separate readings timed (default: 3), scaled to 41")
    parser.add_argument("--threads", type=int, default=psutil.cpu_count(logical=False) or 2)
    parser.add_argument(
        "--only", action="append", help="tree, branches, grammar, state, memory, plan, trust or scripts"
    )
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as the model child sets it
    path, before = model_of(chosen.model), psutil.Process().memory_info().rss
    quiet()
    setup = Setup(threads=chosen.threads, context=6144)
    tree = Tree(path, setup, lambda: False)
    text = passage(tree, chosen.tokens)
    figures: dict[str, Any] = {"model": path.name, "load average": psutil.getloadavg()[0]}
    for name, measure in (
        ("plan", lambda: tokens_per_token(path, CUAD, 20) if CUAD.is_file() else {}),
        ("tree", lambda: tree_against_separate(tree, text, chosen.sample)),
        ("branches", lambda: branch_logits(tree, text, chosen.sample)),
        ("grammar", lambda: constrained_against_free(tree, text)),
        ("state", lambda: state_against_evaluation(tree)),
        ("memory", lambda: memory(tree, path, setup, before, 200)),
        ("trust", lambda: sway(tree, 30)),
        (
            "scripts",
            lambda: compare(path, tree, passage(tree, 2 * chosen.tokens), chosen.threads, min(2, chosen.sample)),
        ),
    ):
        if chosen.only and name not in chosen.only:
            continue
        figures[name] = measure()
        print(name)
        for what, value in figures[name].items():
            print(f"  {what:50} {value:10.3f}", flush=True)
    print(f"load average {figures['load average']:.1f}; tokens written per finding: 0, answers are read off logits")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
