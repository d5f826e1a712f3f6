"""Files made from nothing: Word, OpenDocument, PDF, zip, for the hostile ones to spoil."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

import pymupdf

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
FORM = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
SENTENCE = "The Supplier shall not assign this Agreement without the prior written consent of the Customer."
Made = Iterator[tuple[str, bytes]]


def packed(entries: dict[str, bytes | str], level: int = 1) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(body: str, head: str = "", target: str = "word/document.xml", **parts: str) -> bytes:
    """A Word package."""
    related = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}/{name}" Target="{name}.xml"/>' for i, name in enumerate(parts)
    )
    main = f'<Relationship Id="m" Type="{OFFICE}/officeDocument" Target="{target}"/>'
    entries: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{main}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        "word/document.xml": f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}">'
        f"<w:body>{body}</w:body></w:document>",
    }
    return packed(entries | {f"word/{name}.xml": xml for name, xml in parts.items()})


def paragraph(words: str = SENTENCE, properties: str = "") -> str:
    """A paragraph of a Word file."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def odt(body: str) -> bytes:
    """An OpenDocument text."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {names}>{text}</office:document-content>"
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": "<m/>",
                   "styles.xml": f"<office:styles {names}/>", "content.xml": content})  # fmt: skip


def pdf(pages: int = 2) -> bytes:
    """A small sound PDF."""
    document = pymupdf.open()
    for _ in range(pages):
        document.new_page().insert_text((72, 200), SENTENCE)
    return bytes(document.tobytes())


def raw_pdf(objects: list[str | bytes], trailer: str = "") -> bytes:
    """A PDF of raw objects, numbered from 1, the first of them the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + (text if isinstance(text, bytes) else text.encode()) + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Root 1 0 R /Size {len(objects) + 1} "
    return out + f"{head}{trailer} >>\nstartxref\n{len(out)}\n%%EOF".encode()


def stream(data: bytes, entries: str = "", length: int | None = None) -> bytes:
    """A stream object, deflated where the entries say so."""
    body = zlib.compress(data, 1) if "/FlateDecode" in entries else data
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (
        len(body) if length is None else length,
        entries.encode(),
        body,
    )


CATALOGUE = "<< /Type /Catalog /Pages 2 0 R >>"
ONE_PAGE = "<< /Type /Pages /Count 1 /Kids [3 0 R] >>"


def page_with(content: bytes, resources: str = "", more: str = "", extra: tuple[str | bytes, ...] = ()) -> bytes:
    """A PDF of one page with this content."""
    font = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    leaf = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
    leaf += f"/Resources << {font} {resources} >> {more} >>"
    return raw_pdf([CATALOGUE, ONE_PAGE, leaf, stream(content), *extra])
