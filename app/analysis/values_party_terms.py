"""Defined names of parties: ("Acme"), (the "Supplier"), hereinafter "Licensee", (Bioeq); and where sentences end."""

from __future__ import annotations

import re

_Q = "\"“”'‘’?`"
DEFINER = re.compile(
    rf"\(\s*(?P<lead>[^()]{{0,140}}?)[{_Q}]+\s*(?P<term>[^{_Q}()]{{1,60}}?)\s*,?\.?\s*[{_Q}]+(?P<more>[^()]*)\)"
    rf"|[{_Q}]\((?P<inside>[A-Z][\w&. -]{{1,40}})\)"
    rf"|,?\s*\(?\s*(?:here(?:in)?\s?after|herein"
    rf"|referred\s+to)(?P<lead2>[^.;()]{{0,70}}?)[{_Q}]+\s*(?P<term2>[^{_Q}()]{{1,60}}?)\s*,?\.?"
    rf"\s*[{_Q}]+"
    r"|\((?:the\s+|hereinafter\s+(?:the\s+)?|hereinafter\s+(?:called"
    r"|referred\s+to\s+as)\s+(?:the\s+)?)?(?P<bare>[A-Z][\w&.’' -]{1,40})\)"
    r"|,?\s+as\s+(?:the\s+)?(?P<role>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)(?=\s*(?:[,;\n]|\s+and\b))",
    re.IGNORECASE,
)
_NOT_TERM = re.compile(
    r"^(?:the\s+)?(?:each\b|(?:this\s+)?(?:\w+[\s-]+){0,4}(?:agreement|contract|amendment|lease|addendum"
    r"|licen[cs]e\s+agreement)$"
    r"|effective\s+date|date$|term$|closing|commencement|execution\s+date|system$|recitals?$|territory|products?$"
    r"|services?$)",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"^(?:the\s+|a\s+)?(?:contracting\s+|\w+\s+)?part(?:y|ies)\b(?!\s*(?:[A-Z]|[0-9]|one|two|first|second)$)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"^(?:we|us|our|you|your|i|me)$", re.IGNORECASE)
_SENTENCE = re.compile(
    r"(?<=[a-z)\"”’]{2})\.[\"”]?\s+(?!and\b|AND\b|And\b|\(?[2-9b]\)|Party\s+[B-D2-4]|PARTY)(?=[A-Z])"
)
_ABBREVIATED = re.compile(r"\b(?:Inc|Corp|Co|Ltd|St|Ave|No|Nos|Mr|Ms|Dr|Jr|Blvd|Rd|Ste|Calif|Mass|Penn|Fla|[A-Z])\.?$")


def definer_after(text: str, end: int) -> str:
    """The defined name that stands soon after a name, "" without one."""
    found = find_term(text, end, min(len(text), end + 300))
    return found[0] if found and sentence_end(text, end, found[3]) is None else ""


def find_term(text: str, start: int, stop: int) -> tuple[str, str, int, int] | None:
    """The first defined name that is a party's: (term, lead, end, start)."""
    for match in DEFINER.finditer(text, start, stop):
        groups = match.groupdict()
        term = next((groups[g] for g in ("term", "term2", "inside", "bare", "role") if groups.get(g)), "")
        term = " ".join(term.split()).strip(" .,")
        if _NOT_TERM.match(term):
            continue
        if _GROUP.match(term):
            return None
        if groups.get("bare") and not _bare_fits(text, start, match):
            continue
        if groups.get("role") and match.start() - start > 3:
            continue
        if _PRONOUN.match(term):
            others = re.findall(rf"[{_Q}]\s*([A-Z][^{_Q}()]{{2,40}}?)\s*,?[{_Q}]", groups.get("more") or "")
            term = next((other for other in others if not _PRONOUN.match(other)), term)
        lead = groups.get("lead") or groups.get("lead2") or ""
        term = re.sub(
            r"^(?:here(?:in)?after\s+)?(?:(?:referred\s+to|known|called)\s+(?:as\s+)?)?(?:the\s+)?(?=\w)",
            "",
            term,
            flags=re.IGNORECASE,
        )
        return term, lead, match.end(), match.start()
    return None


def sentence_end(text: str, start: int, end: int) -> int | None:
    """Where the first sentence in text[start:end) ends, None where none does."""
    match = _SENTENCE.search(text, start, end)
    while match and _ABBREVIATED.search(text, max(0, match.start() - 8), match.start()):
        match = _SENTENCE.search(text, match.end(), end)
    return match.start() if match else None


def _bare_fits(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a bracket without quotes is a defined name: "(Licensee)", "Bioeq IP AG ... (Bioeq)", not "(USA)"."""
    term = match["bare"]
    if re.match(r"\(\s*(?:the\s|hereinafter)", match.group(), re.IGNORECASE):
        return True
    before = text[max(0, start - 90) : match.start()]
    first = term.split()[0]
    initials = "".join(word[0] for word in re.findall(r"[A-Z]\w*", before))
    return (
        bool(re.search(r"(?:or|ee|er|ant|any|ent)$", term))
        and len(term.split()) <= 2
        and term[0].isupper()
        or (
            len(first) > 2
            and first in before
            and match.start() - start > 2
            or (term.isupper() and 2 < len(term) < 6 and term in initials)
        )
    )
