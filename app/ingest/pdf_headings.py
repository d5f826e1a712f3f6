"""Headings of a PDF by their look: a short paragraph in bold, in capitals or larger than the rest. In the child."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from app.domain.text import Mark, MarkKind
from app.ingest.pdf_compose import Row

_LONGEST = 120
_LARGER = 1.12
_NUMBER = re.compile(
    r"\s*(?:(article|section|schedule|exhibit|annex|appendix|part)\s+[\w.-]+|(\d{1,3}(?:\.\d{1,3})*)\.?(?=\s))",
    re.IGNORECASE,
)


def heading_marks(rows: Sequence[Row], text: str) -> list[Mark]:
    """A mark over each heading, with its level: by its number, else 1 for the largest size."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.line.size, 1)] += row.end - row.start
    if not sizes:
        return []
    usual = sizes.most_common(1)[0][0]
    found = [group for group in _paragraphs(rows, text) if _is_heading(group, text, usual)]
    ranks = sorted({round(group[0].line.size) for group in found}, reverse=True)
    return [
        Mark(
            MarkKind.HEADING,
            group[0].start,
            group[-1].end,
            {"level": _level(text[group[0].start : group[-1].end], ranks.index(round(group[0].line.size)) + 1)},
        )
        for group in found
    ]


def _paragraphs(rows: Sequence[Row], text: str) -> list[list[Row]]:
    groups: list[list[Row]] = []
    for row in rows:
        if groups and "\n\n" not in text[groups[-1][-1].end : row.start]:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _is_heading(group: Sequence[Row], text: str, usual: float) -> bool:
    words = text[group[0].start : group[-1].end].strip()
    if not 3 <= len(words) <= _LONGEST or words.endswith((",", ";", ":")) or not any(c.isalpha() for c in words):
        return False
    if any(row.line.cell or row.line.hidden for row in group) or "__" in words:
        return False
    larger = all(row.line.size >= _LARGER * usual for row in group)
    return larger or all(row.line.bold for row in group) or (words.upper() == words and len(words.split()) <= 14)


def _level(words: str, rank: int) -> int:
    number = _NUMBER.match(words)
    if number is None:
        return min(9, rank)
    return 1 if number[1] else number[2].count(".") + 1
