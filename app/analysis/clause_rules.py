"""The seven clause types that CUAD does not label, found by rules over headings and sentences.

Mended on hand-labelled passages and measured on others, which gave the scores: models/screener/labelled/GUIDELINES.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.analysis.clause_rules_words import RULES, Rule
from app.analysis.features import is_heading
from app.analysis.segments import split_segments
from app.domain.clauses import Candidate, FoundBy

LONGEST = 1200  # characters of one passage: what stands under a heading, or neighbouring sentences
_NUMBER = r"(?:(?:article|section|clause)\s+)?(?:[\dIVXivx]{1,4}(?:\.\d{1,3})*|[A-Za-z])?[.)]?\]?"
_RUN_IN = re.compile(rf"^\W*{_NUMBER}\W{{0,6}}(?P<heading>[A-Z][^.:\n]{{2,70}})[.:]\s", re.I)
_FIRST_LINE = re.compile(rf"^\W*{_NUMBER}\s*(?P<heading>[A-Z][^\n;,]{{2,70}}?)[ \t]*\n", re.I)
_PAGE_FOOT = re.compile(r"^\W*(?:\d{1,3}\s+)?(?:Source:[^\n]{3,80}?\d{1,2}/\d{1,2}/\d{4}\s*)?")
_CONTENTS = re.compile(r"\.{4,}|\s\d{1,3}\s*$")
_TABLE = re.compile(r"\btable of contents?\b", re.I)
_NEXT_CLAUSE = re.compile(r"\W*(?:\d+\.|ARTICLE|Article|Section|SECTION|\d+\.\d+)(?:\s|$)")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A segment: where it is, its text without a page's foot, and its heading (of its own or run in), if any."""

    start: int
    end: int
    text: str
    heading: str
    alone: bool  # the segment is nothing but a heading


def find_rule_clauses(text: str) -> list[Candidate]:
    """Passages of the seven types: what stands under a heading, or neighbouring sentences; scored as measured."""
    pieces = [_piece(text, start, end) for start, end in split_segments(text) if not _TABLE.search(text, start, end)]
    return [candidate for rule in RULES for candidate in _apply(pieces, rule)]


def _piece(text: str, start: int, end: int) -> _Piece:
    body = text[start:end]
    foot = _PAGE_FOOT.match(body)
    body = body[foot.end() :] if foot and foot.end() < len(body) else body
    if is_heading(body):
        return _Piece(start, end, body, "" if _CONTENTS.search(body) else body, True)
    match = _RUN_IN.match(body) or _FIRST_LINE.match(body)
    heading = match["heading"] if match and len(body) - match.end() >= 30 and _titled(match["heading"]) else ""
    return _Piece(start, end, body, heading, False)


def _titled(words: str) -> bool:
    """A heading has a capital at its start and is short, or has one in most of its words."""
    found = re.findall(r"[^\W\d_]+", words)
    capitals = sum(word[0].isupper() for word in found)
    return bool(found) and found[0][0].isupper() and (len(found) <= 3 or capitals * 2 >= len(found))


def _apply(pieces: list[_Piece], rule: Rule) -> list[Candidate]:
    """Headed passages; outside them sentences, neighbours put together."""
    found: list[Candidate] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        last = None
        if not (rule.never and rule.never.search(piece.text)):
            last = _headed(pieces, index, rule)
            last = _said(pieces, index, rule) if last is None else last
        if last is None:
            index += 1
            continue
        found.append(Candidate(rule.type, piece.start, pieces[last].end, rule.score, True, FoundBy.RULES))
        index = last + 1
    return found


def _headed(pieces: list[_Piece], index: int, rule: Rule) -> int | None:
    """The last segment of the passage whose heading is at `index`, or None where that is no heading of the type."""
    piece = pieces[index]
    if not piece.heading or not rule.heading.search(piece.heading):
        return None
    last = index
    if piece.alone:
        if index + 1 >= len(pieces) or pieces[index + 1].alone:
            return None
        last = index + 1
    while last + 1 < len(pieces) and pieces[last + 1].end - piece.start <= LONGEST:
        if pieces[last + 1].alone or _NEXT_CLAUSE.match(pieces[last + 1].text):
            break
        last += 1
    return last


def _said(pieces: list[_Piece], index: int, rule: Rule) -> int | None:
    """The last of the neighbouring sentences that say so from `index` on, or None where that one does not."""
    last = None
    for at in range(index, len(pieces)):
        piece = pieces[at]
        if piece.end - pieces[index].start > LONGEST and at > index:
            break
        if piece.alone or piece.end - piece.start <= 40 or not rule.sentence.search(piece.text):
            break
        if at > index and (piece.heading or (rule.never and rule.never.search(piece.text))):
            break
        last = at
    return last
