"""What an import asks for: passwords, whether to go on, until when the model may read, what belongs together."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTime

from app.domain.progress import ItemStatus, Progress
from app.services.api import AnalyzeOptions, FamilyRow, ModelEntry, UnfinishedImport
from app.ui.dialogs.models import ModelsDialog
from app.ui.dialogs.passwords import PasswordsDialog
from app.ui.views.matter import IMPORT, OVERVIEW
from app.ui.widgets.rich_delegate import TWO
from app.ui.window import minutes_until

WAIT = 10_000
NOON = dt.datetime(2026, 5, 4, 12, 0)


@pytest.mark.parametrize(("clock", "minutes"), [("", None), ("13:30", 90), ("07:00", 19 * 60), ("12:00", 0)])
def test_until_is_the_next_time_the_clock_shows_it(clock: str, minutes: float | None) -> None:
    assert minutes_until(clock, NOON) == minutes


def test_the_limit_is_kept_and_given_to_the_import(opened: Any, window: Any, workspace: Any, qtbot: Any) -> None:
    workspace.settings["model"] = "builtin"
    matter = opened()
    matter.show_view(IMPORT)
    view = matter.view(IMPORT)
    assert view.limit.isVisible()
    assert window.options().read_minutes is None
    view.limited.setChecked(True)
    view.clock.setTime(QTime(7, 0))
    assert workspace.settings["read_until"] == "07:00"
    assert 0 <= window.options().read_minutes <= 24 * 60


def test_an_interrupted_import_is_offered_and_taken_up(window: Any, workspace: Any, qtbot: Any) -> None:
    session = workspace.add("Project Harbour")
    session.interrupted = UnfinishedImport((Path("deal"),), AnalyzeOptions(), NOON.replace(tzinfo=dt.UTC), 2, 6)
    window.open_matter(session.matter.matter_id)
    qtbot.waitUntil(lambda: window.matter is not None and window.matter.banner.isVisible(), timeout=WAIT)
    banner = window.matter.banner
    assert "2 of 6 files are done" in banner.said.text()
    with qtbot.waitSignal(window.matter.desk.import_changed, timeout=WAIT, check_params_cb=lambda s: s == "done"):
        banner.go.click()
    assert len(session.analysed) == 6
    assert not banner.isVisible()


def test_an_interrupted_import_can_be_let_go(window: Any, workspace: Any, qtbot: Any) -> None:
    session = workspace.add("Project Harbour")
    gone = (Path("usb stick"),)
    started = NOON.replace(tzinfo=dt.UTC)
    session.interrupted = UnfinishedImport((), AnalyzeOptions(), started, 2, 6, gone)
    window.open_matter(session.matter.matter_id)
    qtbot.waitUntil(lambda: window.matter is not None and window.matter.banner.isVisible(), timeout=WAIT)
    assert "no longer there" in window.matter.banner.said.text()
    window.matter.banner.leave.click()
    qtbot.waitUntil(lambda: session.interrupted is None, timeout=WAIT)


def test_passwords_are_asked_for_again_until_they_fit(opened: Any, qtbot: Any, monkeypatch: Any) -> None:
    matter = opened()
    session = matter.desk.session
    session.secrets = {"a" * 64: "open sesame"}
    answers, problems = ["wrong", "open sesame"], []

    def answer(dialog: PasswordsDialog) -> int:
        problems.append(dialog.problem.text())
        dialog.fields["a" * 64].setText(answers.pop(0))
        return 1

    monkeypatch.setattr(PasswordsDialog, "exec", answer)
    matter.desk.load_documents()
    matter.show_view(IMPORT)
    view = matter.view(IMPORT)
    qtbot.waitUntil(lambda: view.unlock.isVisible(), timeout=WAIT)
    with qtbot.waitSignal(matter.desk.import_changed, timeout=WAIT, check_params_cb=lambda s: s == "done"):
        view.unlock.click()
    assert problems == ["", "That password does not open it; try again."]
    assert session.secrets == {}
    qtbot.waitUntil(lambda: not view.unlock.isVisible(), timeout=WAIT)


def test_one_password_is_tried_on_all_that_are_left_empty(themed: Any, qtbot: Any, workspace: Any) -> None:
    row = workspace.add("Deal").documents()[0]
    rows = [dataclasses.replace(row, document_sha256=letter * 64) for letter in "abc"]
    dialog = PasswordsDialog(None, rows)
    qtbot.addWidget(dialog)
    dialog.fields["a" * 64].setText("one")
    dialog.fields["c" * 64].setText("other")
    assert dialog.passwords == {"a" * 64: "one", "b" * 64: "one", "c" * 64: "other"}


def test_documents_are_told_also_without_an_import(opened: Any, qtbot: Any) -> None:
    matter = opened()
    matter.show_view(IMPORT)
    view = matter.view(IMPORT)
    assert view.model.rowCount() == 7
    assert view.state.text() == "1 document was not analysed"
    assert "damaged" in view.model.index(6, 2).data()


def test_a_family_is_confirmed(opened: Any, qtbot: Any) -> None:
    matter = opened()
    session = matter.desk.session
    session.family_rows = [FamilyRow("c-0", "MSA", "c-1", "Letter", "amendment", "It says so.", 0.9, None)]
    matter.show_view(OVERVIEW)
    card = matter.view(OVERVIEW).families
    qtbot.waitUntil(lambda: card.isVisibleTo(matter), timeout=WAIT)
    card._answer(session.family_rows[0], True)
    qtbot.waitUntil(lambda: not card.isVisibleTo(matter), timeout=WAIT)
    assert session.family_rows[0].accepted is True


def test_a_model_sits_its_exam_and_is_chosen(window: Any, workspace: Any, qtbot: Any) -> None:
    dialog = ModelsDialog(window, workspace, window.jobs)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.list.count() == 2, timeout=WAIT)
    dialog.list.setCurrentRow(1)
    assert "has not sat the exam" in dialog._mark.body.text()
    dialog.examine.click()
    qtbot.waitUntil(lambda: "Weak" in dialog._mark.body.text(), timeout=WAIT)
    assert "about 12 min" in dialog._pace.body.text()
    assert "GB" in dialog._memory.body.text()
    dialog.use.click()
    assert workspace.settings["model"] == "builtin"


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every dialog on show
def test_an_exam_can_be_stopped(window: Any, workspace: Any, qtbot: Any) -> None:
    workspace.exam_hold.clear()
    dialog = ModelsDialog(window, workspace, window.jobs)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.list.count() == 2, timeout=WAIT)
    dialog.list.setCurrentRow(1)
    dialog.examine.click()
    qtbot.waitUntil(lambda: "1 of 4" in dialog._left.text(), timeout=WAIT)
    assert "So far: unfit so far" in dialog._left.text()  # the quick mark, before the exam is over
    dialog.stop.click()
    qtbot.waitUntil(lambda: dialog.examine.isVisible(), timeout=1_000)
    assert workspace.mark is None


def test_memory_counts_what_a_graphics_card_takes(window: Any, workspace: Any, qtbot: Any) -> None:
    dialog = ModelsDialog(window, workspace, window.jobs)
    qtbot.addWidget(dialog)
    large = ModelEntry("m", "Large", "a" * 64, None, "", None, 6 << 30, 4 << 30)
    assert "Close other programs" in str(dialog._memory_of(large))
    told = str(dialog._memory_of(dataclasses.replace(large, memory_card=5 << 30)))
    assert "would take 5.0 GB of it" in told
    assert "Close other programs" not in told


def test_a_model_for_research_only_is_warned_of(window: Any, workspace: Any, qtbot: Any) -> None:
    dialog = ModelsDialog(window, workspace, window.jobs)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.list.count() == 2, timeout=WAIT)
    entries = dialog._entries
    mark = "unfit for this purpose: no better than chance, so its answers do not count"
    research = ModelEntry("m.gguf", "Ministral", "a" * 64, mark, "For research only.", warned=True)
    dialog._fill([*entries, research])
    dialog.list.setCurrentRow(2)
    assert dialog._note.text() == "For research only."
    assert dialog._note.property("type") == "error"
    assert dialog._mark.body.text().startswith("Unfit")
    assert dialog._mark.body.text().endswith("count.")
    assert dialog.examine.text() == "Sit the exam again"
    assert dialog.list.item(2).data(TWO) == "Unfit for this purpose"
    dialog.list.setCurrentRow(0)
    assert dialog._note.property("type") == "soft"


def test_an_exam_says_that_it_looks_for_the_fastest_settings_first(window: Any, workspace: Any, qtbot: Any) -> None:
    dialog = ModelsDialog(window, workspace, window.jobs)
    qtbot.addWidget(dialog)
    dialog._examining(True)
    dialog._on_step(Progress("builtin", ItemStatus.QUEUED, 0, 4))
    assert "fastest on this computer" in dialog._left.text()
    assert dialog.bar.maximum() == 0  # no share of a whole that is not known
    dialog._on_step(Progress("builtin", ItemStatus.MODEL, 0, 4))
    assert dialog._left.text().startswith("0 of 4 questions")


def test_a_file_that_is_no_model_is_refused_in_a_sentence(window: Any, workspace: Any, qtbot: Any) -> None:
    dialog = ModelsDialog(window, workspace, window.jobs)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.list.count() == 2, timeout=WAIT)
    before = dialog._note.text()
    dialog.add(Path("letter.docx"))
    assert dialog._note.text() != before  # it says that it reads the file
    qtbot.waitUntil(lambda: not dialog.problem.isHidden(), timeout=WAIT)
    assert dialog.problem.text() == "letter.docx was not added. This is not a GGUF file."
    assert dialog._note.text() == before


def test_what_the_model_has_read_is_shown_in_tokens(opened: Any) -> None:
    matter = opened()
    matter.show_view(IMPORT)
    view = matter.view(IMPORT)
    view._on_step(Progress("a.pdf", ItemStatus.MODEL, 1, 2, tokens_done=1200, tokens_total=4000))
    assert "1,200 of about 4,000 tokens" in view.counts.text()
    view._on_step(Progress("a.pdf", ItemStatus.DONE, 2, 2))
    assert "tokens" not in view.counts.text()
