"""Required clauses that are not there, or may not be: findings from the second pass's answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from app.analysis.assess_context import View
from app.analysis.assess_rules import applies
from app.analysis.assess_tests import holds
from app.domain.clauses import Answer, FoundBy
from app.domain.findings import Absence, Finding, FindingKind, Severity, finding_key, not_checked
from app.domain.matter import Role
from app.domain.playbook import Rule
from app.domain.sections import clause_number
from app.domain.type_names import in_a_sentence

DELETION = "turns on a deletion that is not accepted yet"  # weighing the changes says whose
_KINDS = {
    Answer.MISSING: FindingKind.MISSING,
    Answer.UNCLEAR: FindingKind.UNCLEAR,
    Answer.NOT_CHECKED: FindingKind.NOT_CHECKED,
}
BUILDS_ON = "builds-on-other-terms"
SUSPECTED = "found-by-model"
_ORDER = (Answer.UNCLEAR, Answer.NOT_CHECKED, Answer.MISSING)


def missing_findings(view: View, absences: Sequence[Absence], before: Collection[str]) -> list[Finding]:
    """A finding for every required clause that does not stand; `before`: types that stood before tracked changes."""
    answers = {absence.type: absence for absence in absences}
    found = []
    elsewhere: list[tuple[Rule, Absence]] = []
    for rule in view.playbook.rules:
        if not rule.required or not applies(rule, view) or (rule.roles and view.role is Role.UNKNOWN):
            continue
        if not all(holds(condition, None, view) for condition in rule.conditions):
            continue
        asked = [answers[name] for name in rule.clauses]
        if any(absence.answer is Answer.PRESENT for absence in asked):
            continue
        worst = min(asked, key=lambda absence: _ORDER.index(absence.answer))
        if "builds_on" in worst.evidence and worst.answer is not Answer.MISSING:
            elsewhere.append((rule, worst))
        else:
            found.append(_finding(rule, worst, view, before))
    return [*found, *_elsewhere(elsewhere, view), *_suspected(view, {finding.clause_type for finding in found})]


def _suspected(view: View, told: Collection[str | None]) -> list[Finding]:
    """What the model alone found, to be checked: one finding for each passage of a type that no finding is about."""
    contract_id = view.context.contract.contract_id
    return [
        Finding(
            finding_key=finding_key(contract_id, SUSPECTED, clause.type, view.text.text[clause.start : clause.end]),
            contract_id=contract_id,
            kind=FindingKind.UNCLEAR,
            rule=SUSPECTED,
            severity=Severity.LOW,
            clause_type=clause.type,
            start=clause.start,
            end=clause.end,
            quote=view.text.text[clause.start : clause.end],
            page=view.text.page_at(clause.start),
            clause_number=clause_number(view.sections, clause.start),
            explanation=f"To check: the language model takes these words for {clause.type}, the screener does not.",
            recommendation="Read the passage and decide whether it is such a clause.",
            confidence=clause.score,
        )
        for clause in view.clauses
        if clause.found_by is FoundBy.MODEL and not clause.reported and clause.type not in told
    ]


def _elsewhere(gaps: Sequence[tuple[Rule, Absence]], view: View) -> list[Finding]:
    """One finding for all that the terms which this document builds on may hold."""
    if not gaps:
        return []
    contract_id = view.context.contract.contract_id
    name = gaps[0][1].evidence["builds_on"]
    topics = list(dict.fromkeys(" or ".join(map(in_a_sentence, rule.clauses)) for rule, _ in gaps))
    return [
        not_checked(
            contract_id,
            BUILDS_ON,
            Severity.LOW,
            f"This document builds on other terms ({name}) that are not part of it."
            f" Not checked here: {'; '.join(topics)}.",
            "Read the two together; ask for those terms if they are not in the folder.",
            {"builds_on": name, "rules": [rule.rule_id for rule, _ in gaps]},
        )  # fmt: skip
    ]


def _finding(rule: Rule, absence: Absence, view: View, before: Collection[str]) -> Finding:
    """One gap: said with the certainty that the second pass allows."""
    contract_id = view.context.contract.contract_id
    nearest: dict[str, Any] = absence.evidence.get("nearest") or {}
    show = absence.answer is Answer.UNCLEAR and bool(nearest)
    start, end = (nearest["start"], nearest["end"]) if show else (None, None)
    change = DELETION if set(rule.clauses) & set(before) else None
    return Finding(
        finding_key=finding_key(contract_id, rule.rule_id, None, None),
        contract_id=contract_id,
        kind=_KINDS[absence.answer],
        rule=rule.rule_id,
        severity=rule.severity if absence.answer is Answer.MISSING else _softer(rule.severity),
        clause_type=absence.type,
        start=start,
        end=end,
        quote=view.text.text[start:end] if show else None,
        page=nearest.get("page") if show else None,
        clause_number=clause_number(view.sections, start) if start is not None else None,
        explanation=_explanation(rule, absence),
        recommendation=rule.recommendation
        if not show
        else f"Read the passage shown. If it is not the clause: {rule.recommendation}",
        fallback=rule.fallback,
        values={"evidence": absence.evidence},
        pending_change=change,
    )


def _softer(severity: Severity) -> Severity:
    """One step less grave: what may be there is no certain gap."""
    steps = list(Severity)
    return steps[min(steps.index(severity) + 1, steps.index(Severity.LOW))]


def _explanation(rule: Rule, absence: Absence) -> str:
    """The reason, after what can be said about the clause."""
    topic = " or ".join(map(in_a_sentence, rule.clauses))
    match absence.answer:
        case Answer.MISSING:
            pages = absence.evidence.get("pages_read")
            looked = f"after reading {'all ' + str(pages) + ' pages' if pages and pages > 1 else 'the whole text'}"
            return f"{rule.reason} No clause on {topic} was found {looked}."
        case Answer.UNCLEAR:
            return (
                f"It is unclear whether the contract deals with {topic}: see the passage. If it does not: {rule.reason}"
            )
    gap = absence.evidence.get("gap", "the contract was not read completely")
    return f"Not checked whether the contract deals with {topic}: {gap}."
