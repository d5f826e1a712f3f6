"""Trouble, told in one sentence: the user's, as it is; a bug's, with what to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def show_trouble(parent: QWidget, sentence: str, is_bug: bool) -> QMessageBox:
    """Show it without stopping what runs; for a bug `sentence` is the type of the exception."""
    said = sentence
    if is_bug:
        said = QCoreApplication.translate(
            "Trouble", "Something in Privity went wrong; your matter is safe, and what was decided is stored."
        )
    box = QMessageBox(QMessageBox.Icon.Warning, "Privity", said, QMessageBox.StandardButton.Ok, parent)
    if is_bug:
        box.setDetailedText(sentence)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
