"""Archives, mail, RTF, OpenDocument, web pages, text, and what is none of them, gone bad."""

from __future__ import annotations

import random

from tests.hostile.made import SENTENCE, Made, odt, packed


def bad_others() -> Made:
    """Archives, mail, RTF, OpenDocument, web pages, text, and what is none of them."""
    yield "bomb.zip", packed({"a.txt": b"\0" * 60_000_000}, 9)
    nested: bytes = SENTENCE.encode()
    for _ in range(30):
        nested = packed({"next.zip": nested})
    yield "nested.zip", nested
    yield "many.zip", packed({f"{n}.txt": "x" for n in range(2500)})
    yield (
        "paths.zip",
        packed({"../../../a.txt": SENTENCE, "/etc/b.txt": SENTENCE, "C:\\c.txt": SENTENCE, "d\0.txt": "x"}),
    )
    yield "empty.zip", packed({})
    lying = bytearray(packed({"a.txt": SENTENCE * 50}))
    lying[22:26] = (2**31).to_bytes(4, "little")
    yield "lying-size.zip", bytes(lying)
    yield (
        "locked.zip",
        packed({"a.txt": SENTENCE}).replace(
            b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
        ),
    )
    for depth in (400, 60_000):
        yield f"deep-{depth}.rtf", b"{\\rtf1 " + b"{" * depth + b"x" + b"}" * depth
        yield f"deep-{depth}.odt", odt("<text:section>" * depth + "<text:p>x</text:p>" + "</text:section>" * depth)
        yield f"deep-{depth}.html", b"<html>" + b"<div>" * depth + SENTENCE.encode()
    yield "unended.rtf", b"{\\rtf1 {\\footnote " + SENTENCE.encode() * 3
    yield "overclosed.rtf", b"{\\rtf1 a" + b"}" * 1000 + SENTENCE.encode()
    yield "unicode.rtf", b"{\\rtf1 \\u-999999 \\u55357 \\u1 \\uc9999 \\u100 abc " + SENTENCE.encode() + b"}"
    yield "codepage.rtf", b"{\\rtf1\\ansicpg99999 \\'e4\\'zz " + SENTENCE.encode() + b"}"
    yield "binary.rtf", b"{\\rtf1{\\pict\\bin99999999 " + b"\xff" * 500 + b"}" + SENTENCE.encode() + b"}"
    yield "deleted.rtf", b"{\\rtf1" + b"{\\deleted a}{\\revised b}" * 20_000 + b"}"
    yield "spaces.odt", odt('<text:p><text:s text:c="999999999"/>x</text:p>')
    yield (
        "repeated.odt",
        odt(
            '<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
            "</table:table><text:p>x</text:p>"
        ),
    )
    yield (
        "entities.odt",
        packed(
            {
                "mimetype": "x",
                "META-INF/manifest.xml": "<m/>",
                "styles.xml": "<a/>",
                "content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
            }
        ),
    )
    yield (
        "bomb.odt",
        packed(
            {"mimetype": "x", "META-INF/manifest.xml": "<m/>", "styles.xml": "<a/>", "content.xml": b"a" * 110_000_000}
        ),
    )
    yield "odd.eml", b"From: a@example.org\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n" * 300
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(900))
    yield "deep.eml", b"From: a@example.org\n" + parts + SENTENCE.encode()
    yield "charset.eml", b"From: a@example.org\nContent-Type: text/plain; charset=nonesuch\n\n" + SENTENCE.encode()
    yield "bodyless.eml", b"From: a@example.org\nSubject: nothing follows\n\n"
    yield "base64.eml", b"From: a@example.org\nContent-Transfer-Encoding: base64\n\n!!!!"
    yield "script.htm", b"<html><script>" + b"x" * 100_000 + SENTENCE.encode()
    yield "attributes.htm", b"<html><p " + b"a=b " * 200_000 + b">" + SENTENCE.encode()
    yield "one-line.txt", b"a" * 21_000_000
    yield "control.txt", bytes(range(32)) * 500
    yield "half-utf16.txt", b"\xff\xfe" + SENTENCE.encode("utf-16-le")[:-1]
    yield "nothing.txt", b" \n\t" * 5000
    yield "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3000
    yield "program.exe", b"MZ" + bytes(range(256)) * 10
    yield "sheet.xlsx", packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<a/>"})
    for ending in ("pdf", "docx", "odt", "rtf", "zip", "eml", "txt", "html"):
        yield f"empty.{ending}", b""
        yield f"zeros.{ending}", b"\0" * 5000
        yield f"noise.{ending}", random.Random(ending).randbytes(20_000)
