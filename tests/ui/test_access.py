"""Every control has a role, a name and a keyboard way; every visible string is translatable and has room to grow."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import pytest
from privity_ui_deal import ADVICE
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAccessible, QAction, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QTabBar,
    QWidget,
)  # fmt: skip

import app.ui.dialogs
import app.ui.views
import app.ui.widgets
from app.services.api import ConflictRow
from app.ui.dialogs.about import AboutDialog
from app.ui.dialogs.contract import ContractDialog
from app.ui.dialogs.copies import ConflictsDialog, CopyDialog
from app.ui.dialogs.deletion import DeleteDialog, DeletionRecordDialog
from app.ui.dialogs.export import ExportDialog
from app.ui.dialogs.first_run import FirstRunDialog
from app.ui.dialogs.forms import StandardFormsDialog
from app.ui.dialogs.frame import FormDialog
from app.ui.dialogs.keys import KeysDialog
from app.ui.dialogs.matter import MatterFactsDialog, NewMatterDialog, PassphraseDialog
from app.ui.dialogs.models import ModelsDialog
from app.ui.dialogs.passwords import PasswordsDialog
from app.ui.dialogs.settings import SettingsDialog
from app.ui.dialogs.value import ValueDialog
from app.ui.views.matter import DATES, GRID, IMPORT, OVERVIEW, PLAYBOOK, SEARCH
from app.ui.widgets.page_view import PageView

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QAbstractScrollArea, QAbstractSpinBox, QTabBar)
OPEN, CLOSE = "\u27e6", "\u27e7"
WAIT = 10_000


def inner(widget: QWidget) -> bool:
    """Parts that Qt makes inside a control: the control itself is named."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QAbstractSpinBox | QAbstractItemView | QLineEdit | QMenu):
            return True
        parent = parent.parentWidget()
    return widget.objectName().startswith("qt_")


def controls(root: QWidget) -> list[QWidget]:
    return [w for w in root.findChildren(QWidget) if isinstance(w, CONTROLS) and not inner(w)]


def dialogs(window: Any) -> list[QWidget]:
    space, session = window.workspace, window.matter.desk.session
    return [
        AboutDialog(window), ExportDialog(window, "Deal", 2), FirstRunDialog(window, space, "folder", window.jobs),
        NewMatterDialog(window, space.playbooks()), PassphraseDialog(window, "No."),
        SettingsDialog(window, space, window.jobs), ModelsDialog(window, space, window.jobs), KeysDialog(window),
        DeleteDialog(window, "Deal"), DeletionRecordDialog(window, "folder"),
        MatterFactsDialog(window, session.matter, space.playbooks()),
        ContractDialog(window, session.documents()[0], space.playbooks(), None),
        PasswordsDialog(window, session.documents()[:1], "No."),
        ValueDialog(window, "Governing Law", "New York", ADVICE, "No.", "the law"), CopyDialog(window),
        StandardFormsDialog(window, window.matter.desk),
        ConflictsDialog(window, [(ConflictRow("c-0-1", "c-0", "reject", "", "B", session.matter.created), ADVICE)]),
    ]  # fmt: skip


def classes_of(package: Any) -> set[type[QWidget]]:
    """The widgets that a package's modules define."""
    found = set()
    for module in pkgutil.iter_modules(package.__path__):
        made = importlib.import_module(f"{package.__name__}.{module.name}")
        found |= {
            kind for kind in vars(made).values()
            if isinstance(kind, type) and issubclass(kind, QWidget) and kind.__module__ == made.__name__
        }  # fmt: skip
    return found


@pytest.fixture
def everything(opened: Any, window: Any, qtbot: Any) -> list[QWidget]:
    """The window with every view made and every dialog."""
    matter = opened()
    for view in (GRID, DATES, OVERVIEW, SEARCH, PLAYBOOK, IMPORT):
        matter.show_view(view)
    qtbot.waitUntil(lambda: window.jobs.pending == 0, timeout=WAIT)
    return [window, window.start, *dialogs(window)]


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


def at_rest(control: QWidget) -> bytes:
    """How a control looks, without the blinking of a cursor."""
    image = control.grab().toImage()
    return bytes(image.constBits())


def reached_by_tab(root: QWidget) -> list[QWidget]:
    """The controls on show that Tab can reach."""
    return [
        control for control in root.findChildren(QWidget)
        if control.isVisible() and control.isEnabled() and control.width() > 1 and not inner(control)
        and control.window() is root.window() and control.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]  # fmt: skip


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
