"""Small builders of WordprocessingML: paragraphs, links, bookmarks, fields and tables by named styles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml

from app.report.quotes import clean

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)


HEAD_HEIGHT = 1900  # twentieths of a point: the longest name of a clause type, upright, on two lines


class Body:
    """The document's body as a growing list of XML strings; gives every bookmark its own number."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.headings: list[tuple[int, str, str]] = []  # level, text, bookmark
        self._ids = count(1)
        self._captions = count(1)

    def add(self, *xml: str) -> None:
        """Append elements."""
        self.parts.extend(xml)

    def bookmark(self, name: str, inner: str) -> str:
        """`inner` within a bookmark."""
        number = next(self._ids)
        return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>{inner}<w:bookmarkEnd w:id="{number}"/>'

    def heading(self, level: int, text: str, anchor: str | None = None, style: str | None = None) -> None:
        """A heading that the contents list, with a bookmark for the contents and, where named, one for links."""
        toc = f"_Toc{1000 + len(self.headings)}"
        self.headings.append((level, clean(text), toc))
        inner = self.bookmark(toc, run(text))
        if anchor:
            inner = self.bookmark(anchor, inner)
        self.add(f'<w:p><w:pPr><w:pStyle w:val="{style or f"Heading{level}"}"/></w:pPr>{inner}</w:p>')

    def caption(self, text: str) -> None:
        """A numbered caption above a table."""
        number = field("SEQ Table \\* ARABIC", str(next(self._captions)))
        self.add(f'<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr>{run("Table ")}{number}{run(": " + text)}</w:p>')

    def elements(self) -> list[object]:
        """The parsed children of w:body."""
        return list(parse_xml(f"<w:body {NS}>{''.join(self.parts)}</w:body>"))


def run(text: str, style: str | None = None, rtl: bool = False) -> str:
    """A run of cleaned text, its outer spaces kept, in a character style where named."""
    lead = " " if text[:1] == " " else ""
    tail = " " if len(text) > 1 and text[-1:] == " " else ""
    words = escape(f"{lead}{clean(text)}{tail}")
    look = (f'<w:rStyle w:val="{style}"/>' if style else "") + ("<w:rtl/>" if rtl else "")
    props = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{props}<w:t xml:space="preserve">{words}</w:t></w:r>'


def link(anchor: str, text: str, style: str = "Hyperlink") -> str:
    """An internal hyperlink."""
    return f'<w:hyperlink w:anchor={quoteattr(anchor)} w:history="1">{run(text, style)}</w:hyperlink>'


def field(code: str, shown: str, style: str | None = None) -> str:
    """A field with its result as it was when written."""
    props = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return (
        f'<w:r>{props}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{props}<w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'<w:r>{props}<w:fldChar w:fldCharType="separate"/></w:r>{run(shown, style)}'
        f'<w:r>{props}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def para(style: str, *inner: str, bidi: bool = False) -> str:
    """A paragraph of runs in a style."""
    direction = "<w:bidi/>" if bidi else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{direction}</w:pPr>{"".join(inner)}</w:p>'


def text(style: str, words: str) -> str:
    """A paragraph of plain text in a style."""
    return para(style, run(words))


def cell(width: int, *paragraphs: str, fill: str | None = None, style: str = "CellText") -> str:
    """A table cell, `width` in twentieths of a point; an empty one keeps its paragraph."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{"".join(paragraphs) or para(style)}</w:tc>'
    )


def upright(width: int, words: str, style: str) -> str:
    """A cell whose words run upwards, for the head of a narrow column."""
    turned = '<w:textDirection w:val="btLr"/><w:vAlign w:val="center"/>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{turned}</w:tcPr>{text(style, words)}</w:tc>'


def row(cells: Iterable[str], header: bool = False, split: bool = False, height: int | None = None) -> str:
    """A table row, `height` in twentieths of a point; header rows repeat, other rows stay together unless `split`."""
    props = ("" if split else "<w:cantSplit/>") + ("<w:tblHeader/>" if header else "")
    props += f'<w:trHeight w:val="{height}" w:hRule="exact"/>' if height else ""
    return f"<w:tr>{f'<w:trPr>{props}</w:trPr>' if props else ''}{''.join(cells)}</w:tr>"


def table(
    widths: Sequence[int],
    head: Sequence[str],
    rows: Iterable[str],
    describe: str,
    style: str = "PrivityTable",
    head_style: str = "CellHead",
    upright_from: int | None = None,
) -> str:
    """A table with a repeating header row and a description for screen readers; widths in twentieths of a point.

    The heads of columns from `upright_from` on run upwards.
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    top = _head(widths, head, head_style, upright_from) if head else ""
    first = "1" if head else "0"
    look = (
        f'<w:tblLook w:val="04{"2" if head else "0"}0" w:firstRow="{first}" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}<w:tblDescription w:val={quoteattr(clean(describe))}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{top}{''.join(rows)}</w:tbl>{para('TableGap')}"
    )


def _head(widths: Sequence[int], head: Sequence[str], style: str, upright_from: int | None) -> str:
    if upright_from is None:
        return row((cell(w, text(style, h)) for w, h in zip(widths, head, strict=True)), header=True)
    cells = [
        cell(w, text(style, h)) if i < upright_from else upright(w, h, style)
        for i, (w, h) in enumerate(zip(widths, head, strict=True))
    ]
    return row(cells, header=True, height=HEAD_HEIGHT)
