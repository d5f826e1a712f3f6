from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from pathlib import Path

import pymupdf
import pytest

from app.domain.text import FileStatus, MarkKind
from app.ingest.folder import walk
from app.ingest.reader import SandboxedReader

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="module")
def reader() -> Iterator[SandboxedReader]:
    made = SandboxedReader(2)
    yield made
    made.close()


def made_pdf(*pages: list[str], size: float = 11, color: tuple[float, ...] = (0, 0, 0)) -> pymupdf.Document:
    document = pymupdf.open()
    for lines in pages:
        page = document.new_page()
        for number, line in enumerate(lines):
            page.insert_text((72, 120 + 14 * number), line, fontsize=size, color=color)
    return document


SENTENCE = [
    "The Supplier shall not assign this Agree-",
    "ment to any affiliate without the prior written",
    "consent of",
]
REST = ["the Customer, which may be withheld. This Agreement", "is governed by English law."]


def test_a_sentence_over_a_page_break_is_one_run_and_furniture_stays_out(reader: SandboxedReader) -> None:
    document = made_pdf(
        [*SENTENCE, "An Agreement of long standing is here."][:3], REST, ["Third page."], ["Fourth page."]
    )
    for number, page in enumerate(document, 1):
        page.insert_text((250, 30), "Confidential draft")
        page.insert_text((300, 820), f"Page {number} of 4")
    outcome = reader.read(document.tobytes(), "a.pdf")
    assert outcome.accepted is not None
    text = outcome.accepted.text
    assert "prior written consent of the Customer, which may be withheld" in text
    assert "this Agreement to any affiliate" in text
    assert "Confidential draft" not in text
    assert "Page 2" not in text
    kinds = [mark.kind for mark in outcome.accepted.marks]
    assert MarkKind.HEADER in kinds
    assert MarkKind.FOOTER in kinds
    assert outcome.accepted.page_at(text.index("the Customer")) == 2


def test_a_span_goes_to_its_rectangles(reader: SandboxedReader) -> None:
    data = made_pdf(SENTENCE, REST).tobytes()
    text = reader.read(data, "a.pdf").accepted
    assert text is not None
    start = text.text.index("prior written")
    rectangles = reader.locate(data, text, start, text.text.index("the Customer") + 12)
    assert [rect.page for rect in rectangles] == [1, 1, 2]
    page = pymupdf.open(stream=data)[1]
    last = rectangles[-1]
    assert page.get_textbox((last.x0 - 1, last.y0, last.x1 + 1, last.y1)).strip().startswith("the Customer")


def test_words_that_nobody_sees_are_kept_and_flagged(reader: SandboxedReader) -> None:
    document = made_pdf(["The visible words of this Agreement stand here."])
    document[0].insert_text((72, 300), "White words say otherwise.", color=(1, 1, 1))
    document[0].insert_text((72, 330), "Unpainted words say otherwise.", render_mode=3)
    document[0].draw_rect((60, 380, 400, 420), fill=(0, 0, 0.3))
    document[0].insert_text((72, 400), "A light heading on a dark ground.", color=(1, 1, 1))
    text = reader.read(document.tobytes(), "a.pdf").accepted
    assert text is not None
    hidden = {text.text[m.start : m.end]: m.note["how"] for m in text.marks if m.kind is MarkKind.HIDDEN}
    assert hidden == {"White words say otherwise.": "white", "Unpainted words say otherwise.": "invisible"}
    assert "A light heading" in text.text


def test_a_locked_file_asks_for_its_password(reader: SandboxedReader) -> None:
    data = made_pdf(SENTENCE).tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="right", owner_pw="o")
    assert reader.read(data, "a.pdf").status is FileStatus.PASSWORD
    assert reader.read(data, "a.pdf", "wrong").status is FileStatus.PASSWORD
    text = reader.read(data, "a.pdf", "right").accepted
    assert text is not None
    assert reader.locate(data, text, 0, 12)
    assert len(reader.page_sizes(data)) == 1


