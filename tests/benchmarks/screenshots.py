"""Drives the real window over the sample deal under a virtual display and writes docs/screenshots/.

Linux, with Xvfb and xdotool:  python tests/benchmarks/screenshots.py
It checks one real mouse click on the way. Screenshots are palette PNGs, small enough to be committed.
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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "docs" / "screenshots"
SIZES = ((1280, 720), (2560, 1440))
LARGEST = 150_000  # bytes
SURFACE = 4_000  # pixels of one colour that make it a surface, not the edge of a letter
VIEWS = ("review", "grid", "dates", "overview", "search", "playbook", "import")


def under_xvfb() -> int:
    """Run this script again inside Xvfb."""
    if not (shutil.which("xvfb-run") and shutil.which("xdotool")):
        print("xvfb-run and xdotool are needed")
        return 2
    inside = os.environ | {"PRIVITY_INSIDE_XVFB": "1", "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    screen = "-screen 0 2600x1500x24"
    return subprocess.run(
        ["xvfb-run", "-a", "-s", screen, sys.executable, __file__], env=inside, check=False
    ).returncode


def main() -> int:
    """Take all of them; 1 where the real click went astray."""
    from PySide6.QtWidgets import QApplication

    from app.services.workspace import open_workspace
    from app.ui import theme
    from app.ui.window import Window

    app = QApplication(sys.argv)
    OUT.mkdir(parents=True, exist_ok=True)

    def wait_for(ready: Callable[[], bool], seconds: float = 240.0) -> None:
        end = time.monotonic() + seconds
        while not ready() and time.monotonic() < end:
            app.processEvents()
            time.sleep(0.01)

    def settle(window: Window) -> None:
        wait_for(lambda: window.jobs.pending == 0, 20)
        soon = time.monotonic() + 0.5
        wait_for(lambda: time.monotonic() > soon, 2)

    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(Path(folder))
        workspace.set_setting("user", "A. Reyes")
        workspace.set_setting("model", "none")
        theme.apply(app, "light")
        window = Window(workspace)
        window.show()
        window.open_sample()
        wait_for(
            lambda: (
                window.matter is not None
                and window.matter.desk.import_state == "done"
                and bool(window.matter.desk.rows)
            )
        )
        settle(window)
        decide_some(window)
        clicked = real_click(window, wait_for)
        for name in ("light", "dark"):
            window.choose_theme(name)
            window.close_matter()
            for size in SIZES:
                window.resize(*size)
                take(window, name, size, settle)
        window.close()
    print("real click:", "right" if clicked else "WRONG")
    return 0 if clicked else 1


def decide_some(window: object) -> None:
    """Four decisions, so that the shots show some."""
    from app.domain.findings import Action

    desk = window.matter.desk  # type: ignore[attr-defined]
    for number, row in enumerate(desk.session.findings()[:4]):
        desk.session.decide(
            row.state.finding.finding_key, Action.REJECT if number == 2 else Action.ACCEPT, {}, "A. Reyes"
        )


def real_click(window: object, wait_for: Callable[..., None]) -> bool:
    """Click the rail's second button with the X server's own pointer."""
    from PySide6.QtCore import QPoint

    from app.ui.views.matter import GRID

    window.matter.show_view(0)  # type: ignore[attr-defined]
    button = window.matter.rail.button(GRID)  # type: ignore[attr-defined]
    at = button.mapToGlobal(QPoint(button.width() // 2, button.height() // 2))
    subprocess.run(["xdotool", "mousemove", str(at.x()), str(at.y()), "click", "1"], check=True)
    stack = window.matter.stack  # type: ignore[attr-defined]
    wait_for(lambda: stack.currentIndex() != 0, 5)
    subprocess.run(["xdotool", "mousemove", "2598", "1498"], check=True)
    return stack.currentWidget() is window.matter.view(GRID)  # type: ignore[attr-defined]


def take(window: object, theme_name: str, size: tuple[int, int], settle: Callable[..., None]) -> None:
    """The start and every view of the sample deal."""
    from app.ui.views.matter import SEARCH

    def keep(name: str) -> None:
        settle(window)
        save(window, OUT / f"{name}-{theme_name}-{size[0]}x{size[1]}.png")

    keep("start")
    window.open_sample()  # type: ignore[attr-defined]
    for _ in range(20):
        settle(window)
        if window.matter is not None:  # type: ignore[attr-defined]
            break
    desk = window.matter.desk  # type: ignore[attr-defined]
    settle(window)
    for ident, name in enumerate(VIEWS):
        window.matter.show_view(ident)  # type: ignore[attr-defined]
        if name == "review":
            desk.show_contract(next(r.contract_id for r in desk.rows if "cloud" in r.path))
            settle(window)
        if ident == SEARCH:
            window.matter.view(SEARCH).box.setText("liability")  # type: ignore[attr-defined]
            settle(window)
        keep(name)
    window.matter.show_view(0)  # type: ignore[attr-defined]
    word = next(r.contract_id for r in desk.rows if "professional" in r.path)
    desk.show_contract(word)
    keep("word")
    window.close_matter()  # type: ignore[attr-defined]


def save(window: object, path: Path) -> None:
    """A palette PNG of the commonest colours, so that surfaces keep theirs; fewer greys where it is large."""
    for greys in (256, 16, 6, 4):
        in_palette(window.grab().toImage(), greys).save(str(path), "PNG", 0)  # type: ignore[attr-defined]
        if path.stat().st_size <= LARGEST:
            break
    print(path.name, path.stat().st_size // 1024, "kB")


def in_palette(image: QImage, greys: int) -> QImage:
    """The image in 256 colours; of the greys between black and white, which edges of print are made of, `greys`."""
    import numpy as np
    from PySide6.QtGui import QImage

    image = image.convertToFormat(QImage.Format.Format_RGB32)
    height, width = image.height(), image.width()
    pixels = (
        np.frombuffer(image.constBits(), np.uint32).reshape(height, image.bytesPerLine() // 4)[:, :width] & 0xFFFFFF
    )
    values, place, counts = np.unique(pixels, return_inverse=True, return_counts=True)

    def parts(packed: np.ndarray) -> np.ndarray:
        return np.stack([(packed >> shift) & 255 for shift in (16, 8, 0)], axis=-1).astype(np.int32)

    if greys < 256:
        seen = parts(values)
        edges = (np.ptp(seen, axis=-1) < 12) & (counts < SURFACE)
        level = np.rint(seen.mean(-1) / 255 * (greys - 1)) * 255 / (greys - 1)
        values = np.where(edges, level.astype(np.uint32) * 0x010101, values)
    merged, where = np.unique(values, return_inverse=True)
    values, place, counts = merged, where[place], np.bincount(where, counts)
    table = values[np.argsort(-counts)[:256]]

    nearest = ((parts(values)[:, None] - parts(table)[None]) ** 2).sum(-1).argmin(1).astype(np.uint8)
    indexed = np.ascontiguousarray(nearest[place].reshape(height, width))
    made = QImage(indexed.data, width, height, width, QImage.Format.Format_Indexed8).copy()
    made.setColorTable([int(value) | 0xFF000000 for value in table])
    return made


if __name__ == "__main__":
    sys.exit(main() if os.environ.get("PRIVITY_INSIDE_XVFB") else under_xvfb())
