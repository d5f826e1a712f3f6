"""What is left open in the drafting, and text that a reader would not see. Grouped, few, of low severity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from app.analysis.addresses import addresses
from app.analysis.assess_context import AssessContext
from app.domain.findings import Finding, FindingKind, Severity, finding_key
from app.domain.sections import Section, clause_number
from app.domain.text import ContractText, MarkKind

_BLANK = re.compile(
    (
        r"_{3,}(?:[\s_]*_{2,})*|(?<![\w{])\{[a-z][a-z0-9_ ]{2,40}\}|\[[ \t]*(?:[●•·_.-][●•·_.\s-]{0,19}"
        r"|insert\b[^\]\n]{0,60}"
        r"|TBD|to be (?:agreed|confirmed|completed|determined)[^\]\n]{0,40})["
        r" \t]*\]"
    ),
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"\b(?:by|name|title|date[d]?|signature|signed|print(?:ed)?|its|witness|address"
    r"|fax|tel|phone|email|attn|attest|per|position|place|seal)\s*[:/.(]*\s*$"
    r"|\bIN WITNESS WHEREOF\b",
    re.IGNORECASE,
)
_REDACTED = re.compile(
    r"\[\s*\*{2,}[^\]]{0,40}\]|\*{3,}|\[\s*redacted\s*\]|\[confidential treatment[^\]]*\]|\[omitted\]", re.IGNORECASE
)
_SHOWN = 10


def drafting_findings(text: ContractText, sections: Sequence[Section], context: AssessContext) -> list[Finding]:
    """Blanks left open and passages blacked out, one finding each."""
    found = []
    blanks = [m.span() for m in _BLANK.finditer(text.text) if not _is_signature(text.text, m.start(), m.end())]
    if blanks:
        count = f"{len(blanks)} blanks are" if len(blanks) > 1 else "1 blank is"
        reason = f"{count} left open in the text, so the contract may be a draft or a form that was never completed."
        advice = "Ask for the signed, completed copy, or have the blanks filled in before signing."
        found.append(grouped("open-blanks", Severity.LOW, blanks, reason, advice, text, sections, context))
    redacted = [m.span() for m in _REDACTED.finditer(text.text)]
    if redacted:
        count = f"{len(redacted)} passages are" if len(redacted) > 1 else "1 passage is"
        reason = f"{count} blacked out in this copy; figures and terms there could not be checked."
        advice = "Ask for an unredacted copy."
        found.append(grouped("redacted", Severity.LOW, redacted, reason, advice, text, sections, context))
    return found


def _is_signature(text: str, start: int, end: int) -> bool:
    """A line to sign on or to fill in by hand is no blank of the contract."""
    line = text[max(0, text.rfind("\n", 0, start)) : start]
    if (
        "/s/" in text[max(0, start - 40) : end + 40]
        or _SIGNATURE.search(line)
        or _SIGNATURE.search(text[max(0, start - 25) : start])
    ):
        return True
    rest = text[end : end + 40]
    alone = not line.strip() and re.match(r"[ \t]*(?:\n|$)", rest) is not None
    return alone or re.match(r"\s*\(?(?:name|title|signature|date|print)", rest, re.IGNORECASE) is not None


def hidden_findings(text: ContractText, sections: Sequence[Section], context: AssessContext) -> list[Finding]:
    """One finding for all text that is invisible, white or tiny."""
    spans = [
        (mark.start, mark.end)
        for mark in text.marks
        if mark.kind is MarkKind.HIDDEN and text.text[mark.start : mark.end].strip()
    ]
    if not spans:
        return []
    count, stand = (f"{len(spans)} passages are", "stand") if len(spans) > 1 else ("1 passage is", "stands")
    reason = f"{count} hidden from a reader of the page (invisible, white or tiny text) but {stand} in the file."
    advice = "Read the hidden text, and ask the other side why it is there before relying on the document."
    return [
        grouped("hidden-text", Severity.HIGH, spans, reason, advice, text, sections, context, FindingKind.HIDDEN_TEXT)
    ]


def addressed_findings(text: ContractText, sections: Sequence[Section], context: AssessContext) -> list[Finding]:
    """One finding for all sentences that instruct a language model: the model is not shown them, the lawyer is."""
    spans = [(start, end) for start, end in addresses(text.text) if text.text[start:end].strip()]
    if not spans:
        return []
    count, them = (f"{len(spans)} passages speak", "them") if len(spans) > 1 else ("1 passage speaks", "it")
    reason = f"{count} to a language model instead of the parties; a model is not shown {them}."
    advice = "Ask who put the words there and why, and read the clauses around them yourself."
    return [grouped("speaks-to-model", Severity.HIGH, spans, reason, advice, text, sections, context)]


def grouped(
    rule: str,
    severity: Severity,
    spans: Sequence[tuple[int, int]],
    reason: str,
    advice: str,
    text: ContractText,
    sections: Sequence[Section],
    context: AssessContext,
    kind: FindingKind = FindingKind.DRAFTING,
) -> Finding:
    """One finding over several places; it quotes the line around the first."""
    start, end = _around(text.text, *spans[0])
    contract_id = context.contract.contract_id
    places: list[dict[str, Any]] = [
        {"start": s, "end": e, "page": text.page_at(s), "clause": clause_number(sections, s)} for s, e in spans[:_SHOWN]
    ]
    return Finding(
        finding_key=finding_key(contract_id, rule, None, None),
        contract_id=contract_id,
        kind=kind,
        rule=rule,
        severity=severity,
        clause_type=None,
        start=start,
        end=end,
        quote=text.text[start:end],
        page=text.page_at(start),
        clause_number=clause_number(sections, start),
        explanation=reason,
        recommendation=advice,
        values={"places": places, "count": len(spans)},
    )


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The words around a place, on its line, 80 characters at most on either side."""
    left = max(text.rfind("\n", 0, start) + 1, start - 80)
    right = text.find("\n", end)
    right = min(len(text) if right < 0 else right, end + 80)
    while left < start and (not text[left].isspace() and left > 0 and not text[left - 1].isspace()):
        left += 1
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right
