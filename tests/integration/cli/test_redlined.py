"""A redlined agreement through the command line: what turns on a pending change says whose, everywhere."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import jsonschema
import pytest

from app.cli import main
from app.paths import resources

SAMPLE = Path(__file__).parents[2] / "samples" / "redlined-agreement.docx"


def test_results_say_whose_change_they_turn_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "deal").mkdir()
    shutil.copy(SAMPLE, tmp_path / "deal")
    out, report = tmp_path / "r.json", tmp_path / "r.docx"
    code = main([
        "analyze", str(tmp_path / "deal"), "--data-dir", str(tmp_path / "data"), "--model", "none", "--json", str(out),
        "--report", str(report),
    ])  # fmt: skip
    assert code == 0
    record = json.loads(out.read_text("utf-8"))
    schema = json.loads((resources() / "schema" / "privity-record.schema.json").read_text("utf-8"))
    jsonschema.validate(record, schema)
    [contract] = record["contracts"]
    said = {f["rule"]: f["pending_change"] for f in contract["findings"]}
    ann = "a change by Ann Buyer of 2026-01-02"
    both = "changes by Ann Buyer, Bo Seller of 2026-01-02 to 2026-01-05"
    assert said["long-renewal-notice"] == f"turns on {ann} that is not accepted yet"
    assert said["automatic-renewal"] == f"holds with and without {ann} that is not accepted yet"
    assert said["cap-without-carve-outs"] == f"holds with and without {both} that are not accepted yet"
    assert said["convenience"].startswith("holds only without the changes by Ann Buyer, Bo Seller")
    told = [line for line in capsys.readouterr().out.splitlines() if line.endswith("not accepted yet.")]
    written = zipfile.ZipFile(report).read("word/document.xml").decode()
    spelled = "changes by Ann Buyer, Bo Seller of 2 January 2026 to 5 January 2026"
    assert f">This finding holds with and without {spelled} that are not accepted yet.<" in written
    assert f"  This finding holds with and without {both} that are not accepted yet." in told
