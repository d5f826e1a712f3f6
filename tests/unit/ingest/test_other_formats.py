"""RTF, OpenDocument, web pages and forwarded mail."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

from app.domain.text import FileStatus, MarkKind
from app.ingest.archives import read_email
from app.ingest.formats import read_document
from app.ingest.odt import read_odt
from app.ingest.parsed import Parsed, ParsedText
from app.ingest.rtf import read_rtf

_RTF = rb"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Times;}}
{\*\revtbl{Unknown;}{Ann Lee;}}
{\header\pard Draft 3\par}\pard {\listtext\pard\plain 1.1\tab}The fee is {\deleted\revauthdel1 30}{\revised\revauth1 90}
 days{\footnote\pard {\super\chftn} Net of tax.}.\par\pard\intbl A\cell B\cell\row\pard \u8220?Quoted\u8221? {\v secret}
 {\f1 \'e4\'e0} {\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt link}}\par
{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt \pard Boxed.\par}}Last {\*\atnauthor Bo}{\*\annotation\pard Why?\par}one.\par}"""
_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"))
)


def both(parsed: Parsed) -> tuple[ParsedText, ParsedText]:
    assert parsed.accepted is not None
    return parsed.accepted, parsed.original or parsed.accepted


def odt(body: str, styles: str = "") -> bytes:
    out = io.BytesIO()
    dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("styles.xml", f"<office:styles {_ODF}/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {_ODF} {dc}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
    return out.getvalue()


def test_rtf_has_both_views_of_its_changes() -> None:
    accepted, original = both(read_rtf(_RTF))
    assert accepted.text.startswith("1.1\tThe fee is 90 days[1].\n\n[1] Net of tax.\n\nA\tB")
    assert original.text.startswith("1.1\tThe fee is 30 days[1].")
    [deleted] = [m for m in accepted.marks if m.kind is MarkKind.DELETED]
    assert (deleted.note["text"], deleted.note["author"]) == ("30", "Ann Lee")


def test_rtf_keeps_apart_what_is_no_text() -> None:
    accepted, _ = both(read_rtf(_RTF))
    assert accepted.text.endswith("\u201cQuoted\u201d secret \u0434\u0430 link\n\nLast one.\n\nBoxed.")
    notes = {m.kind: m for m in accepted.marks}
    assert notes[MarkKind.HEADER].note["text"] == "Draft 3"
    assert notes[MarkKind.COMMENT].note == {"author": "Bo", "date": "", "text": "Why?"}
    hidden = notes[MarkKind.HIDDEN]
    assert accepted.text[hidden.start : hidden.end] == "secret"


def test_a_deeply_nested_rtf_is_damaged() -> None:
    assert read_rtf(b"{\\rtf1 " + b"{" * 60_000 + b"x").status is FileStatus.DAMAGED


def test_odt_has_the_numbers_that_the_writer_shows() -> None:
    style = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" '
        'text:display-levels="2"'
        ' style:num-suffix=")"/></text:list-style>'
    )

    def item(words: str, inner: str = "") -> str:
        return f"<text:list-item><text:p>{words}</text:p>{inner}</text:list-item>"

    inner = f"<text:list>{item('Sub one')}{item('Sub two')}</text:list>"
    more = f'<text:list text:style-name="L" text:continue-numbering="true">{item("Third")}</text:list>'
    first = f'<text:list text:style-name="L">{item("First")}{item("Second", inner)}</text:list>'
    body = f"{first}<text:p>Between</text:p>{more}"
    accepted, _ = both(read_odt(odt(body, style)))
    assert accepted.text.split("\n\n") == [
        "1.\tFirst", "2.\tSecond", "2.a)\tSub one", "2.b)\tSub two", "Between", "3.\tThird",
    ]  # fmt: skip


def test_odt_has_both_views_notes_and_cells() -> None:
    info = "<office:change-info><dc:creator>Ann</dc:creator><dc:date>2026-01-02</dc:date></office:change-info>"
    changes = (
        f'<text:tracked-changes><text:changed-region text:id="i"><text:insertion>{info}</text:insertion>'
        '</text:changed-region><text:changed-region text:id="d"><text:deletion>'
        f"{info}<text:p>30</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    cited = "<text:note-citation>1</text:note-citation>"
    note = f"<text:note>{cited}<text:note-body><text:p>Net.</text:p></text:note-body></text:note>"
    pay = (
        '<text:p>Pay in <text:change text:change-id="d"/><text:change-start text:change-id="i"/>90<text:change-end '
        f'text:change-id="i"/> days{note}.</text:p>'
    )
    cells = "".join(f"<table:table-cell><text:p>{words}</text:p></table:table-cell>" for words in "AB")
    row = f"<table:table-row>{cells}</table:table-row>"
    accepted, original = both(read_odt(odt(changes + pay + f"<table:table>{row}</table:table>")))
    assert accepted.text == "Pay in 90 days[1].\n\n[1] Net.\n\nA\tB"
    assert original.text == "Pay in 30 days[1].\n\n[1] Net.\n\nA\tB"
    assert accepted.warnings == ("2 tracked changes, read as if accepted.",)
    assert [m.note["author"] for m in accepted.marks if m.kind is MarkKind.DELETED] == ["Ann"]


def test_a_web_page_is_read_as_it_looks() -> None:
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body><h1>AGREEMENT</h1><p>The fee\n is 5&nbsp;%.</p>"
        '<ol start="3"><li>First</li><li>Second</li></ol><p style="display:none">secret <b>terms</b></p>'
        "<p>End</p></body>"
    )
    parsed = read_document(page.encode(), "exhibit.htm", None, lambda _: None)
    accepted, _ = both(parsed)
    assert accepted.text.split("\n\n") == ["AGREEMENT", "The fee is 5\u00a0%.", "3. First", "4. Second", "End"]
    assert accepted.warnings == ("Words that the page hides were left out.",)


def test_a_message_sent_along_is_a_file_and_names_stay_apart() -> None:
    inner = EmailMessage()
    inner["Subject"] = "Side letter"
    inner.set_content("We waive clause 4.")
    outer = EmailMessage()
    outer["From"] = "a@example.org"
    outer.set_content("See below.")
    outer.add_attachment(inner)
    for words in (b"One", b"Two"):
        outer.add_attachment(words, maintype="text", subtype="octet-stream", filename="a.txt")
    names = [name for name, _ in read_email(outer.as_bytes()).attachments]
    assert names == ["Side letter.eml", "a.txt", "a (2).txt"]
