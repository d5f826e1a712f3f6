"""The seven clause types that CUAD does not label, found by headings and wording. Scores are how often a sign was right."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.analysis.features import is_heading
from app.domain.clauses import Candidate, FoundBy


@dataclass(frozen=True, slots=True)
class Sign:
    """How a type shows: in a heading, in the operative words of a sentence; what speaks against it."""

    heading: re.Pattern[str]
    words: re.Pattern[str]
    against: re.Pattern[str]


def _sign(heading: str, words: str, against: str = r"(?!)") -> Sign:
    return Sign(re.compile(heading, re.I), re.compile(words, re.I | re.S), re.compile(against, re.I | re.S))


SIGNS: dict[str, Sign] = {
    "Indemnification": _sign(
        r"\bindemni|\bhold harmless",
        r"\b(?:shall|will|agrees?\s+to|hereby|must)\b[^.;]{0,80}\b(?:indemnify|hold\b[^.;]{0,40}\bharmless)",
        r"notwithstanding[^.]{0,60}indemnif",
    ),
    "Confidentiality": _sign(
        r"\bconfidential|\bnon-?disclosure",
        r"\b(?:shall|will|agrees?|must|may)\b[^.;]{0,120}\b(?:keep|hold|maintain|not\s+(?:\w+\s+){0,3}disclose|treat|protect)\b"
        r"[^.;]{0,120}\b(?:confiden\w+|secret|proprietary)",
    ),
    "Data Protection": _sign(
        r"\bdata\s+(?:protection|privacy|security|processing)|\bprivacy\b|\bpersonal\s+(?:data|information)",
        r"\b(?:personal(?:ly\s+identifiable)?\s+(?:data|information)|GDPR|data\s+protection\s+laws?|data\s+subjects?|HIPAA|privacy\s+laws?)\b",
        r"\bprivacy\s+policy\s+(?:page|link)\b",
    ),
    "Force Majeure": _sign(
        r"\bforce\s+majeure|\bacts?\s+of\s+god|\bexcusable\s+delay",
        r"\bforce\s+majeure\b|\bacts?\s+of\s+god\b|\b(?:causes?|events?|circumstances?)\s+beyond\s+(?:\w+\s+){0,2}(?:reasonable\s+)?control",
    ),
    "Payment Terms": _sign(
        r"\bpayments?\b|\binvoic|\bfees?\s+and\s+payment|\bpayment\s+terms",
        r"\b(?:shall|will|must|agrees?\s+to|is\s+due|are\s+due|payable)\b[^.;]{0,120}\b(?:within|net|no\s+later\s+than|by)\b[^.;]{0,30}"
        r"(?:\d+|\w+\s*\(\d+\))\s*\)?\s*(?:business\s+|calendar\s+)?days?[^.;]{0,120}\b(?:invoice|receipt|due|payment|statement|month|quarter)"
        r"|\b(?:pay|payment|invoices?)\b[^.;]{0,100}\b(?:within|net)\b[^.;]{0,20}\(?\d+\)?\s*(?:business\s+|calendar\s+)?days?"
        r"|\blate\s+(?:payments?|fees?|charges?)\b|\binterest\b[^.;]{0,60}\b(?:overdue|past\s+due|unpaid|late)",
        r"\bcure[sd]?\b|\bterminat(?:e|ion)\b",
    ),
    "Dispute Resolution": _sign(
        r"\barbitrat|\bdisputes?\b|\bmediation|\bjurisdiction|\bvenue\b",
        r"\b(?:shall|will|may|must|agrees?)\b[^.;]{0,160}\b(?:arbitrat\w+|mediat\w+)\b|\b(?:exclusive|non-exclusive|personal)\s+jurisdiction\b"
        r"|\bsubmits?\s+to\s+the\s+jurisdiction|\bvenue\b[^.;]{0,60}\bshall",
    ),
    "Notices": _sign(
        r"^\W*(?:[\dIVXivx.()a-z]{0,8}\s*)?(?:legal\s+)?notices?\b",
        r"\b(?:all|any|every|each)\s+(?:\w+[,\s]+){0,4}?notices?\b[^.;]{0,160}\b(?:shall|must|will|may)\b[^.;]{0,60}\b(?:in\s+writing|be\s+given|delivered|sent|deemed)",
    ),
}  # fmt: skip
BOTH, WORDS, HEADING = 0.93, 0.8, 0.55
MOST = 6


def rule_candidates(text: str, spans: list[tuple[int, int]]) -> list[Candidate]:
    """Candidates of the seven types over the screener's segments, by type, then by place."""
    heading = ""
    headings: list[str] = []
    for start, end in spans:
        piece = text[start:end]
        if is_heading(piece):
            heading = piece
        lead = re.match(r"\W*[\d.()A-Za-z]{0,6}\W*([A-Z][^.:]{2,60})[.:]", piece)
        headings.append(lead[1] if lead else heading)
    found: list[Candidate] = []
    for name, sign in SIGNS.items():
        found += _of_type(text, name, sign, spans, headings)
    return found


def _of_type(text: str, name: str, sign: Sign, spans: list[tuple[int, int]], headings: list[str]) -> list[Candidate]:
    scored: list[tuple[float, int]] = []
    for index, (start, end) in enumerate(spans):
        piece = text[start:end]
        says = bool(sign.words.search(piece)) and not sign.against.search(piece)
        titled = bool(sign.heading.search(headings[index]))
        if is_heading(piece) or not (says or titled):
            continue
        scored.append((BOTH if says and titled else WORDS if says else HEADING, index))
    best = sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:MOST]
    floor = WORDS if any(score >= WORDS for score, _ in best) else HEADING
    return [
        Candidate(name, *spans[index], score, score >= floor, FoundBy.RULES)
        for score, index in sorted(best, key=lambda pair: pair[1])
    ]
