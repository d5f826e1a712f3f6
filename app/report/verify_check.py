"""What of a report is checked, from visible text: rows that quote, files by number, the line that counts quotes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from app.report.quotes import Cite, fold, parse_cite, unquoted

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHECK_LINE = re.compile(r"Check line: (\d+) quotes, ([0-9a-f]{16})\.")
_HASH = re.compile(r"[0-9a-f]{64}")
_NS = f'<w:x xmlns:w="{_W[1:-1]}" xmlns:r="r" xmlns:wp="wp" xmlns:a="a" xmlns:c="c">'


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote of the report with its cite; either is None where the row lost it."""

    quote: str | None
    cite: Cite | None
    shown: str  # how verify names the row


@dataclass(frozen=True, slots=True)
class Visible:
    """A report's visible text as far as verify needs it."""

    rows: tuple[QuoteRow, ...]
    files: dict[int, tuple[str, str]]  # number -> name, SHA-256
    check: tuple[int, str] | None  # number of quotes and their digest, as the report says


def check_line(parts: Iterable[str]) -> str:
    """The line that lets verify notice a quote that was taken out, added or altered."""
    root = etree.fromstring(f"{_NS}{''.join(parts)}</w:x>", _parser())
    rows = quote_rows(root)
    return f"Check line: {len(rows)} quotes, {digest(rows)}."


def digest(rows: Iterable[QuoteRow]) -> str:
    """16 hex digits over quotes and cites in their order."""
    lines = [f"{row.quote}\x1f{row.cite.text() if row.cite else ''}" for row in rows]
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()[:16]


def visible(document_xml: bytes) -> Visible:
    """Read word/document.xml. Raises ValueError where it is no XML."""
    try:
        root = etree.fromstring(document_xml, _parser())
    except etree.XMLSyntaxError as error:
        raise ValueError("not XML") from error
    check = None
    for paragraph in root.iter(f"{_W}p"):
        found = CHECK_LINE.fullmatch(fold(words_of(paragraph)))
        if found:
            check = int(found[1]), found[2]
    return Visible(tuple(quote_rows(root)), _files(root), check)


def quote_rows(root: etree._Element) -> list[QuoteRow]:
    """Quotes and cites of every table row, paired in order; a quote outside tables is nobody's."""
    rows: list[QuoteRow] = []
    for line in root.iter(f"{_W}tr"):
        shown = [fold(words_of(p)) for p in line.iter(f"{_W}p")]
        quotes = [q for q in (unquoted(p) for p in shown) if q is not None]
        cites = [c for c in (parse_cite(p) for p in shown) if c is not None]
        label = next((p for p in shown if p), "")[:40]
        for index in range(max(len(quotes), len(cites))):
            quote = quotes[index] if index < len(quotes) else None
            rows.append(QuoteRow(quote, cites[index] if index < len(cites) else None, label))
    return rows


def _files(root: etree._Element) -> dict[int, tuple[str, str]]:
    """The appendix: rows of number, name, SHA-256."""
    files: dict[int, tuple[str, str]] = {}
    for line in root.iter(f"{_W}tr"):
        cells = [fold(" ".join(words_of(p) for p in c.iter(f"{_W}p"))) for c in line.iter(f"{_W}tc")]
        if len(cells) == 3 and cells[0].isdecimal() and _HASH.fullmatch(cells[2].replace(" ", "")):
            files[int(cells[0])] = (cells[1], cells[2].replace(" ", ""))
    return files


def words_of(paragraph: etree._Element) -> str:
    """A paragraph's text as it stands with tracked insertions accepted; deletions are w:delText and do not count."""
    pieces: list[str] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        pieces.append((node.text or "") if node.tag == f"{_W}t" else "-" if node.tag.endswith("noBreakHyphen") else " ")
    return "".join(pieces)


def _parser() -> etree.XMLParser:
    """No entities, no DTD, no network: a report may come from anyone."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
