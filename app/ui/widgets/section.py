"""A caption with words below it, or with places to go to."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui.detail_words import Place
from app.ui.widgets import kit


class Section(QWidget):
    """Hidden where there are no words."""

    def __init__(self, caption: str, kind: str = "") -> None:
        super().__init__()
        self.caption = kit.label(caption, "caption")
        self.body = kit.selectable(kit.label("", kind, wrap=True))
        self.setLayout(kit.column(self.caption, self.body, space=3))

    def show_words(self, text: str | None) -> None:
        """Show or hide."""
        self.body.setText(text or "")
        self.setVisible(bool(text))


class Places(Section):
    """Links to places of the contract; Tab and Enter reach them too."""

    chosen = Signal(int, int)

    def __init__(self, caption: str) -> None:
        super().__init__(caption)
        self.body.setTextFormat(Qt.TextFormat.RichText)
        self.body.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.body.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.body.setAccessibleName(caption)
        self.body.linkActivated.connect(self._go)

    def show_places(self, places: Sequence[Place]) -> None:
        """Show these."""
        links = [f'<a href="{place.start}-{place.end}">{escape(place.name)}</a>' for place in places]
        self.show_words(" \u00b7 ".join(links))

    def _go(self, link: str) -> None:
        start, _, end = link.partition("-")
        self.chosen.emit(int(start), int(end))
