"""A generator of bad files: truncated, mutated, bombs, entities, mislabelled, locked, endless."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator

import pymupdf

_DOCX_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_DOCX_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="{target}"/></Relationships>'
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(words: str = "This Agreement is governed by the laws of England.", pages: int = 2) -> bytes:
    """A small sound PDF."""
    document = pymupdf.open()
    for _ in range(pages):
        document.new_page().insert_text((72, 200), words)
    return bytes(document.tobytes())


def docx(body: str, target: str = "word/document.xml", head: str = "") -> bytes:
    """A Word package around the given body XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", _DOCX_TYPES)
        archive.writestr("_rels/.rels", _DOCX_RELATIONS.format(target=target))
        document = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def zipped(name: str, data: bytes) -> bytes:
    """An archive of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def _pdf_of(objects: list[str]) -> bytes:
    """A PDF of raw objects, numbered from 1, the first of them the catalogue."""
    out = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return out + f"{head}trailer\n<< /Root 1 0 R /Size {len(objects) + 1} >>\nstartxref\n{len(out)}\n%%EOF".encode()


def special() -> Iterator[tuple[str, bytes]]:
    """The hand-made ones."""
    kids = " ".join(["3 0 R"] * 10_000)
    catalogue = "<< /Type /Catalog /Pages 2 0 R >>"
    leaf = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {0} {0}] >>"
    yield "cycle.pdf", _pdf_of([catalogue, "<< /Type /Pages /Count 5 /Kids [2 0 R 2 0 R] >>"])
    yield "many.pdf", _pdf_of([catalogue, f"<< /Type /Pages /Count 10000 /Kids [{kids}] >>", leaf.format(600)])
    yield "huge.pdf", _pdf_of([catalogue, "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", leaf.format(10**7)])
    yield "arrays.pdf", _pdf_of(["[" * 50_000 + "]" * 50_000])
    yield "claims.pdf", _pdf_of([catalogue, "<< /Type /Pages /Count 2000000000 /Kids [3 0 R] >>", leaf.format(600)])
    yield "empty.pdf", b""
    yield "empty.docx", b""
    yield "zeros.pdf", b"\0" * 5000
    yield "text.pdf", b"This is no PDF at all, but a note about one. " * 5
    yield "picture.docx", b"\x89PNG\r\n\x1a\n" + b"\0" * 500
    yield "program.exe", b"MZ" + bytes(range(256)) * 10
    yield "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3000
    entity = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY a{n} "{("&a;" if n == 1 else f"&a{n - 1};") * 10}">' for n in range(1, 10)
    )
    yield "laughs.docx", docx("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", head=entity + "]>")
    outside = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    yield "outside.docx", docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", head=outside)
    yield "astray.docx", docx("<w:p/>", target="../../../etc/passwd")
    yield "deep.docx", docx("<w:sdt><w:sdtContent>" * 20_000 + "</w:sdtContent></w:sdt>" * 20_000)
    yield "tables.docx", docx("<w:tbl><w:tr><w:tc>" * 3000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3000)
    yield "bomb.docx", docx("<w:p><w:r><w:t>" + "a" * 105_000_000 + "</w:t></w:r></w:p>")
    yield "bomb.zip", zipped("a.txt", b"\0" * 60_000_000)
    nested = b"words of a contract"
    for _ in range(30):
        nested = zipped("next.zip", nested)
    yield "nested.zip", nested
    yield "deep.rtf", b"{\\rtf1 " + b"{" * 60_000 + b"x" + b"}" * 60_000
    yield "odd.eml", b"From: a@example.org\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n" * 300
    yield "deep.odt", zipped("content.xml", b"<a>" * 50_000 + b"</a>" * 50_000)


def mutated(count: int) -> Iterator[tuple[str, bytes]]:
    """Sound files cut short or with random bytes changed, the same every time."""
    chance = random.Random(7)
    paragraph = "<w:p><w:r><w:t>The Supplier may assign this Agreement.</w:t></w:r></w:p>"
    rtf = b"{\\rtf1\\ansi Hello {\\b World}\\par}" * 20
    sound = [("a.pdf", pdf()), ("b.docx", docx(paragraph * 20)), ("c.rtf", rtf)]
    for index in range(count):
        name, data = sound[index % len(sound)]
        changed = bytearray(data)
        if index % 2:
            del changed[chance.randrange(1, len(changed)) :]
        else:
            for _ in range(chance.choice((1, 8, 60))):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
        yield f"{index}-{name}", bytes(changed)
