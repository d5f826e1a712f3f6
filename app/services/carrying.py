"""What an assessment takes over: from the one before it, and from the agreement's other parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.analysis.values_model import without_value
from app.domain.findings import Assessment, FindingKind
from app.services.relations import Kin


def carried(found: Assessment, before: Assessment) -> Assessment:
    """With what the model did and said for an earlier assessment of the same clauses."""
    said = {finding.finding_key: finding.model_note for finding in before.findings if finding.model_note}
    findings = tuple(replace(finding, model_note=said.get(finding.finding_key)) for finding in found.findings)
    unread = tuple(note for note in before.notes if note.startswith("The model did not read"))
    chosen = {(c.type, c.start, c.end): c.value for c in before.clauses if c.value and c.value.get("by_model")}
    empty = set(without_value(found.clauses))
    clauses = tuple(
        replace(c, value=chosen.get((c.type, c.start, c.end))) if index in empty else c
        for index, c in enumerate(found.clauses)
    )
    return replace(found, clauses=clauses, findings=findings, model=before.model, notes=(*found.notes, *unread))


_GAPS = (FindingKind.MISSING, FindingKind.UNCLEAR, FindingKind.NOT_CHECKED)


def among_kin(found: Assessment, kin: Kin, elsewhere: Mapping[str, str]) -> Assessment:
    """Without the gaps that are none: what a part leaves to its base, and what a base finds in one of its parts."""
    notes: list[str] = []
    kept = []
    for finding in found.findings:
        if finding.kind in _GAPS and kin.base is not None:
            continue
        part = elsewhere.get(finding.clause_type or "") if finding.kind in _GAPS else None
        if part is not None:
            notes.append(f"{finding.clause_type} stands in its part {part}, so it is not called missing here.")
            continue
        kept.append(finding)
    if kin.base is not None and len(kept) < len(found.findings):
        notes.append(f"Missing clauses are not told of here: this is a part ({kin.role}) of {kin.base.name}.")
    return replace(found, findings=tuple(kept), notes=(*found.notes, *dict.fromkeys(notes)))
