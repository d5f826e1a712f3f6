"""How tables and sections are shaped. Runs in the sandboxed child."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.ingest.docx_nodes import name_of
from app.ingest.docx_numbering import W, value_of


def ends_page(paragraph: Any) -> bool:
    """Whether a section ends with the paragraph and the next one begins on a page of its own."""
    if paragraph.find(f"{W}pPr/{W}sectPr") is None:
        return False
    for node in paragraph.itersiblings():
        following = node if name_of(node) == "sectPr" else node.find(f"{W}pPr/{W}sectPr")
        if following is not None:
            return value_of(following, "type") != "continuous"
    return False


def widths_of(table: Any) -> str:
    """The widths of the grid's columns, in Word's units, spaces between."""
    columns = [column.get(f"{W}w", "") for column in table.findall(f"{W}tblGrid/{W}gridCol")]
    return " ".join(columns[:100]) if all(c.isdigit() and len(c) < 7 for c in columns) else ""


def columns_of(digits: str) -> int:
    """How many columns of the grid a cell covers or a row leaves out; bounded, as files may claim anything."""
    return min(int(digits), 1000) if digits.isdigit() and len(digits) < 9 else 1


def own(parent: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also inside content controls, not those of nested tables."""
    for node in parent:
        name = name_of(node)
        if name == tag:
            yield node
        elif name in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            yield from own(node, tag)
