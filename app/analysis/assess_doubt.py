"""Findings on recognised pages: how many of their words the engine was unsure of. Pure."""

from __future__ import annotations

from dataclasses import replace

from app.domain.findings import Finding
from app.domain.text import ContractText, MarkKind

_NAMED = 4


def with_doubt(finding: Finding, text: ContractText) -> Finding:
    """The finding, with the words of its passage to be held against the page, if there are any."""
    if finding.start is None or finding.end is None:
        return finding
    words = [
        text.text[mark.start : mark.end]
        for mark in text.marks
        if mark.kind is MarkKind.LOW_CONFIDENCE and mark.start < finding.end and mark.end > finding.start
    ]
    if not words:
        return finding
    named = ", ".join(f"\u201c{word}\u201d" for word in words[:_NAMED]) + (" and others" if len(words) > _NAMED else "")
    said = f"Recognised from an image with low confidence, check against the page: {named}."
    return replace(finding, explanation=f"{finding.explanation} {said}")
