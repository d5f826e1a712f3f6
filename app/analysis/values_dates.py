"""Dates as contracts write them, as ISO 8601 with unknown parts left out."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from app.analysis.values_periods import number_from_words

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:r?uary|ruray)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]
_ORDINAL = "|".join(sorted((o.replace("-", r"[\s-]") for o in _ORDINALS), key=len, reverse=True))
_BLANK = r"(?:\[[\s_·●•.*?-]{0,60}\]|(?<!_)_+(?:\s{1,3}_+){0,6}|(?<!\.)\.{3,60}|[●•·])"
_DAY = r"(?P<day>[12]\s\d|3\s[01]|\d{1,2})"
_TH = r"(?:\s*(?:s\s?t|n\s?d|r\s?d|t\s?h))?"
_OF_YEAR = r"(?:of\s+)?(?:in\s+)?(?:the\s+year\s+(?:of\s+(?:our\s+lord\s+)?)?)?(?:A\.?D\.?,?\s+)?"
_WORDS = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen|twenty|thirty|\w{3,5}ty)"
_YEAR = (
    r"(?P<year>(?:19|20)\s?\d\s?\d(?!\d)|['’]\d\d(?!\d)|(?:two\s+thousand|nineteen\s+hundred)"
    rf"(?:\s+(?:and\s+)?{_WORDS}(?:[\s-]{_WORDS})?)?\b)"
)
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_MONTH}\.?\s*,?\s*(?:the\s+)?{_DAY}{_TH}\b\s*(?:\(\s*(?:{_ORDINAL})\s*\)\s*)?[.,]*\s*{_OF_YEAR}{_YEAR}",
        rf"(?<![\d/]){_DAY}{_TH}\)?\s*(?:\(\s*(?:{_ORDINAL})\s*\)\s*)?[\s,-]?\s*(?:day\s*)?(?:of\s+)?[,\s-]*"
        rf"(?:the\s+month\s+of\s+)?{_MONTH}\.?\s*[,.-]*\s*(?:day\s+)?{_OF_YEAR}{_YEAR}",
        rf"\b(?P<ordinal>{_ORDINAL})(?:\s*\(\s*\d+\s*(?:st|nd|rd"
        rf"|th)?\s*\))?\s*(?:day\s*)?(?:of\s+)?{_MONTH}\s*,?\s*{_OF_YEAR}{_YEAR}",
        rf"\b{_MONTH}\s+(?P<ordinal>{_ORDINAL})\s*,?\s*{_OF_YEAR}{_YEAR}",
        rf"(?<![\d-]){_DAY}-{_MONTH}-(?P<year>\d\d)(?!\d)",
        rf"\b(?P<close>[A-Z][A-Za-z]{{4,9}})\.?\s+{_DAY}{_TH}\s*,\s*(?P<year>(?:19|20)\d\d)(?!\d)",
        r"(?<![\d/.-])(?P<m>\d{1,2})\s?/\s?(?P<d>\d{1,2})\s?/\s?(?P<year>(?:19|20)?\d{2})(?![\d/])",
        r"(?<![\d/.-])(?P<m>\d{1,2})-(?P<d>\d{1,2})-(?P<year>(?:19|20)\d{2}|\d{2})(?![\d-])",
        r"(?<![\d.])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<year>(?:19|20)\d{2})(?!\d|\.\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d{2})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d{2})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日",
    )
)
_PARTIAL = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_BLANK}{_TH}\s*(?:day)?\s*(?:of\s+)?{_MONTH}\s*,?\s*(?:{_YEAR}|{_BLANK}|(?P<stub>20|19)\s?{_BLANK})",
        rf"\b{_MONTH}\s*{_BLANK}{_TH}\s*,?\s*(?:{_YEAR}|(?P<stub>20|19)\s?{_BLANK})",
        rf"\b{_MONTH}\s*(?:,|of)?\s*{_YEAR}",
        rf"{_BLANK}{_TH}\s*(?:day)?\s*(?:of\s+){_BLANK}\s*,?\s*(?:{_YEAR}|(?P<stub>20|19)\s?{_BLANK})",
        rf"{_BLANK}\s*,\s*{_YEAR}",
        rf"\bday\s+of\s*,\s*{_YEAR}",
        rf"(?<![\w.]){_DAY}(?:\s*(?:s\s?t|n\s?d|r\s?d|t\s?h))\s+day\s+of\s+{_MONTH}(?!\s*,?\s*(?:of\s+)?['’\d])",
        rf"(?<!\w){_DAY}{_TH}\s*day\s+of\s+{_BLANK}\s*,?\s*(?:{_YEAR}|(?P<stub>20|19)\s?{_BLANK})",
    )
)
_BLANK_DATE = re.compile(
    rf"(?:{_BLANK}\s*(?:day\s*of|,)\s*{_BLANK}|\b(?:dated?|as\s+of|until|till|through|ending"
    rf"|on(?:\s+or\s+about)?)\s*:?\s*(?:the\s+)?(?P<gap>{_BLANK})(?!\s*\(?\w*\)?\s*(?:day|week|month|year)))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date read from [start, end). `iso` is 1999-06-21, 1999-06, 1999 or --06-21; "" for a blank never filled."""

    iso: str
    start: int
    end: int

    @property
    def date(self) -> dt.date | None:
        """The day, where day, month and year are known."""
        return dt.date.fromisoformat(self.iso) if len(self.iso) == 10 else None


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[FoundDate]:
    """The dates in text[start:end), in order; incomplete ones and blanks too."""
    stop = len(text) if end is None else end
    found: list[FoundDate] = []
    for form in _FORMS:
        _collect(form, text, start, stop, found, _whole)
    for form in _PARTIAL:
        _collect(form, text, start, stop, found, _part)
    for match in _BLANK_DATE.finditer(text, start, stop):
        if not any(other.start < match.end() and match.start() < other.end for other in found):
            found.append(FoundDate("", match.start(), match.end()))
    return sorted(found, key=lambda date: date.start)


