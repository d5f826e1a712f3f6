"""What does not fit together inside a contract: attachments, references, terms, names, signatures. Grouped and few."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from app.analysis.assess_context import View
from app.analysis.assess_drafting import grouped
from app.analysis.values_names import bare_name
from app.domain.findings import Finding, Severity
from app.domain.references import Reference, find_references
from app.domain.terms import find_terms, undefined_terms
from app.domain.text import ContractText

MOST = 10  # findings of this sort that a contract may have, all told
_NAMED = 6
_ATTACHED = re.compile(r"(?:exhibit|schedule|annex|appendix|attachment)", re.IGNORECASE)
_ABSENT = re.compile(
    r"\b(?P<what>(?:Exhibit|Schedule|Annex|Appendix|Attachment)s? [A-Z0-9][\w-]{0,4})\b[^.\n]{0,30}"
    r"\b(?:is|are|was|were) (?:not|never) (?:yet )?(?:attached|included|provided|annexed)",
    re.IGNORECASE,
)
_SIGNATURES = re.compile(r"\bIN WITNESS WHEREOF\b|\bSIGNED (?:by|for)\b|(?m:^[ \t]*By:)", re.IGNORECASE)
_SIGNED = re.compile(r"/s/|\bsigned\b[^\n]{0,20}\d{4}|\bdocusigned\b|\belectronically signed\b", re.IGNORECASE)
_LINE_TO_SIGN = re.compile(r"(?m)^[^\n]{0,60}?\bBy:?[ \t]*(?:_{3,}|\.{4,}|$)")
_DRAFT = re.compile(
    r"(?m)^[ \t\[(]*(?:(?:confidential |preliminary |working )?draft\b(?! (?:of|statement|report)s? [a-z])[^\n]{0,40}"
    r"|for discussion purposes only)[ \t\])]*$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\b(?:[A-Z][\w&'’-]*[ ]){1,5}(?:,[ ])?"
    r"(?:Inc|Incorporated|Corp|Corporation|LLC|L\.L\.C|Ltd|Limited|LLP|PLC|plc|GmbH|AG|B\.V|N\.V|S\.A)\b\.?"
)
_EDITABLE = ("docx", "txt", "md", "rtf")


def inside_findings(view: View, builds_on: str | None = None) -> list[Finding]:
    """One finding for each sort of loose end, of low severity; at most ten with those of the drafting."""
    references = find_references(view.text.text, view.sections)
    found = [*_unsigned(view), *_attachments(view, references)]
    if builds_on is None:  # clauses and terms of what it amends or completes stand there, not here
        found += [*_references(view, references), *_terms(view)]
    found += _names(view)
    return found[:MOST]


def _unsigned(view: View) -> list[Finding]:
    """A draft by its own words, or a text whose signature lines are empty."""
    text = view.text.text
    head = _DRAFT.search(text, 0, 3000)
    if head:
        reason = "The document calls itself a draft, so it may not be what was agreed in the end."
        return [_finding("unsigned-draft", Severity.MEDIUM, [head.span()], reason, "Ask for the signed version.", view)]
    block = list(_SIGNATURES.finditer(text))
    if not block or _SIGNED.search(text, block[0].start()) or view.text.format not in _EDITABLE:
        return []
    line = _LINE_TO_SIGN.search(text, max(0, block[0].start() - 200))
    if line is None:
        return []
    reason = "The signature lines are empty in this file, so it may be an unsigned draft."
    advice = "Ask for the signed copy, and compare it with this text."
    return [_finding("unsigned-draft", Severity.LOW, [line.span()], reason, advice, view)]


def _attachments(view: View, references: Sequence[Reference]) -> list[Finding]:
    """Exhibits and schedules that are named and are not in this file, or are said not to be attached."""
    text = view.text.text
    said = {m["what"]: m.span() for m in _ABSENT.finditer(text)}
    loose: dict[str, list[tuple[int, int]]] = {name: [span] for name, span in said.items()}
    for reference in references:
        if reference.target is None and _ATTACHED.match(reference.number) and not _headed(text, reference.number):
            loose.setdefault(reference.number, []).append((reference.start, reference.end))
    if not loose:
        return []
    names, spans = list(loose), [span for places in loose.values() for span in places]
    many = len(names) > 1
    reason = f"{_listed(names)} {'are' if many else 'is'} referred to but not found in this document."
    advice = "Ask for the attachments before relying on the contract: they are part of what was agreed."
    return [_finding("missing-attachment", Severity.MEDIUM if said else Severity.LOW, spans, reason, advice, view)]


def _headed(text: str, name: str) -> bool:
    """Whether a line of the text begins with the attachment's name: then it is there, unnumbered or not."""
    pattern = re.escape(name).replace(r"\ ", r"[\s-]*")
    heading = rf"(?mi)^[\s*#\"“]*{pattern}\b[\"”]?(?:[\s.:–—-]|$)(?![^\n]*\b(?:shall|is|are|hereto)\b)"
    return re.search(heading, text) is not None


