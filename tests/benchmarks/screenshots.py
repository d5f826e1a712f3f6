"""Drives the real window over a deal under a virtual display and writes docs/screenshots/.

Linux, with Xvfb and xdotool:  python tests/benchmarks/screenshots.py
It checks one real mouse click on the way. Screenshots are palette PNGs, small enough to be committed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.paths import resources

if TYPE_CHECKING:
    import numpy as np
    from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
OUT = Path(os.environ.get("PRIVITY_SHOTS", ROOT / "docs" / "screenshots"))
REDLINED = ROOT / "tests" / "samples" / "redlined-agreement.docx"
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


def deal(folder: Path) -> Path:
    """A deal folder to show: the shared small deal under plain names where it is there, else the sample deal."""
    small = ROOT.parent / "shared" / "deals" / "small"
    if not small.is_dir():
        return resources() / "sample_deal"
    for number, file in enumerate(sorted(small.iterdir())):
        name = re.sub(r"^(cuad-train|synthdocx|bonterms|cp|oa)-", "", file.stem)
        name = re.sub(r"-\d\d-\d\d-\d{4}-EX-[\d-]*\d-?", "-", name)
        name = " ".join(word.capitalize() for word in re.split(r"[-_]+", name) if word)
        place = folder / "Project Harbour" / ("Customers", "Suppliers", "Licences", "Employment")[number % 4]
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, place / f"{name}{file.suffix}")
    shutil.copy(REDLINED, place.parent / "Suppliers" / "Software Agreement Redline.docx")
    return folder / "Project Harbour"


class Camera:
    """The real window on a real workspace, and the loop that moves it."""

    def __init__(self, folder: Path) -> None:
        from PySide6.QtWidgets import QApplication

        from app.services.workspace import open_workspace
        from app.ui import theme
        from app.ui.window import Window

        self.app = QApplication(sys.argv)
        workspace = open_workspace(folder / "data")
        workspace.set_setting("user", "A. Reyes")
        workspace.set_setting("model", "none")
        theme.apply(self.app, "light")
        self.window: Any = Window(workspace)
        self.window.show()

    def wait_for(self, ready: Callable[[], object], seconds: float = 900.0) -> None:
        """Work until it is so."""
        end = time.monotonic() + seconds
        while not ready() and time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.01)

    def settle(self) -> None:
        """Work until nothing is left to do, and a little longer."""
        self.wait_for(lambda: self.window.jobs.pending == 0, 60)
        soon = time.monotonic() + 0.4
        self.wait_for(lambda: time.monotonic() > soon, 2)

    def read(self, name: str, folder: Path) -> None:
        """Make a matter and read a folder into it."""
        self.window.opening.create(
            name, ["Electric City Corp.", "Corio Inc.", "Kiromic, Inc."], "commercial", None, [folder]
        )
        self.wait_for(lambda: self.window.matter is not None)
        self.wait_for(lambda: self.window.matter.desk.import_state == "done" and self.window.matter.desk.rows)
        self.settle()
        self.window.matter.banner.hide()  # what it offers has a picture in the guide's words

    def click(self) -> bool:
        """Click the rail's second button with the X server's own pointer; whether the view changed."""
        from PySide6.QtCore import QPoint

        from app.ui.views.matter import GRID

        matter = self.window.matter
        matter.show_view(0)
        button = matter.rail.button(GRID)
        at = button.mapToGlobal(QPoint(button.width() // 2, button.height() // 2))
        subprocess.run(["xdotool", "mousemove", str(at.x()), str(at.y()), "click", "1"], check=True)
        self.wait_for(lambda: matter.stack.currentIndex() != 0, 20)
        subprocess.run(["xdotool", "mousemove", "2598", "1498"], check=True)
        return bool(matter.stack.currentWidget() is matter.view(GRID))

    def keep(self, name: str, theme_name: str, size: tuple[int, int]) -> None:
        """One picture of the window."""
        self.settle()
        save(self.window, OUT / f"{name}-{theme_name}-{size[0]}x{size[1]}.png")

    def take(self, theme_name: str, size: tuple[int, int]) -> None:
        """Every view of the open matter, and then the start."""
        from app.ui.views.inside import TERMS
        from app.ui.views.matter import PLAYBOOK, SEARCH

        matter = self.window.matter
        desk = matter.desk
        for ident, name in enumerate(VIEWS):
            matter.show_view(ident)
            self.settle()
            if name == "review":
                self._show("limeenergyco" if "limeenergyco" in self._names() else "cloud terms")
            if ident == SEARCH:
                matter.view(SEARCH).box.setText("liability")
                matter.view(SEARCH).search()
            self.keep(name, theme_name, size)
            if ident == PLAYBOOK:
                self._edit(matter.view(PLAYBOOK))
                self.keep("playbook-edit", theme_name, size)
                matter.view(PLAYBOOK).editor.leave()
        matter.show_view(0)
        self._show("redline" if "redline" in self._names() else "professional services agreement", "docx")
        self.keep("word", theme_name, size)
        self._show("limeenergyco")
        matter.review.left.show_inside(TERMS)
        self.keep("terms", theme_name, size)
        matter.review.left.show_documents()
        ident = desk.session.matter.matter_id
        self.window.close_matter()
        self.keep("start", theme_name, size)
        self.window.open_matter(ident)
        self.wait_for(lambda: self.window.matter is not None)
        self.settle()

    def _names(self) -> str:
        return " ".join(row.path.lower() for row in self.window.matter.desk.rows)

    def _show(self, name: str, ending: str = "") -> None:
        desk = self.window.matter.desk
        plain = {row.contract_id: row.path.lower().replace("-", " ") for row in desk.rows if row.contract_id}
        found = [ident for ident, path in plain.items() if name in path and path.endswith(ending)]
        desk.show_contract(min(found, key=lambda ident: len(plain[ident])) if found else next(iter(plain)))
        self.settle()

    def _edit(self, view: Any) -> None:
        view.edit.click()
        self.settle()
        editor = view.editor
        editor.list.setCurrentRow(next(n for n, rule in enumerate(editor.draft.rules) if rule.rule == "low-cap"))
        editor.form._limits[0][1].setValue(2)
        editor.form.severity.setCurrentIndex(0)
        editor.preview.click()
        self.wait_for(lambda: editor._preview is not None, 60)
        self.wait_for(lambda: self.window.jobs.pending == 0, 300)

    def dialogs(self, theme_name: str) -> None:
        """The dialogs worth showing, each at its own size."""
        from app.ui.dialogs.export import ExportDialog
        from app.ui.dialogs.first_run import FirstRunDialog
        from app.ui.dialogs.matter import MatterFactsDialog
        from app.ui.dialogs.models import ModelsDialog

        window = self.window
        space, jobs, session = window.workspace, window.jobs, window.matter.desk.session
        for name, dialog in (
            ("models", ModelsDialog(window, space, jobs)), ("export", ExportDialog(window, session.matter.name, 3)),
            ("first-run", FirstRunDialog(window, space, "~/.local/share/Privity", jobs)),
            ("facts", MatterFactsDialog(window, session.matter, space.playbooks())),
        ):  # fmt: skip
            dialog.show()
            self.settle()
            if name == "models":
                dialog.list.setCurrentRow(1)
                self.settle()
            save(dialog, OUT / f"{name}-{theme_name}.png")
            dialog.close()


def main() -> int:
    """Take all of them; 1 where the real click went astray."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        camera = Camera(Path(folder))
        camera.read("Project Harbour", deal(Path(folder)))
        decide_some(camera.window.matter.desk.session)
        camera.window.matter.desk.load_documents()
        clicked = camera.click()
        for name in ("light", "dark"):
            camera.window.choose_theme(name)
            for size in SIZES:
                camera.window.resize(*size)
                camera.take(name, size)
            camera.dialogs(name)
        camera.window.close()
    print("real click:", "right" if clicked else "WRONG")
    return 0 if clicked else 1


def decide_some(session: Any) -> None:
    """Some decisions, so that the shots show some."""
    from app.domain.findings import Action

    for number, row in enumerate(session.findings()[:19]):
        action = Action.REJECT if number % 4 == 2 else Action.ACCEPT
        session.decide(row.state.finding.finding_key, action, {}, "A. Reyes")


def save(window: Any, path: Path) -> None:
    """A palette PNG of the commonest colours, so that surfaces keep theirs; fewer greys where it is large."""
    for greys in (256, 16, 6, 4):
        in_palette(window.grab().toImage(), greys).save(str(path), "PNG", 0)
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
