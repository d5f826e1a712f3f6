"""Sections of the Word report: page size, orientation, header with the draft line, footer with page x of y."""

from __future__ import annotations

A4 = (11906, 16838)  # twentieths of a point
MARGIN = 1134  # 2 cm
TEXT_WIDTH = A4[0] - 2 * MARGIN
WIDE_WIDTH = A4[1] - 2 * MARGIN


def section(landscape: bool) -> str:
    """The w:sectPr that ends a section; HEADER and FOOTER stand for relationships that the package makes."""
    width, height = (A4[1], A4[0]) if landscape else A4
    turned = ' w:orient="landscape"' if landscape else ""
    kind = "Wide" if landscape else ""
    references = (
        f'<w:headerReference w:type="default" r:id="HEADER{kind}"/>'
        f'<w:footerReference w:type="default" r:id="FOOTER{kind}"/>'
    )
    margins = f'<w:pgMar w:top="1418" w:right="{MARGIN}" w:bottom="1247" w:left="{MARGIN}"'
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'{margins} w:header="624" w:footer="567" w:gutter="0"/></w:sectPr>'
    )


def section_break(landscape: bool) -> str:
    """A paragraph that ends a section of this orientation."""
    return f'<w:p><w:pPr><w:pStyle w:val="TableGap"/>{section(landscape)}</w:pPr></w:p>'
