"""What reading adds to the screener, and what gated reading keeps of it, with a simulated reader of stated skill.

`python -m tests.benchmarks.engine_gain --folds DIR` needs ../shared/bench and a cross-validation of the screener: no
contract is screened by a model that saw it; the exam's contracts are left out. The plan, the reading and the fusion
are the product's, the exam is sat by the simulated reader; only its margins are drawn about the labels. This tells what
the plan lets a reader of such skill add. It does not tell what skill any model has, nor how its mistakes hang together.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from app.analysis import reading, reading_plan, reading_worth
from app.analysis.engine_load import quiet
from app.analysis.exam_items import load_exam
from app.analysis.fold_screener import FoldScreeners
from app.analysis.fusion import Fusion
from app.domain.clauses import CUAD_TYPES, Candidate, Clause, FoundBy
from app.domain.progress import CancelToken
from app.domain.sections import find_sections
from app.paths import builtin_model, models
from app.services.analysing import as_clauses
from tests.benchmarks.engine_plan import Counter
from tests.benchmarks.measure import load_measure
from tests.benchmarks.simulated_reader import SimulatedReader, Skill, Truth, examined

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "bench"
EVERYTHING = 99.0  # of the contract's characters: no candidate goes unasked
DEPTHS = ("gated", "full", "all")
FIGURES = ("presence F1", "strict F1", "capped F1", "silent", "alarms")


@dataclass(slots=True)
class Case:
    """A contract, what the screener that never saw it found, and what is planned at each depth."""

    truth: Truth
    candidates: list[Candidate]
    plans: dict[str, list[reading_plan.Chunk]]


def cases(data: Path, folds: Path, kept: Path, half: int | None) -> list[Case]:
    """The contracts of one half (None: both), screened now unless they were. `kept` belongs to one set of folds."""
    left_out = {passage.contract for passage in load_exam(models() / "exam" / "exam.json")}
    known: dict[str, Any] = json.loads(kept.read_text("utf-8")) if kept.is_file() else {}
    screeners = FoldScreeners.load(folds)
    rows = [row for line in data.open(encoding="utf-8") if (row := json.loads(line))["title"] not in left_out]
    found = []
    for number, row in enumerate(rows):
        if half is not None and number % 2 != half:
            continue
        if row["title"] not in known:
            known[row["title"]] = [asdict(c) for c in screeners.for_contract(row["text"]).screen(row["text"])]
        candidates = [Candidate(**{**c, "found_by": FoundBy(c["found_by"])}) for c in known[row["title"]]]
        labels = {kind: spans for kind, spans in row["labels"].items() if spans}
        found.append(planned(Truth(row["title"], row["text"], labels), candidates))
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(known), "utf-8")
    return found


def planned(truth: Truth, candidates: list[Candidate]) -> Case:
    """The product's plans, made once: they do not depend on the reader. "all": full, every candidate asked about."""
    sections = find_sections(truth.text)
    make = partial(reading_plan.plan, truth.text, candidates, sections)
    plans = {depth: make(depth) for depth in ("gated", "full")}
    with patch.multiple(reading_worth, SHARE=EVERYTHING, CERTAIN=0.0):
        plans["all"] = make("full")
    return Case(truth, candidates, plans)


def read(case: Case, depth: str, skill: Skill, fusion: Fusion) -> tuple[tuple[Clause, ...], SimulatedReader]:
    """The product's own reading of one contract."""
    reader = SimulatedReader(case.truth, skill)
    with patch.object(reading, "plan", lambda *_: case.plans[depth]):
        asked = "gated" if depth == "gated" else "full"
        result = reading.read_contract(case.truth.text, case.candidates, reader, fusion, asked, CancelToken())
    return result.clauses, reader


class Measure:
    """Counts of one contract by the published measure; answers that were judged before are looked up."""

    def __init__(self, script: Path) -> None:
        self._judge = load_measure(script).judge
        self._known: dict[tuple[str, str, tuple[tuple[int, int], ...]], Any] = {}

    def counts(self, truth: Truth, clauses: Sequence[Clause], to_check: bool) -> Any:
        """Labelled pairs, silent ones, unlabelled pairs, alarms, strict hits, capped hits.

        An answer is what is reported; with `to_check` also what the model alone found and is shown to be checked.
        """
        spans: dict[str, set[tuple[int, int]]] = {}
        for clause in clauses:
            if clause.reported or (to_check and clause.found_by is FoundBy.MODEL):
                spans.setdefault(clause.type, set()).add((clause.start, clause.end))
        return np.sum([self._pair(truth, kind, tuple(sorted(spans.get(kind, ())))) for kind in CUAD_TYPES], axis=0)

    def _pair(self, truth: Truth, kind: str, spans: tuple[tuple[int, int], ...]) -> Any:
        key = (truth.title, kind, spans)
        if key not in self._known:
            contract = {"text": truth.text, "labels": truth.labels}
            pair = self._judge(contract, kind, [{"start": start, "end": end} for start, end in spans])
            there, said = bool(pair["labels"]), pair["reported"]
            row = (there, there and not said, not there, not there and said, pair["strict"], pair["capped"])
            self._known[key] = np.array(row, float)
        return self._known[key]


