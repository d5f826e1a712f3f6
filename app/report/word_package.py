"""The Word file around the body: styles, settings, fonts, headers, footers, properties; the same bytes each time."""

from __future__ import annotations

import io
import uuid
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from app.report.outline import Outline
from app.report.quotes import clean
from app.report.word_chart import CHART_TYPE, chart_part
from app.report.word_layout import section
from app.report.word_xml import NS, Body, field, para, run

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
_FONTS = {  # family -> (fallback, generic family, {face: file})
    "Inter": ("Calibri", "swiss", {"embedRegular": "Inter-Regular.ttf", "embedBold": "Inter-Bold.ttf"}),
    "Privity Serif": ("Cambria", "roman", {"embedRegular": "PrivitySerif-Regular.ttf"}),
}
_FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FONT_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_UNWANTED = ("stylesWithEffects", "/customXml", "/thumbnail", "/numbering", "/webSettings")
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Privity</Application>'
    "</Properties>"
)
CHART_ID = "CHART"


def package(body: Body, outline: Outline) -> bytes:
    """The finished .docx. The last section is portrait; HEADER, FOOTER and CHART in the XML become relationships."""
    document = docx.Document()
    part = document.part
    for rels in (part.rels, part.package.rels):
        for key in [k for k, rel in rels.items() if any(word in rel.reltype for word in _UNWANTED)]:
            del rels[key]
    ids = _headers(part, outline)
    chart = Part(PackURI("/word/charts/chart1.xml"), CHART_TYPE, chart_part(outline), part.package)
    ids[f'"{CHART_ID}"'] = f'"{part.relate_to(chart, RT.CHART)}"'
    xml = "".join(body.parts) + section(landscape=False)
    for placeholder, relationship in ids.items():
        xml = xml.replace(placeholder, relationship)
    root = part.element
    root.replace(root.body, parse_xml(f"<w:body {NS}>{xml}</w:body>"))
    part.part_related_by(RT.STYLES)._element = parse_xml((RESOURCES / "report" / "styles.xml").read_bytes())
    part.part_related_by(RT.SETTINGS)._element = parse_xml((RESOURCES / "report" / "settings.xml").read_bytes())
    _fonts(part)
    _properties(document, outline)
    stream = io.BytesIO()
    document.save(stream)
    return _fixed(stream.getvalue())


def _headers(part: docx.parts.document.DocumentPart, outline: Outline) -> dict[str, str]:
    """Header and footer parts for both orientations; returns placeholder -> relationship id, both in quotes."""
    matter = clean(outline.review.matter.name)
    ids: dict[str, str] = {}
    tab = "<w:r><w:tab/></w:r>"
    for kind in ("", "Wide"):
        header, ids[f'"HEADER{kind}"'] = part.add_header_part()
        mark = "DraftMark" if not outline.final else "Strong"
        line = para(f"Header{kind}", run(outline.status_line, mark), tab, run("Privileged and confidential"))
        footer, ids[f'"FOOTER{kind}"'] = part.add_footer_part()
        pages = (run("Page "), field("PAGE", "1"), run(" of "), field("NUMPAGES", "1"))
        end = para(f"Footer{kind}", run(matter[:80]), tab, *pages)
        for target, content in ((header, line), (footer, end)):
            for child in list(target.element):
                target.element.remove(child)
            target.element.extend(list(parse_xml(f"<w:body {NS}>{content}</w:body>")))
    return {key: f'"{value}"' for key, value in ids.items()}


def _fonts(part: docx.parts.document.DocumentPart) -> None:
    """Embed the two families (SIL Open Font Licence) so that the report looks the same everywhere."""
    table = part.part_related_by(RT.FONT_TABLE)
    entries: list[str] = []
    for family, (fallback, generic, faces) in _FONTS.items():
        embedded: list[str] = []
        for face, file in faces.items():
            guid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"privity:{file}")).upper()
            name = PackURI(f"/word/fonts/{Path(file).stem}.odttf")
            data = _obfuscated((RESOURCES / "fonts" / file).read_bytes(), guid)
            relationship = table.relate_to(Part(name, _FONT_TYPE, data, part.package), _FONT_REL)
            embedded.append(f'<w:{face} r:id="{relationship}" w:fontKey="{{{guid}}}"/>')
        entries.append(
            f'<w:font w:name={quoteattr(family)}><w:altName w:val="{fallback}"/><w:family w:val="{generic}"/>'
            f'<w:pitch w:val="variable"/>{"".join(embedded)}</w:font>'
        )
    table._blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {NS}>{"".join(entries)}</w:fonts>'.encode()
    )


def _obfuscated(font: bytes, guid: str) -> bytes:
    """ECMA-376 part 4, font embedding: the first 32 bytes XORed with the reversed GUID."""
    key = bytes.fromhex(guid.replace("-", ""))[::-1]
    return bytes(byte ^ key[i % 16] for i, byte in enumerate(font[:32])) + font[32:]


def _properties(document: docx.document.Document, outline: Outline) -> None:
    review = outline.review
    properties = document.core_properties
    properties.title = f"Clause report: {clean(review.matter.name)}"[:250]
    properties.subject = "Contract review"
    properties.author = outline.reviewer or "Privity"
    properties.last_modified_by = outline.reviewer or "Privity"
    properties.comments = outline.status_line
    properties.keywords = "clause report; privileged and confidential"
    properties.language = "en-GB"
    properties.revision = 1
    properties.created = properties.modified = review.made.replace(tzinfo=None, microsecond=0)
    app = next(rel.target_part for rel in document.part.package.rels.values() if rel.reltype == RT.EXTENDED_PROPERTIES)
    app._blob = _APP.encode()


def _fixed(data: bytes) -> bytes:
    """The same archive with one date on every entry, so that equal reviews give equal files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            entry = zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(item.filename))
    return stream.getvalue()
