"""Quotes and cites as they stand in the report, and how verify reads them back. Pure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

ELLIPSIS = "[…]"
OPEN, CLOSE = "“", "”"

# What XML 1.0 cannot hold, and bidirectional controls that would turn the words of our own page around.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_CITE = re.compile(
    r"File (?P<file>\d+)(?:, p\. (?P<page>\d+))?(?:, cl\. (?P<clause>.+?))?(?P<short> \(shortened from \d+ words\))?"
)

_ISO_DATE = re.compile(r"(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])")
# English whatever the machine's locale, as the report is.
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cite:
    """Where a quote stands: number of the file in the appendix, page from 1, clause as printed."""

    file: int
    page: int | None = None
    clause: str | None = None
    words: int | None = None  # of the whole passage, where the quote is shortened

    def text(self) -> str:
        """ "File 3, p. 4, cl. 7.2 (shortened from 412 words)"."""
        parts = [f"File {self.file}"]
        if self.page is not None:
            parts.append(f"p. {self.page}")
        if self.clause:
            parts.append(f"cl. {clean(self.clause)}")
        return ", ".join(parts) + (f" (shortened from {self.words} words)" if self.words is not None else "")


def parse_cite(line: str) -> Cite | None:
    """A cite read back from a paragraph that holds nothing else; None where it is none."""
    match = _CITE.fullmatch(fold(line))
    if match is None:
        return None
    page = match["page"]
    words = re.search(r"\d+", match["short"]) if match["short"] else None
    return Cite(int(match["file"]), int(page) if page else None, match["clause"], int(words[0]) if words else None)


def clean(text: str) -> str:
    """Text that XML can hold: line ends and tabs become spaces, control characters the replacement sign."""
    words = " ".join(text.split())
    return words if words.isprintable() else _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", words)


def spelled(text: str) -> str:
    """Our own words with their ISO dates as lawyers write them ("2 October 2027"); never for words of a contract."""
    return _ISO_DATE.sub(_spelled, text)


def _spelled(found: re.Match[str]) -> str:
    try:
        day = dt.date.fromisoformat(found.group())
    except ValueError:
        return found.group()
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def capital(text: str) -> str:
    """With a capital in front; the rest as it is."""
    return text[:1].upper() + text[1:]


def fold(text: str) -> str:
    """A text as verify compares it: cleaned, and white space within words' bounds made one space."""
    return clean(text)


def shorten(text: str, limit: int) -> str:
    """The cleaned text; above `limit` characters its beginning and end, cut between words, with "[…]" between them."""
    whole = clean(text)
    if len(whole) <= limit:
        return whole
    words = whole.split(" ")
    head, size = 0, 0
    while head < len(words) and size + len(words[head]) + 1 <= limit * 2 // 3:
        size += len(words[head]) + 1
        head += 1
    tail, room = len(words), limit - size
    while tail > head and room - len(words[tail - 1]) - 1 >= 0:
        room -= len(words[tail - 1]) + 1
        tail -= 1
    if head >= tail:
        return whole
    # One word longer than the limit is kept whole: a quote is never cut within a word.
    head = max(head, 1)
    if head >= tail:
        return whole
    return " ".join([*words[:head], ELLIPSIS, *words[tail:]]).strip()


def brief(text: str, limit: int) -> str:
    """Our own words (never a quote) in at most about `limit` characters, cut between words with an ellipsis."""
    whole = clean(text)
    if len(whole) <= limit:
        return whole
    cut = whole[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:")
    return f"{cut}…"


def quoted(text: str) -> str:
    """The quote within its marks."""
    return f"{OPEN}{text}{CLOSE}"


def unquoted(paragraph: str) -> str | None:
    """What stands within the marks of a paragraph that is a quote, folded; None where it is none."""
    line = fold(paragraph)
    if len(line) >= 2 and line.startswith(OPEN) and line.endswith(CLOSE):
        return line[1:-1].strip()
    return None


def fragments(quote: str) -> list[str]:
    """The parts of a shortened quote, in order."""
    return [part.strip() for part in quote.split(ELLIPSIS) if part.strip()]


def fold_with_origin(text: str) -> tuple[str, list[int]]:
    """The text as fold() gives it, and for each of its characters the offset in the text."""
    folded: list[str] = []
    origin: list[int] = []
    shown = {character: " " if character.isspace() else fold(character) for character in set(text)}
    for offset, character in enumerate(text):
        one = shown[character]
        if one != " " or (folded and folded[-1] != " "):
            folded.append(one)
            origin.append(offset)
    return "".join(folded), origin
