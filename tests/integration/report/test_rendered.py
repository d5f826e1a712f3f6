"""The report as LibreOffice lays it out; skipped where it is not installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
import report_samples as samples

from app.domain.matter import Document
from app.report.word import write_word


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_executive_summary_fits_one_page_at_its_fullest(tmp_path: Path) -> None:
    contracts = tuple(samples.make_contract(f"n{i}", f"Contract {i} " + "with a long name " * 12) for i in range(9))
    wordy = []
    for item in contracts:
        states = []
        for index, state in enumerate(item.findings):
            kind = (
                f"Clause Type Number {index} With A Long Name"
                if state.finding.quote is None
                else state.finding.clause_type
            )
            finding = replace(state.finding, recommendation="Advise the client to do a thing. " * 40, clause_type=kind)
            states.append(replace(state, finding=finding))
        gap = item.findings[-1]
        for index in range(8):
            finding = replace(
                gap.finding, clause_type=f"Missing Type Number {index} Of A Long Name", finding_key=f"k{index}"
            )
            states.append(replace(gap, finding=finding))
        wordy.append(replace(item, findings=tuple(states)))
    unread = tuple(
        Document(
            samples.sha(f"u{i}"), 1, ("folder/" + "long name " * 30 + f"{i}.pdf",), "damaged", "It is damaged. " * 20
        )
        for i in range(9)
    )
    write_word(samples.make_review(tuple(wordy), unread), tmp_path / "r.docx")
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "r.docx")], check=True, capture_output=True, timeout=180
    )
    with pymupdf.open(tmp_path / "r.pdf") as document:
        texts = [page.get_text() for page in document]
    first = next(i for i, t in enumerate(texts) if "Gravest findings" in t)
    assert "Executive summary" in texts[first]
    assert "Method and limits" in texts[first]  # the last line of the page
    assert "Scope and coverage" in texts[first + 1].split("\n")[2:5]
