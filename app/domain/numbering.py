"""Clause numbers in running text: what may be one, in which styles it can be read, and whether a sentence owns it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

OUTER = frozenset({"schedule", "exhibit", "annex", "appendix", "attachment", "addendum"})
RANK = {"part": 1, "chapter": 2, "article": 3, "item": 4}  # words that rank above clauses, the highest first
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_PARTS = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_ORDINALS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()  # noqa: SIM905
_ORDINALS += "sixteen seventeen eighteen nineteen twenty".split()  # noqa: SIM905
# A gap before which a sentence ends, or which a line or column begins with; the first characters are plain for speed.
_GAP = re.compile(
    r"(?:[\n\f][ \t*\u2022\n\f]*|[ \t](?:[ \t]+|(?<=[.;:\u201d\"A-Z\])].)))"
    r"(?=[-(\d\u00a7]|[A-Z][A-Za-z .)]|[a-z][.)]|[ivxl]{2,6}[.)])"
)
_LABEL = re.compile(
    r"(?P<label>"
    r"(?P<word>(?i:article|section|clause|schedule|exhibit|annex|appendix|attachment|addendum|part|chapter|item|term)|Sec\.)"
    r"[ \t]*[ \t\n][ \t]*[\"\u201c]?"
    r"(?P<wid>\d{1,3}(?:[.-]\d{1,3})*|[IVXLC]{1,7}|[A-Z](?:-?\d{1,2})?|(?i:" + "|".join(_ORDINALS) + r"))\b[\"\u201d]?"
    r"(?P<wsub>\([A-Za-z0-9]{1,3}\))?[.:),]?"
    r"|\u00a7+ ?(?P<sid>\d{1,3}(?:\.\d{1,3})*)[.:)]?"
    r"|(?P<dec>\d{1,3}(?:\.\d{1,3}){1,5})(?P<sub>\([a-z]{1,3}\))?[.:)]?"
    r"|(?P<split>\d{1,2}\. \d{1,2}\.)(?=\s)"
    r"|(?P<num>\d{1,3})(?P<numend>[ ]?[.)]|(?=[\t ]+[\"\u201cA-Z]))"
    r"|\((?P<par>\d{1,2}|[ivxl]{1,7}|[IVXL]{1,5}|[a-z]{1,2}|[A-Z]{1,2})\)"
    r"|(?P<let>[IVXL]{1,6}|[ivxl]{1,6}|[A-Za-z])(?P<letend>[.)]|[ ]?[\u2013\u2014-](?=[ ]))"
    r")(?=[\s:\"\u201c(\[\u2013\u2014-]|[A-Z][a-z]|(?<=\d\.)[A-Z]{4}|(?<=[A-Za-z]\.)[a-z]{2}|(?<=\.\d)[a-z]{4}|\Z)"
)
_FURNITURE = re.compile(r"(?:Page \d{1,3}|-[ ]?\d{1,3}[ ]?-|\d{1,3})[ \t]+(?:\d{1,3}[ \t]+)?")
_HEAD = 300  # characters above and in a title
_FILING = re.compile(r"\bexhibit[ \t]+\Z", re.IGNORECASE)
_FILED = frozenset({"2", "4", "10", "99"})  # numbers under which contracts are filed
_UNITS = re.compile(
    r"\s*(?:million|billion|percent|per cent|%|"
    r"hours?|days?|months?|years?|inch|feet|acres|miles|x\b|am\b|pm\b|a\.m|p\.m)",
    re.IGNORECASE,
)
_MONTHS = re.compile(r"\s*(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s+(?:\d{4}|\d{1,2},)")
_AFTER_WORD = re.compile(r"[ \t]*(?:[-\u2013\u2014.:,\u2022]+[ \t]*)*(?:\n|\Z|[\"\u201c\[(]*[A-Z])")
_SENTENCE = re.compile(r"[.!?;:\]][\"\u201d)\]]*\s*\Z|[A-Z]{3,}\s*\Z")


@dataclass(frozen=True, slots=True)
class Label:
    """A possible clause number at [start, end). `place`: 0 begins a line, 1 after a wide gap, 2 inside a line.

    `readings` are (style, value) pairs: "(i)" may be a letter or a Roman number. `path` holds the parts of "2.1".
    `bare` numbers have no stop or bracket behind them; `glued` ones are not parted from the words after them.
    """

    number: str
    readings: tuple[tuple[str, int], ...]
    path: tuple[int, ...]
    start: int
    end: int
    place: int
    bare: bool = False
    glued: bool = False

    @property
    def style(self) -> str:
        """The first reading's style."""
        return self.readings[0][0]

    def value(self, style: str) -> int:
        """Its value read in a style, 0 where it cannot be."""
        return next((value for reading, value in self.readings if reading == style), 0)


