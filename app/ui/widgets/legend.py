"""What the grid's signs mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.ui import icons, words
from app.ui.widgets import kit
from app.ui.widgets.sign import Sign


class Legend(QWidget):
    """Sign and word of every answer, side by side."""

    def __init__(self, answers: Sequence[str]) -> None:
        super().__init__()
        layout = kit.row(space=4)
        for answer in answers:
            layout.addSpacing(10)
            layout.addWidget(Sign(icons.answer_icon(answer), 15))
            layout.addWidget(kit.label(words.answer(answer), "faint"))
        self.setLayout(layout)
