"""Headings: the words after a clause number, and unnumbered lines in capitals."""

from __future__ import annotations

import re
from collections import Counter

_RUN_IN = re.compile(r"(?P<heading>[A-Z\"\u201c(][^.:;\n]{1,90}?)\s*(?:[.:]|\s[\u2013\u2014-])(?=\s|$)")
_SMALL = frozenset("a an and as at by for from in of on or the to with under upon per its no".split())  # noqa: SIM905
_VERBS = frozenset({"means", "mean", "shall", "will", "is", "are", "has", "have", "may", "must"})
_PARTY = re.compile(
    r"\d{3,}|\b(?:INC|LLC|LTD|CORP|CORPORATION|COMPANY|L\.P|BY|N\.A|PLC|GMBH)\b\.?|/S/|_|@", re.IGNORECASE
)
_WORDS = re.compile(r"[A-Za-z][\w'\u2019&-]*")
_LINE = re.compile(r"[^\n\f]+")
_ASIDE = re.compile(r"\[|\*\*\*|confidential|source:|execution|page|witness|signature|omitted|redacted", re.IGNORECASE)


def title_like(text: str) -> bool:
    """Whether words look like a heading: few, and nearly all with capitals."""
    words = _WORDS.findall(text)
    if not words or len(words) > 14:
        return False
    if any(word in _VERBS for word in words):
        return False
    lower = [word for word in words if word[0].islower() and word not in _SMALL]
    return not lower or (len(words) <= 5 and len(lower) == len(words) - 1 and words[0][0].isupper())


def heading_after(text: str, end: int) -> str:
    """The heading that follows a number: a whole short line, the line below, or a run-in one before a stop or colon."""
    rest = text[end : end + 240].lstrip(" \t\xa0.:)-\u2013\u2014")
    if rest.startswith("\n"):
        rest = rest.lstrip()
        line = rest.partition("\n")[0]
        return line.strip(" \t\xa0.:") if len(line) <= 90 and title_like(line) and not line[0].isdigit() else ""
    line = re.split(r"\n|\s{3,}", rest, maxsplit=1)[0].strip(" \t\xa0.-\u2013\u2014:")
    if line and len(line) <= 90 and not re.search(r"[.;:]\s", line) and title_like(line):
        return line
    match = _RUN_IN.match(rest)
    return match["heading"].strip() if match and title_like(match["heading"]) else ""


def capital_headings(text: str) -> list[tuple[int, int, str]]:
    """[start, end) and words of unnumbered headings: short lines in capitals; what recurs is a running header."""
    found = []
    for match in _LINE.finditer(text):
        line = match.group().strip()
        if 4 <= len(line) <= 90 and line[0].isalpha() and line[-1] not in ",;" and _capitals(line):
            start = match.start() + match.group().index(line[0])
            found.append((start, start + len(line), line.rstrip(":.")))
    counts = Counter(line for _, _, line in found)
    return [entry for entry in found if counts[entry[2]] < 3]


def _capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    if len(letters) < 4 or sum(c.isupper() for c in letters) < 0.95 * len(letters):
        return False
    return len(line.split()) <= 12 and not _PARTY.search(line) and not _ASIDE.search(line)
