"""Headings: the words after a clause number, and unnumbered headings on lines of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_RUN_IN = re.compile(r"(?P<heading>[A-Z\"\u201c(\[][^.:\n]{1,120}?)\s*(?:(?P<stop>[.:])|\s[\u2013\u2014-])(?=\s|$)")
_CAPITALS_ON = re.compile(r"\s*[:\u2013\u2014-]?\s*(?P<more>[A-Z][^.:\na-z]{3,80})\.(?=\s|$)")
_CAPITAL_RUN = re.compile(
    r"(?P<run>[A-Z][A-Z/&'\u2019-]+(?:,? (?:[A-Z][A-Z/&'\u2019-]+|&|[Aa]nd|of))*) "
    r"(?P<next>[A-Z][a-z]|A |(?:shall|will|may|is|agrees|hereby) )"
)
_SMALL = frozenset("a an and as at by for from in into of on or the to with without under upon per its no vs".split())  # noqa: SIM905
_VERBS = frozenset({"means", "mean", "shall", "will", "is", "are", "has", "have", "may", "must", "agrees", "agree"})
_ORDERS = re.compile(
    r"(?:provide|keep|ensure|purchase|cooperate|review|delete|remove|send|pay|use|make|give|maintain|obtain|perform|"
    r"comply|deliver|notify|return|submit|assist)\b(?! of\b)",
    re.IGNORECASE,
)
_PARTY = re.compile(
    r"\d{3,}|\b(?:INC|LLC|LTD|CORP|CORPORATION|COMPANY|L\.P|BY|N\.A|PLC|GMBH|INCORPORATED|A/S|S\.A|CEO)\b\.?"
    r"|\b(?:LIMITED|TRUST|AG)\W*$|/S/|_|@",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Za-z][\w'\u2019&-]*")
_ASIDE = re.compile(
    r"\[|\*\*\*|confidential (?:treatment|portion|material)|source:|execution (?:copy|version)|\bpage\b|witness whereof"
    r"|signature|omitted|redacted|separately filed|filed separately|intentionally",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:AND|BETWEEN|BY|OF|FOR|TO|WITH|NOW|THEREFORE|WHEREAS|IN WITNESS|IF|EXHIBIT|SCHEDULE [A-Z0-9]|"
    r"APPROVED|AGREED|ATTEST|NAME|TITLE|"
    r"DATE|PER|WITNESS|ACCEPTED|ATTENTION|FAX|TEL)\b",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n\f]+")
_NUMBERED = re.compile(
    r"\(?(?:\d{1,3}(?:\.\d+)*|[A-Za-z]|[ivx]+)[.)]|(?:ARTICLE|Article|SECTION|Section) \S+|\d{1,2}\.\d+ "
)


def plain(words: str) -> str:
    """One line of words: white space folded, and the stops around them left out."""
    return " ".join(words.split()).strip(" .:-\u2013\u2014")


def title_like(text: str) -> bool:
    """Whether words look like a heading: few, and nearly all with capitals."""
    words = _WORDS.findall(text)
    if not words or len(words) > 16 or any(word in _VERBS for word in words):
        return False
    lower = [word for word in words if word[0].islower() and word not in _SMALL]
    return not lower or (_sentence_case(words, lower) and not _ORDERS.match(text))


def _sentence_case(words: list[str], lower: list[str]) -> bool:
    """Whether only the first of few words has a capital."""
    few = len(words) <= 6 and words[0][0].isupper() and words[0] not in {"A", "An", "If", "Any"}
    return few and all(word in lower or word in _SMALL for word in words[1:])


def heading_after(text: str, end: int, ranked: bool = False) -> str:
    """The heading that follows a number: a whole short line, the line below, or a run-in one before a stop or colon.

    Behind the numbers of articles and exhibits (`ranked`) a line of its own is a heading whatever its capitals.
    """
    rest = text[end : end + 260].lstrip(" \t.:,)-\u2013\u2014")
    if rest.startswith("\n"):
        return _line_below(rest)
    whole = re.split(r"\n|\s{3,}", rest, maxsplit=1)[0]
    line = plain(whole)
    if line and len(line) <= 130 and not re.search(r"[.:]\s", line) and title_like(line):
        ends = whole.rstrip()[-1:] == "."
        return "" if ends and any(w[0].islower() and w not in _SMALL for w in _WORDS.findall(line)) else line
    match = _RUN_IN.match(rest)
    if match and title_like(match["heading"]):
        words = match["heading"]
        more = (
            _CAPITALS_ON.match(rest, match.end())
            if words.isupper() and rest[match.end() - 1 : match.end()] != "."
            else None
        )
        return plain(rest[: more.end("more")] if more else words)
    if ranked and line[:1].isupper() and len(line) <= 130 and not re.search(r"[.:;]\s|[.,;]$", whole.rstrip()):
        return line
    return _capital_run(rest)


def _line_below(rest: str) -> str:
    """The heading on the line below its number."""
    line = rest.lstrip().partition("\n")[0]
    if len(line) > 110 or not line or line[0].isdigit() or line[0] == "[" or _NUMBERED.match(line):
        return ""
    return plain(line) if title_like(line) else ""


def _capital_run(rest: str) -> str:
    """The words in capitals before a sentence that follows without a stop: "FEES Customer shall pay ..."."""
    match = _CAPITAL_RUN.match(rest)
    if not match:
        return ""
    words = match["run"].split()
    if match["next"][0].islower():  # "SERVICES MMI will produce": the last word begins the sentence
        words.pop()
        if _PARTY.search(match["run"]):
            return ""
    run = " ".join(words)
    return plain(run) if len(run) >= 5 and words[-1].casefold() not in _SMALL else ""


def free_headings(text: str) -> list[tuple[int, int, str]]:
    """[start, end) and words of headings without a number: short lines in capitals, or titles on their own line, that
    stand above prose or a numbered clause; what recurs is a running header."""
    found = list(_candidates(text))
    counts = Counter(words for _, _, words in found)
    return [entry for entry in found if counts[entry[2]] < 3]


def _candidates(text: str) -> Iterator[tuple[int, int, str]]:
    waiting: list[tuple[int, int, str]] = []  # headings above headings, until prose comes
    prose, last = False, 0
    for match in _LINE.finditer(text):
        raw = match.group()
        line = raw.strip()
        if not line:
            continue
        alone = match.start() - last > 1 or not last
        last = match.end()
        kind = _kind(line, alone) if len(line) <= 90 else ""
        if kind:
            start = match.start() + raw.index(line[0])
            if not prose:
                waiting.clear()
            waiting.append((start, start + len(line), plain(line)))
            continue
        if waiting and (_is_prose(line) or _NUMBERED.match(line)):
            ends = line[-1] in ".:;,)\u201d" or not _is_prose(line)
            yield from (entry for entry in waiting if ends or entry[2].isupper())
        waiting.clear()
        prose = prose or _is_prose(line) and len(line) > 110


def _kind(line: str, alone: bool) -> str:
    """What sort of heading a line may be; "" for none."""
    if len(line) < 4 or not line[0].isalpha() or line[-1] in ",;" or "\t" in line:
        return ""
    if _PARTY.search(line) or _ASIDE.search(line) or _OPENING.match(line) or len(line.split()) > 12:
        return ""
    letters = [c for c in line if c.isalpha()]
    if len(letters) >= 4 and sum(c.isupper() for c in letters) >= 0.95 * len(letters):
        return "capitals"
    if (
        alone
        and line[0].isupper()
        and line[-1] not in ".:?)"
        and len(line) <= 60
        and "," not in line[-12:]
        and not re.search(r"[.:;]\s|\d", line)
    ):
        words = _WORDS.findall(line)
        if len(words) <= 8 and title_like(line):
            return "title"
    return ""


def _is_prose(line: str) -> bool:
    """Whether a line is running text."""
    if len(line) < 40 or "\t" in line:
        return False
    return sum(c.islower() for c in line) > 0.5 * len(line) or (len(line) > 110)