def roman_value(letters: str) -> int:
    """The value of a Roman number, 0 where the letters are none."""
    values = [_ROMAN.get(letter, 0) for letter in letters.lower()]
    if not values or 0 in values:
        return 0
    total = sum(-v if any(v < w for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
    return total if letters.lower() == _as_roman(total) else 0


def _as_roman(number: int) -> str:
    parts = []
    for value, letters in _PARTS:
        count, number = divmod(number, value)
        parts.append(letters * count)
    return "".join(parts)


def labels(text: str) -> Iterator[Label]:
    """Possible clause numbers in order; sentences' own references, dates and amounts are left out.

    At the start of a line a page number may stand before the clause's: it is passed over.
    """
    last = -1
    gaps = ((gap.group(), gap.end()) for gap in _GAP.finditer(text))
    for pre, at in ("\n", len(text) - len(text.lstrip())), *gaps:
        label = _at(text, pre, at)
        if label is not None and label.start > last:
            last = label.start
            yield label


def _at(text: str, pre: str, at: int) -> Label | None:
    """The label that begins at `at` behind the gap `pre`, if any."""
    match = _LABEL.match(text, at)
    label = _label(text, match, pre) if match else None
    if pre[:1] in {"\n", "\f"} and (label is None or label.bare):
        page = _FURNITURE.match(text, at)
        after = _LABEL.match(text, page.end()) if page else None
        behind = _label(text, after, "\n") if after else None
        if behind is not None and not behind.bare:
            label = behind
    return label


def _label(text: str, match: re.Match[str], pre: str) -> Label | None:
    """The label of a match behind the gap `pre`, or None where a sentence owns it."""
    start, end = match.start("label"), match.end("label")
    place = 0 if pre[:1] in {"\n", "\f"} else 1 if len(pre) > 1 else 2
    if place == 2 and not _SENTENCE.search(text, max(0, start - 12), start):
        return None
    if match["word"]:
        return _word_label(text, match, start, end, place)
    if match["sid"] or match["dec"] or match["split"]:
        return _decimal_label(text, match, start, end, place)
    if match["num"]:
        return _number_label(text, match, start, end, place)
    return _letter_label(text, match, start, end, place)


def _number_label(text: str, match: re.Match[str], start: int, end: int, place: int) -> Label | None:
    bare = not match["numend"]
    if _MONTHS.match(text, end) or (bare and (place or _UNITS.match(text, end))):
        return None
    if text[end : end + 1].isalpha() and match["numend"].strip() == ")":
        return None
    style = "1)" if match["numend"].strip() == ")" else "1"
    value = int(match["num"])
    return Label(match["num"], ((style, value),), (value,), start, end, place, bare=bare)


def _letter_label(text: str, match: re.Match[str], start: int, end: int, place: int) -> Label | None:
    if match["par"]:
        readings = _readings(match["par"], "(%)")
        return Label(f"({match['par']})", readings, (), start, end, place) if readings else None
    letters, stop = match["let"], match["letend"].strip()
    glued = text[end : end + 1].isalpha()
    if stop not in {".", ")"}:  # "IV - INDEMNIFICATION": Roman and at the start of a line
        if place or not (letters.isupper() and roman_value(letters)):
            return None
        stop = "."
    elif glued and (place == 2 or len(letters) > 1 or text[end + 1 : end + 2] in {".", ""}):
        return None  # "e.g.", "U.S."
    readings = _readings(letters, "%" + stop)
    path = (roman_value(letters),) if letters.isupper() and roman_value(letters) else ()
    return Label(letters, readings, path, start, end, place, glued=glued) if readings else None


def _readings(inner: str, close: str) -> tuple[tuple[str, int], ...]:
    """Every way to read what stands in the brackets or before the stop."""
    if inner.isdigit():
        return ((close.replace("%", "1"), int(inner)),)
    found = []
    lower = inner.islower()
    if len(inner) == 1 or inner[0] == inner[-1] and len(inner) == 2:
        letter = ord(inner[0].lower()) - 96 + 26 * (len(inner) - 1)
        found.append((close.replace("%", "a" if lower else "A"), letter))
    if value := roman_value(inner):
        roman = (close.replace("%", "i" if lower else "I"), value)
        found.insert(0 if value == 1 or len(inner) > 1 else len(found), roman)
    return tuple(found)


def _word_label(text: str, match: re.Match[str], start: int, end: int, place: int) -> Label | None:
    word, ident = match["word"].lower().rstrip("."), match["wid"]
    if match["word"][0].islower() or not _AFTER_WORD.match(text, end):
        return None
    if word in OUTER and (
        place == 2 or (place == 1 and not match["word"].isupper()) or re.fullmatch(r"\d+\.\d+.*", ident)
    ):
        return None  # "Exhibit 10.2" is the filing's number, not the contract's
    if word == "exhibit" and start < _HEAD and ident in _FILED:
        return None  # and so is "Exhibit 10" or "10(l)" above the title
    ordinal = ident.lower() in _ORDINALS
    if word in {"item", "term"}:  # "Item One", "Term Two": only spelled out, and only at the start of a line
        if place or not ordinal:
            return None
        word = "item"
    word = "section" if word == "sec" else word
    shown = match["word"].title() if match["word"].isupper() else match["word"]
    sub = match["wsub"] or ""
    if ident[0].isdigit():
        path = tuple(int(part) for part in re.split(r"[.-]", ident))
    elif ordinal:
        path = (_ORDINALS.index(ident.lower()) + 1,)
    else:
        path = (roman_value(ident) or ord(ident[0].upper()) - 64,)
    style = "decimal" if len(path) > 1 and word in {"section", "clause", "article"} else word
    return Label(f"{shown} {ident}{sub}", ((style, path[-1]),), path, start, end, place)


def _decimal_label(text: str, match: re.Match[str], start: int, end: int, place: int) -> Label | None:
    if place == 2 and _FILING.search(text, max(0, start - 12), start):
        return None  # "EXHIBIT 99.1" above the title
    ident = match["sid"] or match["dec"] or match["split"].replace(" ", "").rstrip(".")  # "1. 1." is 1.1
    path = tuple(int(part) for part in ident.split("."))
    if _UNITS.match(text, end) or (not match["sid"] and text[end : end + 12].lstrip(" \t")[:1].islower() and place):
        return None
    number = f"\u00a7 {ident}" if match["sid"] else ident + (match["sub"] or "")
    if len(path) == 2 and path[1] == 0:  # "2.0 Services" is the second clause
        return Label(number, (("1", path[0]),), path[:1], start, end, place)
    return Label(number, (("decimal" if len(path) > 1 else "1", path[-1]),), path, start, end, place)
