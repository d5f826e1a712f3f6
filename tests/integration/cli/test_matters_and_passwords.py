"""Matters listed and deleted with their record; protected PDFs; our own files inside the deal folder."""

from __future__ import annotations

import json
from pathlib import Path

import pymupdf
import pytest

from app.cli import main

WORDS = "SUPPLY AGREEMENT\n\n1. Law. This Agreement is governed by the laws of the State of New York, as both agree.\n"
SECRET = "open sesame"


def protected(path: Path) -> None:
    with pymupdf.open() as document:
        document.new_page().insert_textbox((72, 72, 520, 760), WORDS, fontsize=10)
        document.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=SECRET, owner_pw=SECRET)


def test_a_matter_is_listed_and_deleted_with_its_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deal, data = tmp_path / "deal", str(tmp_path / "deal" / "data")
    deal.mkdir()
    (deal / "supply.txt").write_text(WORDS)
    report, record = deal / "report.docx", deal / "record.json"
    command = ["analyze", str(deal), "--data-dir", data, "--report", str(report), "--json", str(record)]
    for _ in range(2):  # the second time, report, record and data lie in the deal folder
        assert main([*command, "--matter", "Zyxwcanary", "--model", "none"]) == 0
        assert [c["file"] for c in json.loads(record.read_text("utf-8"))["contracts"]] == ["supply.txt"]
    (deal / "renamed.docx").write_bytes(report.read_bytes())  # a report that was moved is known by its check line
    assert main([*command, "--matter", "Zyxwcanary", "--model", "none"]) == 0
    entries = {c["file"]: c for c in json.loads(record.read_text("utf-8"))["contracts"]}
    assert entries["renamed.docx"]["status"] == "unsupported"
    assert entries["renamed.docx"]["reason"] == "A clause report that Privity made, no contract."
    capsys.readouterr()
    assert main(["matters", "list", "--data-dir", data]) == 0
    assert "Zyxwcanary" in capsys.readouterr().out
    assert main(["matters", "delete", "Zyxwcanary", "--data-dir", data]) == 2  # nobody is there to ask
    delete = ["matters", "delete", "Zyxwcanary", "--data-dir", data, "--yes", "--record", str(tmp_path / "r.txt")]
    assert main(delete) == 0
    assert "DELETION RECORD" in (tmp_path / "r.txt").read_text()
    capsys.readouterr()
    assert main(["matters", "list", "--data-dir", data]) == 0
    assert capsys.readouterr().out == "No matter yet.\n"
    left = [file.read_bytes() for file in (deal / "data").rglob("*") if file.is_file()]
    assert all(b"Zyxwcanary" not in raw and b"governed by" not in raw for raw in left)


def test_a_protected_pdf_is_read_with_the_password_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deal = tmp_path / "deal"
    deal.mkdir()
    protected(deal / "secret.pdf")
    words = tmp_path / "passwords.csv"
    words.write_text(f"contract,password\nsecret.pdf,{SECRET}\n")
    assert main(["text", str(deal / "secret.pdf")]) == 2
    assert SECRET not in capsys.readouterr().err
    assert main(["text", str(deal / "secret.pdf"), "--passwords", str(words)]) == 0
    assert "State of New York" in capsys.readouterr().out
    report = tmp_path / "report.docx"
    command = ["analyze", str(deal), "--data-dir", str(tmp_path / "data"), "--model", "none", "--report", str(report)]
    assert main(command) == 0
    assert "not analysed: secret.pdf" in capsys.readouterr().out
    assert main([*command, "--passwords", str(words)]) == 0
    assert "1 contract analysed" in capsys.readouterr().out
    assert main(["verify", str(report), str(deal), "--passwords", str(words)]) == 0


def test_two_deals_whose_folders_have_one_name_stay_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data-dir", str(tmp_path / "data")]
    for client in ("one", "other", "one"):
        folder = tmp_path / client / "contracts"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{client}.txt").write_text(WORDS)
        record = tmp_path / "record.json"
        assert main(["analyze", str(folder), *data, "--model", "none", "--json", str(record)]) == 0
        assert [c["file"] for c in json.loads(record.read_text("utf-8"))["contracts"]] == [f"{client}.txt"]
    capsys.readouterr()
    assert main(["matters", "list", *data]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert main(["matters", "delete", "contracts", *data, "--yes"]) == 2
    assert "2 matters are named contracts" in capsys.readouterr().err
