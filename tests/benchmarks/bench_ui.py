"""The window's figures over a made-up matter of 500 contracts and 25,000 findings.

Linux, with Xvfb:  python tests/benchmarks/bench_ui.py
The matter is in memory, so what is measured is the window, not the database. Prints a table; times nothing in tests.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

BORN = time.perf_counter()
ROOT = Path(__file__).resolve().parents[2]
CONTRACTS, FINDINGS = 500, 50


def fakes() -> Any:
    """The workspace in memory that the tests use."""
    for name, file in (("privity_ui_deal", "deal.py"), ("privity_ui_fakes", "fakes.py")):
        spec = importlib.util.spec_from_file_location(name, ROOT / "tests" / "ui" / file)
        assert spec is not None
        assert spec.loader is not None
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


class Meter:
    """Runs the event loop and keeps how long each round took, in milliseconds."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.rounds: list[float] = []

    def until(self, ready: Callable[[], bool], seconds: float = 60.0) -> float:
        """Work until `ready`; returns milliseconds."""
        begin = time.perf_counter()
        while not ready() and time.perf_counter() - begin < seconds:
            self.round()
        return (time.perf_counter() - begin) * 1000

    def round(self) -> None:
        """One round of the loop."""
        begin = time.perf_counter()
        self.app.processEvents()
        self.rounds.append((time.perf_counter() - begin) * 1000)
        time.sleep(0.001)

    def share(self, part: float) -> float:
        """The round time that `part` of the rounds do not exceed, in milliseconds."""
        ordered = sorted(self.rounds)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def main() -> int:
    """Measure and print."""
    from PySide6.QtWidgets import QApplication

    from app.ui import theme
    from app.ui.views.matter import GRID
    from app.ui.window import Window

    app = QApplication(sys.argv)
    space = fakes().FakeWorkspace(contracts=CONTRACTS, findings=FINDINGS, pages=3)
    session = space.add("Project Harbour")
    theme.apply(app, "light")
    meter = Meter(app)
    window = Window(space)
    window.resize(1280, 720)
    window.show()
    window.show_matter(session, [])
    review = window.matter.review
    meter.until(lambda: review.findings.model.rowCount() > 0 and window.isVisible())
    print(f"start to usable window: {(time.perf_counter() - BORN) * 1000:.0f} ms (from the interpreter's first line)")
    meter.until(lambda: window.jobs.pending == 0)
    meter.rounds.clear()

    grid = window.matter.view(GRID)
    opening = time.perf_counter()
    window.matter.show_view(GRID)
    meter.until(lambda: grid.model.rowCount() == CONTRACTS)
    window.repaint()
    print(f"grid open: {(time.perf_counter() - opening) * 1000:.0f} ms")
    for name, work in (
        ("grid sort", lambda: grid.cells.sortByColumn(18, grid.cells.horizontalHeader().sortIndicatorOrder())),
        ("grid filter", lambda: grid.answer.setCurrentIndex(1)),
    ):
        begin = time.perf_counter()
        work()
        meter.round()
        print(f"{name}: {(time.perf_counter() - begin) * 1000:.0f} ms")

    session.pages = 300
    session._texts.clear()
    session.states.clear()
    window.matter.show_view(0)
    pages = review.contract.pages
    begin = time.perf_counter()
    window.matter.desk.show_contract("c-4")
    meter.until(lambda: review.contract.cache.image(1) is not None)
    print(f"300 pages, first page sharp: {(time.perf_counter() - begin) * 1000:.0f} ms")
    meter.until(lambda: window.jobs.pending == 0)
    begin = time.perf_counter()
    pages.go_to_page(250)
    meter.until(lambda: review.contract.cache.image(250) is not None)
    print(f"jump to page 250, sharp: {(time.perf_counter() - begin) * 1000:.0f} ms")
    for _ in range(120):
        pages.verticalScrollBar().setValue(pages.verticalScrollBar().value() - 90)
        meter.round()
    for number in range(60):
        review.findings.step(1 if number % 7 else -1)
        meter.round()
    meter.until(lambda: window.jobs.pending == 0)
    shares = f"99 % {meter.share(0.99):.0f} ms, 99.9 % {meter.share(0.999):.0f} ms"
    print(f"event loop, {len(meter.rounds)} rounds: {shares}, longest {max(meter.rounds):.0f} ms")
    import psutil

    print(f"memory: {psutil.Process().memory_info().rss / 2**20:.0f} MiB")
    window.close()
    return 0


if __name__ == "__main__":
    if os.environ.get("PRIVITY_INSIDE_XVFB") or not shutil.which("xvfb-run"):
        sys.exit(main())
    inside = os.environ | {"PRIVITY_INSIDE_XVFB": "1", "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    command = ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24", sys.executable, __file__]
    sys.exit(subprocess.run(command, env=inside, check=False).returncode)
