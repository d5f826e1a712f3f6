"""Word packages that lie about themselves."""

from __future__ import annotations

import io
import zipfile

from tests.hostile.made import OFFICE, PACKAGE, WORD, Made, docx, packed, paragraph


def bad_docx() -> Made:
    """Word packages that lie about themselves."""
    entity = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY a{n} "{("&a;" if n == 1 else f"&a{n - 1};") * 10}">' for n in range(1, 10)
    )
    yield "laughs.docx", docx("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", head=entity + "]>")
    for name, where in (("file", "file:///etc/passwd"), ("web", "http://192.0.2.1/x"), ("share", "file://192.0.2.1/x")):
        yield (
            f"outside-{name}.docx",
            docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", head=f'<!DOCTYPE w [<!ENTITY x SYSTEM "{where}">]>'),
        )
        template = f'<Relationship Id="t" Type="{OFFICE}/attachedTemplate" Target="{where}" TargetMode="External"/>'
        data = docx(paragraph()).replace(b"\0", b"\0")
        entries = {n: zipfile.ZipFile(io.BytesIO(data)).read(n) for n in zipfile.ZipFile(io.BytesIO(data)).namelist()}
        entries["word/_rels/document.xml.rels"] = (
            f'<Relationships xmlns="{PACKAGE}/relationships">{template}</Relationships>'.encode()
        )
        yield f"template-{name}.docx", packed(dict(entries))
    yield "astray.docx", docx("<w:p/>", target="../../../etc/passwd")
    for depth in (300, 20_000):
        yield (
            f"deep-controls-{depth}.docx",
            docx("<w:sdt><w:sdtContent>" * depth + paragraph() + "</w:sdtContent></w:sdt>" * depth),
        )
        yield (
            f"deep-tables-{depth}.docx",
            docx("<w:tbl><w:tr><w:tc>" * depth + paragraph() + "</w:tc></w:tr></w:tbl>" * depth),
        )
        yield (
            f"deep-changes-{depth}.docx",
            docx("<w:p>" + "<w:ins>" * depth + "<w:r><w:t>x</w:t></w:r>" + "</w:ins>" * depth + "</w:p>"),
        )
    yield "bomb.docx", docx("<w:p><w:r><w:t>" + "a" * 105_000_000 + "</w:t></w:r></w:p>")
    yield "paragraphs.docx", docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 300_000)
    yield "runs.docx", docx("<w:p>" + "<w:r><w:t>a </w:t></w:r>" * 300_000 + "</w:p>")
    yield (
        "changes.docx",
        docx(
            "<w:p>"
            + '<w:del w:author="a"><w:r><w:delText>b</w:delText></w:r></w:del>' * 60_000
            + "</w:p>"
            + paragraph()
        ),
    )
    yield (
        "fields.docx",
        docx("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 100_000 + "</w:p>" + paragraph()),
    )
    yield (
        "wide.docx",
        docx(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>'
            + paragraph()
            + "</w:tc></w:tr></w:tbl>"
        ),
    )
    yield "attribute.docx", docx(f'<w:p w:rsid="{"a" * 20_000_000}"/>' + paragraph())
    circle = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 500}"/></w:style>'
        for n in range(500)
    )
    yield (
        "cyclic-styles.docx",
        docx(
            paragraph(properties='<w:pStyle w:val="s0"/>') * 2000,
            styles=f'<w:styles xmlns:w="{WORD}">{circle}</w:styles>',
        ),
    )
    lists = (
        f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="s0"/>'
        "</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    numbered = '<w:numPr><w:ilvl w:val="99999999999"/><w:numId w:val="1"/></w:numPr>'
    yield "cyclic-lists.docx", docx(paragraph(properties=numbered) * 50, numbering=lists)
    level = '<w:lvl w:ilvl="0"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="%1."/></w:lvl>'
    for start, form in ((10**12, "upperRoman"), (-5, "upperLetter"), (10**9, "lowerLetter"), (10**30, "cardinalText")):
        own = f'<w:abstractNum w:abstractNumId="0">{level.format(start, form)}</w:abstractNum>'
        own += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        own = f'<w:numbering xmlns:w="{WORD}">{own}</w:numbering>'
        yield (
            f"number-{form}-{start % 97}.docx",
            docx(paragraph(properties=numbered.replace("99999999999", "0")) * 5, numbering=own),
        )
    yield "no-document.docx", packed({"[Content_Types].xml": "<Types/>", "word/other.xml": "<a/>"})
    yield (
        "picture-inside.docx",
        packed({"[Content_Types].xml": "<Types/>", "word/document.xml": b"\x89PNG\r\n" + b"\0" * 999}),
    )
    yield (
        "utf16.docx",
        packed(
            {
                "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{paragraph()}</w:body></w:document>'.encode(
                    "utf-16"
                )
            }
        ),
    )
    yield "nulls.docx", packed({"word/document.xml": b"\0" * 50_000})
    yield "entries.docx", packed({f"word/x{n}.xml": "" for n in range(12_000)} | {"word/document.xml": "<a/>"})
    yield "unended.docx", docx(paragraph() * 3).replace(b"PK\x05\x06", b"PK\x05\x07")
    yield "no-words.docx", docx("<w:p/>" * 500)
