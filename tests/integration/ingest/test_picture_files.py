"""Scans that came as picture files: read like a scanned PDF, with pages to show."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pymupdf
import pytest
from PIL import Image

from app.domain.text import FileStatus
from app.ingest.pdf import open_pdf
from app.ingest.reader import SandboxedReader

CLAUSES = (
    "1. Term. This Agreement shall begin on the date of the last signature.",
    "2. Law. This Agreement is governed by the law of the State of Delaware.",
    "3. Assignment. The Supplier shall not assign any part of this Agreement.",
)

FOURTH = "4. Notices. Every notice under this Agreement shall be in writing."


def page(lines: tuple[str, ...] = CLAUSES, dpi: int = 150) -> Image.Image:
    """A printed sheet as a scanner saw it."""
    document = pymupdf.open()
    sheet = document.new_page(width=595, height=420)
    for number, line in enumerate(lines):
        sheet.insert_text((50, 80 + 40 * number), line, fontsize=12)
    seen = sheet.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
    return Image.frombytes("L", (seen.width, seen.height), seen.samples)


def stored(kind: str, *images: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    images[0].save(out, kind, **options, **({"save_all": True, "append_images": images[1:]} if len(images) > 1 else {}))
    return out.getvalue()


@pytest.fixture(scope="module")
def reader() -> Iterator[SandboxedReader]:
    made = SandboxedReader(1)
    yield made
    made.close()


def test_a_tif_of_two_pages_is_read_page_by_page_and_shown(reader: SandboxedReader) -> None:
    second = page((FOURTH,))
    data = stored("TIFF", page().convert("1"), second.convert("1"), compression="group4", dpi=(150, 150))
    text = reader.read(data, "signed.tif").accepted
    assert text is not None
    assert [(p.number, p.ocr) for p in text.pages] == [(1, True), (2, True)]
    assert " ".join(text.text.split()) == f"{' '.join(CLAUSES)} {FOURTH}"
    assert (text.format, text.page_source) == ("tif", "pdf")
    (place,) = reader.locate(data, text, text.text.index("Delaware"), text.text.index("Delaware") + 8)
    assert place.page == 1
    assert 108 < place.y0 < place.y1 < 124  # the line stands on 120 points
    wide, high, _ = reader.render(data, 2, 1.0)
    assert (wide, high) == pytest.approx((595, 420), abs=2)


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("BMP", "a.pdf")])
def test_a_picture_that_does_not_say_how_large_its_paper_was(reader: SandboxedReader, kind: str, name: str) -> None:
    data = stored(kind, page(dpi=250))
    outcome = reader.read(data, name)
    assert outcome.accepted is not None, outcome.reason
    assert " ".join(outcome.accepted.text.split()) == " ".join(CLAUSES)
    (size,) = reader.page_sizes(data)
    assert max(size) <= 1300


def test_a_photograph_turned_by_its_camera_stands_upright(reader: SandboxedReader) -> None:
    turned = Image.Exif()
    turned[0x112] = 6  # the camera was held on its side
    data = stored("JPEG", page().rotate(90, expand=True), exif=turned, dpi=(150, 150))
    outcome = reader.read(data, "photo.jpg")
    assert outcome.accepted is not None
    assert " ".join(outcome.accepted.text.split()) == " ".join(CLAUSES)


@pytest.mark.parametrize("lines", [(), ("ACME Incorporated",)])
def test_a_logo_is_no_contract(reader: SandboxedReader, lines: tuple[str, ...]) -> None:
    outcome = reader.read(stored("PNG", page(lines), dpi=(150, 150)), "logo.png")
    assert outcome.accepted is None
    assert outcome.status is FileStatus.EMPTY


def test_a_picture_of_a_billion_pixels_is_refused_before_it_is_unpacked() -> None:
    data = bytearray(stored("PNG", Image.new("L", (8, 8))))
    data[16:24] = (40_000).to_bytes(4, "big") * 2  # what the header says
    refused = open_pdf(bytes(data), None)
    assert not isinstance(refused, pymupdf.Document)
    assert refused.status in (FileStatus.TOO_LARGE, FileStatus.DAMAGED)
    assert refused.reason


@pytest.mark.parametrize("kind", ["TIFF", "JPEG", "PNG", "GIF"])
def test_a_picture_cut_short_is_a_status_with_a_sentence(kind: str) -> None:
    data = stored(kind, page())
    for part in (8, 40, len(data) // 3):
        read = open_pdf(data[:part], None)
        if not isinstance(read, pymupdf.Document):
            assert (read.reason or "").endswith(".")
