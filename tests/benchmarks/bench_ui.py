"""The window's figures over a matter on disk: 500 contracts, 25,000 findings, one contract of 300 pages.

Linux, with Xvfb:  python tests/benchmarks/bench_ui.py [CONTRACTS]
The matter is made first (a minute or two), then the window opens in a process of its own with the real database, the
real viewer child and, while the event loop is measured, a real import. Prints a table; times nothing in tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

BORN = time.perf_counter()
ROOT = Path(__file__).resolve().parents[2]
FINDINGS, PAGES = 50, 300
REST = "the import's rest"  # idle rounds, which would flatter the shares


class Meter:
    """Runs the event loop and keeps how long each round took, in milliseconds."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.rounds: list[tuple[float, str]] = []
        self.doing = ""

    def until(self, ready: Callable[[], bool], seconds: float = 120.0) -> float:
        """Work until `ready`; returns milliseconds."""
        begin = time.perf_counter()
        while not ready() and time.perf_counter() - begin < seconds:
            self.round()
        return (time.perf_counter() - begin) * 1000

    def round(self) -> None:
        """One round of the loop."""
        begin = time.perf_counter()
        self.app.processEvents()
        self.rounds.append(((time.perf_counter() - begin) * 1000, self.doing))
        time.sleep(0.001)

    def share(self, part: float) -> float:
        """The round time that `part` of the rounds do not exceed, in milliseconds."""
        ordered = sorted(took for took, doing in self.rounds if doing != REST)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def said(what: str, milliseconds: float, reach: int) -> None:
    """One line of the table."""
    print(f"{what}: {milliseconds:.0f} ms (reach {reach})", flush=True)


def main(folder: Path, matter_id: str) -> int:
    """Measure and print."""
    from app import pauses

    pauses.hold()
    from app import desktop
    from app.services.workspace import open_workspace

    app = desktop.make_application(sys.argv)
    meter = Meter(app)
    window = desktop.show_window(app, open_workspace(folder / "data"))
    window.resize(1280, 720)
    window.open_matter(matter_id)
    meter.until(lambda: window.matter is not None and window.matter.review.findings.model.rowCount() > 0)
    said("start to usable window", (time.perf_counter() - BORN) * 1000, 1500)
    meter.until(lambda: window.jobs.pending == 0)
    grid_figures(window, meter)
    page_figures(window, meter)
    meter.rounds.clear()
    work(window, meter)
    shares = f"99 % {meter.share(0.99):.0f} ms (16), 99.9 % {meter.share(0.999):.0f} ms (50)"
    longest, doing = max(meter.rounds)
    print(f"event loop, {len(meter.rounds)} rounds: {shares}, longest {longest:.0f} ms (150) while {doing}")
    for what in dict.fromkeys(what for _, what in meter.rounds):
        worst = sorted((took for took, when in meter.rounds if when == what), reverse=True)
        print(f"  {what}: {len(worst)} rounds, longest {', '.join(f'{took:.0f}' for took in worst[:5])} ms")
    import psutil

    print(f"memory: {psutil.Process().memory_info().rss / 2**20:.0f} MiB (reach 400)")
    window.close()
    return 0


def grid_figures(window: Any, meter: Meter) -> None:
    """Open, sort, filter."""
    from app.ui.views.matter import GRID

    begin = time.perf_counter()
    window.matter.show_view(GRID)
    grid = window.matter.view(GRID)
    meter.until(lambda: grid.model.rowCount() > 0)
    window.repaint()
    said("grid open", (time.perf_counter() - begin) * 1000, 300)
    for name, do in (
        ("grid sort", lambda: grid.cells.sortByColumn(18, grid.cells.horizontalHeader().sortIndicatorOrder())),
        ("grid filter", lambda: grid.answer.setCurrentIndex(1)),
    ):
        begin = time.perf_counter()
        do()
        meter.round()
        said(name, (time.perf_counter() - begin) * 1000, 300)
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
    said(f"{PAGES} pages, first page sharp", (time.perf_counter() - begin) * 1000, 250)
    meter.until(lambda: window.jobs.pending == 0)
    far = max(findings.model.rows, key=lambda row: row.state.finding.page or 0)
    begin = time.perf_counter()
    findings.select(far.state.finding.finding_key)
    page = far.state.finding.page
    meter.until(lambda: contract.cache.image(page) is not None)
    said(f"jump to a finding on page {page}, sharp", (time.perf_counter() - begin) * 1000, 150)
    contract.pages.go_to_page(250)
    meter.until(lambda: contract.cache.image(250) is not None)


def work(window: Any, meter: Meter) -> None:
    """An import runs; meanwhile scroll, step through findings, decide, filter, sort the grid, change the view."""
    from app.domain.findings import Action
    from app.paths import resources
    from app.ui.views.matter import GRID, IMPORT, OVERVIEW

    matter = window.matter
    pages, findings = matter.review.contract.pages, matter.review.findings
    meter.doing = "starting an import"
    window.take([resources() / "sample_deal"])
    for _ in range(30):
        meter.round()
    for number in range(6):
        matter.show_view(0)
        meter.doing = "scrolling pages"
        for _ in range(120):
            pages.verticalScrollBar().setValue(pages.verticalScrollBar().value() - 60)
            meter.round()
        meter.doing = "walking findings"
        for step in range(60):
            findings.step(1 if step % 7 else -1)
            meter.round()
        meter.doing = "deciding"
        findings.detail.act(Action.ACCEPT)
        for _ in range(60):
            meter.round()
        meter.doing = "filtering"
        for text in ("fee", "fees", ""):
            findings.sought.setText(text)
            meter.round()
        meter.doing = "the grid"
        matter.show_view(GRID)
        grid = matter.view(GRID)
        grid.cells.sortByColumn(10 + number, grid.cells.horizontalHeader().sortIndicatorOrder())
        for _ in range(120):
            grid.cells.verticalScrollBar().setValue(grid.cells.verticalScrollBar().value() + 40)
            meter.round()
        meter.doing = "other views"
        matter.show_view(OVERVIEW if number % 2 else IMPORT)
        for _ in range(60):
            meter.round()
    meter.doing = REST
    meter.until(lambda: matter.desk.import_state == "done", 300)


def under_xvfb(contracts: int) -> int:
    """Make the matter, then measure in Xvfb."""
    sys.path.insert(0, str(ROOT))
    from tests.benchmarks.ui_matter import build

    with tempfile.TemporaryDirectory() as folder:
        matter_id = build(Path(folder), contracts, FINDINGS, PAGES)
        inside = os.environ | {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        run = [sys.executable, __file__, "--measure", folder, matter_id]
        return subprocess.run(
            ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24", *run], env=inside, check=False
        ).returncode


if __name__ == "__main__":
    if "--measure" in sys.argv:
        sys.exit(main(Path(sys.argv[-2]), sys.argv[-1]))
    if not shutil.which("xvfb-run"):
        sys.exit("xvfb-run is needed")
    sys.exit(under_xvfb(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
