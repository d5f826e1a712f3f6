"""A redlined agreement in the text view shows what a lawyer sees in Word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument, QTextTable

from app.domain.text import ContractText, MarkKind, View, changes_in
from app.ingest.docx import read_docx
from app.ui import shown_text, theme
from app.ui.shown_text import Shown
from app.ui.widgets.changes_bar import ACCEPTED, ORIGINAL
from app.ui.widgets.text_document import make_document

SAMPLE = Path(__file__).parents[1] / "samples" / "redlined-agreement.docx"
WAIT = 20_000


def views() -> dict[View, ContractText]:
    parsed = read_docx(SAMPLE.read_bytes())
    found = {}
    for view, text in ((View.ACCEPTED, parsed.accepted), (View.ORIGINAL, parsed.original)):
        assert text is not None
        found[view] = ContractText(
            "a" * 64, "1", view, "", text.text, "docx", text.pages, text.page_source, text.marks
        )  # fmt: skip
    return found


@pytest.fixture
def made(themed: Any) -> tuple[ContractText, Shown, QTextDocument]:
    text = views()[View.ACCEPTED]
    shown = shown_text.build(text)
    return text, shown, make_document(shown)


def block(document: QTextDocument, words: str) -> Any:
    cursor = document.find(words)
    assert not cursor.isNull(), words
    return cursor.block()


def look(document: QTextDocument, words: str) -> Any:
    cursor = document.find(words)
    assert not cursor.isNull(), words
    return cursor.charFormat()


def test_every_character_keeps_its_place(made: Any) -> None:
    text, shown, document = made
    for offset, character in enumerate(text.text):
        there = document.characterAt(shown.to_shown(offset))
        assert there == character or (character in "\t\n" and ord(there) in {0xFDD0, 0xFDD1, 0x2029})
        assert shown.to_text(shown.to_shown(offset)) == offset


def test_a_deleted_clause_stands_in_a_line_of_its_own_with_the_number_it_had(made: Any) -> None:
    _, _, document = made
    gone = block(document, "for convenience")
    assert gone.text() == "(b)\tfor convenience, on sixty days\u2019 notice; or"
    assert look(document, "for convenience").fontStrikeOut()
    come = block(document, "on a Change of Control")
    assert come.text().startswith("(b)\t")
    assert come.blockFormat().leftMargin() == gone.blockFormat().leftMargin() > 0
    assert look(document, "on a Change of Control").fontUnderline()


def test_what_was_moved_stands_at_both_places(made: Any) -> None:
    _, _, document = made
    first = document.find("Neither party is liable")
    second = document.find("Neither party is liable", first)
    assert first.charFormat().fontStrikeOut()
    assert not second.charFormat().fontStrikeOut()
    assert (first.block().text()[:3], second.block().text()[:3]) == ("3.1", "3.2")
    assert "Moved away by Ann Buyer" in first.charFormat().toolTip()


def test_each_author_has_a_colour_and_the_tip_says_who_and_when(made: Any) -> None:
    _, shown, document = made
    assert shown.authors == ("Ann Buyer", "Bo Seller")
    ann, bo = look(document, "three (3) years"), look(document, "USD 5,000,000")
    assert ann.foreground().color() == theme.author_color(0)
    assert bo.foreground().color() == theme.author_color(1)
    assert ann.toolTip() == "Inserted by Ann Buyer, 2026-01-02"
    nested = look(document, "(30) business")
    assert nested.fontStrikeOut()
    assert nested.foreground().color() == theme.author_color(1)


def test_a_table_is_a_table_with_its_changed_rows(made: Any) -> None:
    _, shown, document = made
    table = QTextCursor(block(document, "Premium support")).currentTable()
    assert isinstance(table, QTextTable)
    assert (table.rows(), table.columns()) == (5, 3)

    def words(row: int, column: int) -> str:
        cell = table.cellAt(row, column)
        cursor = cell.firstCursorPosition()
        cursor.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        return str(cursor.selectedText())

    assert [words(3, column) for column in range(3)] == ["Onboarding", "once", "USD 9,000"]
    assert look(document, "Onboarding").fontStrikeOut()
    assert words(1, 2) == "USD 1,000USD 1,200"
    assert table.cellAt(4, 0).columnSpan() == 2
    assert words(4, 2) == "as above"
    assert len(shown.tables) == 1


def test_titles_definitions_indents_and_page_breaks_are_as_in_word(made: Any) -> None:
    _, shown, document = made
    assert look(document, "MASTER SERVICES").fontWeight() > 500
    assert block(document, "MASTER SERVICES").blockFormat().alignment() & 4  # centred
    assert look(document, "Confidential Information").fontItalic()
    assert look(document, "Definitions").fontCapitalization().name == "AllUppercase"
    clause = block(document, "In this Agreement").blockFormat()
    assert clause.textIndent() == -clause.leftMargin() < 0
    [(unit, number)] = shown.pages
    assert document.findBlock(unit).text() == "Schedule 1: Fees"
    assert number == 0


def test_a_comment_stands_at_its_anchor_and_the_header_on_top(made: Any) -> None:
    _, shown, document = made
    assert "written notice [Ann Buyer: Client wants" in block(document, "written notice").text()
    assert document.begin().text() == "Header: Privileged draft of 5 January 2026"
    joined = look(document, "\u00b6")
    assert joined.fontStrikeOut()


def test_a_deletion_before_a_clause_is_not_part_of_it() -> None:
    from app.analysis.assess_context import pending_change

    text = views()[View.ACCEPTED]
    start = text.text.index("(c)\tupon insolvency")
    assert pending_change(text, start, start + 20) is None
    start = text.text.index("3.1\tThe total liability")
    assert pending_change(text, start, start + 30) is None
    said = "turns on changes by Ann Buyer, Bo Seller of 2026-01-02 to 2026-01-05 that are not accepted yet"
    assert pending_change(text, start, start + 80) == said


def test_a_change_that_goes_on_counts_once() -> None:
    text = views()[View.ACCEPTED]
    told = next(w for w in read_docx(SAMPLE.read_bytes()).accepted.warnings if "tracked" in w)  # type: ignore[union-attr]
    assert told.startswith(f"{len(changes_in(text.marks))} tracked changes by Ann Buyer, Bo Seller")


def test_the_lawyer_switches_to_either_view(opened: Any, qtbot: Any, monkeypatch: Any) -> None:
    matter = opened()
    pane, session = matter.review.contract, matter.desk.session
    held = views()
    monkeypatch.setattr(session, "text", lambda ident, view=View.ACCEPTED: held[view])
    pane._prefer(2)
    matter.desk.load_text("marked")
    qtbot.waitUntil(lambda: "Delaware" in pane.text.toPlainText(), timeout=WAIT)
    assert pane.changes.isVisible()

    def choose(how: str) -> str:
        pane.changes.show_choice(how)
        pane.changes.choice.activated.emit(pane.changes.choice.currentIndex())
        qtbot.waitUntil(lambda: pane._ready.how == how, timeout=WAIT)
        return str(pane.text.toPlainText())

    accepted = choose(ACCEPTED)
    assert "laws of England and Wales" in accepted
    assert "Delaware" not in accepted
    original = choose(ORIGINAL)
    assert "laws of Delaware" in original
    assert "England" not in original
    assert pane.changes.isVisible()
    matter.desk.go_to(matter.desk.contract_id, 10, 20)  # places are those of what is analysed
    qtbot.waitUntil(lambda: pane._ready.how == "marked", timeout=WAIT)


def test_marks_of_looks_leave_the_words_alone() -> None:
    kinds = {mark.kind for mark in views()[View.ACCEPTED].marks}
    assert {MarkKind.FORMAT, MarkKind.PARAGRAPH} <= kinds
