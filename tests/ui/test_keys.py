"""Focus can be seen and reaches everything by Tab; every key has one meaning and is told."""

from __future__ import annotations

from typing import Any

import pytest
from privity_ui_every import controls, reached_by_tab
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from app.ui.dialogs.frame import FormDialog
from app.ui.dialogs.keys import KeysDialog

WAIT = 10_000


def at_rest(control: QWidget) -> bytes:
    """How a control looks, without the blinking of a cursor."""
    image = control.grab().toImage()
    return bytes(image.constBits())


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every dialog on show
def test_focus_can_be_seen_in_every_dialog(everything: list[QWidget], window: Any) -> None:
    unseen, seen = set(), 0
    for dialog in everything[2:]:
        dialog.show()
        dialog.activateWindow()
        for control in reached_by_tab(dialog):
            dialog.setFocus()
            QApplication.processEvents()
            before = at_rest(control)
            control.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            seen += control.hasFocus()
            if control.hasFocus() and at_rest(control) == before:
                unseen.add(f"{type(dialog).__name__}: {type(control).__name__} {control.accessibleName()}")
        dialog.hide()
    assert unseen == set()
    assert seen > 50


def test_focus_can_be_seen_on_every_control(opened: Any, window: Any, qtbot: Any) -> None:
    matter, unseen, seen = opened(), set(), 0
    for ident in range(7):
        matter.show_view(ident)
        qtbot.waitUntil(lambda: window.jobs.pending == 0, timeout=WAIT)
        view = matter.view(ident)
        for control in reached_by_tab(view):
            window.setFocus()
            QApplication.processEvents()
            before = at_rest(control)
            control.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            seen += 1
            if control.hasFocus() and at_rest(control) == before:
                unseen.add(f"{type(view).__name__}: {type(control).__name__} {control.accessibleName()}")
    assert unseen == set()
    assert seen > 30


def test_tab_goes_through_a_view_and_reaches_every_control(opened: Any, window: Any, qtbot: Any) -> None:
    matter = opened()
    window.activateWindow()
    for ident in range(7):
        matter.show_view(ident)
        qtbot.waitUntil(lambda: window.jobs.pending == 0, timeout=WAIT)
        wanted = {
            w for w in controls(matter)
            if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.width() > 1
            and not (isinstance(w, QAbstractButton) and w.group() is not None and not w.isChecked())  # by arrow keys
        }  # fmt: skip
        start = QApplication.focusWidget() or window
        start.setFocus()
        met = {QApplication.focusWidget()}
        for _ in range(4 * len(wanted) + 20):
            window.focusNextChild()
            met.add(QApplication.focusWidget())
        left = {f"{type(w).__name__} {w.accessibleName()}" for w in wanted - met}
        assert left == set(), ident


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every dialog on show
def test_a_dialog_begins_at_its_first_field_and_ends_at_its_button(everything: list[QWidget], qtbot: Any) -> None:
    for dialog in everything[2:]:
        if not isinstance(dialog, FormDialog):
            continue
        dialog.show()
        first = dialog.focusWidget()
        fields = [w for w in controls(dialog) if w not in (dialog.go, dialog.leave) and w.isVisible()]
        assert first in fields if fields else first in (None, dialog.go, dialog.leave), type(dialog).__name__
        assert dialog.go.isDefault()
        walked = [dialog.leave]
        while walked[-1].nextInFocusChain() is not dialog.leave:
            walked.append(walked[-1].nextInFocusChain())
        met = [w for w in walked if w in (*fields, dialog.go)]
        assert met[0] is dialog.go, type(dialog).__name__  # after Cancel comes the action, and then the fields again
        tops = [w.mapTo(dialog, w.rect().center()).y() for w in met[1:]]
        assert tops == sorted(tops), type(dialog).__name__
        dialog.hide()


def keys_of(root: QWidget) -> list[tuple[str, str]]:
    """Every key of a window and what it belongs to."""
    found = [(a.shortcut().toString(), a.text()) for a in root.findChildren(QAction) if not a.shortcut().isEmpty()]
    found += [(s.key().toString(), type(s.parent()).__name__) for s in root.findChildren(QShortcut)]
    buttons = [b for b in root.findChildren(QAbstractButton) if not b.shortcut().isEmpty()]
    return found + [(b.shortcut().toString(), b.text()) for b in buttons]


def test_keys_have_one_meaning_each_and_are_told(everything: list[QWidget], window: Any) -> None:
    meanings: dict[str, list[str]] = {}
    for key, owner in keys_of(window):
        if key not in ("F2", "Del"):  # each is a list's own: what it does goes with the list that has the focus
            meanings.setdefault(key, []).append(owner)
    assert {key: owners for key, owners in meanings.items() if len(owners) > 1} == {}
    told = " ".join(
        label.text() for label in next(d for d in everything if isinstance(d, KeysDialog)).findChildren(QLabel)
    )
    menu = {a.shortcut().toString() for a in window.findChildren(QAction)}
    for key in meanings:
        plain = key.removeprefix("Ctrl+") if key[-1].isdigit() else key
        assert key in menu or key in told.split() or plain in "1 2 3 4 5 6 7", key


def test_escape_leads_from_every_field_back_to_the_findings(opened: Any, window: Any, qtbot: Any) -> None:
    review = opened().review
    window.activateWindow()
    findings = review.findings
    shown = findings.model.rowCount()
    findings.toggle_filter()
    qtbot.keyClicks(findings.sought, "no such words")
    assert findings.model.rowCount() == 0
    qtbot.keyClick(findings.sought, Qt.Key.Key_Escape)
    assert findings.model.rowCount() == shown
    assert not findings.filters(QApplication.focusWidget())
    for field in (review.documents.filter, review.contract.find_box):
        field.setFocus()
        qtbot.keyClicks(field, "x")
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert field.text() == ""
        assert findings.list.hasFocus()
    findings.detail.edit_note()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert findings.detail.editor.isHidden()
    assert findings.list.hasFocus()
