"""What a changed playbook would change in this matter: findings that would come, go or weigh differently."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QProgressBar, QWidget

from app.services.api_playbooks import PlaybookChange, PlaybookEffect
from app.ui import icons, words
from app.ui.widgets import kit
from app.ui.widgets.rich_delegate import TWO, TwoLines


class EffectView(QWidget):
    """Filled step by step; a click goes to the contract."""

    jump = Signal(str, object, object)

    def __init__(self) -> None:
        super().__init__()
        self._shown = 0
        self._changes: tuple[PlaybookChange, ...] = ()
        self.said = kit.label("", "soft", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the preview"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Effect on this matter"))
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.itemActivated.connect(self._activate)
        self.list.itemClicked.connect(self._activate)
        head = kit.label(self.tr("Effect on this matter"), "caption")
        self.setLayout(kit.column(head, self.said, self.bar, self.list, margin=14, space=8))
        self.setMinimumWidth(230)
        self.clear()

    def clear(self, sentence: str = "") -> None:
        """Nothing is known yet."""
        self._changes, self._shown = (), 0
        self.list.clear()
        self.bar.hide()
        self.said.setText(sentence or self.tr("Preview says what your changes would change, before you save them."))

    def show_effect(self, effect: PlaybookEffect) -> None:
        """Add what was found since the last step."""
        self._changes = effect.changes
        for change in effect.changes[self._shown :]:
            self.list.addItem(self._item(change))
        self._shown = len(effect.changes)
        self.bar.setVisible(effect.done < effect.contracts)
        self.bar.setRange(0, max(1, effect.contracts))
        self.bar.setValue(effect.done)
        new = sum(change.before is None for change in effect.changes)
        gone = sum(change.after is None for change in effect.changes)
        other = len(effect.changes) - new - gone
        if not effect.contracts:
            self.said.setText(self.tr("No contract of this matter uses this playbook."))
        elif not effect.changes and effect.done == effect.contracts:
            self.said.setText(
                words.counted(
                    effect.contracts,
                    self.tr("Nothing would change in the one contract."),
                    self.tr("Nothing would change in {0} contracts."),
                )
            )
        else:
            said = self.tr("{0} of {1} contracts looked at: {2} new findings, {3} gone, {4} weighed differently.")
            self.said.setText(said.format(effect.done, effect.contracts, new, gone, other))

    def _item(self, change: PlaybookChange) -> QListWidgetItem:
        if change.before is None:
            said = self.tr("new: {0}").format(words.severity(change.after or ""))
        elif change.after is None:
            said = self.tr("gone, was {0}").format(words.severity(change.before))
        else:
            said = f"{words.severity(change.before)} \u2192 {words.severity(change.after)}"
        sign = icons.severity_icon(change.after) if change.after else icons.icon("minus-circle", "ink_faint")
        item = QListWidgetItem(sign, change.title)
        item.setData(TWO, f"{said} \u00b7 {change.contract_name}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{change.title}, {said}, {change.contract_name}")
        item.setToolTip(change.contract_name)
        return item

    def _activate(self, item: QListWidgetItem) -> None:
        self.jump.emit(self._changes[self.list.row(item)].contract_id, None, None)
