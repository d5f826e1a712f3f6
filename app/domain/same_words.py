"""Findings that stand on the same words: a sentence may renew the contract, for long, and on long notice."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.findings import Finding, FindingKind

_SHARED = 0.5  # of the longer of two passages


def same_words(findings: Sequence[Finding]) -> dict[str, tuple[Finding, ...]]:
    """For each finding (by its key) the other risks of its contract on the same words, in their order."""
    placed = sorted(
        (
            (f.contract_id, f.start, f.end, order)
            for order, f in enumerate(findings)
            if f.kind is FindingKind.RISK and f.quote and f.start is not None
        ),
        key=lambda place: place[:2],
    )
    beside: dict[int, list[int]] = {order: [] for order in range(len(findings))}
    for index, (contract, start, end, order) in enumerate(placed):
        for contract_2, start_2, end_2, other in placed[index + 1 :]:
            if contract_2 != contract or end is None or end_2 is None or start_2 >= end:
                break
            if min(end, end_2) - start_2 >= _SHARED * max(end - start, end_2 - start_2):
                beside[order].append(other)
                beside[other].append(order)
    return {
        finding.finding_key: tuple(findings[other] for other in sorted(beside[order]))
        for order, finding in enumerate(findings)
    }
