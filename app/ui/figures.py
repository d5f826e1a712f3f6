"""Sums for the overview, from the rows on show. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.services.api import DocumentRow, FindingRow


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its name and how many of each severity."""

    name: str
    parts: tuple[tuple[str, int], ...]  # severity, count; gravest first
    contract_id: str = ""

    @property
    def total(self) -> int:
        """Length of the bar."""
        return sum(count for _, count in self.parts)


@dataclass(frozen=True, slots=True)
class Figures:
    """What the overview shows."""

    by_document: tuple[Bar, ...]
    by_type: tuple[Bar, ...]  # name is the clause type
    severities: tuple[tuple[str, int], ...]


ORDER = ("critical", "high", "medium", "low", "info")


def _weight(bar: Bar) -> tuple[int, ...]:
    counts = dict(bar.parts)
    return tuple(-counts.get(severity, 0) for severity in ORDER)


def figures(rows: Sequence[FindingRow], most: int = 12) -> Figures:
    """Findings by document and by clause type, gravest first, at most `most` bars each."""
    documents: dict[tuple[str, str], Counter[str]] = {}
    types: dict[str, Counter[str]] = {}
    all_of: Counter[str] = Counter()
    for row in rows:
        severity = row.state.effective_severity.value
        documents.setdefault((row.contract_name, row.contract_id), Counter())[severity] += 1
        if row.state.finding.clause_type:
            types.setdefault(row.state.finding.clause_type, Counter())[severity] += 1
        all_of[severity] += 1
    by_document = [Bar(name, _parts(counts), ident) for (name, ident), counts in documents.items()]
    by_type = [Bar(name, _parts(counts)) for name, counts in types.items()]
    return Figures(
        tuple(sorted(by_document, key=_weight)[:most]), tuple(sorted(by_type, key=_weight)[:most]), _parts(all_of)
    )


def _parts(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((severity, counts[severity]) for severity in ORDER if counts[severity])


def coverage(rows: Sequence[DocumentRow]) -> tuple[int, int, int]:
    """Documents analysed, not analysed, and pages of those analysed."""
    analysed = [row for row in rows if row.contract_id is not None]
    return len(analysed), len(rows) - len(analysed), sum(row.pages or 0 for row in analysed)
