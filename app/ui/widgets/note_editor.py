"""A small editor below the detail: a note, or the lawyer's own words for a finding."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.findings import Action
from app.ui.widgets import kit


class NoteEditor(QWidget):
    """Fields with captions; Ctrl+Enter saves, Escape leaves."""

    saved = Signal(object, dict)  # Action, payload
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._action = Action.NOTE
        self._fields: dict[str, QPlainTextEdit] = {}
        self._inner = kit.column(space=6)
        save = kit.button(self.tr("Save"), self.save, kind="primary", tip=self.tr("Save (Ctrl+Enter)"))
        leave = kit.button(self.tr("Cancel"), self.leave, tip=self.tr("Leave it as it was (Escape)"))
        self.setLayout(kit.column(self._inner, kit.row(None, leave, save), margin=12))

    def open(self, action: Action, fields: dict[str, tuple[str, str]]) -> None:
        """Ask for fields: key to (caption, words as they are)."""
        kit.clear(self._inner)
        self._action, self._fields = action, {}
        for key, (caption, text) in fields.items():
            field = QPlainTextEdit(text)
            field.setObjectName("input")
            field.setAccessibleName(caption)
            field.setTabChangesFocus(True)
            field.setFixedHeight(92)
            field.installEventFilter(self)
            above = kit.label(caption, "caption")
            above.setBuddy(field)
            self._inner.addWidget(above)
            self._inner.addWidget(field)
            self._fields[key] = field
        self.show()
        first = next(iter(self._fields.values()))
        first.setFocus()
        first.selectAll()

    def save(self) -> None:
        """Pass the words on and close."""
        payload = {key: field.toPlainText().strip() for key, field in self._fields.items()}
        self.leave()
        self.saved.emit(self._action, payload)

    def leave(self) -> None:
        """Close."""
        self.hide()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter and Escape."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.save()
                return True
        return super().eventFilter(watched, event)
