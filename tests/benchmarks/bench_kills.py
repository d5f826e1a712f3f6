"""Kill the model child at random 50 times while a contract is read: nothing may be lost, the record be the same.

`python -m tests.benchmarks.bench_kills [--kills N] [--every SECONDS] [PATH ...]`; default: a sample licence.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from app.analysis.engine import open_model
from app.analysis.fusion import Fusion
from app.paths import builtin_model, resources
from tests.model_runs import killed_at_random, run

CONTRACT = resources() / "sample_deal" / "software-licence-agreement.docx"
FUSION = Fusion(0.5, 1.0)  # as if the model's vote counted: else a lost answer would change nothing


def measure(paths: list[Path], kills: int, every: float, seed: int, folder: Path) -> dict[str, Any]:
    """An undisturbed run, then runs with kills until there were enough of them."""
    states = folder / "states"
    calm = open_model(builtin_model(), threads=2, cache_dir=states)
    begun = time.monotonic()
    _, expected, _ = run(paths, folder / "calm", calm, FUSION)
    seconds = time.monotonic() - begun
    calm.close()
    found = {"undisturbed run, s": seconds, "kills": 0, "runs": 0, "restarts": 0, "unread": 0, "different records": 0}
    while found["kills"] < kills:
        model = open_model(builtin_model(), threads=2, cache_dir=states)
        begun = time.monotonic()
        with killed_at_random(model, kills - found["kills"], every, seed + found["runs"]) as killed:
            review, record, _ = run(paths, folder / f"run {found['runs']}", model, FUSION)
        model.close()
        found["runs"] += 1
        found["kills"] += len(killed)
        found["restarts"] += model.restarts
        found["unread"] += review.model.unread if review.model else 1
        found["different records"] += record != expected
        found[f"run {found['runs']} with {len(killed)} kills, s"] = time.monotonic() - begun
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[CONTRACT])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--every", type=float, default=1.5, help="seconds between kills, on the average")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(chosen.paths, chosen.kills, chosen.every, chosen.seed, Path(folder))
    for what, value in found.items():
        print(f"{what:40} {value:8.1f}")
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return int(found["unread"] + found["different records"] > 0)


if __name__ == "__main__":
    sys.exit(main())
