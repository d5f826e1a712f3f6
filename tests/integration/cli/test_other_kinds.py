"""From a file of every other kind to its findings: RTF, OpenDocument, e-mail with attachments, an archive."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from email.message import EmailMessage
from pathlib import Path

from app.cli import main
from app.paths import resources

SAMPLES = Path(__file__).parents[2] / "samples"


def mail() -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "ann@a.example", "bo@b.example", "The draft"
    made.set_content("Please find the draft attached.\nRegards, Ann")
    nda = (resources() / "sample_deal" / "one-way-nda.docx").read_bytes()
    made.add_attachment(nda, maintype="application", subtype="octet-stream", filename="nda.docx")
    return bytes(made)


def test_every_kind_gets_from_file_to_findings(tmp_path: Path) -> None:
    deal = tmp_path / "deal"
    deal.mkdir()
    for name in ("redlined-agreement.odt", "redlined-agreement.rtf"):
        shutil.copy(SAMPLES / name, deal)
    (deal / "mail.eml").write_bytes(mail())
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w") as archive:
        archive.write(resources() / "sample_deal" / "cloud-terms.pdf", "A/cloud-terms.pdf")
    (deal / "room.zip").write_bytes(room.getvalue())
    out = tmp_path / "r.json"
    code = main(["analyze", str(deal), "--data-dir", str(tmp_path / "data"), "--model", "none", "--json", str(out)])
    assert code == 0
    rows = {row["file"]: row for row in json.loads(out.read_text("utf-8"))["contracts"]}
    for name in (
        "redlined-agreement.odt", "redlined-agreement.rtf", "mail.eml/nda.docx", "room.zip/A/cloud-terms.pdf"
    ):  # fmt: skip
        assert rows[name]["status"] == "read", name
        assert rows[name]["findings"], name
    assert not rows["mail.eml"]["findings"]  # a covering note lacks no clause
    for name in ("redlined-agreement.odt", "redlined-agreement.rtf"):
        said = [f["pending_change"] or "" for f in rows[name]["findings"]]
        assert any("turns on a change by Ann Buyer of 2026-01-02" in change for change in said), name
