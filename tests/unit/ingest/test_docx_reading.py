"""Both views, notes, tables, fields, comments and bad files, on small documents made here."""

from __future__ import annotations

import importlib.util
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from app.domain.text import FileStatus, Mark, MarkKind
from app.ingest.docx import read_docx
from app.ingest.parsed import ParsedText

_spec = importlib.util.spec_from_file_location("docx_builder", Path(__file__).with_name("docx_builder.py"))
assert _spec is not None
assert _spec.loader is not None
b = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(b)


def views(body: str, **parts: str) -> tuple[ParsedText, ParsedText]:
    parsed = read_docx(b.docx(body, **parts))
    assert parsed.accepted is not None
    return parsed.accepted, parsed.original or parsed.accepted


def marks(text: ParsedText, kind: MarkKind) -> list[Mark]:
    return [mark for mark in text.marks if mark.kind is kind]


def test_insertions_and_deletions_make_two_views() -> None:
    body = b.para(
        b.run("Pay in ") + b.change("del", b.run("30", tag="delText")) + b.change("ins", b.run("90")) + b.run(" days.")
    )
    accepted, original = views(body)
    assert accepted.text == "Pay in 90 days."
    assert original.text == "Pay in 30 days."
    [inserted] = marks(accepted, MarkKind.INSERTED)
    assert (accepted.text[inserted.start : inserted.end], inserted.note["author"]) == ("90", "Ann")
    [deleted] = marks(accepted, MarkKind.DELETED)
    assert (deleted.start, deleted.note["text"], deleted.note["date"]) == (7, "30", "2026-01-02T03:04:05Z")
    assert "2 tracked changes" in accepted.warnings[0]


def test_a_deletion_inside_an_insertion_is_in_neither_view() -> None:
    inner = b.run("kept ") + b.change("del", b.run("never", tag="delText"))
    accepted, original = views(b.para(b.run("Always ") + b.change("ins", inner)))
    assert (accepted.text, original.text) == ("Always kept", "Always")


def test_a_move_is_at_its_target_when_accepted_and_at_its_source_before() -> None:
    source = b.para(b.change("moveFrom", b.run("Moved.")), mark=b.change("moveFrom"))
    target = b.para(b.change("moveTo", b.run("Moved.")), mark=b.change("moveTo"))
    accepted, original = views(source + b.para("Stays.") + target)
    assert (accepted.text, original.text) == ("Stays.\n\nMoved.", "Moved.\n\nStays.")


def test_a_deleted_paragraph_mark_joins_lines() -> None:
    accepted, original = views(b.para("First ", mark=b.change("del")) + b.para("second."))
    assert (accepted.text, original.text) == ("First second.", "First \n\nsecond.")


def test_tracked_rows_and_changes_in_content_controls() -> None:
    cell = "<w:tr><w:trPr>{}</w:trPr><w:tc>{}</w:tc></w:tr>"
    table = "<w:tbl>" + cell.format("", b.para("Old")) + cell.format(b.change("ins"), b.para("New")) + "</w:tbl>"
    control = f"<w:sdt><w:sdtContent>{b.para(b.run('Fee') + b.change('ins', b.run('s')))}</w:sdtContent></w:sdt>"
    accepted, original = views(table + control)
    assert (accepted.text, original.text) == ("Old\nNew\n\nFees", "Old\n\nFee")


def test_formatting_changes_are_undone_in_the_original_view() -> None:
    numbered = b.para("Words", 1, 0).replace(
        "</w:pPr>", '<w:pPrChange w:id="3" w:author="Ann"><w:pPr/></w:pPrChange></w:pPr>'
    )
    accepted, original = views(numbered, numbering=b.numbering(b.level(0)))
    assert (accepted.text, original.text) == ("1.\tWords", "Words")


def test_cells_have_their_row_and_column() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{b.para("wide")}</w:tc>'
    rows = f"<w:tr>{wide}<w:tc>{b.para('c')}</w:tc></w:tr>"
    nested = f"<w:tbl><w:tr><w:tc>{b.para('in')}</w:tc><w:tc>{b.para('ner')}</w:tc></w:tr></w:tbl>"
    rows += f"<w:tr><w:tc>{b.para('one')}{b.para('two')}</w:tc><w:tc>{nested}{b.para('')}</w:tc></w:tr>"
    accepted, _ = views(b.para("Above") + f"<w:tbl>{rows}</w:tbl>" + b.para("Below"))
    assert accepted.text == "Above\n\nwide\tc\none\ntwo\tin\tner\n\nBelow"
    cells = {
        accepted.text[m.start : m.end]: (m.note["table"], m.note["row"], m.note["column"])
        for m in marks(accepted, MarkKind.CELL)
    }
    assert cells["c"] == (1, 1, 3)
    assert cells["one\ntwo"] == (1, 2, 1)
    assert cells["ner"] == (2, 1, 2)


