"""Pictures and diagrams in Word files: their words are read, or it is said that they were not."""

from __future__ import annotations

import io
import zipfile

import pymupdf
import pytest

from app.domain.text import FileStatus, MarkKind
from app.ingest.docx import read_docx
from app.ingest.parsed import Parsed

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_D = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_POINT = 12_700
CLAUSE = (
    "7.1 The Supplier shall indemnify the Customer against all losses.",
    "7.2 The liability of the Supplier is limited to the fees paid.",
)


def picture(lines: tuple[str, ...], wide: int = 420, high: int = 120) -> bytes:
    document = pymupdf.open()
    page = document.new_page(width=wide, height=high)
    for number, line in enumerate(lines):
        page.insert_text((12, 30 + 24 * number), line, fontsize=12)
    return bytes(page.get_pixmap(dpi=200).tobytes("png"))


def drawing(wide: int = 420, high: int = 120) -> str:
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_WP}"><wp:extent cx="{wide * _POINT}" cy="{high * _POINT}"/>'
        f'<a:blip xmlns:a="{_A}" xmlns:r="{_R}" r:embed="p1"/></wp:inline></w:drawing>'
    )


def read(body: str, parts: dict[str, tuple[str, str, bytes]]) -> tuple[Parsed, list[bool]]:
    """`parts`: relationship id to its kind, name and bytes."""
    buffer, told = io.BytesIO(), []
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>')
        related = "".join(
            f'<Relationship Id="{identity}" Type="{_R}/{kind}" Target="{name}"/>'
            for identity, (kind, name, _) in parts.items()
        )
        namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{namespace}">{related}</Relationships>'
        )
        for _, name, data in parts.values():
            archive.writestr(f"word/{name}", data)
    return read_docx(buffer.getvalue(), told.append), told


def para(inner: str) -> str:
    return f"<w:p><w:r>{inner}</w:r></w:p>"


def test_a_clause_pasted_as_a_picture_is_recognised_where_it_stands() -> None:
    body = para("<w:t>7. Liability</w:t>") + para(drawing()) + para("<w:t>8. Notices</w:t>")
    parsed, told = read(body, {"p1": ("image", "media/a.png", picture(CLAUSE))})
    assert parsed.accepted is not None
    text = parsed.accepted.text
    assert text.index("7. Liability") < text.index("shall indemnify the Customer") < text.index("8. Notices")
    [mark] = [m for m in parsed.accepted.marks if m.kind is MarkKind.TEXT_BOX]
    assert "limited to the fees paid" in text[mark.start : mark.end]
    assert "The words of 1 picture were recognised: read them against the picture." in parsed.accepted.warnings
    assert told == [True]  # the parent waits longer for a picture


def test_a_file_of_scanned_pages_alone_is_read() -> None:
    parsed, _ = read(para(drawing()), {"p1": ("image", "media/a.png", picture(CLAUSE))})
    assert parsed.status is FileStatus.READ
    assert parsed.accepted is not None
    assert "limited to the fees paid" in parsed.accepted.text


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\nbroken", picture(())])
def test_a_picture_without_words_is_named(data: bytes) -> None:
    parsed, _ = read(para("<w:t>Terms.</w:t>") + para(drawing()), {"p1": ("image", "media/a.png", data)})
    assert parsed.accepted is not None
    assert parsed.accepted.text == "Terms."
    assert "1 large picture in the document was not read: look in Word." in parsed.accepted.warnings


def test_a_logo_is_left_alone() -> None:
    parsed, told = read(
        para("<w:t>Terms.</w:t>") + para(drawing(120, 60)), {"p1": ("image", "media/a.png", picture(CLAUSE))}
    )
    assert parsed.accepted is not None
    assert (parsed.accepted.warnings, told) == ((), [])


def test_the_words_of_a_diagram_are_read_and_a_chart_is_named() -> None:
    smart = f'<w:drawing><d:relIds xmlns:d="{_D}" xmlns:r="{_R}" r:dm="d1"/></w:drawing>'
    words = f'<d:dataModel xmlns:d="{_D}" xmlns:a="{_A}">{{}}</d:dataModel>'.format(
        "".join(f"<a:p><a:r><a:t>{box}</a:t></a:r></a:p>" for box in ("Order", "Delivery", "Acceptance"))
    )
    parts = {
        "d1": ("diagramData", "diagrams/data1.xml", words.encode()),
        "c1": ("chart", "charts/chart1.xml", b"<c/>"),
    }
    parsed, _ = read(para("<w:t>Steps:</w:t>" + smart), parts)
    assert parsed.accepted is not None
    assert parsed.accepted.text == "Steps:\n\nOrder\nDelivery\nAcceptance"
    assert "1 chart in the document was not read: look in Word." in parsed.accepted.warnings
