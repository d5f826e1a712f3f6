"""Qt's bindings must not lose references: below Python 3.12 that ends in an abort (docs/decisions/0020)."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class Bell(QObject):
    rung = Signal(object)


def test_none_and_true_keep_their_references(qtbot: Any) -> None:
    widget, bell = QWidget(), Bell()
    qtbot.addWidget(widget)
    bell.rung.connect(lambda what: None)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(1000):
        widget.parentWidget()
        bell.rung.emit(None)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert after[0] > before[0] - 500
    assert after[1] > before[1] - 500
