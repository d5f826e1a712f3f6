"""Assess a contract: values, findings by the playbook's rules, gaps, drafting points. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis.absence import Coverage, answers
from app.analysis.assess_context import AssessContext, View
from app.analysis.assess_doubt import with_doubt
from app.analysis.assess_drafting import addressed_findings, drafting_findings, hidden_findings
from app.analysis.assess_inside import inside_findings
from app.analysis.assess_missing import missing_findings
from app.analysis.assess_pending import weigh_changes
from app.analysis.assess_rules import rule_findings, unsaid_elsewhere
from app.analysis.builds_on import builds_on
from app.analysis.dates import key_dates
from app.analysis.values import parties_of, read_values
from app.domain.clauses import Clause
from app.domain.findings import Assessment, Finding
from app.domain.matter import ContractKind
from app.domain.playbook import Playbook
from app.domain.sections import Section, find_sections
from app.domain.text import ContractText

__all__ = ["ASSESS_VERSION", "AssessContext", "assess"]

# Part of the key of an assess run: raise it whenever the same inputs could give another assessment.
ASSESS_VERSION = "10"

_ANY_KIND = (ContractKind.UNKNOWN, ContractKind.OTHER, ContractKind.AMENDMENT)  # these may belong to any agreement


def assess(
    text: ContractText,
    sections: Sequence[Section],
    clauses: Sequence[Clause],
    playbook: Playbook,
    context: AssessContext,
    original_clauses: Sequence[Clause] | None = None,
    original: ContractText | None = None,
) -> Assessment:
    """All that the playbook and the checks say of one contract.

    `original` is the text with its tracked changes rejected and `original_clauses` what stands in it, if there are any.
    """
    builds = builds_on(text.text, context.contract.kind)
    coverage = Coverage(tuple(context.unread_pages), context.language, context.screened, builds)
    if not context.screened or context.language not in (None, "en"):
        absences = answers(text, (), coverage)
        note = f"Not assessed: {coverage.gap}."
        return Assessment(tuple(clauses), tuple(hidden_findings(text, sections, context)), absences, notes=(note,))
    valued = read_values(text.text, clauses, context.corrections)
    view = View(text, tuple(sections), tuple(valued), tuple(parties_of(text.text, valued)), playbook, context)
    absences = answers(text, valued, coverage)
    before = {clause.type for clause in original_clauses or () if clause.reported and original is not None}
    ruled = [*rule_findings(view, builds), *missing_findings(view, absences, before)]
    if original is not None:
        ruled = weigh_changes(ruled, _before(original, original_clauses or (), playbook, context, coverage), original)
    found: list[Finding] = [
        *ruled,
        *hidden_findings(text, sections, context),
        *addressed_findings(text, sections, context),
        *drafting_findings(text, sections, context),
        *inside_findings(view, builds),
    ]
    found = [with_doubt(finding, text) for finding in found]
    found.sort(key=lambda finding: (finding.severity.rank, finding.start if finding.start is not None else 1 << 60))
    notes = (*_other_kind(view), *unsaid_elsewhere(view, builds))
    notes += (f"Some clause types could not be called missing: {coverage.gap}.",) if coverage.gap else ()
    return Assessment(tuple(valued), tuple(found), absences, tuple(key_dates(view)), notes=notes)


def _other_kind(view: View) -> tuple[str, ...]:
    """The note that the playbook was written for other agreements than this one seems to be; () where it fits."""
    kind, meant = view.context.contract.kind, view.playbook.kinds
    if not meant or kind in (*meant, *_ANY_KIND):
        return ()
    suits = ", ".join(one.value for one in meant)
    return (
        f"The playbook is written for other agreements ({suits}) than this one seems to be ({kind.value}): what it"
        " says may not fit, and what it misses may not belong here.",
    )


def _before(
    original: ContractText, clauses: Sequence[Clause], playbook: Playbook, context: AssessContext, coverage: Coverage
) -> list[Finding]:
    """What the same rules say of the text with its tracked changes rejected."""
    valued = read_values(original.text, clauses)
    parties = tuple(parties_of(original.text, valued))
    view = View(original, find_sections(original.text), tuple(valued), parties, playbook, context)
    return [
        *rule_findings(view, coverage.builds_on),
        *missing_findings(view, answers(original, valued, coverage), ()),
    ]
