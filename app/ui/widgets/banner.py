"""A sentence across the top with what can be done about it, until one of both is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.widgets import kit


class Banner(QWidget):
    """Hidden until it has something to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.said = kit.label("", wrap=True)
        self.go = kit.button(self.tr("Go on"), self._go, kind="primary")
        self.leave = kit.button(self.tr("Later"), self._leave)
        layout = kit.row(self.said, self.leave, self.go)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self._work: tuple[Callable[[], object], Callable[[], object]] = (lambda: None, lambda: None)
        self.hide()

    def offer(
        self, sentence: str, go: str, work: Callable[[], object], leave: str, dismiss: Callable[[], object]
    ) -> None:  # fmt: skip
        """Show a sentence with two buttons."""
        self.said.setText(sentence)
        for button, text in ((self.go, go), (self.leave, leave)):
            button.setText(text)
            button.setAccessibleName(text)
        self._work = (work, dismiss)
        self.show()

    def _go(self) -> None:
        self.hide()
        self._work[0]()

    def _leave(self) -> None:
        self.hide()
        self._work[1]()