def test_a_stamped_scan_is_recognised_and_its_words_have_places(reader: SandboxedReader) -> None:
    words = [
        "The Customer may terminate this Agreement for convenience",
        "upon sixty days written notice to the Supplier.",
    ]
    picture = made_pdf(words * 3, size=12)[0].get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
    scan = pymupdf.open()
    page = scan.new_page()
    page.insert_image(page.rect, pixmap=picture)
    page.insert_text((20, 15), "Envelope ID: 6F7A-1234-5678-9ABC-DEF0", fontsize=7)
    data = scan.tobytes()
    text = reader.read(data, "scan.pdf").accepted
    assert text is not None
    assert text.pages[0].ocr
    assert (text.pages[0].confidence or 0) > 80
    start = text.text.index("terminate")
    (rect,) = reader.locate(data, text, start, start + len("terminate"))
    source = pymupdf.open(stream=made_pdf(words * 3, size=12).tobytes())[0].search_for("terminate")[0]
    assert abs(rect.x0 - source.x0) < 3
    assert source.y0 - 3 < rect.y0 < rect.y1 < source.y1 + 3


def test_places_after_scanned_pages_are_right(reader: SandboxedReader) -> None:
    picture = made_pdf(["The Customer may terminate this Agreement."] * 4, size=12)[0].get_pixmap(dpi=110)
    document = pymupdf.open()
    for _ in range(2):
        page = document.new_page()
        page.insert_image(page.rect, pixmap=picture)
    document.insert_pdf(made_pdf(SENTENCE))
    data = document.tobytes()
    text = reader.read(data, "mixed.pdf").accepted
    assert text is not None
    assert [page.ocr for page in text.pages] == [True, True, False]
    start = text.text.index("prior written")
    (rect,) = reader.locate(data, text, start, start + len("prior written"))
    assert (
        pymupdf.open(stream=data)[2].get_textbox((rect.x0 - 1, rect.y0 + 5, rect.x1 + 1, rect.y1 - 2)).strip()
        == "prior written"
    )


def test_pages_with_a_broken_text_layer_are_read_from_their_image(reader: SandboxedReader) -> None:
    data = (SAMPLES / "broken-text-layer.pdf").read_bytes()
    text = reader.read(data, "broken.pdf").accepted
    assert text is not None
    assert [page.ocr for page in text.pages] == [False, True, True]
    for words in (
        "3. Governing law. This Agreement is governed by the laws of the State of Delaware, and its courts alone",
        "4. Assignment. The Supplier shall not assign this Agreement without the consent",
        "6. Termination. Either party may terminate this Agreement for its own convenience upon sixty days",
    ):
        assert words in text.text
    assert "\ufffd" not in text.text
    (rect,) = reader.locate(data, text, text.text.index("Delaware"), text.text.index("Delaware") + 8)
    assert rect.page == 2


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_scan_lying_on_its_side_or_head_is_read_upright(reader: SandboxedReader, turn: int) -> None:
    lines = [f"Line {n} of the clause binds the Customer and the Supplier alike." for n in range(6)]
    picture = made_pdf(lines, size=12)[0].get_pixmap(dpi=100, colorspace=pymupdf.csGRAY)
    scan = pymupdf.open()
    page = scan.new_page(width=842 if turn % 180 else 595, height=595 if turn % 180 else 842)
    page.insert_image(page.rect, pixmap=picture, rotate=turn)
    text = reader.read(scan.tobytes(), "scan.pdf").accepted
    assert text is not None
    assert " ".join(text.text.split()) == " ".join(lines)


def test_a_blank_scan_invents_nothing(reader: SandboxedReader) -> None:
    grey = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 850, 1100), False)
    grey.clear_with(240)
    document = pymupdf.open()
    page = document.new_page()
    page.insert_image(page.rect, pixmap=grey)
    outcome = reader.read(document.tobytes(), "blank.pdf")
    assert outcome.status is FileStatus.EMPTY
    assert "No words" in (outcome.reason or "")


