"""PDFs that lie about themselves."""

from __future__ import annotations

import random
import zlib

from tests.hostile.made import CATALOGUE, FORM, ONE_PAGE, SENTENCE, Made, page_with, pdf, raw_pdf, stream


def bad_pdfs() -> Made:
    """PDFs that lie about themselves."""
    words = b"BT /F 12 Tf 72 700 Td (" + SENTENCE.encode() + b") Tj ET "
    kids = " ".join(["3 0 R"] * 10_000)
    leaf = "<< /Type /Page /Parent 2 0 R /MediaBox [{}] >>"
    yield "cycle.pdf", raw_pdf([CATALOGUE, "<< /Type /Pages /Count 5 /Kids [2 0 R 2 0 R] >>"])
    yield (
        "10000-pages.pdf",
        raw_pdf([CATALOGUE, f"<< /Type /Pages /Count 10000 /Kids [{kids}] >>", leaf.format("0 0 6 8")]),
    )
    yield (
        "claimed-pages.pdf",
        raw_pdf([CATALOGUE, "<< /Type /Pages /Count 2000000000 /Kids [3 0 R] >>", leaf.format("0 0 6 8")]),
    )
    yield (
        "negative-count.pdf",
        raw_pdf([CATALOGUE, "<< /Type /Pages /Count -5 /Kids [3 0 R] >>", leaf.format("0 0 6 8")]),
    )
    chain = [f"<< /Type /Pages /Count 1 /Kids [{n + 1} 0 R] /Parent {n - 1} 0 R >>" for n in range(2, 5000)]
    yield "deep-tree.pdf", raw_pdf([CATALOGUE, *chain, leaf.format("0 0 6 8")])
    for name, box in (("huge", "0 0 10000000 10000000"), ("empty", "0 0 0 0"), ("negative", "600 800 0 0"),
                      ("nan", "0 0 nan inf"), ("far", "1e9 1e9 1000000100 1000000100"),
                      ("short", "0 0 600")):  # fmt: skip
        yield f"box-{name}.pdf", raw_pdf([CATALOGUE, ONE_PAGE, leaf.format(box)])
    yield "arrays.pdf", raw_pdf(["[" * 50_000 + "]" * 50_000])
    yield "dictionaries.pdf", raw_pdf(["<< /A " * 20_000 + "null" + " >>" * 20_000])
    yield "saves.pdf", page_with(b"q " * 300_000 + words)
    yield "restores.pdf", page_with(b"Q " * 300_000 + words)
    yield "operators.pdf", page_with(b"0 0 m 1 1 l S " * 200_000 + words)
    yield "garbage-content.pdf", page_with(random.Random(1).randbytes(200_000) + words)
    yield "letters.pdf", page_with(b"BT /F 12 Tf " + b"1 0 Td (a) Tj " * 150_000 + b"ET")
    yield "self-form.pdf", page_with(
        b"/X Do " + words, "/XObject << /X 5 0 R >>",
        extra=(stream(b"/X Do /X Do ", f"{FORM} /Resources << /XObject << /X 5 0 R >> >>"),),
    )  # fmt: skip
    forms = tuple(
        stream(f"/X{n + 1} Do " .encode() * 9, f"{FORM} /Resources << /XObject << "
               f"/X{n + 1} {n + 6} 0 R >> >>") for n in range(9)
    )  # fmt: skip
    yield "billion-forms.pdf", page_with(b"/X0 Do " + words, "/XObject << /X0 5 0 R >>", extra=forms)
    for name, image in (
        ("pixels", "/Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceRGB"),
        ("negative", "/Width -5 /Height 7 /BitsPerComponent 8 /ColorSpace /DeviceGray"),
        ("bits", "/Width 9 /Height 9 /BitsPerComponent 64 /ColorSpace /DeviceGray"),
        ("jbig2", "/Width 9000 /Height 9000 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode"),
        ("jpeg", "/Width 5000 /Height 5000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /DCTDecode"),
        ("fax", "/Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode"),
        ("jpx", "/Width 9000 /Height 9000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /JPXDecode"),
    ):  # fmt: skip
        made = stream(random.Random(2).randbytes(3000), f"/Type /XObject /Subtype /Image {image}")
        yield f"image-{name}.pdf", page_with(b"600 0 0 800 0 0 cm /I Do", "/XObject << /I 5 0 R >>", extra=(made,))
    bomb = zlib.compress(b"0" * 150_000_000, 9)
    body = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(bomb), bomb)
    leaf_bomb = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>"
    yield "flate-bomb.pdf", raw_pdf([CATALOGUE, ONE_PAGE, leaf_bomb, body])
    twice = zlib.compress(bomb, 9)
    double = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(twice), twice)
    yield "flate-bomb-twice.pdf", raw_pdf([CATALOGUE, ONE_PAGE, leaf_bomb, double])
    yield "many-filters.pdf", page_with(words, extra=(stream(words, "/Filter [" + "/ASCIIHexDecode " * 5000 + "]"),))
    yield "wrong-length.pdf", raw_pdf([CATALOGUE, ONE_PAGE, leaf_bomb, stream(words, length=10**9)])
    yield "self-length.pdf", raw_pdf([CATALOGUE, ONE_PAGE, leaf_bomb, b"<< /Length 4 0 R >>\nstream\nx\nendstream"])
    yield (
        "unknown-lock.pdf",
        raw_pdf([CATALOGUE, ONE_PAGE, leaf.format("0 0 6 8")], "/Encrypt << /Filter /Odd /V 99 >>"),
    )
    yield "self-root.pdf", raw_pdf(["1 0 R"])
    yield "no-root.pdf", raw_pdf(["<< >>"])
    yield "xref-loop.pdf", pdf().replace(b"startxref", b"trailer << /Prev 9 >>\nstartxref")
    outline = "<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R /AcroForm << /Fields [5 0 R] >> >>"
    yield "cyclic-outline.pdf", raw_pdf(
        [outline, ONE_PAGE, leaf.format("0 0 600 800"), "<< /First 4 0 R /Last 4 0 R /Next 4 0 R >>",
         "<< /FT /Tx /T (a) /Parent 5 0 R /Kids [5 0 R] /V (x) >>"]
    )  # fmt: skip
    annots = " ".join(["<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (x) >>"] * 20_000)
    yield "annotations.pdf", page_with(words, more=f"/Annots [{annots}]")
    yield (
        "self-annotation.pdf",
        page_with(words, more="/Annots [3 0 R 5 0 R]", extra=("<< /Parent 5 0 R /Popup 5 0 R >>",)),
    )
    cells = b"".join(b"%d %d 9 9 re S " % (9 * (n % 60), 9 * (n // 60)) for n in range(4000))
    yield "ruled.pdf", page_with(cells + words)
    yield "header-only.pdf", b"%PDF-1.7\n"
    yield "late-header.pdf", b"junk " * 150 + pdf()
