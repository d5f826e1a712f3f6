"""Run the playbook's rules over the clauses: three answers (yes, no, side unknown), one finding per rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.analysis.assess_context import View, pending_change
from app.analysis.assess_reasons import fields_of, fill
from app.analysis.assess_tests import holds, is_bare_heading, matched_span, told_spans
from app.analysis.assess_words import says_so
from app.domain.clauses import Clause, FoundBy
from app.domain.findings import Finding, FindingKind, Severity, finding_key, not_checked
from app.domain.matter import Role
from app.domain.playbook import Rule, Test
from app.domain.sections import clause_number

_ALSO = 4  # other places that a sentence names
_KEPT = 60  # other places that are kept with the finding
DISPUTED = " The model takes this passage for something else; the rule stands until a person has read it."
UNKNOWN_SIDE = "side-unknown"
_BREACH = re.compile(
    r"\W*any\s+(?:[\w-]+\s+){0,3}?(?:assignment|transfer|delegation)\b[^.]{0,160}\b(?:void|no (?:force|effect))\b",
    re.IGNORECASE,
)
_LIST = 1000  # characters within which a list's items are looked for


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule holds; `clause` is None for a rule over the whole contract."""

    rule: Rule
    start: int | None
    end: int | None
    clause: Clause | None
    clear: bool | None = None  # whether the detector that tells the place takes it for clearly unfair


def rule_findings(view: View, builds_on: str | None = None) -> list[Finding]:
    """A finding for every rule that holds, and one for those that depend on a side that is not known.

    In a document that builds on other terms, what it does not say may stand there: see unsaid_elsewhere().
    """
    found: list[Finding] = []
    unknown: list[Hit] = []
    for rule in view.playbook.rules:
        if rule.required or not applies(rule, view) or (builds_on and of_silence(rule)):
            continue
        hits, open_hits = _run(rule, view)
        if hits:
            found.append(_finding(hits, view))
        elif open_hits:
            unknown.append(open_hits[0])
    if unknown:
        found.append(_not_checked(unknown, view))
    return found


def of_silence(rule: Rule) -> bool:
    """Whether a rule holds only by what the whole document does not say."""
    silent = (Test.LACKS, Test.HAS_NOT)
    return not rule.clauses and bool(rule.conditions) and all(c.test in silent for c in rule.conditions)


def unsaid_elsewhere(view: View, builds_on: str | None) -> tuple[str, ...]:
    """The note on rules that were left out because the terms that the document builds on may say it; () without any."""
    left = (
        [r for r in view.playbook.rules if not r.required and applies(r, view) and of_silence(r)] if builds_on else []
    )
    if not left:
        return ()
    titles = "; ".join(rule.title[:1].lower() + rule.title[1:] for rule in left)
    return (f"Not checked here, because the terms that this document builds on ({builds_on}) may say it: {titles}.",)


def applies(rule: Rule, view: View) -> bool:
    """Whether the rule is for this kind of agreement and could be for our side."""
    kind = view.context.contract.kind
    if rule.kinds and kind.value != "unknown" and kind not in rule.kinds:
        return False
    return not rule.roles or view.role in (*rule.roles, Role.UNKNOWN)


def _run(rule: Rule, view: View) -> tuple[list[Hit], list[Hit]]:
    """Where the rule holds, and where it would if the side were right."""
    places: Sequence[Clause | None] = list(view.flagged(*rule.clauses)) if rule.clauses else (None,)
    certain: list[Hit] = []
    maybe: list[Hit] = []
    side_open = bool(rule.roles) and view.role is Role.UNKNOWN
    for clause in places:
        if clause is not None and not any(
            says_so(name, view.text.text, clause.start, clause.end) for name in rule.clauses
        ):
            continue
        if clause is not None and _introduces_causes(clause, places, view):
            continue
        results = [holds(condition, clause, view) for condition in rule.conditions]
        if any(result is False for result in results):
            continue
        into = maybe if side_open or any(result is None for result in results) else certain
        told = [] if clause else told_spans(rule.conditions, view)
        if told:
            into += [Hit(rule, start, end, None, clear) for start, end, clear in told]
            continue
        span = (clause.start, clause.end) if clause else matched_span(rule.conditions, view)
        into.append(Hit(rule, span[0] if span else None, span[1] if span else None, clause))
    if _both_sides(rule, certain):
        return [], []
    certain.sort(
        key=lambda hit: (
            _disputed(hit),
            _is_heading(hit, view),
            _of_breach(hit, view),
            not hit.clear,
            -(hit.clause.score if hit.clause else 0.0),
            hit.start or 0,
        )
    )
    return certain, maybe


def _introduces_causes(clause: Clause, places: Sequence[Clause | None], view: View) -> bool:
    """Whether a passage only begins a list ("either party may terminate:") no item of which is an end without cause."""
    if clause.type != "Termination For Convenience" or not view.text.text[: clause.end].rstrip().endswith(":"):
        return False
    return not any(other is not None and 0 <= other.start - clause.end < _LIST for other in places)


