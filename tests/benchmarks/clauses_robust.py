"""The same contracts as they come in practice: read from their PDFs, from scans, in capitals, with parties renamed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pymupdf

from app.analysis.fold_screener import FoldScreeners, text_key
from app.domain.clauses import CUAD_TYPES
from app.ingest.reader import SandboxedReader

Row = dict[str, Any]
SCANNED = 12  # shortest PDFs that are turned into scans: recognising takes seconds a page
DPI = 150


def upper(row: Row) -> str:
    """In capitals, where that keeps every offset."""
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in row["text"])


def renamed(row: Row) -> str:
    """Every labelled party's name replaced by letters of another alphabet position, offsets kept."""
    text = str(row["text"])
    shift = {
        ord(c): chr((ord(c) - base + 7) % 26 + base) for base in (65, 97) for c in map(chr, range(base, base + 26))
    }
    names = {text[a:b] for a, b in row["labels"].get("Parties", []) if 3 < b - a < 60}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, name.translate(shift))
    return text


def with_files(rows: list[Row], shared: Path) -> list[tuple[Row, Path]]:
    """Contracts of which the PDF is at hand, the shortest first."""
    titles = json.loads((shared / "bench/cuad/pdf_titles.json").read_text(encoding="utf-8"))
    by_title = {row["title"]: row for row in rows}
    found = [(by_title[title], shared / "deals/large" / name) for name, title in titles.items() if title in by_title]
    return sorted(found, key=lambda pair: len(pair[0]["text"]))


def read_from(pairs: list[tuple[Row, Path]], bytes_of: Callable[[Path], bytes]) -> Iterator[tuple[Row, str]]:
    """Each contract with the text that the app reads from its file."""
    reader = SandboxedReader()
    try:
        for row, path in pairs:
            outcome = reader.read(bytes_of(path), path.name)
            if outcome.accepted is not None:
                yield row, outcome.accepted.text
    finally:
        reader.close()


def scanned(path: Path) -> bytes:
    """The PDF's pages as grey pictures of 150 dots an inch, in a new PDF without a text layer."""
    made = pymupdf.open()
    with pymupdf.open(path) as source:
        for page in source:
            picture = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY)
            new = made.new_page(width=page.rect.width, height=page.rect.height)
            new.insert_image(new.rect, stream=picture.tobytes("jpeg", jpg_quality=80))
    return bytes(made.tobytes())


def presence(pairs: list[tuple[Row, str]], folds: FoldScreeners) -> float:
    """Presence F1 of the texts, each judged by the fold model of its contract's own text."""
    right = said = there = 0
    for row, text in pairs:
        found = {c.type for c in folds.for_contract(row["text"]).screen(text) if c.reported and c.type in CUAD_TYPES}
        labels = {name for name, spans in row["labels"].items() if spans}
        right, said, there = right + len(found & labels), said + len(found), there + len(labels)
    return 2 * right / max(1, said + there)


def report(rows: list[Row], folds: FoldScreeners, shared: Path) -> None:
    """A line for each change: presence F1 with and without it on the same contracts, and the difference."""
    known = [row for row in rows if text_key(row["text"]) in folds.folds]
    files = with_files(known, shared)
    changes = {
        "in capitals": [(row, upper(row)) for row in known],
        "parties renamed": [(row, renamed(row)) for row in known],
        "read from its PDF": list(read_from(files, Path.read_bytes)),
        "read from a scan": list(read_from(files[:SCANNED], scanned)),
    }
    for name, pairs in changes.items():
        plain, changed = presence([(row, row["text"]) for row, _ in pairs], folds), presence(pairs, folds)
        print(f"{name:24} {len(pairs):4} contracts: presence F1 {changed:.3f} for {plain:.3f} ({changed - plain:+.3f})")
