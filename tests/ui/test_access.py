"""Every control has a role, a name and a keyboard way; every visible string is translatable and has room to grow."""

from __future__ import annotations

from typing import Any

import pytest
from privity_ui_every import classes_of, controls, inner
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)  # fmt: skip

import app.ui.dialogs
import app.ui.views
import app.ui.widgets
from app.ui.widgets.page_view import PageView

OPEN, CLOSE = "\u27e6", "\u27e7"
WAIT = 10_000


def test_every_control_has_a_role_a_name_and_a_keyboard_way(everything: list[QWidget]) -> None:
    QAccessible.setActive(True)
    seen, bad = 0, []
    for root in everything:
        assert not root.grab().isNull()  # draws every icon: one that the family does not have fails here
        for control in controls(root):
            seen += 1
            face = QAccessible.queryAccessibleInterface(control)
            where = f"{type(root).__name__}: {type(control).__name__} {control.objectName()}"
            if face is None or not face.text(QAccessible.Text.Name):
                bad.append(f"no name: {where}")
            elif face.role() == QAccessible.Role.NoRole or (
                face.role() == QAccessible.Role.Client and not isinstance(control, QScrollArea | PageView)  # Qt's own
            ):
                bad.append(f"no role: {where}")
            if control.focusPolicy() == Qt.FocusPolicy.NoFocus:
                bad.append(f"no keyboard way: {where}")
    assert bad == []
    assert seen > 60


def test_no_dialog_and_no_view_is_left_out(everything: list[QWidget]) -> None:
    seen = {type(w) for w in everything} | {type(w) for root in everything for w in root.findChildren(QWidget)}
    missing = (classes_of(app.ui.dialogs) | classes_of(app.ui.views) | classes_of(app.ui.widgets)) - seen
    assert {kind.__name__ for kind in missing} == {"FormDialog"}  # what the dialogs share


class Pseudo(QTranslator):
    """Every string in brackets and 40 % longer."""

    def translate(self, context: Any, source: Any, disambiguation: Any = None, n: int = -1) -> str:
        return f"{OPEN}{source}{'~' * max(1, round(len(source) * 0.4))}{CLOSE}"

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def pseudo(themed: QApplication) -> Any:
    translator = Pseudo()
    QCoreApplication.installTranslator(translator)
    yield translator
    QCoreApplication.removeTranslator(translator)


# Data and names that stay as they are in every language.
PLAIN = ("Privity", "Project Harbour", "Sample deal", "A. Reyes", "folder", "No.", "Commercial contracts", "No model")


def said(root: QWidget) -> list[str]:
    texts = [w.text() for w in root.findChildren(QLabel) if not w.isHidden()]
    texts += [w.text() for w in root.findChildren(QAbstractButton) if not inner(w)]
    texts += [w.placeholderText() for w in root.findChildren(QLineEdit)]
    texts += [w.accessibleName() for w in controls(root)]
    return [t for t in texts if any(c.isalpha() for c in t)]


def test_every_string_goes_through_tr(pseudo: Any, everything: list[QWidget]) -> None:
    from privity_ui_deal import DATA

    bad = set()
    for root in everything:
        for text in said(root):
            if OPEN not in text and not any(part in text for part in (*DATA, *PLAIN)):
                bad.add(f"{type(root).__name__}: {text}")
    assert bad == set()


def too_narrow(control: QWidget) -> bool:
    """Whether a button on show is narrower than its words."""
    if not isinstance(control, QAbstractButton) or not control.isVisible() or not control.text():
        return False
    return control.width() < control.fontMetrics().horizontalAdvance(control.text().replace("&", ""))


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every dialog on show
def test_no_button_is_clipped_at_forty_per_cent_more(
    pseudo: Any, everything: list[QWidget], window: Any, qtbot: Any
) -> None:
    matter = window.matter
    clipped = []
    for ident in range(7):
        matter.show_view(ident)
        qtbot.waitUntil(lambda: window.jobs.pending == 0, timeout=WAIT)
        QApplication.processEvents()
        for control in controls(window):
            if too_narrow(control) and "rail" not in str(control.parentWidget().objectName()):
                clipped.append(f"{ident}: {control.text()} {control.width()}")
    for dialog in everything[2:]:
        dialog.show()
        QApplication.processEvents()
        clipped += [f"{type(dialog).__name__}: {b.text()}" for b in controls(dialog) if too_narrow(b)]
        assert dialog.height() <= 720 - 30, type(dialog).__name__
        dialog.hide()
    assert clipped == []
    assert window.width() <= 1280 + 240