def _collect(form: re.Pattern[str], text: str, start: int, stop: int, found: list[FoundDate], read: object) -> None:
    """Add the matches of one form that overlap no earlier one."""
    for match in form.finditer(text, start, stop):
        if any(other.start < match.end() and match.start() < other.end for other in found):
            continue
        iso = read(match)  # type: ignore[operator]
        if iso is not None:
            found.append(FoundDate(iso, match.start(), match.end()))


def _whole(match: re.Match[str]) -> str | None:
    """The ISO date of a complete form, None where there is no such day."""
    groups = match.groupdict()
    year = full_year(groups["year"])
    month = _misspelt(groups["close"]) if groups.get("close") else 0
    if groups.get("close") and not month:
        return None
    if groups.get("month") or month:
        month = month or month_number(groups["month"])
        ordinal = groups.get("ordinal")
        day = (
            _ORDINALS.index(re.sub(r"[\s-]+", "-", ordinal.casefold())) + 1
            if ordinal
            else int(groups["day"].replace(" ", ""))
        )
    else:
        month, day = int(groups["m"]), int(groups["d"])
        if month > 12 >= day:
            month, day = day, month
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _part(match: re.Match[str]) -> str:
    """Year and month, the year, month and day without a year (--04-30), or "" of an incomplete form."""
    groups = match.groupdict()
    if not groups.get("year"):
        whole = groups.get("month") and groups.get("day")
        return f"--{month_number(groups['month']):02d}-{int(groups['day']):02d}" if whole else ""
    year = full_year(groups["year"])
    return f"{year}-{month_number(groups['month']):02d}" if groups.get("month") else str(year)


def full_year(written: str) -> int:
    """99 -> 1999, 21 -> 2021: two figures above 69 are of the last century."""
    if written[:1] in "tTnN":
        words = written.casefold().split(None, 2)
        return (2000 if words[0] == "two" else 1900) + (number_from_words(words[2]) or 0 if len(words) > 2 else 0)
    digits = int(re.sub(r"\D", "", written))
    return digits if digits > 99 else digits + (1900 if digits > 69 else 2000)


def _misspelt(word: str) -> int:
    """The month that a word of five letters or more all but spells ("Novemeber"), 0 for any other word."""
    for number, month in enumerate(_MONTHS, 1):
        if month[0] == word[0].casefold() and len(month) > 4 and OSA.distance(month, word.casefold()) <= 1:
            return number
    return 0


def month_number(name: str) -> int:
    """1 to 12 from a month's name or its first three letters."""
    return next(i for i, month in enumerate(_MONTHS, 1) if month[:3] == name.casefold()[:3])