def figures(counts: Any) -> Any:
    """FIGURES, from counts (... x 6)."""
    there, silent, without, alarms, strict, capped = np.moveaxis(counts, -1, 0)
    scores = [2 * hits / (hits + there + alarms) for hits in (there - silent, strict, capped)]
    return np.stack([*scores, silent / there, alarms / without], -1)


def kept_of(before: Any, part: Any, whole: Any) -> list[tuple[float, float, float]]:
    """For the three F1: the share of the whole's gain that the part keeps, and its 95 % interval over contracts."""
    rows = np.random.default_rng(0).integers(0, len(before), (1000, len(before)))
    rows = np.vstack([np.arange(len(before)), rows])
    none, some, full = (figures(counts[rows].sum(1))[:, :3] for counts in (before, part, whole))
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = (some - none) / (full - none)
    return [(share[0], *np.nanquantile(share[1:], (0.025, 0.975))) for share in shares.T]


def tell(name: str, counts: Any, before: Any) -> None:
    """One line: the figures and what they differ by from no reading."""
    now, was = figures(counts.sum(0)), figures(before.sum(0))
    print(f"  {name:22}" + "".join(f"{a:9.3f} ({a - b:+.3f})" for a, b in zip(now, was, strict=True)), flush=True)


def tokens(found: Sequence[Case], counter: Counter, skill: Skill, fusion: Fusion) -> None:
    """Tokens evaluated per contract token at each depth, with what the reader was asked to point at."""
    whole = sum(len(counter.vocabulary.document(case.truth.text)) for case in found)
    for depth in DEPTHS:
        before, questions = counter.tokens_evaluated, counter.questions
        for case in found:
            for passage, those in read(case, depth, skill, fusion)[1].asked:
                counter.margins(passage, those, CancelToken())
        spent, asked = (counter.tokens_evaluated - before) / whole, (counter.questions - questions) / len(found)
        print(f"  {depth}: {spent:.3f} tokens per contract token, {asked:.0f} questions a contract")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=Path, default=ROOT / "out" / "folds")
    parser.add_argument("--auc", type=float, nargs="*", default=[0.8, 0.85, 0.9, 0.95, 1.0], help="of gate questions")
    parser.add_argument("--presence", type=float, help="AUC of questions about whole parts (default: as --auc)")
    parser.add_argument("--common", type=float, default=0.3, help="share of noise common to a type's questions")
    parser.add_argument("--seeds", type=int, default=4, help="readers of each skill, each with an exam of its own")
    parser.add_argument("--half", type=int, choices=(0, 1), help="0: on which the plan was chosen, 1: the other")
    parser.add_argument("--kept", type=Path, default=ROOT / "out" / "gain" / "candidates.json")
    parser.add_argument("--tokens", action="store_true", help="count tokens with the built-in model's vocabulary")
    chosen = parser.parse_args()
    found = cases(SHARED / "cuad" / "train.jsonl", chosen.folds, chosen.kept, chosen.half)
    measure, passages = Measure(SHARED / "score.py"), load_exam(models() / "exam" / "exam.json")
    before = np.array([measure.counts(case.truth, as_clauses(case.candidates), False) for case in found])
    print(f"{len(found)} contracts{'':16}" + "".join(f"{name:>17}" for name in FIGURES))
    tell("no reading", before, before)
    for auc in chosen.auc:
        skills = [Skill(auc, chosen.presence or auc, chosen.common, seed) for seed in range(chosen.seeds)]
        fusions = [examined(skill, passages) for skill in skills]
        print(f"AUC {auc}: weights by its exams {[fusion.weight for fusion in fusions]}")
        asserted = {depth: np.zeros_like(before) for depth in DEPTHS}
        shown = {depth: np.zeros_like(before) for depth in DEPTHS}
        for skill, fusion in zip(skills, fusions, strict=True):
            for depth in DEPTHS:
                for row, case in enumerate(found):
                    clauses = read(case, depth, skill, fusion)[0]
                    asserted[depth][row] += measure.counts(case.truth, clauses, False)
                    shown[depth][row] += measure.counts(case.truth, clauses, True)
        for depth in DEPTHS:
            tell(depth, asserted[depth], before)
        for depth in DEPTHS[1:]:
            tell(f"{depth}, with to check", shown[depth], before)
        for name, counts in (("full", shown["full"]), ("all", shown["all"])):
            told = [
                f"{share:.2f} [{low:.2f}, {high:.2f}]"
                for share, low, high in kept_of(before, asserted["gated"], counts)
            ]
            print(f"  gated keeps of {name}'s gain in presence, strict, capped F1: {', '.join(told)}", flush=True)
    if chosen.tokens:
        quiet()
        counter = Counter(builtin_model())
        tokens(found, counter, skills[-1], fusions[-1])
        counter.close()


if __name__ == "__main__":
    main()
