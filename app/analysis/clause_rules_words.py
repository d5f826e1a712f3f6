"""The words by which the seven rule types are found."""
# ruff: noqa: E501  (patterns are read more easily unbroken)

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """What a type's heading says, what a sentence of it says, what rules a passage out, and how often it is right.

    `score` is (right + 1) / (found + 2) on the passages labelled to measure: make bench-rules.
    """

    type: str
    heading: re.Pattern[str]
    sentence: re.Pattern[str]
    never: re.Pattern[str] | None
    score: float


_MUST = r"(?:shall|will|must|may|agrees?|undertakes?)"
_SECRECY = (
    r"(?:disclos|reveal|divulg|return|destroy|protect|safeguard|unauthori[sz]ed|non-?use|used? (?:only|solely|for))"
)


def _rule(name: str, score: float, heading: str, sentence: tuple[str, ...], never: str = "") -> Rule:
    ruled_out = re.compile(never, re.I | re.S) if never else None
    return Rule(name, re.compile(heading, re.I), re.compile("|".join(sentence), re.I | re.S), ruled_out, score)


RULES: tuple[Rule, ...] = (
    _rule(
        "Indemnification",
        0.94,
        r"\bindemni(?:ty|ties|fication|fy)|\bhold harmless",
        (
            r"\b(?:shall|will|must|agrees?\s+to|undertakes?\s+to|hereby)\b.{0,120}\bindemnif(?:y|ies)\b",
            r"\bindemnify,?\s+(?:defend|and\s+hold|hold|and\s+save|save)",
            r"\b(?:defend|hold|save)\b.{0,80}\bharmless\b",
            r"\bindemnif(?:ied|ying)\s+(?:part(?:y|ies)|person)\b.{0,250}\b(?:shall|will|claim|counsel|settle|defen[cs]e|failure)\b",
            r"\bindemnitees?\b.{0,200}\b(?:shall|will|claim|counsel|settle)\b",
            r"\bexcept to the extent\b.{0,160}\bindemnif(?:ied|ying|itee)",
        ),
        r"\bin no event\b.{0,200}\bliable\b|\bneither party\b.{0,40}\bliable\b|\binsur(?:ance|ed|er)\b.{0,80}\bpolic",
    ),
    _rule(
        "Confidentiality",
        0.86,
        r"\bconfidentiality\b|\bconfidential\s+(?:information|material|data|nature)|\bnon-?disclosure\b|\bproprietary information\b|\btrade secrets?\b",
        (
            rf"\b{_MUST}\b.{{0,160}}\b(?:keep|kept|maintain|hold|held|treat|preserve|protect|remain)\w*\b.{{0,100}}\b(?:confiden(?:ce|tial|tiality)|secret)",
            rf"\bconfidential information\b.{{0,200}}\b{_SECRECY}",
            rf"\b{_SECRECY}\w*\b.{{0,200}}\bconfidential information\b",
            r"\bconfidential information[\"”]?\s+(?:of\s+\w+\s+)?(?:shall\s+|does\s+|will\s+)?(?:not\s+)?(?:means?|includes?)\b",
            rf"\b{_MUST}\s+not\s+(?:use\s+or\s+)?(?:disclose|divulge|reveal)\b.{{0,160}}\b(?:confidential|proprietary|information|terms|agreement)\b",
            r"\b(?:receiving|disclosing)\s+party\b.{0,200}\b(?:disclos|information|return|destroy)",
            r"\brecipient\b.{0,160}\b(?:disclos|confidential|return|destroy)",
            r"\b(?:public domain|independently developed|generally (?:known|available) to the public)\b.{0,300}\b(?:disclos|receiv|confiden)",
        ),
        r"confidential treatment (?:has been )?request|filed separately|omitted portions|\bexcept for\b.{0,200}\bliable\b"
        r"|\b(?:breach|violation) of\b.{0,60}\bconfidential.{0,200}\bliab|\bintellectual property(?: rights)?[\"”]? means",
    ),
    _rule(
        "Data Protection",
        0.81,
        r"\bdata (?:protection|privacy|security)\b|\bprivacy\b|\bpersonal (?:data|information)\b|\bGDPR\b|\bHIPAA\b",
        (
            r"\b(?:personal data|personally[- ]identifiable|(?:non-?public )?personal information|protected health information|data protection (?:law|legislation|act))\b",
            r"\bprivacy (?:laws?|rules|polic(?:y|ies)|guidelines|statement|notice|legislation)\b|\bGDPR\b|\bHIPAA\b|\bReg(?:ulation)?\.? S-P\b|\bGramm-Leach",
            r"\bprivacy of\b|\bidentifiable information\b|\binformation security program\b|\bdata protection\b.{0,60}\b(?:polic|requirement)",
            rf"\b{_MUST}\b.{{0,200}}\b(?:end-?user|customer|user|cardholder) (?:data|information)\b.{{0,160}}\b(?:law|secur|protect|polic|unauthori[sz]ed)",
        ),
        r"\bterms of use\s*/|\brights? of (?:privacy|publicity)\b|\binvasion of privacy\b|[\"”]\s+(?:shall mean|means)\s+the\s+password",
    ),
    _rule(
        "Force Majeure",
        0.88,
        r"\bforce majeure\b|\bacts? of god\b|\bexcusable delay|\bexcused (?:non-?)?performance",
        (
            r"\b(?:not|neither|no|nor)\b.{0,250}\b(?:liable|responsible|default|breach)\b.{0,400}\b(?:acts? of god|force majeure|beyond\s+(?:\w+\s+){0,3}control)",
            r"\bforce majeure\b.{0,250}\b(?:shall|means?|will|may|continues?|includes?)\b",
            r"\b(?:excused|suspended|relieved)\b.{0,200}\b(?:acts? of god|strikes?|floods?|beyond\s+(?:\w+\s+){0,3}control)",
        ),
    ),
    _rule(
        "Payment Terms",
        0.67,
        r"\bpayments?\b(?! of (?:taxes|expenses))|\binvoic(?:e|es|ing)\b|\bbilling\b|\bfees? and payments?",
        (
            r"\b(?:pay|pays|paid|payable|due|invoiced?|reimburse|remit(?:ted)?)\b.{0,250}\b(?:within|no(?:t)? later than|on or (?:before|prior to)|by)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}\(?\d*\)?\s*"
            r"(?:business\s+|calendar\s+)?(?:days?|january|february|march|april|may|june|july|august|september|october|november|december|last day|end of)\b",
            r"\binvoices?\b.{0,160}\b(?:due|payable|paid|submit\w*|monthly|days?)\b|\b(?:shall|will|each)\s+(?:\w+\s+){0,2}invoice\b",
            r"\bpayments?\s+(?:shall|will|must)\s+be\s+(?:made|due|payable)\b|\bpayments?\b.{0,80}\b(?:wire transfer|in advance|in arrears|U\.?S\.? dollars)",
            r"\b(?:due and payable|past due|overdue|late payments?|net\s+(?:thirty|sixty|forty|\d\d)|days\s+net|payment terms)\b",
            r"\b(?:monthly|quarterly|annual)(?:ly)?\s+(?:in\s+(?:advance|arrears)|instal?lments?)\b|\bset[- ]?off\b.{0,60}\bamounts?\b|\bbilled\b",
            r"\bupon\b.{0,20}\bfull\b.{0,12}\bpayment\b|\bstatements?\b and payments?\b",
        ),
        r"\bindemnif|\binsur(?:ance|ed)\b|\bdividend|\bshares?\b.{0,40}\bpaid",
    ),
    _rule(
        "Dispute Resolution",
        0.75,
        r"\bdisputes?\b|\barbitration\b|\bmediation\b|\bjurisdiction\b|\bvenue\b|\bjury\b",
        (
            r"\b(?:disputes?|controvers(?:y|ies)|disagreements?)\b.{0,250}\b(?:arbitrat|mediat|settled|resolved|resolution|referred|submitted|litigated|escalat|negotiat|jurisdiction)",
            r"\bclaims?\b.{0,120}\b(?:arbitrat|mediat)|\barbitrat(?:or|ors|ion)\b.{0,200}\b(?:shall|will|may|appoint|conduct|award|language|rules)",
            r"\b(?:exclusive|personal)\s+jurisdiction\b|\bjurisdiction\s+(?:and|or)\s+venue\b|\bvenue\b.{0,80}\b(?:shall|will|waive)",
            r"\b(?:submits?|submitted|consents?)\b.{0,80}\bjurisdiction\b|\bservice of (?:any\s+)?process\b",
            r"\bwaives?\b.{0,120}\b(?:jury|venue|jurisdiction|forum)|\btrial by jury\b|\bjury trial\b",
            r"\b(?:action|suit|proceeding|litigation)\b.{0,120}\b(?:brought|commenced|instituted|filed)\b.{0,100}\b(?:courts?|county)\b",
            r"\barbitrators?\b|\barbitration (?:proceedings?|award|panel|procedures?|rules)\b",
            r"\bdispute resolution (?:procedure|proceeding|process)",
        ),
        r"\bdisputed? (?:invoice|amount|charge)s?\b|\bgood faith disputes?\b|\bno (?:action|suit|proceeding)s?\b.{0,60}\bpending\b|\bindemnif|\b(?:court|tribunal)\b.{0,30},?\s+(?:or\s+)?arbitrators?\s+or\b",
    ),
    _rule(
        "Notices",
        0.88,
        r"^(?!.*\b(?:copyright|proprietary|patent|export|renewal|breach)\b)\W*(?:[\w.()]+\s+){0,2}notices?\b(?! of| period)",
        (
            r"\bnotices?\b(?! of| period).{0,200}\bin writing\b.{0,300}\b(?:deliver|sent|mail|courier|facsimile|address|personally|fax)",
            r"\bnotices?\b(?! of| period).{0,250}\b(?:deemed|effective|sufficient)\w*\b.{0,160}\b(?:given|received|delivered|receipt|mail|courier|delivery)\b",
            r"\b(?:all|any|each)\s+(?:[\w,]+\s+){0,6}notices?\b(?! of| period).{0,200}\b(?:delivered|given|sent)\b.{0,160}\b(?:mail|address|courier|writing|e-?mail|facsimile)",
            r"\b(?:if\s+(?:sent\s+)?to|with\s+(?:a\s+)?cop(?:y|ies)\s+to|cop(?:y|ies)\s+to)\b.{0,250}\b(?:attn|attention|fax|facsimile|telephone|suite|street|avenue|box)\b",
            r"\b(?:change|designate|specify)\b.{0,80}\baddress\b.{0,120}\bnotices?\b",
            r"\b(?:facsimile|e-?mail|(?:registered|certified) mail|courier)\b.{0,250}\b(?:deemed|effective)\b.{0,120}\b(?:receiv|receipt|given|deliver)",
            r"\belectronic delivery of notices\b",
        ),
        r"\bcounterparts?\b|\bsignatures?\b.{0,80}\b(?:facsimile|pdf)|\bfacsimile signature",
    ),
)  # fmt: skip