def test_a_page_comes_as_pixels(reader: SandboxedReader) -> None:
    width, height, rgb = reader.render(made_pdf(SENTENCE).tobytes(), 1, 0.5)
    assert (width, height) == (298, 421)
    assert len(rgb) == width * height * 3
    assert min(rgb) < 128


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_in_every_usual_encoding(reader: SandboxedReader, encoding: str) -> None:
    text = reader.read("Fee: \u20ac 5 \u2013 \u201cnet\u201d\r\n\r\nEnd.".encode(encoding), "a.txt").accepted
    assert text is not None
    assert text.text == "Fee: \u20ac 5 \u2013 \u201cnet\u201d\n\nEnd."


def test_mail_and_archive_hand_over_their_files(reader: SandboxedReader) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@example.org", "Side letter"
    mail.set_content("<p>We <b>waive</b> clause 4.</p><style>p {}</style>", subtype="html")
    mail.add_attachment(b"Words.", maintype="application", subtype="octet-stream", filename="../nda.txt")
    outcome = reader.read(mail.as_bytes(), "a.eml")
    assert outcome.accepted is not None
    assert "We waive clause 4." in outcome.accepted.text
    assert outcome.attachments == (("nda.txt", b"Words."),)
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w") as archive:
        archive.writestr("../a/b.txt", "Words.")
        archive.writestr("__MACOSX/x", "litter")
    assert reader.read(room.getvalue(), "room.zip").attachments == (("a/b.txt", b"Words."),)


def test_files_are_known_by_content(reader: SandboxedReader) -> None:
    assert reader.read(made_pdf(SENTENCE).tobytes(), "wrong.docx").status is FileStatus.READ
    assert reader.read(b"{\\rtf1\\ansi Some {\\b bold} words.}", "wrong.txt").accepted.text == "Some bold words."
    assert reader.read(b"", "x.pdf").status is FileStatus.EMPTY


def test_several_threads_read_at_once(reader: SandboxedReader) -> None:
    files = [made_pdf([f"Contract number {n} of the many."]).tobytes() for n in range(12)]
    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(lambda data: reader.read(data, "a.pdf"), files))
    assert [o.accepted.text for o in outcomes if o.accepted] == [f"Contract number {n} of the many." for n in range(12)]


def test_a_folder_is_walked_in_order_without_litter(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.txt", ".hidden", "~$a.docx", "Thumbs.db", "sub/c.docx"):
        path = tmp_path / "deal" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "outside.txt").write_bytes(b"x")
    (tmp_path / "deal" / "link.txt").symlink_to(tmp_path / "outside.txt")
    assert [entry.path for entry in walk([tmp_path / "deal"])] == ["a.txt", "b.pdf", "sub/c.docx"]


def test_the_pages_of_a_scan_are_read_by_several_children(reader: SandboxedReader) -> None:
    scan = pymupdf.open()
    for number in range(5):
        words = made_pdf([f"Page {number} of the agreement is an image."] * 3, size=14)[0]
        page = scan.new_page()
        page.insert_image(page.rect, pixmap=words.get_pixmap(dpi=110, colorspace=pymupdf.csGRAY))
    asked = []
    ask = reader._pool.ask
    reader._pool.ask = lambda header, blobs: (asked.append(header["op"]), ask(header, blobs))[1]  # type: ignore[method-assign]
    try:
        text = reader.read(scan.tobytes(), "scan.pdf").accepted
    finally:
        reader._pool.ask = ask  # type: ignore[method-assign]
    assert text is not None
    assert asked.count("recognise") >= 2
    assert [f"Page {n} of the agreement" in text.text[p.start : p.end] for n, p in enumerate(text.pages)] == [True] * 5
    assert all(page.ocr for page in text.pages)
    assert text.boxes


def test_a_folder_with_the_name_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "deal" / "contract.pdf").mkdir(parents=True)
    (tmp_path / "deal" / "contract.pdf" / "a.txt").write_bytes(b"x")
    entries = walk([tmp_path / "deal"])
    assert [(entry.path, entry.reason is None) for entry in entries] == [
        ("contract.pdf", False), ("contract.pdf/a.txt", True),
    ]  # fmt: skip
