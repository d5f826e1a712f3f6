"""The report as XML against what was found right. PRIVITY_GOLDEN=1 writes it anew: then look again."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
import report_samples as samples

from app.report.outline_build import build_outline
from app.report.word import word_bytes

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "report"
PARTS = ("word/document.xml", "word/header1.xml", "word/footer1.xml", "word/charts/chart1.xml", "docProps/core.xml")


def readable(data: bytes) -> str:
    """Canonical XML, an element a line."""
    root = etree.fromstring(data, etree.XMLParser(remove_blank_text=False))
    canonical = etree.tostring(root, method="c14n").decode()
    return canonical.replace("><", ">\n<") + "\n"


@pytest.mark.parametrize("part", PARTS)
def test_the_report_is_as_it_was_found_right(part: str) -> None:
    report = word_bytes(build_outline(samples.small_review()))
    with zipfile.ZipFile(io.BytesIO(report)) as archive:
        now = readable(archive.read(part))
    held = GOLDEN / (part.replace("/", "_") + ".txt")
    if os.environ.get("PRIVITY_GOLDEN"):
        held.write_text(now, "utf-8", newline="\n")
    assert now == held.read_text("utf-8")
