"""Small Word files made in memory for tests."""

from __future__ import annotations

import io
import zipfile

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def level(index: int, form: str = "decimal", text: str | None = None, more: str = "", start: int = 1) -> str:
    """A w:lvl."""
    shown = f"%{index + 1}." if text is None else text
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
    )


def numbering(abstract: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """numbering.xml with one abstract list 0 (or more, where the caller writes them) and its nums."""
    if "<w:abstractNum " not in abstract:
        abstract = f'<w:abstractNum w:abstractNumId="0">{abstract}</w:abstractNum>'
    return f"<w:numbering {NS}>{abstract}{nums}</w:numbering>"


def num(identity: int, abstract: int = 0, overrides: str = "") -> str:
    """A w:num."""
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'


def para(text: str, num_id: int | None = None, ilvl: int | None = None, style: str = "", mark: str = "") -> str:
    """A paragraph; `text` is plain or XML of runs, `mark` the w:rPr of the paragraph mark."""
    num_xml = (f'<w:ilvl w:val="{ilvl}"/>' if ilvl is not None else "") + (
        f'<w:numId w:val="{num_id}"/>' if num_id is not None else ""
    )
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + (
        f"<w:numPr>{num_xml}</w:numPr>" if num_xml else ""
    )
    properties += f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{text if text.startswith('<') else run(text)}</w:p>"


def run(text: str, properties: str = "", tag: str = "t") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>' if text else ""


def change(kind: str, inner: str = "", author: str = "Ann") -> str:
    """A tracked change around runs, or an empty element for a paragraph mark or row."""
    return f'<w:{kind} w:id="1" w:author="{author}" w:date="2026-01-02T03:04:05Z">{inner}</w:{kind}>'


def docx(body: str, **parts: str) -> bytes:
    """A package; parts by name: numbering, styles, footnotes, endnotes, comments, header, footer (whole XML)."""
    related = "".join(
        f'<Relationship Id="r{i}" Type="{RELS}/{name}" Target="{name}.xml"/>' for i, name in enumerate(parts)
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", f"<w:document {NS}><w:body>{body}</w:body></w:document>")
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}</Relationships>',
        )
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", xml)
    return buffer.getvalue()