def _references(view: View, found: Sequence[Reference]) -> list[Finding]:
    """References to clauses that the text does not have; none where its clauses are hardly numbered."""
    references = [r for r in found if not _ATTACHED.match(r.number)]
    broken = [r for r in references if r.target is None]
    if not broken or len(broken) > max(3, len(references) // 3):
        return []  # more broken than whole: the numbering could not be read, which is no fault of the contract
    names = list(dict.fromkeys(r.number for r in broken))
    verb = "are" if len(names) > 1 else "is"
    reason = f"{_listed(names)} {verb} referred to, but no such clause was found in this document."
    advice = "Correct the references, or ask which clause was meant."
    return [_finding("broken-reference", Severity.LOW, [(r.start, r.end) for r in broken], reason, advice, view)]


def _terms(view: View) -> list[Finding]:
    """Terms that are defined twice, never used, or used and nowhere defined."""
    found: list[Finding] = []
    terms = find_terms(view.text.text)
    twice = [term for term in terms if term.defined_twice]
    if twice:
        spans = [span for term in twice for span in term.definitions[1:]]
        verb = "are" if len(twice) > 1 else "is"
        reason = f"{_listed([f'“{term.name}”' for term in twice])} {verb} defined more than once."
        found.append(_finding("term-defined-twice", Severity.LOW, spans, reason, "Keep one definition of each.", view))
    unused = [term for term in terms if term.unused and not term.defined_twice]
    if unused:
        spans = [term.definitions[0] for term in unused]
        verb = "are" if len(unused) > 1 else "is"
        reason = f"{_listed([f'“{term.name}”' for term in unused])} {verb} defined but not used."
        advice = "Check whether a clause that used the term was dropped."
        found.append(_finding("unused-term", Severity.INFO, spans, reason, advice, view))
    undefined = undefined_terms(view.text.text)
    if undefined:
        spans = [span for term in undefined for span in term.uses]
        verb = "are" if len(undefined) > 1 else "is"
        reason = f"{_listed([f'“{term.name}”' for term in undefined])} {verb} used like a defined term but not defined."
        advice = "Ask where the definition stands: in another document, or nowhere."
        found.append(_finding("undefined-term", Severity.LOW, spans, reason, advice, view))
    return found


def _names(view: View) -> list[Finding]:
    """Names of companies that nearly are a party's: a slip of the pen, or another company."""
    known = {bare_name(party.name): party.name for party in view.parties if len(bare_name(party.name)) > 5}
    odd: dict[str, tuple[str, tuple[int, int]]] = {}
    for match in _NAME.finditer(view.text.text):
        bare = bare_name(match.group())
        if bare in known or len(bare) <= 5:
            continue
        near = next((name for name in known if _nearly(bare, name)), None)
        if near is not None:
            odd.setdefault(" ".join(match.group().split()), (known[near], match.span()))
    if not odd:
        return []
    pairs = [f"“{name}” beside “{party}”" for name, (party, _) in odd.items()]
    reason = f"A party seems to be named in more than one way: {_listed(pairs)}."
    advice = "Ask whether the same company is meant, and have the name corrected."
    return [_finding("inconsistent-name", Severity.LOW, [span for _, span in odd.values()], reason, advice, view)]


def _nearly(one: str, other: str) -> bool:
    """One or two letters apart, and no more than that: words added or left out are another company's name."""
    return one.count(" ") == other.count(" ") and abs(len(one) - len(other)) <= 2 and 88 <= fuzz.ratio(one, other) < 100


def _finding(
    rule: str, severity: Severity, spans: Sequence[tuple[int, int]], reason: str, advice: str, view: View
) -> Finding:
    text: ContractText = view.text
    return grouped(rule, severity, spans, reason, advice, text, view.sections, view.context)


def _listed(names: Sequence[str]) -> str:
    """ "a, b and c"; only the first few where there are many."""
    shown = [*names[:_NAMED], f"{len(names) - _NAMED} more"] if len(names) > _NAMED else list(names)
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
