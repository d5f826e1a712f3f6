"""What the benchmarks of the window share: rounds of the event loop with their times, memory, a virtual screen."""

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

ROOT = Path(__file__).resolve().parents[2]
FINDINGS, PAGES = 50, 300
MIB = 2**20
DEFERRED_DELETE = 52  # QEvent.Type.DeferredDelete; this module loads without Qt


class Meter:
    """Runs the event loop and keeps how long each round took, in milliseconds, with what was done in it."""

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

    def round(self, action: Callable[[], object] | None = None) -> float:
        """What a person does, if anything, and one round of the loop, timed together; returns milliseconds."""
        begin = time.perf_counter()
        if action is not None:
            action()
        self.app.processEvents()
        # Outside exec() Qt keeps what deleteLater() was told of for ever, which would look like a leak of ours.
        self.app.sendPostedEvents(None, DEFERRED_DELETE)
        took = (time.perf_counter() - begin) * 1000
        self.rounds.append((took, self.doing))
        time.sleep(0.001)
        return took

    def share(self, part: float, without: str = "") -> float:
        """The round time that `part` of the rounds do not exceed, in milliseconds."""
        ordered = sorted(took for took, doing in self.rounds if doing != without)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def opened(folder: Path, matter_id: str) -> tuple[Any, Meter]:
    """The window on a made matter, with its findings on show, and a meter for its application."""
    from app import desktop
    from app.services.workspace import open_workspace

    app = desktop.make_application(sys.argv)
    meter = Meter(app)
    window = desktop.show_window(app, open_workspace(folder / "data", apart=True))
    window.resize(1280, 720)
    window.open_matter(matter_id)
    meter.until(lambda: window.matter is not None and window.matter.review.findings.model.rowCount() > 0)
    return window, meter


def memory() -> float:
    """Resident memory of this process in MiB."""
    import psutil

    return float(psutil.Process().memory_info().rss) / MIB


def children_memory() -> dict[str, float]:
    """Resident memory of our child processes in MiB, by what they do."""
    import psutil

    found: dict[str, float] = {}
    for child in psutil.Process().children(recursive=True):
        try:
            name, size = " ".join(child.cmdline()), child.memory_info().rss / MIB
        except psutil.Error:
            continue
        kind = next((k for k in ("session_child", "ingest.child", "annotating_child") if k in name), "other")
        found[kind] = found.get(kind, 0.0) + size
    return found


def under_xvfb(script: str, contracts: int, *more: str) -> int:
    """Make the matter, then run the script's own measuring in Xvfb, with the folder and the matter's id at its end."""
    if not shutil.which("xvfb-run"):
        sys.exit("xvfb-run is needed")
    from tests.benchmarks.ui_matter import build

    with tempfile.TemporaryDirectory() as folder:
        matter_id = build(Path(folder), contracts, FINDINGS, PAGES)
        inside = os.environ | {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        run = [sys.executable, "-m", script, "--measure", folder, matter_id, *more]
        return subprocess.run(
            ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24", *run], env=inside, check=False
        ).returncode
