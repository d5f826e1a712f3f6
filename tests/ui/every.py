"""Every window, view and dialog there is, for the tests that look at all of them."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from privity_ui_deal import ADVICE
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)  # fmt: skip

from app.services.api import ConflictRow
from app.ui.dialogs.about import AboutDialog
from app.ui.dialogs.contract import ContractDialog
from app.ui.dialogs.copies import ConflictsDialog, CopyDialog
from app.ui.dialogs.deletion import DeleteDialog, DeletionRecordDialog
from app.ui.dialogs.export import ExportDialog
from app.ui.dialogs.first_run import FirstRunDialog
from app.ui.dialogs.forms import StandardFormsDialog
from app.ui.dialogs.keys import KeysDialog
from app.ui.dialogs.matter import MatterFactsDialog, NewMatterDialog, PassphraseDialog
from app.ui.dialogs.models import ModelsDialog
from app.ui.dialogs.passwords import PasswordsDialog
from app.ui.dialogs.settings import SettingsDialog
from app.ui.dialogs.value import ValueDialog

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QAbstractScrollArea, QAbstractSpinBox, QTabBar)


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


def reached_by_tab(root: QWidget) -> list[QWidget]:
    """The controls on show that Tab can reach."""
    return [
        control for control in root.findChildren(QWidget)
        if control.isVisible() and control.isEnabled() and control.width() > 1 and not inner(control)
        and control.window() is root.window() and control.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]  # fmt: skip
