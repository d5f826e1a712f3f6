"""A place to drop a folder or files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.ui import icons
from app.ui.widgets import kit
from app.ui.widgets.sign import Sign


def dropped_paths(data: QMimeData) -> list[Path]:
    """The local files and folders of a drop."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class DropArea(QWidget):
    """Lights up while something is held over it."""

    dropped = Signal(list)

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self.setObjectName("drop")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.setMinimumHeight(170)
        said = (kit.label(title, "lead"), kit.label(sentence, "soft", wrap=True))
        for part in said:
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.buttons = kit.row(None, None)
        sign = kit.row(None, Sign(icons.icon("folder-notch-open", "accent"), 44), None)
        self.setLayout(kit.column(None, sign, *said, 6, self.buttons, None, margin=20))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if dropped_paths(event.mimeData()):
            kit.set_property(self, "over", True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Gone again."""
        kit.set_property(self, "over", False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Pass the paths on."""
        kit.set_property(self, "over", False)
        event.acceptProposedAction()
        self.dropped.emit(dropped_paths(event.mimeData()))
