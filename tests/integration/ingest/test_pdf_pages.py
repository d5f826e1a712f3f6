"""What stands on a PDF page beside plain sentences: fields, markings, notes, tables, columns, stamps."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from app.domain.text import Mark, MarkKind
from app.ingest.parsed import Parsed, ParsedText
from app.ingest.pdf import layout_of, read_pdf
from app.ingest.pdf_places import rectangles

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def parsed(document: pymupdf.Document) -> Parsed:
    return read_pdf(document.tobytes(), None, lambda _: None)[0]


def read(document: pymupdf.Document) -> ParsedText:
    text = parsed(document).accepted
    assert text is not None
    return text


def marks(text: ParsedText, kind: MarkKind) -> list[Mark]:
    return [mark for mark in text.marks if mark.kind is kind]


def shown(text: ParsedText, kind: MarkKind) -> list[str]:
    return [text.text[mark.start : mark.end] for mark in marks(text, kind)]


def page_of(*lines: str) -> tuple[pymupdf.Document, pymupdf.Page]:
    document = pymupdf.open()
    page = document.new_page()
    for number, line in enumerate(lines):
        page.insert_text((72, 100 + 30 * number), line)
    return document, page


def test_what_was_filled_in_is_read_where_it_stands() -> None:
    document, page = page_of("This Agreement begins on:", "Exclusive", "Not exclusive", "The last line of the page.")
    for kind, name, box, value in (
        (pymupdf.PDF_WIDGET_TYPE_TEXT, "start", (220, 88, 340, 104), "5 January 2026"),
        (pymupdf.PDF_WIDGET_TYPE_CHECKBOX, "yes", (50, 120, 62, 132), True),
        (pymupdf.PDF_WIDGET_TYPE_CHECKBOX, "no", (50, 150, 62, 162), False),
    ):
        field = pymupdf.Widget()
        field.field_type, field.field_name, field.rect, field.field_value = kind, name, pymupdf.Rect(box), value
        page.add_widget(field)
    text = read(document)
    assert text.text.split("\n\n") == [
        "This Agreement begins on: 5 January 2026", "\u2612 Exclusive", "\u2610 Not exclusive",
        "The last line of the page.",
    ]  # fmt: skip
    notes = {m.note["name"]: m.note for m in marks(text, MarkKind.FORM_FIELD)}
    assert notes["start"]["text"] == "5 January 2026"
    assert (notes["yes"]["checked"], notes["no"]["checked"]) == (True, False)


def test_markings_are_tied_to_their_words() -> None:
    document, page = page_of("The Supplier shall deliver within thirty days of the order.")
    struck = page.add_strikeout_annot(page.search_for("within thirty days"))
    struck.set_info(title="Bo")
    struck.update()
    page.add_text_annot((400, 100), "Too short?")
    page.add_freetext_annot((72, 200, 300, 230), "45 days", fontsize=11)
    text = read(document)
    found = {m.note["what"]: (text.text[m.start : m.end], m.note["text"]) for m in marks(text, MarkKind.ANNOTATION)}
    assert found["struck out"] == ("within thirty days", "")
    assert found["note"][1] == "Too short?"
    assert found["typed on the page"] == ("45 days", "45 days")
    assert any("struck out (1)" in warning for warning in text.warnings)


def test_a_footnote_breaks_no_sentence_and_no_amount() -> None:
    data = (SAMPLES / "footnotes-over-a-page.pdf").read_bytes()
    text = read_pdf(data, None, lambda _: None)[0].accepted
    assert text is not None
    assert "USD 500[1] to the Supplier" in text.text
    assert "The Customer shall also[2] bear the costs" in text.text
    notes = [text.text[m.start : m.end] for m in marks(text, MarkKind.FOOTNOTE) if m.note.get("what") == "note"]
    assert [note[:12] for note in notes] == ["[1] Net of v", "[2] As publi"]
    document = pymupdf.open(stream=data)
    start = text.text.index("500[1] to the")
    (rect,) = rectangles(document, layout_of(document, {}), (), start, start + len("500[1] to the"))
    under = document[rect.page - 1].get_textbox((rect.x0 - 1, rect.y0 - 2, rect.x1 + 1, rect.y1 + 2))
    assert under.strip().endswith("5001 to the")


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_is_read_by_its_cells(ruled: bool) -> None:
    document, page = page_of("The fees are set out in the table below.")
    rows = [["Service", "Fee", "Term"], ["Hosting", "$ 1,000", "12 months"], ["Support", "$ 500", "24 months"]]
    for i, row in enumerate(rows):
        for j, words in enumerate(row):
            x, y = 72 + 150 * j, 130 + 20 * i
            if ruled:
                page.draw_rect((x, y, x + 150, y + 20))
            page.insert_text((x + 4, y + 14), words)
    page.insert_text((72, 260), "The table above is binding on the parties.")
    text = read(document)
    assert "\n\nService\tFee\tTerm\nHosting\t$ 1,000\t12 months\nSupport\t$ 500\t24 months\n\n" in text.text
    places = {text.text[m.start : m.end]: (m.note["row"], m.note["column"]) for m in marks(text, MarkKind.CELL)}
    assert places["$ 500"] == (3, 2)
    assert len(marks(text, MarkKind.TABLE)) == 1


@pytest.mark.parametrize("count", [2, 3])
def test_columns_are_read_one_after_the_other(count: int) -> None:
    document = pymupdf.open()
    page = document.new_page()
    for line in range(20):
        for column in range(count):
            place = (40 + 540 / count * column, 150 + 14 * line)
            page.insert_text(place, f"Column {column} says word {line} here", fontsize=9)
    text = read(document).text
    assert text.index("Column 0 says word 19") < text.index("Column 1 says word 0 ")
    assert text.index(f"Column {count - 2} says word 19") < text.index(f"Column {count - 1} says word 0 ")


def test_clause_numbers_beside_their_clauses_are_no_columns() -> None:
    document = pymupdf.open()
    page = document.new_page()
    for line in range(14):
        page.insert_text((72, 150 + 28 * line), f"{line + 1}.1")
        words = f"The party shall perform its duty number {line + 1} under the contract."
        page.insert_text((120, 150 + 28 * line), words)
    text = read(document).text
    assert "3.1 The party shall perform its duty number 3 " in text
    assert not marks(read(document), MarkKind.TABLE)


def test_a_watermark_and_a_stamp_in_the_margin_stay_out_of_the_sentences() -> None:
    document, page = page_of("The Supplier shall deliver the goods and shall", "bear the risk until they are accepted.")
    writer = pymupdf.TextWriter(page.rect)
    writer.append((150, 450), "DRAFT", fontsize=60)
    writer.write_text(page, morph=(pymupdf.Point(150, 450), pymupdf.Matrix(45)))
    page.insert_text((30, 600), "Filed in the margin", rotate=90)
    text = read(document)
    assert "DRAFT" not in text.text
    assert "margin" not in text.text
    assert {m.note["text"] for m in marks(text, MarkKind.HEADER)} == {"DRAFT", "Filed in the margin"}


def test_a_page_set_sideways_is_read_in_its_own_order() -> None:
    document = pymupdf.open()
    page = document.new_page()
    for line in range(6):
        page.insert_text((100 + 20 * line, 700), f"Line {line} of the contract runs up the page", rotate=90)
    text = read(document).text
    assert [text.index(f"Line {n} ") for n in range(6)] == sorted(text.index(f"Line {n} ") for n in range(6))


@pytest.mark.parametrize("step", [1, 5])
def test_line_numbers_are_no_words(step: int) -> None:
    document = pymupdf.open()
    page = document.new_page()
    for line in range(25):
        if (line + 1) % step == 0:
            page.insert_text((40, 100 + 24 * line), str(100 + line + 1))
        page.insert_text((72, 100 + 24 * line), "the party shall perform its duties under the clause and then")
    text = read(document).text
    assert not any(c.isdigit() for c in text)


def test_attached_files_come_out_with_their_names() -> None:
    document, _ = page_of("The schedule is attached to this file.")
    document.embfile_add("schedule.txt", b"Prices.", filename="schedule.txt")
    result = parsed(document)
    assert result.attachments == (("schedule.txt", b"Prices."),)
    assert result.accepted is not None
    assert any("schedule.txt" in warning for warning in result.accepted.warnings)


def test_headings_are_marked_by_number_and_look() -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((200, 100), "SERVICES AGREEMENT", fontsize=16)
    page.insert_text((72, 140), "2. Payment", fontname="hebo")
    page.insert_text((72, 170), "The Customer shall pay every invoice within thirty days of its date.")
    page.insert_text((72, 200), "2.1 Interest", fontname="hebo")
    page.insert_text((72, 230), "Interest accrues from day to day on every sum that is overdue.")
    text = read(document)
    found = {text.text[m.start : m.end]: m.note["level"] for m in marks(text, MarkKind.HEADING)}
    assert found == {"SERVICES AGREEMENT": 1, "2. Payment": 1, "2.1 Interest": 2}


def test_an_exhibit_pasted_in_as_a_picture_is_read() -> None:
    source, letter = page_of(*(f"Sentence {n} of the letter binds the parties to this Agreement." for n in range(6)))
    document, page = page_of(
        "Schedule 3. The letter reproduced below forms part of this Agreement and prevails over clause 4 of it.",
        "The parties have initialled the reproduction for identification. Each party keeps one original of it.",
    )
    page.insert_image((60, 200, 560, 800), pixmap=letter.get_pixmap(dpi=150, colorspace=pymupdf.csGRAY))
    source.close()
    text = read(document)
    assert text.text.index("prevails over clause 4") < text.text.index("Sentence 5 of the letter binds the parties")
    assert text.pages[0].ocr


def test_a_picture_without_words_leaves_the_text_layer_alone() -> None:
    document, page = page_of("The drawing below shows the site to which this Agreement refers, without any scale.")
    picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 300, 300), False)
    picture.clear_with(255)
    picture.set_rect(pymupdf.IRect(50, 50, 200, 120), (0,))
    page.insert_image((60, 200, 560, 700), pixmap=picture)
    text = read(document)
    assert text.text.startswith("The drawing below shows the site")
    assert not text.pages[0].ocr


def test_a_form_that_only_adobe_draws_is_named() -> None:
    document, _ = page_of("Please wait...", "If this message is not replaced, your viewer cannot display the document.")
    document.xref_set_key(document.pdf_catalog(), "AcroForm", "<</XFA (x)/Fields[]>>")
    result = parsed(document)
    assert result.accepted is None
    assert "XFA" in (result.reason or "")
