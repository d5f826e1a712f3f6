from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pymupdf
from docx.oxml.ns import qn
from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
import report_samples as samples

from app.domain.text import PageRect
from app.report.annotate import CopyNote, plan_copies
from app.report.annotate_pdf import annotate_pdf
from app.report.annotate_word import annotate_docx


def note(quote: str, occurrence: int = 0) -> CopyNote:
    return CopyNote(0, len(quote), quote, "Jane van Smith", "High: Assignment\nWhy", "high", occurrence)


def anchored(data: bytes) -> list[str]:
    """The exact words under each comment, in the order of the comments' numbers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    words: dict[str, str] = {}
    open_ids: set[str] = set()
    for node in root.iter():
        if node.tag == qn("w:commentRangeStart"):
            open_ids.add(node.get(qn("w:id")))
            words[node.get(qn("w:id"))] = ""
        elif node.tag == qn("w:commentRangeEnd"):
            open_ids.discard(node.get(qn("w:id")))
        elif node.tag == qn("w:t"):
            for key in open_ids:
                words[key] += node.text or ""
    return [words[key] for key in sorted(words, key=int)]


def original() -> bytes:
    document = docx.Document()
    document.add_heading("Agreement")
    paragraph = document.add_paragraph("Neither party may ")
    paragraph.add_run("assign this").bold = True
    paragraph.add_run(" Agreement without consent. Neither party may sleep.")
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "The fee is 100 euros a month."
    document.add_paragraph("The Supplier shall deliver.", style="List Number")
    document.add_paragraph("The Supplier shall deliver.")
    inserted = document.add_paragraph("Payment is due ")
    mark = etree.SubElement(inserted._p, qn("w:ins"), {qn("w:id"): "900", qn("w:author"): "X"})
    run = etree.SubElement(mark, qn("w:r"))
    etree.SubElement(run, qn("w:t")).text = "within ten days."
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_comments_stand_at_the_exact_words_across_runs_tables_and_insertions() -> None:
    quotes = ["party may assign this Agreement", "100 euros", "1. The Supplier shall deliver.", "due within ten"]
    data = original()
    copy = annotate_docx(data, [note(q) for q in quotes], samples.MADE)
    assert copy.unanchored == 0
    assert anchored(copy.data) == [quotes[0], quotes[1], "The Supplier shall deliver.", quotes[3]]
    before = [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]
    assert [p.text for p in docx.Document(io.BytesIO(copy.data)).paragraphs] == before
    comments = list(docx.Document(io.BytesIO(copy.data)).comments)
    assert comments[0].author == "Jane van Smith"
    assert comments[0].initials == "JvS"
    assert comments[0].timestamp == samples.MADE
    assert "High: Assignment" in comments[0].text


def test_overlapping_and_repeated_quotes_and_quotes_over_paragraphs() -> None:
    notes = [note("Neither party may assign"), note("may assign this"), note("The Supplier shall deliver.", 1),
             note("The Supplier shall deliver.\nPayment is due")]  # fmt: skip
    copy = annotate_docx(original(), notes, samples.MADE)
    found = anchored(copy.data)
    assert found[:3] == ["Neither party may assign", "may assign this", "The Supplier shall deliver."]
    assert found[3].startswith("The Supplier shall deliver.")
    assert found[3].endswith("Payment is due")


def test_words_that_are_not_there_become_a_note_at_the_start() -> None:
    copy = annotate_docx(original(), [note("These words stand nowhere.")], samples.MADE)
    assert copy.unanchored == 1
    assert "could not be located" in next(iter(docx.Document(io.BytesIO(copy.data)).comments)).text


def test_a_pdf_copy_has_highlights_over_the_words_also_where_pages_are_turned() -> None:
    for rotation in (0, 90):
        with pymupdf.open() as source:
            page = source.new_page()
            page.insert_text((72, 100), "Neither party may assign.")
            page.set_rotation(rotation)
            shown = page.search_for("may assign")[0] * page.rotation_matrix
            data = source.tobytes()
        rectangle = PageRect(1, shown.x0, shown.y0, shown.x1, shown.y1)
        copy = annotate_pdf(data, [(note("may assign"), [rectangle]), (note("x"), [])], samples.MADE)
        with pymupdf.open(stream=copy, filetype="pdf") as document:
            page = document[0]
            marks = list(page.annots())
            assert len(marks) == 1
            assert marks[0].info["content"].startswith("High: Assignment")
            overlap = marks[0].rect & page.search_for("may assign")[0]
            assert overlap.get_area() > 0.8 * page.search_for("may assign")[0].get_area()


def test_copies_are_planned_for_pdf_and_word_alone_with_safe_names() -> None:
    review = samples.small_review()
    plans = list(plan_copies(review))
    assert [p.file_name for p in plans] == ["002 Halden MSA (annotated).pdf", "004 Northwind licence (annotated).docx"]
    assert [len(p.notes) for p in plans] == [4, 5]  # one was rejected; what is missing has no words to mark
    awkward = replace(review.contracts[0].document, paths=("../../etc/pass:wd?.pdf",))
    item = replace(review.contracts[0], document=awkward)
    plan = next(plan_copies(samples.make_review((item,))))
    assert plan.file_name == "001 pass_wd_ (annotated).pdf"
