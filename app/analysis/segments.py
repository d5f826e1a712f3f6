"""Sentences and list items of a contract, as character spans: what the screener scores. One pure function, text in."""

from __future__ import annotations

import re

_PARAGRAPH = re.compile(
    r"\n[ \t\f\r\x0b]*\n\s*|\f\s*|\n(?=[ \t]*(?:\(?[a-zA-Z0-9]{1,4}[.)]|\d+(?:\.\d+)+\.?|ARTICLE|Article|SECTION|Section)\s)"  # noqa: E501
)
_END = re.compile(r"[.;?!:][\"'”’)\]]*(?=\s)")
_NEXT = re.compile(r"\s+[\"'“‘(\[]*(?:[A-Z0-9]|\(?[a-z]{1,4}\)|[ivx]{1,4}\.)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Inc|Ltd|Co|Corp|No|Nos|Sec|Sect|Art|Mr|Mrs|Ms|Dr|St|Jr|Sr|vs?|etc|cf|approx|Attn|Tel|Ave|Blvd|Ste|Rd"
    r"|Dept|Fig|Exh|Ex|Para|Bros|Mfg|Intl|L\.?L\.?C|L\.?P|N\.?A|P\.?C|S\.?A|A\.?G|U\.S\.?A?|U\.K|D\.C|[aA]\.m|[pP]\.m"
    r"|i\.e|e\.g|viz|et al|B\.V|N\.V|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)"
    r"|\b[A-Z](?:\.[A-Z])*|(?:^|\s)\(?[0-9ivxlIVXL]{1,4}(?:\.\d+)*|\b(?:Section|Article|Paragraph|Clause|Exhibit)s?\s+[\w.]{1,8})$",
)  # fmt: skip
_HARD = ".?!"
_MIN_WORD = re.compile(r"\w")
MAX_LENGTH = 1500


def split_segments(text: str) -> list[tuple[int, int]]:
    """Trimmed [start, end) of every sentence or list item, in order; pieces without a word are dropped."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _PARAGRAPH.finditer(text):
        _split_paragraph(text, start, match.start(), spans)
        start = match.end()
    _split_paragraph(text, start, len(text), spans)
    return spans


def _split_paragraph(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Append the sentences of one paragraph."""
    begin = start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        mark = match.group()[0]
        follow = _NEXT.match(text, stop, end)
        if not follow:
            continue
        if mark in ";:":
            if stop - begin < 60:
                continue
        elif mark == "." and _ABBREVIATION.search(text, max(begin, stop - 24), match.start()):
            continue
        _append(text, begin, stop, spans)
        begin = stop
    _append(text, begin, end, spans)


def _append(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Append the trimmed span; an overlong one in pieces cut at white space."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    while end - start > MAX_LENGTH:
        cut = text.rfind(" ", start + MAX_LENGTH // 2, start + MAX_LENGTH)
        cut = cut if cut > 0 else start + MAX_LENGTH
        spans.append((start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if _MIN_WORD.search(text, start, end):
        spans.append((start, end))
