"""The walk of docs/guide.md: a lawyer goes from a folder to a reviewed, verified report, by keyboard alone."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from app.desktop import welcome
from app.domain.findings import Action
from app.services.verifying import verify_report
from app.ui.dialogs.export import ExportDialog
from app.ui.dialogs.first_run import FirstRunDialog
from app.ui.dialogs.matter import MatterFactsDialog, NewMatterDialog
from app.ui.views.matter import IMPORT
from app.ui.window import Window

WAIT = 60_000
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide.md"
TEXT = """SERVICES AGREEMENT

This Services Agreement is made on 4 May 2026 between Harbour Foods Ltd ("Customer") and Quay Inc. ("Supplier").

1. Exclusivity. During the term Customer shall purchase all services of this kind exclusively from Supplier.

2. Change of control. Supplier may terminate this Agreement at once upon a change of control of Customer.
"""
LICENCE = (
    "LICENCE AGREEMENT",
    'This Licence Agreement is made on 1 June 2026 between Harbour Foods Ltd ("Licensee") and Quay Inc. ("Licensor").',
    "1. Governing law. This Agreement is governed by the laws of the State of New York.",
)
INSERTED = (
    "2. Non-compete. Licensee shall not compete with Licensor anywhere during the term and for five years after it."
)


def redlined(path: Path) -> None:
    """A Word file with a clause that somebody put in and nobody has accepted."""
    document = Document()
    for line in LICENCE:
        document.add_paragraph(line)
    change = parse_xml(
        f'<w:p {nsdecls("w")}><w:ins w:id="1" w:author="B. Okafor" w:date="2026-06-02T10:00:00Z">'
        f"<w:r><w:t>{INSERTED}</w:t></w:r></w:ins></w:p>"
    )
    document.element.body.insert(len(LICENCE), change)
    document.save(str(path))


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    folder = tmp_path / "Project Quay"
    folder.mkdir()
    (folder / "services.txt").write_text(TEXT, "utf-8")
    redlined(folder / "licence.docx")
    (folder / "empty.pdf").write_bytes(b"")
    return folder


def in_dialog(qtbot: Any, kind: type[Any], work: Any) -> None:
    """As soon as a dialog of this kind is open, do this in it with the keys."""

    def look() -> None:
        found = QApplication.activeModalWidget()
        if isinstance(found, kind):
            work(found)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)


def drop(window: Any, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, button, keys))


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every dialog on show
def test_a_lawyer_walks_from_a_folder_to_a_reviewed_report(
    real: Any, qtbot: Any, deal: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    def first(dialog: Any) -> None:
        qtbot.keyClicks(dialog.focusWidget(), "A. Reyes")  # the first field has the focus
        dialog.sample.setChecked(False)
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    in_dialog(qtbot, FirstRunDialog, first)
    welcome(real, tmp_path / "data")
    assert real.workspace.setting("user") == "A. Reyes"

    def new(dialog: Any) -> None:
        assert dialog.name.text() == "Project Quay"  # the folder's name
        qtbot.keyClick(dialog, Qt.Key.Key_Return)  # all else is left as it is

    in_dialog(qtbot, NewMatterDialog, new)
    drop(real, deal)
    qtbot.waitUntil(lambda: real.matter is not None, timeout=WAIT)
    matter, desk = real.matter, real.matter.desk
    qtbot.waitUntil(lambda: desk.import_state == "done" and len(desk.rows) == 3, timeout=WAIT)
    view = matter.view(IMPORT)
    assert matter.stack.currentWidget() is view
    assert view.state.text() == "1 document was not analysed"
    assert [row.reason for row in desk.rows if row.contract_id is None] == ["The file is empty."]

    def name_us(dialog: Any) -> None:
        dialog.parties.setFocus()
        qtbot.keyClicks(dialog.parties, "Harbour Foods Ltd")
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: matter.banner.isVisible(), timeout=WAIT)  # our side is not known yet: it asks
    assert desk.sideless == 2
    in_dialog(qtbot, MatterFactsDialog, name_us)
    with qtbot.waitSignal(desk.import_changed, timeout=WAIT, check_params_cb=lambda state: state == "done"):
        matter.taking.parties_asked.emit()
    qtbot.waitUntil(lambda: desk.sideless == 0, timeout=WAIT)
    real.hide()  # the offscreen system leaves a closed dialog active: a real one gives the window back its keys
    real.show()
    real.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is real, timeout=WAIT)
    view.review.click()
    pane = matter.review.findings
    qtbot.waitUntil(lambda: pane.model.rowCount() > 0 and real.focusWidget() is pane.list, timeout=WAIT)
    review_all(matter, qtbot)
    assert desk.grave == 0

    def export(dialog: Any) -> None:
        monkeypatch.setattr(type(dialog), "ask_target", lambda self: str(tmp_path / "report.docx"))
        dialog.final.setChecked(True)
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    in_dialog(qtbot, ExportDialog, export)
    real.exporting.ask()
    qtbot.waitUntil(lambda: (tmp_path / "report.docx").is_file(), timeout=WAIT)
    lines, good = verify_report(tmp_path / "report.docx", deal)
    assert good, lines
    with zipfile.ZipFile(tmp_path / "report.docx") as report:
        words = re.sub(r"<[^>]+>", " ", report.read("word/document.xml").decode())
    assert "A. Reyes" in words
    assert "B. Okafor" in words  # whose pending change a finding turns on


def review_all(matter: Any, qtbot: Any) -> None:
    """Accept or reject every finding with one key each; the next follows, on into the next document."""
    desk, pane = matter.desk, matter.review.findings
    total = desk.reviewed[1]
    assert total >= 4
    pending = 0
    for number in range(total):
        state = pane.detail.state
        pending += "Okafor" in (state.finding.pending_change or "")
        with qtbot.waitSignal(desk.finding_changed, timeout=WAIT) as done:
            qtbot.keyClicks(pane.list, "a" if number % 3 else "r")
        assert done.args[0].finding.finding_key == state.finding.finding_key
        assert done.args[0].decision is (Action.ACCEPT if number % 3 else Action.REJECT)
        if number < total - 1:
            qtbot.waitUntil(
                lambda old=state: (
                    pane.detail.state is not None and pane.detail.state.finding.finding_key != old.finding.finding_key
                ),
                timeout=WAIT,
            )
    assert pending > 0
    qtbot.waitUntil(lambda: desk.reviewed == (total, total), timeout=WAIT)


def test_the_guide_shows_pictures_that_are_there_and_keys_that_work(themed: Any, qtbot: Any, workspace: Any) -> None:
    said = GUIDE.read_text("utf-8")
    pictures = re.findall(r"\((screenshots/[^)]+)\)", said)
    assert len(pictures) >= 6
    assert [name for name in pictures if not (GUIDE.parent / name).is_file()] == []
    window = Window(workspace)
    qtbot.addWidget(window)
    session = workspace.add("Project Quay")
    window.open_matter(session.matter.matter_id)
    qtbot.waitUntil(lambda: window.matter is not None, timeout=WAIT)
    from PySide6.QtGui import QShortcut

    keys = {s.key().toString() for s in window.matter.review.findChildren(QShortcut)} - {"F2"}
    told = set(re.findall(r"[A-Z]\b|Esc|Ctrl\+F|\b[1-4]\b", " ".join(re.findall(r"(?m)^\| ([^|]+) \|", said))))
    assert keys - told - {"2", "3"} == set()
