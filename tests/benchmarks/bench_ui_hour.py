"""The window over an hour of scripted use: its memory must stay flat, and under 400 MiB.

Linux, with Xvfb:  python -m tests.benchmarks.bench_ui_hour [--minutes 60] [--contracts 500] [--json FILE]
Without the pauses of a person: a minute of it is many minutes of work. Turns of work in every view, from contract to
contract, with decisions and their undoing, and an import again and again.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.bench_ui import turn
from tests.benchmarks.ui_meter import Meter, children_memory, memory, opened, under_xvfb

IMPORT_EVERY, PRINT_EVERY = 20, 10  # turns


def main(folder: Path, matter_id: str, minutes: float, target: str) -> int:
    """Work, sample, print."""
    window, meter = opened(folder, matter_id)
    begin, number, actions, samples = time.monotonic(), 0, 0, []
    while time.monotonic() - begin < 60 * minutes:
        actions += one_turn(window, meter, number)
        number += 1
        samples.append((time.monotonic() - begin, memory()))
        if number % PRINT_EVERY == 0:
            print(
                f"{samples[-1][0] / 60:5.1f} min  {number} turns  {actions} actions  {samples[-1][1]:.0f} MiB",
                flush=True,
            )
        del meter.rounds[:]
    figures = told(samples, number, actions)
    figures["children"] = {name: round(size) for name, size in children_memory().items()}
    print(json.dumps(figures, indent=1))
    window.close()
    if target:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        Path(target).write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return 0


def one_turn(window: Any, meter: Meter, number: int) -> int:
    """Another contract, a turn of work on it, what was decided undone; now and then an import."""
    from app.paths import resources

    matter = window.matter
    rows = [row for row in matter.desk.rows if row.contract_id]
    matter.desk.show_contract(rows[number * 37 % len(rows)].contract_id)
    meter.until(lambda: window.jobs.pending == 0 or matter.desk.import_state == "running", 20)
    if number % IMPORT_EVERY == 0 and matter.desk.import_state != "running":
        window.take([resources() / "sample_deal"])
    done = turn(matter, meter, number, rounds=40)
    matter.desk.undo()
    meter.until(lambda: window.jobs.pending <= (matter.desk.import_state == "running"), 20)
    return done + 2


def told(samples: list[tuple[float, float]], turns: int, actions: int) -> dict[str, Any]:
    """Highest memory, and how it rose over the second half: MiB an hour of this pace, and per thousand actions."""
    half = samples[len(samples) // 2 :]
    middle_x, middle_y = (sum(pair[i] for pair in half) / len(half) for i in (0, 1))
    spread = sum((x - middle_x) ** 2 for x, _ in half) or 1.0
    slope = sum((x - middle_x) * (y - middle_y) for x, y in half) / spread  # MiB a second
    seconds = samples[-1][0]
    return {
        "minutes": round(seconds / 60, 1), "turns": turns, "actions": actions,
        "MiB after the first turn": round(samples[0][1]), "MiB at half time": round(half[0][1]),
        "MiB at the end": round(samples[-1][1]), "MiB at most": round(max(size for _, size in samples)),
        "MiB per thousand actions, second half": round(slope * seconds / actions * 1000, 2),
    }  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--measure", nargs=4, metavar=("FOLDER", "MATTER", "MINUTES", "JSON"))
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--contracts", type=int, default=500)
    parser.add_argument("--json", default="")
    given = parser.parse_args()
    if given.measure:
        sys.exit(main(Path(given.measure[0]), given.measure[1], float(given.measure[2]), given.measure[3]))
    sys.exit(under_xvfb("tests.benchmarks.bench_ui_hour", given.contracts, str(given.minutes), given.json))
