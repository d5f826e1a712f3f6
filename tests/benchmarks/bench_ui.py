"""The window's figures over a matter on disk: 500 contracts, 25,000 findings, one contract of 300 pages.

Linux, with Xvfb:  python -m tests.benchmarks.bench_ui [--contracts N] [--json FILE]
The matter is made first (a minute or two), then the window opens in a process of its own with the real database, the
real viewer child and, while the event loop is measured, a real import. Prints a table; times nothing in tests.
"""

from __future__ import annotations

import time

BORN = time.perf_counter()

import argparse  # noqa: E402  the clock starts before anything is imported
import json  # noqa: E402
import sys  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from tests.benchmarks.ui_meter import PAGES, Meter, children_memory, memory, opened, under_xvfb  # noqa: E402

REST = "the import's rest"  # idle rounds, which would flatter the shares
FIGURES: dict[str, Any] = {}


def said(what: str, value: float, reach: int, unit: str = "ms") -> None:
    """One line of the table."""
    FIGURES[what] = {"value": round(value, 1), "reach": reach, "unit": unit}
    print(f"{what}: {value:.0f} {unit} (reach {reach})", flush=True)


def main(folder: Path, matter_id: str, target: str) -> int:
    """Measure and print."""
    from app import pauses

    pauses.hold()
    window, meter = opened(folder, matter_id)
    said("start to usable window", (time.perf_counter() - BORN) * 1000, 1500)
    meter.until(lambda: window.jobs.pending == 0)
    said("memory with the matter open", memory(), 400, "MiB")
    grid_figures(window, meter)
    page_figures(window, meter)
    meter.rounds.clear()
    work(window, meter)
    loop_figures(meter)
    said("memory of the window's process", memory(), 400, "MiB")
    FIGURES["children"] = {name: round(size) for name, size in children_memory().items()}
    print(f"  children: {FIGURES['children']} MiB")
    window.close()
    if target:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        Path(target).write_text(json.dumps(FIGURES, indent=1) + "\n", "utf-8")
    return 0


def loop_figures(meter: Meter) -> None:
    """Shares and the longest rounds, by what was being done."""
    said("event loop, 99 %", meter.share(0.99, REST), 16)
    said("event loop, 99.9 %", meter.share(0.999, REST), 50)
    longest, doing = max(meter.rounds)
    said("event loop, longest", longest, 150)
    FIGURES["rounds"] = len([1 for _, what in meter.rounds if what != REST])
    print(f"  {FIGURES['rounds']} rounds, the longest while {doing}")
    for what in dict.fromkeys(what for _, what in meter.rounds):
        worst = sorted((took for took, when in meter.rounds if when == what), reverse=True)
        print(f"  {what}: {len(worst)} rounds, longest {', '.join(f'{took:.0f}' for took in worst[:6])} ms")


def grid_figures(window: Any, meter: Meter) -> None:
    """Open, sort, filter."""
    from app.ui.views.matter import GRID

    begin = time.perf_counter()
    window.matter.show_view(GRID)
    grid = window.matter.view(GRID)
    meter.until(lambda: grid.model.rowCount() > 0)
    window.repaint()
    said("grid of 500 x 48, open", (time.perf_counter() - begin) * 1000, 300)
    header = grid.cells.horizontalHeader()
    said("grid sort", meter.round(lambda: grid.cells.sortByColumn(18, header.sortIndicatorOrder())), 300)
    said("grid filter", meter.round(lambda: grid.answer.setCurrentIndex(1)), 300)
    grid.answer.setCurrentIndex(0)


def page_figures(window: Any, meter: Meter) -> None:
    """Open 300 pages, jump to a finding on page 250."""
    matter = window.matter
    long_one = next(row for row in matter.desk.rows if (row.pages or 0) >= PAGES)
    contract, findings = matter.review.contract, matter.review.findings
    matter.show_view(0)
    matter.desk.show_contract(next(row.contract_id for row in matter.desk.rows if row is not long_one))
    meter.until(lambda: window.jobs.pending == 0)
    begin = time.perf_counter()
    matter.desk.show_contract(long_one.contract_id)
    meter.until(lambda: contract.cache.image(1) is not None)
    said(f"contract of {PAGES} pages, first page sharp", (time.perf_counter() - begin) * 1000, 250)
    meter.until(lambda: window.jobs.pending == 0)
    far = max(findings.model.rows, key=lambda row: row.state.finding.page or 0)
    page = far.state.finding.page
    begin = time.perf_counter()
    findings.select(far.state.finding.finding_key)
    meter.until(lambda: contract.cache.image(page) is not None)
    said(f"jump to a finding on page {page}, sharp", (time.perf_counter() - begin) * 1000, 150)
    contract.pages.go_to_page(250)
    meter.until(lambda: contract.cache.image(250) is not None)


def work(window: Any, meter: Meter) -> None:
    """An import runs; meanwhile scroll, step through findings, decide, filter, sort the grid, change the view."""
    from app.paths import resources

    matter = window.matter
    meter.doing = "starting an import"
    meter.round(lambda: window.take([resources() / "sample_deal"]))
    for _ in range(30):
        meter.round()
    for number in range(6):
        turn(matter, meter, number)
    meter.doing = REST
    meter.until(lambda: matter.desk.import_state == "done", 300)


def turn(matter: Any, meter: Meter, number: int, rounds: int = 120) -> int:
    """One turn of a lawyer's work in every view; returns how many actions it was."""
    from app.domain.findings import Action
    from app.ui.views.matter import GRID, IMPORT, OVERVIEW

    pages, findings = matter.review.contract.pages, matter.review.findings
    bar = pages.verticalScrollBar()
    meter.doing = "scrolling pages"
    meter.round(lambda: matter.show_view(0))
    for _ in range(rounds):
        meter.round(lambda: bar.setValue(bar.value() - 60))
    meter.doing = "walking findings"
    for step in range(rounds // 2):
        meter.round(lambda step=step: findings.step(1 if step % 7 else -1))
    meter.doing = "deciding"
    meter.round(lambda: findings.detail.act(Action.ACCEPT))
    for _ in range(rounds // 2):
        meter.round()
    meter.doing = "filtering"
    for text in ("fee", "fees", ""):
        meter.round(lambda text=text: findings.sought.setText(text))
    meter.doing = "the grid"
    meter.round(lambda: matter.show_view(GRID))
    cells = matter.view(GRID).cells
    meter.round(lambda: cells.sortByColumn(10 + number % 30, cells.horizontalHeader().sortIndicatorOrder()))
    down = cells.verticalScrollBar()
    for _ in range(rounds):
        meter.round(lambda: down.setValue(down.value() + 40))
    meter.doing = "other views"
    meter.round(lambda: matter.show_view(OVERVIEW if number % 2 else IMPORT))
    for _ in range(rounds // 2):
        meter.round()
    return 2 * rounds + rounds // 2 + 8


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--measure", nargs=3, metavar=("FOLDER", "MATTER", "JSON"))
    parser.add_argument("--contracts", type=int, default=500)
    parser.add_argument("--json", default="")
    given = parser.parse_args()
    if given.measure:
        sys.exit(main(Path(given.measure[0]), given.measure[1], given.measure[2]))
    sys.exit(under_xvfb("tests.benchmarks.bench_ui", given.contracts, given.json))
