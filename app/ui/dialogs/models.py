"""The language models: what each is, the exam it sat, and which one reads."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QFileDialog, QListWidget, QListWidgetItem, QProgressBar, QWidget

from app.domain.progress import ItemStatus, Progress
from app.services.api import ModelEntry, ModelExaminer, Workspace
from app.ui import icons, words
from app.ui.jobs import EXAM, IDLE, Job, Jobs
from app.ui.widgets import kit
from app.ui.widgets.rich_delegate import TWO, TwoLines
from app.ui.widgets.section import Section


class ModelsDialog(QDialog):
    """Choose, add, examine. Reading a file and its digest, and the exam, run off the window's thread."""

    def __init__(self, parent: QWidget | None, workspace: Workspace, jobs: Jobs) -> None:
        super().__init__(parent)
        self._workspace, self._jobs = workspace, jobs
        self._exam: Job | None = None
        self._entries: list[ModelEntry] = []
        self.setWindowTitle(self.tr("Language models"))
        self.resize(820, 520)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Language models"))
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.currentRowChanged.connect(self._show)
        self.list.setMinimumWidth(300)
        both = kit.row(kit.box(kit.column(self.list, margin=1), "card"), self._detail(), space=18)
        both.setStretch(0, 2)
        both.setStretch(1, 3)
        said = self.tr(
            "A model reads only the passages that the screener doubts, and its vote counts as much as its exam shows "
            "it deserves. Privity downloads nothing: get a GGUF file where its makers publish it, and add it here."
        )
        self.problem = kit.label("", "error", wrap=True)
        self.problem.hide()
        add = kit.button(self.tr("Add a GGUF file\u2026"), self._ask_file, "plus")
        close = kit.button(self.tr("Close"), self.accept)
        column = kit.column(
            kit.label(self.tr("Language models"), "title"), kit.label(said, "soft", wrap=True), both, self.problem,
            kit.row(add, None, close), margin=24, space=12,
        )  # fmt: skip
        column.setStretch(2, 1)
        self.setLayout(column)
        self.reload()

    def _detail(self) -> QWidget:
        self._title = kit.label("", "lead", wrap=True)
        self._chosen = kit.chip(self.tr("Reads now"), "positive")
        self._note = kit.selectable(kit.label("", "soft", wrap=True))
        self._mark = Section(self.tr("Exam"))
        self._pace = Section(self.tr("Pace on this computer"))
        self._memory = Section(self.tr("Memory"))
        self._digest = Section(self.tr("SHA-256 of the file"), "faint")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the exam"))
        self._left = kit.label("", "faint", wrap=True)
        self.use = kit.button(self.tr("Let it read"), self.choose, "check", "primary")
        self.examine = kit.button(self.tr("Sit the exam"), self.sit, "graduation-cap")
        self.stop = kit.button(self.tr("Stop"), self._stop, "stop")
        flow = kit.column(
            kit.row(self._title, None, self._chosen), self._note, self._mark, self._pace, self._memory, self._digest,
            None, self.bar, self._left, kit.row(self.use, self.examine, self.stop, None), space=10,
        )  # fmt: skip
        made = kit.box(flow)
        self._examining(False)  # only now: what is shown without a parent flashes as a window of its own
        return made

    def reload(self) -> None:
        """Read what there is again."""
        self._jobs.run(IDLE, self._workspace.models, self._fill)

    def _fill(self, entries: list[ModelEntry]) -> None:
        row = max(0, self.list.currentRow())
        reads = self._workspace.setting("model", "none")
        if not self._entries:
            row = next((n for n, entry in enumerate(entries) if entry.key == reads), 0)
        self._entries = entries
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(self._sign(entry, reads), entry.title)
            exam = "" if entry.key == "none" else entry.mark or self.tr("No exam yet")
            exam = words.sentence(exam).split(":")[0].rstrip(".")  # the whole of it stands beside
            item.setData(TWO, exam)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.title}, {exam}")
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, len(entries) - 1))

    def _sign(self, entry: ModelEntry, reads: str) -> QIcon:
        if entry.key == reads:
            return icons.icon("check-circle", "accent")
        return icons.icon("warning-circle", "high") if entry.warned else icons.icon("cpu", "accent")

    @property
    def entry(self) -> ModelEntry | None:
        """The one shown."""
        row = self.list.currentRow()
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def _show(self, row: int) -> None:
        entry = self.entry
        if entry is None:
            return
        reads = entry.key == self._workspace.setting("model", "none")
        self._title.setText(entry.title)
        self._note.setText(entry.note)
        unusable = entry.key != "none" and entry.sha256 is None
        kit.set_property(self._note, "type", "error" if entry.warned or unusable else "soft")
        self._chosen.setVisible(reads)
        self.use.setVisible(not reads)
        usable = entry.key == "none" or entry.sha256 is not None
        self.use.setEnabled(usable)
        self._mark.show_words(
            None
            if entry.key == "none"
            else words.sentence(entry.mark or self.tr("It has not sat the exam: its vote does not count."))
        )
        self._pace.show_words(self._pace_of(entry))
        self._memory.show_words(self._memory_of(entry))
        self._digest.show_words(entry.sha256)
        can = isinstance(self._workspace, ModelExaminer) and entry.sha256 is not None
        self.examine.setVisible(can and self._exam is None)
        self.examine.setText(self.tr("Sit the exam again") if entry.mark else self.tr("Sit the exam"))

    def _pace_of(self, entry: ModelEntry) -> str | None:
        if entry.minutes is None:
            return None
        return self.tr("{0} for a contract of 30 pages, doubtful passages only").format(
            words.duration(entry.minutes * 60)
        )

    def _memory_of(self, entry: ModelEntry) -> str | None:
        if entry.memory is None or entry.memory_free is None:
            return None
        need, free = entry.memory / 2**30, entry.memory_free / 2**30
        said = [self.tr("It needs about {0} GB; {1} GB are free.").format(f"{need:.1f}", f"{free:.1f}")]
        if entry.memory_card:
            card = f"{entry.memory_card / 2**30:.1f}"
            said.append(self.tr("The graphics card would take {0} GB of it.").format(card))
        if not entry.fits:
            said.append(self.tr("Close other programs before it reads."))
        return " ".join(said)

    def choose(self) -> None:
        """Let the model shown read from now on."""
        if self.entry is not None:
            self._workspace.set_setting("model", self.entry.key)
            self.reload()

    def sit(self) -> None:
        """Have the model shown sit the exam; an interrupted one is taken up where it was."""
        entry, space = self.entry, self._workspace
        if entry is None or not isinstance(space, ModelExaminer) or self._exam is not None:
            return
        self.problem.hide()
        key = entry.key
        self._exam = self._jobs.stream(
            EXAM, lambda cancel: space.examine_model(key, cancel), self._on_step, lambda _: self._ended(), self._ended,
            failed=self._failed,
        )  # fmt: skip
        self._examining(True)

    def _on_step(self, step: Progress) -> None:
        if step.status is ItemStatus.QUEUED:
            self._left.setText(self.tr("Finding the settings that are fastest on this computer\u2026"))
            return
        self.bar.setRange(0, max(1, step.contracts_total))
        self.bar.setValue(step.contracts_done)
        left = self.tr("{0} left").format(words.duration(step.seconds_left)) if step.seconds_left is not None else ""
        if step.message:
            self._early = "\n" + words.sentence(self.tr("So far: {0}").format(step.message))
        told = self.tr("{0} of {1} questions").format(step.contracts_done, step.contracts_total)
        self._left.setText(f"{told}   {left}{self._early}")

    def _stop(self) -> None:
        if self._exam is not None:
            self._exam.cancel()

    def _ended(self) -> None:
        self._exam = None
        self._examining(False)
        self.reload()

    def _failed(self, sentence: str, is_bug: bool) -> None:
        self._ended()
        self.say(self.tr("The exam could not be finished.") if is_bug else sentence)

    def _examining(self, on: bool) -> None:
        for part in (self.bar, self._left, self.stop):
            part.setVisible(on)
        self.bar.setRange(0, 0)
        self._early = ""  # the quick mark, once there is one
        self._left.setText(self.tr("Loading the model\u2026") if on else "")
        self.examine.setVisible(not on)
        self.list.setEnabled(not on)

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Add a GGUF file"), "", "GGUF (*.gguf)")
        if chosen:
            self.add(Path(chosen))

    def add(self, path: Path) -> None:
        """Read a file's header and digest and list it."""
        self.problem.hide()
        self._note.setText(self.tr("Reading the file and its checksum\u2026"))
        self._jobs.run(
            IDLE, lambda: self._workspace.add_model(path), lambda entry: self._added(entry.key),
            failed=lambda sentence, bug: self._not_added(path, sentence),
        )  # fmt: skip

    def _not_added(self, path: Path, sentence: str) -> None:
        self._show(self.list.currentRow())
        self.say(self.tr("{0} was not added. {1}").format(path.name, sentence))

    def _added(self, key: str) -> None:
        def fill(entries: list[ModelEntry]) -> None:
            self._fill(entries)
            self.list.setCurrentRow(next((n for n, e in enumerate(entries) if e.key == key), 0))

        self._jobs.run(IDLE, self._workspace.models, fill)

    def say(self, sentence: str) -> None:
        """Tell what is wrong."""
        self.problem.setText(sentence)
        self.problem.show()

    def done(self, result: int) -> None:
        """Leaving stops the exam; what is answered is kept."""
        self._stop()
        super().done(result)
