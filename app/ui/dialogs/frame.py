"""What the dialogs share: a form, a sentence for trouble, two buttons."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDialog, QFormLayout, QWidget

from app.domain.review import PlaybookRef
from app.ui import words
from app.ui.widgets import kit


def playbook_choice(playbooks: list[PlaybookRef], chosen: str | None, none: str = "") -> QComboBox:
    """A box of playbooks by title; where `none` is given, it stands first for the matter's own."""
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(36)
    if none:
        made.addItem(none, "")
    for ref in playbooks:
        made.addItem(ref.title or words.plain(ref.name), ref.name)
    made.setCurrentIndex(max(0, made.findData(chosen or "")))
    return made


class FormDialog(QDialog):
    """A title, fields with captions, Cancel and one named action."""

    def __init__(self, parent: QWidget | None, width: int = 432) -> None:
        super().__init__(parent)
        self.form = QFormLayout()
        self.form.setSpacing(12)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.problem = kit.label("", "error", wrap=True)
        self.problem.hide()
        self.go = kit.button("", self.accept, kind="primary")
        self.go.setDefault(True)
        self.leave = kit.button(self.tr("Cancel"), self.reject)
        self._said = kit.label("", "soft", wrap=True)
        self._said.hide()
        self._head = kit.label("", "title", wrap=True)
        inner = kit.column(self._head, self._said, 4, margin=24, space=10)
        inner.addLayout(self.form)
        inner.addWidget(self.problem)
        inner.addSpacing(8)
        inner.addLayout(kit.row(None, self.leave, self.go))
        inner.addStrut(width)  # no minimum width: it would let words be clipped that need more
        self.setLayout(inner)

    def showEvent(self, event: QShowEvent) -> None:
        """Keys go through the fields in their order, from the first one, and to the buttons last."""
        super().showEvent(event)
        reached = [part for part in self.findChildren(QWidget) if self._is_field(part)]
        reached.sort(key=lambda part: (part.mapTo(self, QPoint()).y(), part.mapTo(self, QPoint()).x()))
        order = [*reached, self.leave, self.go]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
        if reached and self.focusWidget() in (None, self.leave, self.go):
            reached[0].setFocus()

    def _is_field(self, part: QWidget) -> bool:
        """Whether keys are meant for it: a control of the form, no inner part of one and neither button."""
        if (
            part.window() is not self
            or part in (self.leave, self.go)
            or not part.focusPolicy() & Qt.FocusPolicy.TabFocus
            or part.isHidden()
        ):
            return False
        return part.focusProxy() is None and not isinstance(part.parentWidget(), QAbstractSpinBox | QComboBox)

    def head(self, title: str, action: str, sentence: str = "") -> None:
        """What the dialog is for, what its button does, and a sentence."""
        self.setWindowTitle(title)
        self._head.setText(title)
        self.go.setText(action)
        self.go.setAccessibleName(action)
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))

    def add(self, caption: str, field: QWidget) -> None:
        """A field with its caption, which names it for screen readers too."""
        above = kit.label(caption, "soft")
        above.setBuddy(field)
        field.setAccessibleName(caption)
        self.form.addRow(above, field)

    def remark(self, sentence: str) -> None:
        """A sentence below the fields."""
        self.form.addRow(kit.label(sentence, "faint", wrap=True))

    def say(self, sentence: str) -> None:
        """Tell what is wrong; the dialog stays."""
        self.problem.setText(sentence)
        self.problem.show()
