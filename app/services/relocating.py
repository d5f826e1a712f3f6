"""Decisions on words of an earlier reading of a document: carried over to the same words of the present one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.domain.findings import Decision, Finding
from app.domain.progress import Stage
from app.domain.text import ContractText
from app.storage.database import MatterDatabase
from app.storage.relations import Relocation


def carry_over(database: MatterDatabase, contract_id: str, text: ContractText) -> None:
    """Find in `text` the passages of earlier texts that were decided on; once, where the text is a new one."""
    from app.analysis.relocating import relocate

    inputs = database.current_inputs(Stage.ASSESS, contract_id)
    if inputs is None or inputs.get("text", text.text_id) == text.text_id:
        return
    spans = {
        (str(entry.snapshot.get("text_id") or inputs["text"]), entry.snapshot["start"], entry.snapshot["end"])
        for entry in database.decisions()
        if entry.snapshot.get("contract_id") == contract_id and isinstance(entry.snapshot.get("start"), int)
    }
    moved = []
    for text_id in {span[0] for span in spans} - {text.text_id}:
        old = database.text(text_id).text
        for _, start, end in sorted(span for span in spans if span[0] == text_id):
            found = relocate(old, start, end, text.text)
            to_start, to_end, score = found if found is not None else (None, None, 0.0)
            moved.append(Relocation(text_id, start, end, text.text_id, to_start, to_end, score))
    database.put_relocations(moved)


def carried_log(database: MatterDatabase, log: Sequence[Decision]) -> list[Decision]:
    """The log as it bears on the present findings: an entry on words that moved stands at the finding they raise now.

    Where no finding of its rule stands there now, its snapshot says where the words went, or that they were not found.
    """
    moved = database.all_relocations()
    if not moved:
        return list(log)
    findings = database.findings()
    raised = {finding.finding_key for finding in findings}
    by_rule: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        by_rule[finding.contract_id, finding.rule].append(finding)
    current = {
        c: i["text"] for c in {f.contract_id for f in findings} if (i := database.current_inputs(Stage.ASSESS, c))
    }
    went: dict[Any, Relocation] = {(m.text_id, m.start, m.end, m.to_text_id): m for m in moved}
    sources: defaultdict[str, set[str]] = defaultdict(set)
    for m in moved:
        sources[m.to_text_id].add(m.text_id)
    carried = []
    for entry in log:
        held, contract_id = entry.snapshot, str(entry.snapshot.get("contract_id"))
        to_text = current.get(contract_id, "")
        names = {str(held["text_id"])} if held.get("text_id") else sources[to_text]
        place = (held.get("start"), held.get("end"))
        found = [went[name, *place, to_text] for name in sorted(names) if (name, *place, to_text) in went]
        if entry.finding_key in raised or len(found) != 1:
            carried.append(entry)
            continue
        now = _raised_at(found[0], by_rule[contract_id, str(held.get("rule"))])
        if now is not None:
            carried.append(replace(entry, finding_key=now.finding_key))
        else:
            stands = {"start": found[0].to_start, "end": found[0].to_end}
            carried.append(replace(entry, snapshot={**held, **stands}))
    return carried


def _raised_at(moved: Relocation, findings: Sequence[Finding]) -> Finding | None:
    """The finding that overlaps the words by at least half of either, None where none does."""
    if moved.to_start is None or moved.to_end is None:
        return None
    for finding in findings:
        if finding.start is None or finding.end is None:
            continue
        shared = min(finding.end, moved.to_end) - max(finding.start, moved.to_start)
        if 2 * shared >= min(finding.end - finding.start, moved.to_end - moved.to_start) > 0:
            return finding
    return None
