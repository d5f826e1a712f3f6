"""The item models against Qt's own tester, in its fatal mode."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.domain.findings import Action
from app.domain.progress import ItemStatus, Progress
from app.services.api import DocumentRow
from app.ui import icons
from app.ui.models.documents import ROW, DocumentFilter, DocumentTree
from app.ui.models.findings import GROUP, FindingList
from app.ui.models.grid import GridModel
from app.ui.models.tables import DateTable, ImportTable

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def session(themed: Any, workspace: Any) -> Any:
    return workspace.add("Project Harbour")


def test_documents(session: Any) -> None:
    model = DocumentTree()
    tester = QAbstractItemModelTester(model, FATAL)
    rows = session.documents()
    model.set_rows(rows)
    assert model.rowCount() == len({r.folder for r in rows if r.folder}) + sum(1 for r in rows if not r.folder)
    index = model.index_of("c-1")
    assert index.data(ROW).contract_id == "c-1"
    assert index.parent().data() == "Suppliers"
    model.set_rows(rows)
    assert index.data(ROW).contract_id == "c-1"
    shown = DocumentFilter()
    shown.setSourceModel(model)
    shown.setFilterFixedString("supply")
    assert shown.rowCount() == 1
    model.set_rows(rows[:2])
    assert model.rowCount(QModelIndex()) == 2
    del tester


def test_findings(session: Any) -> None:
    model = FindingList()
    tester = QAbstractItemModelTester(model, FATAL)
    model.set_rows(session.findings("c-0"))
    ranks = [r.state.effective_severity.rank for r in model.rows]
    assert ranks == sorted(ranks)
    headed = [i for i in range(model.rowCount()) if model.index(i).data(GROUP)]
    assert len(headed) == len(set(ranks))
    key = model.rows[3].state.finding.finding_key
    state = session.decide(key, Action.ACCEPT, {}, "A. Reyes")
    assert model.replace(state) == 3
    assert "Accepted" in model.index(3).data(Qt.ItemDataRole.AccessibleTextRole)
    model.set_filter(frozenset(), True, "")
    assert model.find(key) == -1
    assert model.rowCount() == 7
    del tester


def test_grid_sorts_by_gravity_and_filters(session: Any) -> None:
    model = GridModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.set_grid(*session.grid())
    assert (model.rowCount(), model.columnCount()) == (6, 49)
    held = QPersistentModelIndex(model.index(0, 2))
    name = model.document(0).path
    model.sort(2)
    answers = [model.cell(r, 2).answer for r in range(6)]
    order = ["risk", "missing", "unclear", "present", "not checked"]
    assert answers == sorted(answers, key=order.index)
    assert model.document(held.row()).path == name
    model.sort(0, Qt.SortOrder.DescendingOrder)
    names = [model.index(r, 0).data().casefold() for r in range(6)]
    assert names == sorted(names, reverse=True)
    model.set_filter("supply", "")
    assert model.rowCount() == 1
    model.set_filter("", "risk")
    assert all(any(model.cell(r, c).answer == "risk" for c in range(1, 49)) for r in range(model.rowCount()))
    del tester


def test_import_rows_change_in_place(themed: Any) -> None:
    model = ImportTable()
    tester = QAbstractItemModelTester(model, FATAL)
    for status in (ItemStatus.QUEUED, ItemStatus.READING, ItemStatus.DONE):
        model.step(Progress("a.pdf", status))
        model.step(Progress("b.pdf", status))
    model.step(Progress("b.pdf", ItemStatus.FAILED, message="Damaged."))
    assert [model.index(r, 1).data() for r in range(2)] == ["Done", "Not analysed"]
    assert model.index(1, 2).data() == "Damaged."
    model.step(Progress("", ItemStatus.DONE))
    assert model.rowCount() == 2
    model.step(Progress("b.pdf", ItemStatus.LOCKED, message="It asks for a password."))
    model.step(Progress("c.pdf", ItemStatus.DUPLICATE, message="The same file as a.pdf."))
    assert [model.index(r, 1).data() for r in range(3)] == ["Done", "Password needed", "Duplicate"]
    assert model.failed == 1
    del tester


def test_dates_say_how_far_off_they_are(session: Any) -> None:
    model = DateTable()
    tester = QAbstractItemModelTester(model, FATAL)
    model.today = dt.date(2026, 1, 1)
    row = session.key_dates()[0]
    model.set_rows([
        type(row)("c", "C", "term ends", dt.date(2026, 1, 31), "f"), type(row)("c", "C", "x", dt.date(2025, 1, 1), "f"),
    ])  # fmt: skip
    assert [model.index(r, 1).data() for r in range(2)] == ["30 days", "passed"]
    assert "31" in model.index(0, 0).data()
    assert "Jan" in model.index(0, 0).data()
    del tester


def test_every_document_has_a_sign_that_can_be_drawn(themed: Any) -> None:
    names = ("a.pdf", "b.docx", "c.tif", "d.JPG", "e.msg")
    rows = [DocumentRow(name, "c", name, "", "read", None, 1, "nda", "unknown", None, 0, 0) for name in names]
    tree = DocumentTree()
    tree.set_rows(rows)
    for row in range(len(names)):
        assert not tree.index(row, 0).data(Qt.ItemDataRole.DecorationRole).pixmap(16, 16).isNull()


def test_every_icon_named_in_the_code_is_in_the_font(themed: Any) -> None:
    named = set()
    for file in (Path(__file__).parents[2] / "app" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "icon":
                named |= {n.value for a in node.args[:1] for n in ast.walk(a) if isinstance(n, ast.Constant)}
    known = icons._letters()[1]
    assert len(named) > 15
    assert {str(name) for name in named if isinstance(name, str)} <= set(known)