def test_field_results_are_text_and_codes_are_not() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = "<w:r><w:instrText>REF _Ref1 \\h</w:instrText></w:r>"
    body = b.run("See ") + field.format("begin") + code + field.format("separate") + b.run("4.2") + field.format("end")
    accepted, _ = views(b.para(body + b.run(" below.")))
    assert accepted.text == "See 4.2 below."


def test_footnotes_stand_after_their_paragraph_and_comments_at_their_words() -> None:
    notes = f'<w:footnotes {b.NS}><w:footnote w:id="2">{b.para(" Net of tax.")}</w:footnote></w:footnotes>'
    one = f'<w:comment w:id="7" w:author="Bo" w:date="2026-02-03T00:00:00Z">{b.para("Why?")}</w:comment>'
    comments = f"<w:comments {b.NS}>{one}</w:comments>"
    body = (
        '<w:commentRangeStart w:id="7"/>'
        + b.run("The fee")
        + '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    )
    body += '<w:r><w:footnoteReference w:id="2"/></w:r>' + b.run(" is due.")
    accepted, _ = views(b.para(body) + b.para("Next."), footnotes=notes, comments=comments)
    assert accepted.text == "The fee[1] is due.\n\n[1] Net of tax.\n\nNext."
    [comment] = marks(accepted, MarkKind.COMMENT)
    assert (accepted.text[comment.start : comment.end], comment.note["author"], comment.note["text"]) == (
        "The fee",
        "Bo",
        "Why?",
    )


def test_a_text_box_is_read_once_and_hidden_text_is_flagged() -> None:
    box = f"<w:txbxContent>{b.para('In the box')}</w:txbxContent>"
    alternate = "<mc:AlternateContent><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>"
    alternate = alternate.format(box)
    drawing = f"<w:r>{alternate}</w:r>"
    accepted, _ = views(b.para(b.run("Body ") + b.run("secret", "<w:vanish/>") + drawing))
    assert accepted.text == "Body secret\n\nIn the box"
    [hidden] = marks(accepted, MarkKind.HIDDEN)
    assert accepted.text[hidden.start : hidden.end] == "secret"


def test_headers_are_kept_apart_and_pages_are_words_last_layout() -> None:
    header = f"<w:hdr {b.NS}>{b.para('DRAFT 3')}</w:hdr>"
    broken = b.para("<w:r><w:lastRenderedPageBreak/><w:t>Two</w:t></w:r>", 1, 0)
    accepted, _ = views(b.para("One") + broken, header=header, numbering=b.numbering(b.level(0)))
    assert accepted.text == "One\n\n1.\tTwo"
    assert [(p.number, p.start, p.end) for p in accepted.pages] == [(1, 0, 5), (2, 5, 11)]
    assert accepted.page_source == "word-layout"
    assert [m.note["text"] for m in marks(accepted, MarkKind.HEADER)] == ["DRAFT 3"]


def test_a_style_separator_keeps_a_run_in_heading_in_its_line() -> None:
    heading = b.para("Term.", 1, 0, mark="<w:vanish/><w:specVanish/>")
    accepted, _ = views(heading + b.para(" Two years."), numbering=b.numbering(b.level(0)))
    assert accepted.text == "1.\tTerm. Two years."


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", FileStatus.EMPTY),
        (b"PK\x03\x04 not a package", FileStatus.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), FileStatus.PASSWORD),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", FileStatus.UNSUPPORTED),
        (b.docx(""), FileStatus.EMPTY),
        (b.docx("<w:p>&bad;</w:p>"), FileStatus.DAMAGED),
        (b.docx(b.para("cut short"))[:-60], FileStatus.DAMAGED),
        (b.docx("<w:p>" * 300 + "</w:p>" * 300), FileStatus.DAMAGED),
    ],
)
def test_bad_files_are_a_status_and_a_sentence(data: bytes, status: FileStatus) -> None:
    parsed = read_docx(data)
    assert parsed.status is status
    assert parsed.reason is not None
    assert parsed.reason.endswith(".")


def test_a_doctype_is_refused() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f'<!DOCTYPE x [<!ENTITY a "b">]><w:document {b.NS}/>')
    assert read_docx(buffer.getvalue()).status is FileStatus.DAMAGED
