"""What a lawyer sees in Word and a reader must not lose: form fields, prompts, watermarks, inserted documents."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from app.domain.text import FileStatus, Mark, MarkKind
from app.ingest.docx import read_docx
from app.ingest.parsed import ParsedText

_spec = importlib.util.spec_from_file_location("docx_builder", Path(__file__).with_name("docx_builder.py"))
assert _spec is not None
assert _spec.loader is not None
b = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(b)

_FIELD = '<w:r><w:fldChar w:fldCharType="{}">{}</w:fldChar></w:r>'


def read(body: str, **parts: str) -> ParsedText:
    parsed = read_docx(b.docx(body, **parts))
    assert parsed.accepted is not None
    return parsed.accepted


def marks(text: ParsedText, kind: MarkKind) -> list[Mark]:
    return [mark for mark in text.marks if mark.kind is kind]


def test_a_field_without_an_end_swallows_nothing() -> None:
    text = read(b.para(b.run("Fee ") + _FIELD.format("begin", "") + b.run("of 5 %")) + b.para("is due."))
    assert text.text == "Fee of 5 %\n\nis due."


def test_a_field_whose_end_was_deleted_by_a_tracked_change_swallows_nothing() -> None:
    end = b.change("del", _FIELD.format("end", ""))
    body = _FIELD.format("begin", "") + "<w:r><w:instrText>REF x</w:instrText></w:r>" + end + b.run("The rest stays.")
    assert read(b.para(body)).text == "The rest stays."


def test_a_drop_down_shows_its_chosen_entry() -> None:
    entries = '<w:listEntry w:val="New York"/><w:listEntry w:val="Delaware"/>'
    form = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    code = "<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>"
    text = read(b.para(b.run("Law of ") + _FIELD.format("begin", form) + code + _FIELD.format("end", "")))
    assert text.text == "Law of Delaware"


def test_a_prompt_that_nobody_filled_in_is_marked() -> None:
    control = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{b.run('[Customer name]')}</w:sdtContent></w:sdt>"
    )
    text = read(b.para(b.run("To ") + control))
    [mark] = marks(text, MarkKind.FORM_FIELD)
    assert text.text[mark.start : mark.end] == "[Customer name]"
    assert mark.note == {"placeholder": True}


def test_a_watermark_is_named() -> None:
    drawn = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="DRAFT 2"/></v:shape>'
    shape = f"<w:r><w:pict>{drawn}</w:pict></w:r>"
    header = f"<w:hdr {b.NS}>{b.para(shape)}</w:hdr>"
    text = read(b.para("Words."), header=header)
    assert [m.note["text"] for m in marks(text, MarkKind.HEADER) if m.note.get("watermark")] == ["DRAFT 2"]
    assert "Watermark: DRAFT 2." in text.warnings


def test_a_header_is_read_in_the_view() -> None:
    changed = b.change("del", b.run("Draft 1", tag="delText")) + b.change("ins", b.run("Draft 2"))
    text = read(b.para("Words."), header=f"<w:hdr {b.NS}>{b.para(changed)}</w:hdr>")
    assert [m.note["text"] for m in marks(text, MarkKind.HEADER)] == ["Draft 2"]


def test_a_style_can_hide_a_paragraph() -> None:
    styles = (
        f'<w:styles {b.NS}><w:style w:type="paragraph" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )
    body = b.para("<w:r><w:t>Side letter terms</w:t></w:r>", style="H") + b.para("Shown.")
    text = read(body, styles=styles)
    [mark] = marks(text, MarkKind.HIDDEN)
    assert text.text[mark.start : mark.end] == "Side letter terms"


def test_answers_and_settled_comments_are_told_apart() -> None:
    w14, w15 = (
        "http://schemas.microsoft.com/office/word/2010/wordml",
        "http://schemas.microsoft.com/office/word/2012/wordml",
    )

    def comment(identity: int, words: str) -> str:
        paragraph = f'<w:p xmlns:w14="{w14}" w14:paraId="0000000{identity}"><w:r><w:t>{words}</w:t></w:r></w:p>'
        return f'<w:comment w:id="{identity}" w:author="Bo">{paragraph}</w:comment>'

    comments = f"<w:comments {b.NS}>{comment(1, 'Why?')}{comment(2, 'Tax.')}</w:comments>"
    extended = (
        f'<w15:commentsEx xmlns:w15="{w15}"><w15:commentEx w15:paraId="00000001" w15:done="1"/>'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/></w15:commentsEx>'
    )
    refer = "".join(f'<w:r><w:commentReference w:id="{n}"/></w:r>' for n in (1, 2))
    text = read(b.para(b.run("Fee") + refer), comments=comments, commentsExtended=extended)
    found = {m.note["text"]: (m.note.get("reply"), m.note.get("resolved")) for m in marks(text, MarkKind.COMMENT)}
    assert found == {"Why?": (None, True), "Tax.": (True, None)}
    assert text.warnings == ("2 comments in the margin, 1 of them resolved.",)


def test_a_comment_that_nothing_refers_to_is_kept() -> None:
    comments = f'<w:comments {b.NS}><w:comment w:id="4" w:author="Bo">{b.para("Check.")}</w:comment></w:comments>'
    assert [m.note["text"] for m in marks(read(b.para("Words."), comments=comments), MarkKind.COMMENT)] == ["Check."]


def test_columns_left_out_before_a_row_are_counted() -> None:
    row = '<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr><w:tc>' + b.para("Late") + "</w:tc></w:tr>"
    text = read(f"<w:tbl>{row}</w:tbl>")
    [cell] = marks(text, MarkKind.CELL)
    assert cell.note["column"] == 3


def test_who_changed_what_is_told_and_runs_of_one_change_count_once() -> None:
    body = b.change("ins", b.run("A"), "Ann") + b.change("ins", b.run("B"), "Ann") + b.change("ins", b.run("C"), "Bo")
    assert read(b.para(body)).warnings == ("2 tracked changes by Ann, Bo (2026-01-02), read as if accepted.",)


def test_a_document_put_in_whole_is_read_and_one_that_cannot_be_is_told() -> None:
    inside = '<w:altChunk r:id="{}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
    data = b.docx(
        b.para("Before.") + inside.format("r0") + b.para("After."), aFChunk="<html><body><p>Inside.</p></body></html>"
    )
    parsed = read_docx(data)
    assert parsed.accepted is not None
    assert parsed.accepted.text == "Before.\n\nInside.\n\nAfter."
    lost = read(b.para("Before.") + inside.format("r9"))
    assert lost.warnings == ("1 document inserted into this one could not be read.",)


def test_a_file_of_pictures_says_so() -> None:
    space = "http://schemas.openxmlformats.org/drawingml/2006"
    blip = f'<a:blip xmlns:a="{space}/main"/>'
    inline = f'<wp:inline xmlns:wp="{space}/wordprocessingDrawing">{blip}</wp:inline>'
    picture = f"<w:r><w:drawing>{inline}</w:drawing></w:r>"
    parsed = read_docx(b.docx(b.para(picture)))
    assert parsed.status is FileStatus.EMPTY
    assert "pictures only" in (parsed.reason or "")
