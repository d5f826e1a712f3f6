"""A standard form of a matter: chosen, compared, kept, and in every form of the review."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from app.cli import main
from app.domain.matter import contract_id_of
from app.domain.progress import CancelToken
from app.domain.standard_form import Change
from app.errors import UserError
from app.paths import resources
from app.report.verify_check import visible
from app.services.api import AnalyzeOptions
from app.services.session import LocalSession
from app.services.verifying import verify_report
from app.services.workspace import open_workspace

FORM = """DISTRIBUTOR AGREEMENT

This Distributor Agreement is made as of [date] by and between [name of supplier] ("Supplier") and [name of distributor]
("Distributor").

1. Term. This Agreement continues for two years and ends without renewal.

2. Payment. Distributor shall pay each undisputed invoice of Supplier within thirty (30) days of receipt.

3. Termination. Distributor may terminate this Agreement for convenience upon sixty (60) days' written notice.

4. Governing Law. This Agreement is governed by the laws of the State of New York.
"""
DEAL = FORM.replace("[date]", "1 May 2021").replace("thirty (30)", "ninety (90)").replace("New York", "Ohio")
DEAL = DEAL[: DEAL.index("3. Term")] + DEAL[DEAL.index("4. Gov") :].replace("4.", "3.")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[LocalSession]:
    workspace = open_workspace(tmp_path / "data")
    made = workspace.create("Test", [], "commercial")
    (tmp_path / "deal").mkdir()
    (tmp_path / "deal" / "neon.txt").write_text(DEAL, "utf-8")
    (tmp_path / "form.txt").write_text(FORM, "utf-8")
    yield made
    made.close()
    workspace.close()


def only_contract(session: LocalSession) -> str:
    return contract_id_of(session.documents()[0].document_sha256)


def test_contracts_are_compared_whichever_comes_first_and_the_form_may_go_away(
    session: LocalSession, tmp_path: Path
) -> None:
    list(session.analyze([tmp_path / "deal"], AnalyzeOptions(), CancelToken()))
    contract = only_contract(session)
    assert session.contract(contract).form is None
    list(session.add_standard_form(tmp_path / "form.txt", CancelToken()))
    (tmp_path / "form.txt").unlink()
    found = session.contract(contract).form
    assert found is not None
    assert [(d.change, d.clause) for d in found.deviations if d.clause[:1].isdigit()] == [
        (Change.CHANGED, "2 Payment"), (Change.REMOVED, "3 Termination"), (Change.CHANGED, "4 Governing Law"),
    ]  # fmt: skip
    (tmp_path / "deal" / "second.txt").write_text(DEAL.replace("Ohio", "Texas"), "utf-8")
    list(session.analyze([tmp_path / "deal"], AnalyzeOptions(), CancelToken()))
    assert [(row.name, row.compared) for row in session.standard_forms()] == [("form.txt", 2)]
    session.remove_standard_form(session.standard_forms()[0].form_id)
    assert session.standard_forms() == []
    assert session.contract(contract).form is None


def test_a_form_that_cannot_be_read_is_told_in_a_sentence(session: LocalSession, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing else")
    (tmp_path / "empty.txt").write_text("Nothing much.", "utf-8")
    for name, words in (("broken.pdf", "cannot be used"), ("empty.txt", "next to no text"), ("none.txt", "no file")):
        with pytest.raises(UserError, match=words):
            list(session.add_standard_form(tmp_path / name, CancelToken()))
    assert session.standard_forms() == []


def test_the_command_line_report_record_and_workbook_tell_the_departures(session: LocalSession, tmp_path: Path) -> None:
    report, record = tmp_path / "r.docx", tmp_path / "r.json"
    assert main(["analyze", str(tmp_path / "deal"), "--data-dir", str(tmp_path / "other"), "--standard-form",
                 str(tmp_path / "form.txt"), "--report", str(report), "--json", str(record)]) == 0  # fmt: skip
    data = json.loads(record.read_text("utf-8"))
    jsonschema.validate(data, json.loads((resources() / "schema" / "privity-record.schema.json").read_text("utf-8")))
    told = data["contracts"][0]["standard_form"]
    assert told["on_form"]
    payment = next(d for d in told["deviations"] if d["clause"] == "2 Payment")
    assert payment["words"] == [{"form": "thirty (30)", "contract": "ninety (90)"}]
    shown = visible(zipfile.ZipFile(report).read("word/document.xml"))
    assert any(row.quote and "ninety (90) days" in row.quote for row in shown.rows)
    assert verify_report(report, tmp_path / "deal")[1]
    list(session.analyze([tmp_path / "deal"], AnalyzeOptions(), CancelToken()))
    list(session.add_standard_form(tmp_path / "form.txt", CancelToken()))
    session.export("excel", tmp_path / "r.xlsx")
    strings = zipfile.ZipFile(tmp_path / "r.xlsx").read("xl/sharedStrings.xml").decode("utf-8")
    assert "3 Termination" in strings
    assert "Left out" in strings
