"""The section tree of a contract, from its text alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered or headed part. `number` is as printed ("1.2(a)", "Article IV"), "" where there is none.

    `level` counts from 1; [start, end) runs to the next section of the same or a higher level. Sorted by start.
    """

    number: str
    heading: str
    level: int
    start: int
    end: int
