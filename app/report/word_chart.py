"""The risk counts as a native chart: bars by severity, with data labels and alternative text."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from app.domain.findings import Severity
from app.report.names import SEVERITY_COLOURS, severity_name
from app.report.outline import Outline
from app.report.word_xml import NS, para

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WIDTH, _HEIGHT = 6_120_000, 1_330_000  # EMU: 17.0 x 3.7 cm


def chart_text(outline: Outline) -> str:
    """The chart in words, for those who cannot see it."""
    parts = [f"{severity_name(s)}: {outline.counts[s]}" for s in Severity]
    return "Findings by risk. " + ", ".join(parts) + "."


def chart_paragraph(outline: Outline, relationship: str) -> str:
    """The paragraph that shows the chart of a relationship."""
    return para(
        "BodyText",
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{_WIDTH}" cy="{_HEIGHT}"/>'
        f'<wp:docPr id="1" name="Risk counts" descr={quoteattr(chart_text(outline))}/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{relationship}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
    )


def chart_part(outline: Outline) -> bytes:
    """The chart's own XML; its numbers stand in it, no workbook is linked."""
    points = "".join(_point(i, SEVERITY_COLOURS[s][0]) for i, s in enumerate(Severity))
    names = "".join(f'<c:pt idx="{i}"><c:v>{severity_name(s)}</c:v></c:pt>' for i, s in enumerate(Severity))
    values = "".join(f'<c:pt idx="{i}"><c:v>{outline.counts[s]}</c:v></c:pt>' for i, s in enumerate(Severity))
    count = len(Severity)
    top = max(1, *outline.counts.values())
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace {NS}><c:roundedCorners val="0"/><c:chart>'
        '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/>'
        '<c:grouping val="clustered"/>'
        f'<c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:v>Findings</c:v></c:tx>{points}'
        f'<c:dLbls>{_ink("22292F", 900)}<c:dLblPos val="outEnd"/>'
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f'<c:cat><c:strLit><c:ptCount val="{count}"/>{names}</c:strLit></c:cat>'
        f'<c:val><c:numLit><c:formatCode>0</c:formatCode><c:ptCount val="{count}"/>{values}</c:numLit></c:val></c:ser>'
        '<c:gapWidth val="45"/><c:axId val="501"/><c:axId val="502"/></c:barChart>'
        '<c:catAx><c:axId val="501"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="C9D1D6"/></a:solidFill></a:ln></c:spPr>'
        f"{_ink('22292F', 900)}"
        '<c:crossAx val="502"/><c:crosses val="autoZero"/></c:catAx>'
        '<c:valAx><c:axId val="502"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{top * 1.1:g}"/><c:min val="0"/>'
        '</c:scaling><c:delete val="1"/><c:axPos val="b"/><c:crossAx val="501"/><c:crosses val="autoZero"/></c:valAx>'
        '</c:plotArea><c:plotVisOnly val="1"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>"
    )
    return xml.encode()


def _point(index: int, colour: str) -> str:
    return (
        f'<c:dPt><c:idx val="{index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        '<a:ln w="6350"><a:solidFill><a:srgbClr val="8A949A"/></a:solidFill></a:ln></c:spPr></c:dPt>'
    )


def _ink(colour: str, size: int) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}"><a:solidFill><a:srgbClr val="{colour}"/>'
        '</a:solidFill><a:latin typeface="Inter"/></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )
