"""Run by test_scaling.py in a process of its own: opens the window at a scale and prints what it looks like."""

from __future__ import annotations

import json
import sys
import time

from conftest import fakes  # type: ignore[import-not-found]
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.ui import theme
from app.ui.widgets.empty import Empty
from app.ui.widgets.sign import Sign
from app.ui.window import Window


def main() -> None:
    app = QApplication(sys.argv)
    theme.apply(app, "light")
    workspace = fakes.FakeWorkspace(contracts=2, findings=6, pages=3)
    window = Window(workspace)
    window.resize(1280, 720)
    window.show()
    window.open_matter(workspace.add("Project Harbour").matter.matter_id)
    end = time.monotonic() + 60

    def ready() -> bool:
        return window.matter is not None and window.matter.review.contract.cache.image(1) is not None

    while not ready() and time.monotonic() < end:
        app.processEvents()
        time.sleep(0.005)
    pages = window.matter.review.contract.pages
    clipped = [
        b.text()
        for b in window.findChildren(QAbstractButton)
        if b.isVisible() and b.text() and b.width() < b.fontMetrics().horizontalAdvance(b.text().replace("&", ""))
    ]
    empty = Empty("scales", "a", "b")
    sign = empty.findChild(Sign)
    print(
        json.dumps(
            {
                "ratio": window.devicePixelRatioF(),
                "size": [window.width(), window.height()],
                "page_pixels": window.matter.review.contract.cache.image(1).width(),
                "page_width": pages._frame(1).width(),
                "sign_pixels": sign.grab().width(),
                "clipped": clipped,
            }
        )
    )
    window.close()


main()