def _both_sides(rule: Rule, hits: Sequence[Hit]) -> bool:
    """Whether a rule on what binds one side only holds for two sides: then neither is alone in it."""
    if not any(c.test is Test.PARTY and c.operand == "one side" for c in rule.conditions):
        return False
    who = {str(hit.clause.value.get("who")).casefold() for hit in hits if hit.clause and hit.clause.value}
    return len(who) > 1


def _disputed(hit: Hit) -> bool:
    """Whether the model would strike the passage out: what it does not is shown first."""
    return hit.clause is not None and hit.clause.found_by is FoundBy.DISPUTED


def _of_breach(hit: Hit, view: View) -> bool:
    """Whether the place only says what comes of acting against the clause: the clause itself is shown first."""
    return bool(_BREACH.match(view.text.text, hit.start or 0, hit.end or 0))


def _is_heading(hit: Hit, view: View) -> bool:
    """Whether the place is a heading: it names the clause but says nothing."""
    return is_bare_heading(view.text.text[hit.start or 0 : hit.end or 0])


def _finding(hits: Sequence[Hit], view: View) -> Finding:
    """The finding of one rule, on its best clause; the other places are named in the values."""
    hit = hits[0]
    rule, clause = hit.rule, hit.clause
    quote = view.text.text[hit.start : hit.end] if hit.start is not None and hit.end is not None else None
    contract_id = view.context.contract.contract_id
    kind = clause.type if clause else None
    values: dict[str, Any] = dict(clause.value) if clause and clause.value else {}
    also = [_place(other, view) for other in hits[1 : _KEPT + 1]]
    reason = fill(rule, fields_of(values, view))
    if hit.clear is not None:
        values["clearly_unfair"] = sum(bool(other.clear) for other in hits)
        reason += _how_clear(values["clearly_unfair"], len(hits))
    if also:
        values["also"] = also
        own = _place(hit, view)["where"]
        shown = [where for where in dict.fromkeys(place["where"] for place in also) if where != own]
        more = [f"{len(shown) - _ALSO} more places"] if len(shown) > _ALSO else []
        reason += f" See also {_listed([*shown[:_ALSO], *more])}." if shown else ""
    if clause is not None and clause.found_by is FoundBy.DISPUTED:
        values["disputed"] = True
        reason += DISPUTED
    return Finding(
        finding_key=finding_key(contract_id, rule.rule_id, kind, quote),
        contract_id=contract_id,
        kind=FindingKind.RISK,
        rule=rule.rule_id,
        severity=rule.severity,
        clause_type=kind,
        start=hit.start,
        end=hit.end,
        quote=quote,
        page=view.text.page_at(hit.start) if hit.start is not None else None,
        clause_number=clause_number(view.sections, hit.start) if hit.start is not None else None,
        explanation=reason,
        recommendation=rule.recommendation,
        fallback=rule.fallback,
        values=values,
        confidence=round(clause.score, 3) if clause else None,
        pending_change=pending_change(view.text, hit.start, hit.end)
        if hit.start is not None and hit.end is not None
        else None,
    )


def _how_clear(clear: int, told: int) -> str:
    """What the detector makes of the passages that it tells."""
    sort = "of the sort that reviewers call clearly unfair."
    if not clear:
        return " The wording is doubtful rather than clearly unfair: read it."
    if told == 1:
        return f" The wording is {sort}"
    return f" Of its {told} passages {clear} {'is' if clear == 1 else 'are'} {sort}"


def _place(hit: Hit, view: View) -> dict[str, Any]:
    """Another place where the same rule holds."""
    assert hit.start is not None
    number, page = clause_number(view.sections, hit.start), view.text.page_at(hit.start)
    cited = number if number and number[0].isalpha() and " " in number else f"clause {number}"
    where = cited if number else f"page {page}" if page else "a later passage"
    return {"start": hit.start, "end": hit.end, "where": where}


def _listed(names: Sequence[str]) -> str:
    """ "a, b and c", each once."""
    once = list(dict.fromkeys(names))
    return once[0] if len(once) == 1 else f"{', '.join(once[:-1])} and {once[-1]}"


def _not_checked(hits: Sequence[Hit], view: View) -> Finding:
    """One finding for all rules that depend on a side that is not known."""
    contract_id = view.context.contract.contract_id
    titles = [hit.rule.title for hit in hits]
    listed = _listed([title[0].lower() + title[1:] if title[1:2].islower() else title for title in titles])
    what = "1 point depends" if len(titles) == 1 else f"{len(titles)} points depend"
    return not_checked(
        contract_id, UNKNOWN_SIDE, Severity.INFO,
        f"Not checked: side unknown. {what} on which party is our client: {listed}.",
        "Say which side our client is on, and assess the contract again.",
        {"rules": [hit.rule.rule_id for hit in hits], "places": [[hit.start, hit.end] for hit in hits]},
    )  # fmt: skip
