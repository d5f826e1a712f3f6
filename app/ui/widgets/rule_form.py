"""The fields of one position of a playbook: severity, numbers, words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from app.domain.findings import Severity
from app.services.api import PlaybookRule
from app.services.api_playbooks import PlaybookLimit
from app.ui import icons, words
from app.ui.widgets import kit


class RuleForm(QWidget):
    """Shows a position and says what of it was changed; stores nothing."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rule: PlaybookRule | None = None
        self._limits: list[tuple[PlaybookLimit, QDoubleSpinBox]] = []
        self.title = QLineEdit()
        self.severity = QComboBox()
        for value in Severity:
            self.severity.addItem(icons.severity_icon(value.value), words.severity(value.value), value.value)
        self.check = kit.label("", "faint", wrap=True)
        self.reason, self.advice, self.fallback = self._area(76), self._area(60), self._area(96)
        self._form = QFormLayout()
        self._form.setSpacing(10)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._numbers = QFormLayout()
        self._numbers.setSpacing(8)
        for caption, field in (
            (self.tr("Title"), self.title), (self.tr("Severity"), self.severity), (self.tr("Reason"), self.reason),
            (self.tr("Recommendation"), self.advice), (self.tr("Fallback wording"), self.fallback),
        ):  # fmt: skip
            self._add(self._form, caption, field)
        self.setLayout(kit.column(self.check, self._numbers, self._form, None, space=12))
        self.title.textEdited.connect(lambda _: self.changed.emit())
        self.severity.activated.connect(lambda _: self.changed.emit())
        for area in (self.reason, self.advice, self.fallback):
            area.textChanged.connect(self._on_text)

    def _area(self, height: int) -> QPlainTextEdit:
        made = QPlainTextEdit()
        made.setObjectName("input")
        made.setTabChangesFocus(True)
        made.setFixedHeight(height)
        return made

    def _add(self, form: QFormLayout, caption: str, field: QWidget) -> None:
        above = kit.label(caption, "caption")
        above.setBuddy(field)
        field.setAccessibleName(caption)
        form.addRow(above, field)

    def show_rule(self, rule: PlaybookRule, limits: list[PlaybookLimit]) -> None:
        """Fill the fields."""
        self._rule = None  # what is typed now is not the user
        self.check.setText(words.check(rule.check))
        self.title.setText(rule.title)
        self.severity.setCurrentIndex(self.severity.findData(rule.severity))
        self.reason.setPlainText(rule.reason)
        self.advice.setPlainText(rule.recommendation)
        self.fallback.setPlainText(rule.fallback or "")
        while self._numbers.rowCount():
            self._numbers.removeRow(0)
        self._limits = [(limit, self._spin(limit)) for limit in limits]
        self._rule = rule

    def _spin(self, limit: PlaybookLimit) -> QDoubleSpinBox:
        made = QDoubleSpinBox()
        made.setRange(0, 1_000_000_000)
        made.setDecimals(0 if limit.number.is_integer() and limit.number > 9 else 2)
        made.setValue(limit.number)
        made.setMaximumWidth(160)
        made.lineEdit().setTextMargins(6, 0, 0, 0)  # the style sheet keeps its padding for itself here
        made.valueChanged.connect(lambda _: self._on_text())
        self._add(self._numbers, words.limit(limit.subject, limit.test), made)
        return made

    def _on_text(self) -> None:
        if self._rule is not None:
            self.changed.emit()

    @property
    def values(self) -> dict[str, str]:
        """The words and the severity that differ from the position shown, by the keys of a playbook."""
        if self._rule is None:
            return {}
        now = {
            "title": (self.title.text(), self._rule.title),
            "severity": (str(self.severity.currentData()), self._rule.severity),
            "reason": (self.reason.toPlainText(), self._rule.reason),
            "recommendation": (self.advice.toPlainText(), self._rule.recommendation),
            "fallback": (self.fallback.toPlainText(), self._rule.fallback or ""),
        }
        return {key: new.strip() for key, (new, old) in now.items() if new.strip() != old.strip()}

    @property
    def numbers(self) -> dict[int, float]:
        """The numbers that differ, by their place."""
        return {limit.place: spin.value() for limit, spin in self._limits if spin.value() != limit.number}
