"""Results that turn on tracked changes: every rule run on both views, and whose change decides. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.analysis.assess_missing import DELETION
from app.analysis.assess_rules import UNKNOWN_SIDE
from app.domain.findings import Finding, finding_key
from app.domain.text import ContractText, MarkKind

_CHANGES = (MarkKind.INSERTED, MarkKind.DELETED, MarkKind.MOVED)
_NAMED = 3
_QUOTED = 300


def weigh_changes(found: Sequence[Finding], before: Sequence[Finding], original: ContractText) -> list[Finding]:
    """The findings of the accepted view, each with what it turns on, and those that only a rejection would raise.

    `before` is what the same rules say of the text with its changes rejected.
    """
    now, then = {finding.rule for finding in found}, {finding.rule for finding in before}
    weighed = []
    for finding in found:
        if finding.rule == UNKNOWN_SIDE:
            change = finding.pending_change
        elif finding.rule not in then:
            known = finding.pending_change if finding.pending_change != DELETION else None
            change = known or f"turns on {whose(original)}, not accepted yet"
        else:  # the rule holds either way
            change = finding.pending_change and finding.pending_change.replace("turns on", "holds with and without", 1)
        weighed.append(replace(finding, pending_change=change))
    return weighed + [_rejected(f, original) for f in before if f.rule not in now and f.rule != UNKNOWN_SIDE]


def _rejected(finding: Finding, original: ContractText) -> Finding:
    """A risk that pending changes would take away: the words are those of the text before them."""
    words = " ".join((finding.quote or "").split())
    shown = words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(" ", 1)[0] + " \u2026"
    said = f"Before the pending changes the text says: \u201c{shown}\u201d. " if shown else ""
    return replace(
        finding,
        finding_key=finding_key(finding.contract_id, f"{finding.rule}:rejected", finding.clause_type, finding.quote),
        start=None,
        end=None,
        quote=None,
        page=None,
        explanation=f"{said}{finding.explanation}",
        pending_change=f"holds only without {whose(original)}, not accepted yet",
    )


def whose(text: ContractText) -> str:
    """ "the changes by Ann, Bo of 2026-01-02", as far as the file tells."""
    changes = [mark for mark in text.marks if mark.kind in _CHANGES]
    authors = list(dict.fromkeys(str(m.note["author"]) for m in changes if m.note.get("author")))
    days = sorted({day for m in changes if (day := str(m.note.get("date") or "")[:10])})
    named = ", ".join(authors[:_NAMED]) + (" and others" if len(authors) > _NAMED else "")
    when = f" of {days[0]}" if len(days) == 1 else f" of {days[0]} to {days[-1]}" if days else ""
    return f"the change{'' if len(changes) == 1 else 's'}{f' by {named}' if named else ''}{when}"
