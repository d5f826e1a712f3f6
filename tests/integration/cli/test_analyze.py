"""The main job through the command line, on the sample deal and on bad input."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from app.cli import main
from app.domain.findings import Action
from app.errors import UserError
from app.paths import resources
from app.services.session import LocalSession
from app.services.workspace import open_workspace

FEW = ("one-way-nda.docx", "cloud-terms.pdf")


@pytest.fixture(scope="module")
def deal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two contracts of the sample deal and four files that cannot be read."""
    folder = tmp_path_factory.mktemp("deal")
    for name in FEW:
        shutil.copy(resources() / "sample_deal" / name, folder / name)
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.7\nnothing else")
    (folder / "empty.docx").write_bytes(b"")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    (folder / "sheet.xyz").write_bytes(b"something else")
    return folder


@pytest.fixture(scope="module")
def analysed(deal: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The record of one analysis, with the folder it was made in."""
    out = tmp_path_factory.mktemp("out")
    code = main(["analyze", str(deal), "--data-dir", str(out / "data"), "--model", "none", "--matter", "Test",
                 "--report", str(out / "r.docx"), "--json", str(out / "r.json")])  # fmt: skip
    assert code == 0
    record = json.loads((out / "r.json").read_text("utf-8"))
    return {"record": record, "out": out}


def test_the_record_is_valid_and_names_every_file(analysed: dict[str, Any]) -> None:
    schema = json.loads((resources() / "schema" / "privity-record.schema.json").read_text("utf-8"))
    jsonschema.validate(analysed["record"], schema)
    rows = {row["file"]: row for row in analysed["record"]["contracts"]}
    assert set(rows) == {*FEW, "damaged.pdf", "empty.docx", "old.doc", "sheet.xyz"}
    for name in ("damaged.pdf", "empty.docx", "old.doc", "sheet.xyz"):
        assert rows[name]["status"] != "read"
        assert rows[name]["reason"].endswith(".")
    assert (analysed["out"] / "r.docx").stat().st_size > 10_000


def test_quotes_are_slices_of_the_text_that_privity_text_gives(
    analysed: dict[str, Any], deal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for row in analysed["record"]["contracts"]:
        if row["file"] not in FEW:
            continue
        capsys.readouterr()
        assert main(["text", str(deal / row["file"]), "--json"]) == 0
        read = json.loads(capsys.readouterr().out)
        assert read["text_id"] == row["text_id"]
        quoted = [entry for entry in row["clauses"] + row["findings"] if entry["quote"] is not None]
        assert quoted
        for entry in quoted:
            assert read["text"][entry["start"] : entry["end"]] == entry["quote"]


def test_a_second_run_does_nothing_twice_and_keeps_decisions(
    analysed: dict[str, Any], deal: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(analysed["out"] / "data", data)
    session = open_workspace(data).open(open_workspace(data).recent()[0].matter_id)
    key = session.findings()[0].state.finding.finding_key
    session.decide(key, Action.ACCEPT, {}, "A. Lawyer")
    session.close()
    again = tmp_path / "again.json"
    arguments = [
        "analyze",
        str(deal),
        "--data-dir",
        str(data),
        "--model",
        "none",
        "--matter",
        "Test",
        "--json",
        str(again),
    ]
    assert main(arguments) == 0
    before = {f["finding_key"] for row in analysed["record"]["contracts"] for f in row["findings"]}
    record = json.loads(again.read_text("utf-8"))
    findings = {f["finding_key"]: f for row in record["contracts"] for f in row["findings"]}
    assert set(findings) == before
    assert findings[key]["decision"]
    assert main([*arguments[:-1], str(tmp_path / "nda.json"), "--playbook", "nda"]) == 0
    session = open_workspace(data).open(open_workspace(data).recent()[0].matter_id)
    kept = [row.state for row in session.findings() if row.state.finding.finding_key == key]
    session.close()
    assert kept
    assert kept[0].decision is Action.ACCEPT


@pytest.mark.parametrize("how", ["kill", "interrupt"])
def test_stopped_half_way_and_run_again_it_ends_with_the_same_record(
    analysed: dict[str, Any], deal: Path, tmp_path: Path, how: str
) -> None:
    command = [sys.executable, "-m", "app", "analyze", str(deal), "--data-dir", str(tmp_path / "data")]
    command += ["--model", "none", "--matter", "Test", "--json", str(tmp_path / "r.json")]
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and first.poll() is None:
        if list((tmp_path / "data").glob("matters/*.privity-wal")):
            break
        time.sleep(0.05)
    if how == "kill":
        first.kill()
    else:
        first.send_signal(signal.SIGINT)
    _, told = first.communicate(timeout=60)
    if how == "interrupt" and first.returncode:  # a fast machine may have been done
        assert first.returncode == 130
        assert told.decode().strip().endswith("the same command takes up where it was.")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    record = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert record == analysed["record"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["analyze", "no-such-folder"],
        ["analyze", ".", "--report", "report.pdf"],
        ["analyze", ".", "--report", "no-such-folder/report.docx"],
        ["analyze", ".", "--playbook", "no-such-playbook", "--data-dir", "DATA"],
        ["analyze", ".", "--model", "no-such.gguf", "--data-dir", "DATA"],
        ["analyze", ".", "--model", "NOT_GGUF", "--data-dir", "DATA"],
        ["analyze", ".", "--map", "no-such.csv", "--data-dir", "DATA"],
        ["analyze", ".", "--map", "COLUMNS.csv", "--data-dir", "DATA"],
        ["analyze", ".", "--map", "ROLE.csv", "--data-dir", "DATA"],
        ["analyze", ".", "--map", "PLAYBOOK.csv", "--data-dir", "DATA"],
        ["analyze", ".", "--playbook", "KEY.yaml", "--data-dir", "DATA"],
        ["analyze", ".", "--passwords", "NOT_GGUF", "--data-dir", "DATA"],
        ["analyze", ".", "--json", ".", "--data-dir", "DATA"],
        ["analyze", ".", "--read-minutes", "-1", "--data-dir", "DATA"],
        ["analyze", ".", "--read-until", "noon", "--data-dir", "DATA"],
        ["analyze", ".", "--workers", "0", "--data-dir", "DATA"],
        ["analyze", ".", "--data-dir", "NOT_GGUF"],
        ["matters", "delete", "no-such-matter", "--data-dir", "DATA"],
        ["text", "no-such-file.pdf"],
        ["text", "."],
        ["models", "use", "no-such-model", "--data-dir", "DATA"],
        ["verify", "no-such-report.docx", "."],
        ["bench", "clauses", "no-such.jsonl", "--out", "OUT"],
    ],
)
def test_bad_input_is_one_sentence(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "NOT_GGUF").write_bytes(b"no model")
    nda = (resources() / "playbooks" / "nda.yaml").read_text("utf-8")
    (tmp_path / "COLUMNS.csv").write_text("contract\nlonely.pdf\n")
    (tmp_path / "ROLE.csv").write_text("a.pdf,emperor\n")
    (tmp_path / "PLAYBOOK.csv").write_text("a.pdf,customer,no-such-playbook\n")
    (tmp_path / "KEY.yaml").write_text(nda.replace("severity:", "severty:"))
    before = {path.name for path in tmp_path.iterdir()}
    assert main(arguments) == 2
    error = capsys.readouterr().err.strip()
    assert len(error.splitlines()) == 1
    assert error.endswith((".", "?"))
    made = {path.name for path in tmp_path.iterdir()} - before
    assert made <= {"DATA"}  # the data folder itself, with nothing in it
    assert not list(tmp_path.glob("DATA/matters/*"))


def test_a_folder_that_cannot_be_opened_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert main(["analyze", str(tmp_path), "--data-dir", str(tmp_path / "data")]) == 2
    assert capsys.readouterr().err == f"The folder {tmp_path} cannot be opened: Permission denied.\n"
    assert not (tmp_path / "data").exists()


def test_an_unknown_option_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["analyze", ".", "--no-such-option"])
    assert stopped.value.code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_report_is_verified_against_its_folder(
    analysed: dict[str, Any], deal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["verify", str(analysed["out"] / "r.docx"), str(deal)]) == 0, capsys.readouterr().out


def test_a_report_that_cannot_be_written_loses_nothing(
    deal: Path,
    analysed: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    whole = LocalSession.export

    def full(session: LocalSession, form: str, target: Path, **options: Any) -> Path:
        if form == "word":
            raise UserError("r.docx cannot be written: the disk is full.")
        return whole(session, form, target, **options)

    monkeypatch.setattr(LocalSession, "export", full)
    data, out = str(analysed["out"] / "data"), [str(tmp_path / "r.docx"), str(tmp_path / "r.json")]
    code = main(["analyze", str(deal), "--data-dir", data, "--model", "none", "--matter", "Test",
                 "--report", out[0], "--json", out[1]])  # fmt: skip
    told = capsys.readouterr()
    assert code == 2
    assert (tmp_path / "r.json").is_file()
    assert "2 contracts analysed" in told.out
    assert "The draft report" not in told.out
    assert told.err.rstrip().endswith("the disk is full. The analysis is kept: the same command goes on from it.")
