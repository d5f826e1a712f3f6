"""The seven clause types that CUAD does not label, found by rules over headings and sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.analysis.features import is_heading
from app.analysis.segments import split_segments
from app.domain.clauses import Candidate, FoundBy

LONGEST = 1200  # characters of a passage taken under one heading
_RUN_IN = re.compile(
    r"^\W*(?:(?:article|section)\s+)?[\dIVXivx.()a-z]{0,8}[.)]?\s*(?P<heading>[A-Z][^.:\n]{2,70})[.:]\s"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a type's heading says, what a sentence of it says, and what rules such a sentence out."""

    type: str
    heading: re.Pattern[str]
    sentence: re.Pattern[str]
    never: re.Pattern[str] | None = None


def _rule(name: str, heading: str, sentence: str, never: str | None = None) -> Rule:
    return Rule(
        name, re.compile(heading, re.I), re.compile(sentence, re.I | re.S), re.compile(never, re.I) if never else None
    )


RULES: tuple[Rule, ...] = (
    _rule(
        "Indemnification", r"\bindemni(?:ty|fication|ties|fy)|\bhold harmless",
        r"\b(?:shall|will|agrees?\s+to|undertakes?\s+to|hereby)\b.{0,80}\bindemnif(?:y|ies)\b|\bindemnify,?\s+(?:defend|and\s+hold|hold)",
    ),
    _rule(
        "Confidentiality", r"\bconfidential(?:ity)?\b|\bnon-?disclosure\b|\bproprietary information\b",
        r"\b(?:shall|will|agrees?)\b.{0,120}\b(?:keep|maintain|hold|treat|preserve)\b.{0,100}\b(?:confiden(?:ce|tial|tiality)|secret)\b"
        r"|\b(?:shall|will|may)\s+not\s+(?:use\s+or\s+)?(?:disclose|divulge|reveal)\b.{0,120}\b(?:confidential|proprietary|information)\b",
        r"confidential treatment (?:has been )?request|filed separately|omitted portions",
    ),
    _rule(
        "Data Protection", r"\bdata (?:protection|privacy|security)\b|\bprivacy\b|\bpersonal (?:data|information)\b|\bGDPR\b|\bHIPAA\b",  # noqa: E501
        r"\b(?:personal data|personally identifiable|personal information|protected health information|data protection law|privacy (?:law|policy)|GDPR|HIPAA)\b"  # noqa: E501
        r".{0,250}\b(?:shall|will|must|compl(?:y|iance)|agrees?)\b"
        r"|\b(?:shall|will|must|comply|agrees?)\b.{0,250}\b(?:personal data|personally identifiable|protected health information|data protection|privacy (?:laws?|policy|policies)|GDPR|HIPAA)\b",  # noqa: E501
    ),
    _rule(
        "Force Majeure", r"\bforce majeure\b|\bacts? of god\b|\bexcusable delay|\bexcused performance",
        r"\b(?:not|neither|no)\b.{0,200}\b(?:liable|responsible|default|breach)\b.{0,300}\b(?:acts? of god|force majeure|beyond\s+(?:its|the|their|such\s+party's|his)\s+(?:reasonable\s+)?control)"  # noqa: E501
        r"|\bforce majeure\b.{0,200}\b(?:shall|means?|will|may)\b",
    ),
    _rule(
        "Payment Terms", r"\bpayments?\b(?! of (?:taxes|expenses))|\binvoic(?:e|es|ing)\b|\bbilling\b|\bfees? and payments?",  # noqa: E501
        r"\b(?:pay|paid|payable|due|invoiced?s?)\b.{0,160}\bwithin\s+(?:[\w-]+\s+)?\(?\d*\)?\s*(?:business\s+|calendar\s+)?days?\b.{0,80}\b(?:invoice|receipt|statement|month|delivery|quarter|date)"
        r"|\binvoices?\b.{0,120}\b(?:due|payable|paid)\b|\bpayments?\s+(?:shall|will)\s+be\s+(?:made|due|payable)\b|\bnet\s+(?:thirty|sixty|forty|\d\d)\b",
    ),
    _rule(
        "Dispute Resolution", r"\bdisputes?\b|\barbitration\b|\bmediation\b|\bjurisdiction\b|\bvenue\b",
        r"\b(?:disputes?|controvers(?:y|ies)|claims?|differences?)\b.{0,250}\b(?:arbitrat|mediat|settled by|resolved by|escalat|good faith negotiat)"  # noqa: E501
        r"|\bexclusive jurisdiction\b|\b(?:submits?|consents?)\b.{0,60}\bjurisdiction\b|\bvenue\b.{0,60}\b(?:shall|will)\b",  # noqa: E501
    ),
    _rule(
        "Notices", r"^\W*(?:[\w.()]+\s+)?notices?\b(?! of| period)",
        r"\b(?:all|any|each)\s+(?:[\w,]+\s+){0,6}notices?\b.{0,160}\b(?:in writing|deemed|delivered|given|sent)\b"
        r"|\bnotices?\b.{0,80}\bshall be (?:in writing|deemed|given|sent|addressed|delivered)\b",
    ),
)  # fmt: skip
_LIST_OF_CONTENTS = re.compile(r"\.{4,}|\s\d{1,3}\s*$")


def find_rule_clauses(text: str) -> list[Candidate]:
    """Passages of the seven types, each a sentence or what stands under a heading; scores are set by hand."""
    spans = split_segments(text)
    found: list[Candidate] = []
    for rule in RULES:
        found += _apply(text, spans, rule)
    return found


def _apply(text: str, spans: list[tuple[int, int]], rule: Rule) -> list[Candidate]:
    """Headed passages first; then sentences that stand outside them."""
    found: list[Candidate] = []
    covered = -1
    for index, (start, end) in enumerate(spans):
        if index <= covered:
            continue
        piece = text[start:end]
        if rule.never and rule.never.search(piece):
            continue
        last = _headed(text, spans, index, rule)
        if last is not None:
            covered = last
            found.append(Candidate(rule.type, start, spans[last][1], 0.9, True, FoundBy.RULES))
        elif end - start > 40 and rule.sentence.search(piece):
            found.append(Candidate(rule.type, start, end, 0.75, True, FoundBy.RULES))
    return found


def _headed(text: str, spans: list[tuple[int, int]], index: int, rule: Rule) -> int | None:
    """The last segment of the passage whose heading is at `index`, or None where that is no heading of the type."""
    start, end = spans[index]
    piece = text[start:end]
    if is_heading(piece):
        if not rule.heading.search(piece) or _LIST_OF_CONTENTS.search(piece):
            return None
        if index + 1 >= len(spans) or is_heading(text[slice(*spans[index + 1])]):
            return None
        last = index + 1
    else:
        run_in = _RUN_IN.match(piece)
        if not run_in or not rule.heading.search(run_in["heading"]) or len(piece) - run_in.end() < 30:
            return None
        last = index
    while last + 1 < len(spans) and spans[last + 1][1] - start <= LONGEST:
        following = text[slice(*spans[last + 1])]
        if is_heading(following) or re.match(r"\W*(?:\d+\.|ARTICLE|Article|Section|\d+\.\d+)\s", following):
            break
        last += 1
    return last
