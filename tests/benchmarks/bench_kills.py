"""Kill the model child at random 50 times: nothing may be lost. `python -m tests.benchmarks.bench_kills [N]`."""

from __future__ import annotations

import random
import sys
import threading
import time

import psutil

from app.analysis.engine import ChildModel, open_model
from app.analysis.fusion import Fusion
from app.analysis.reading import ChunkAnswers, read_contract
from app.domain.clauses import Candidate
from app.domain.progress import CancelToken
from app.domain.runs import ReadResult
from app.paths import builtin_model


def contract(parts: int) -> tuple[str, list[Candidate]]:
    text, candidates = "", []
    for number in range(parts):
        words = f"{number}. Either party may assign clause {number} with the other's consent."
        candidates.append(Candidate("Anti-Assignment", len(text), len(text) + len(words), 0.5, number % 2 == 0))
        text += words + " The parties met and agreed upon it." * 230 + "\n"
    return text, candidates


def run(model: ChildModel, text: str, candidates: list[Candidate], kept: dict[str, ChunkAnswers]) -> ReadResult:
    """One reading, resumable by what was kept."""
    return read_contract(
        text, candidates, model, Fusion(0.5, 1.0), "gated", CancelToken(),
        on_chunk=lambda answers: kept.update({answers.chunk_id: answers}), done=dict(kept),
    )  # fmt: skip


def kill_all_along(model: ChildModel, kills: int, killed: list[int], stop: threading.Event) -> None:
    chance = random.Random(5)
    while len(killed) < kills and not stop.wait(chance.expovariate(0.7)):
        child = model.child_id
        if child is not None:
            try:
                psutil.Process(child).kill()
                killed.append(child)
            except psutil.Error:
                continue


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    text, candidates = contract(40)
    model = open_model(builtin_model(), threads=1)
    expected = run(model, text, candidates, {})
    killed: list[int] = []
    stop = threading.Event()
    killer = threading.Thread(target=kill_all_along, args=(model, kills, killed, stop))
    killer.start()
    rounds, lost, different = 0, 0, 0
    begun = time.monotonic()
    while len(killed) < kills and time.monotonic() - begun < 3600:
        found = run(model, text, candidates, {})
        rounds += 1
        lost += len(found.unread)
        different += [c.reported for c in found.clauses] != [c.reported for c in expected.clauses]
    stop.set()
    killer.join()
    model.close()
    print(f"{len(killed)} kills in {rounds} runs of {len(candidates)} passages, {model.restarts} restarts;")
    print(f"unread passages: {lost} (reach 0); runs with other findings: {different} (reach 0)")
    return int(lost + different > 0)


if __name__ == "__main__":
    sys.exit(main())
