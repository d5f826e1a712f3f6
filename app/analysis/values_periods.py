"""Periods of time in words or figures, as ISO 8601 durations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = {
    name: 10 * i
    for i, name in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
NUMBER_WORDS: dict[str, int] = {name: value for value, name in enumerate(_ONES)} | _TENS | {"fourty": 40, "ninty": 90}
_ONE = "|".join(sorted((*NUMBER_WORDS, "hundred"), key=len, reverse=True))
NUMBER_WORD = (
    rf"(?:(?:{_ONE})(?:(?:[\s-]{{1,4}}and[\s-]{{1,4}}|[\s-]{{1,4}})?(?:{_ONE})){{0,7}})"  # bounded: no text takes long
)
_UNIT = r"(?P<unit>days?|weeks?|months?|years?|quarters?|hours?|yrs?|mos?\.|anniversar(?:y|ies))"
_QUALIFIER = (
    r"(?P<qualifier>(?:(?:full|consecutive|successive|additional|calendar|business|working|further|more"
    r"|contract|banking|trading|whole|continuous|renewal|license|licence|fiscal|sales)[\s-]+){0,3})"
)
_PERIOD = re.compile(
    rf"(?<![\w.$£€/])(?:(?P<word>{NUMBER_WORD})(?P<half>\s+and\s+(?:one[\s-]+half|a\s+half))?"
    rf"(?:[\s-]*\(\s*(?P<figure>\d{{1,4}}(?:\.\d+|\s*½|\s+1/2)?)(?:th|st|nd|rd)?\s*\))?|(?P<digits>\d{{1,4}}(?:\.\d+|\s*½|\s*1/2)?)"
    rf"(?:\s*\(\s*{NUMBER_WORD}\s*\))?)"
    rf"[\s~-]*(?:\(\s*)?{_QUALIFIER}{_UNIT}(?!\w)(?P<apostrophe>['’]s?)?",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    r"\b(?:an?|each|every|per|another|one)\s+(?P<qualifier>(?:(?:additional"
    r"|further|successive|consecutive|renewal|calendar|full)\s+){0,2})"
    r"(?P<unit>year|month|week|quarter|day)\b(?!\s+of\s+(?:birth|death|an?\b|the\b))",
    re.IGNORECASE,
)
ORDINALS = [
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
]
RENEW = re.compile(
    (
        r"\b(?:re-?new\w*|exten[ds]\w*|successive|additional|consecutive"
        r"|further|subsequent|year[\s-]to[\s-]year"
        r"|month[\s-]to[\s-]month)\b"
    ),
    re.IGNORECASE,
)
_ANNIVERSARY = re.compile(
    rf"\b(?:(?P<word>{'|'.join(ORDINALS)})(?:\s*\(\s*\d+\s?\w{{0,2}}\s?\w?\s*\))?"
    rf"|(?P<figure>\d{{1,2}})\s?(?:st|nd|rd|t\s?h))"
    r"[\s-]+(?:\w+[\s-]+)?(?:anniversary|(?:contract|license|licence|full|agreement)\s+year)\b"
    r"|\b(?:contract\s+)?year\s+(?P<year>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)
_HALF = re.compile(r"\bhalf[\s-]+(?:a[\s-]+|an?other[\s-]+)?year\b", re.IGNORECASE)
_ADVERB = re.compile(
    r"\b(?P<word>year[\s-]+to[\s-]+year|month[\s-]+to[\s-]+month|week[\s-]+to[\s-]+week|from\s+year\s+to\s+year"
    r"|annual(?:ly)?|yearly|monthly|quarterly|semi-?annual(?:ly)?|bi-?annual(?:ly)?|anniversary)\b",
    re.IGNORECASE,
)
_DAYS = {"H": Fraction(1, 24), "D": Fraction(1), "W": Fraction(7), "M": Fraction(365, 12), "Y": Fraction(365)}
_LETTERS = {
    "hour": "H",
    "day": "D",
    "week": "W",
    "mont": "M",
    "mos": "M",
    "mo.": "M",
    "quar": "Q",
    "year": "Y",
    "yr": "Y",
    "anni": "Y",
}


@dataclass(frozen=True, slots=True)
class Period:
    """`count` units of H(ours), D, W, M or Y read from [start, end); `business` days are not calendar days."""

    count: Fraction
    unit: str
    start: int
    end: int
    business: bool = False
    qualifier: str = ""

    @property
    def iso(self) -> str:
        """ISO 8601: P30D, P18M, PT48H."""
        if self.unit == "Y" and self.count.denominator != 1:
            return f"P{_plain(self.count * 12)}M"
        return f"PT{_plain(self.count)}H" if self.unit == "H" else f"P{_plain(self.count)}{self.unit}"

    @property
    def days(self) -> float:
        """In days, for comparisons only: a month as 365/12 days, five business days as seven."""
        days = self.count * _DAYS[self.unit] * (Fraction(7, 5) if self.business else 1)
        return round(float(days), 2)

    @property
    def words(self) -> str:
        """For people: "30 days", "10 business days"."""
        names = {"H": "hour", "D": "day", "W": "week", "M": "month", "Y": "year"}
        name = names[self.unit] + ("" if self.count == 1 else "s")
        return f"{_plain(self.count)} {'business ' if self.business else ''}{name}"


def _plain(count: Fraction) -> str:
    """A fraction without needless decimals."""
    return str(count.numerator) if count.denominator == 1 else f"{float(count):g}"


def number_from_words(words: str) -> int | None:
    """Two hundred and seventy -> 270; None where it is no number."""
    total = current = 0
    seen = False
    for word in re.split(r"[\s-]+", words.casefold()):
        if word == "and" or not word:
            continue
        if word == "hundred":
            current = max(current, 1) * 100
        elif word in NUMBER_WORDS:
            current += NUMBER_WORDS[word]
        else:
            return None
        seen = True
    return total + current if seen else None


def find_periods(text: str, start: int = 0, end: int | None = None, *, loose: bool = False) -> list[Period]:
    """The periods in text[start:end), in order. `loose` adds "a year", "annually", "month-to-month"."""
    stop = len(text) if end is None else end
    found = [period for match in _PERIOD.finditer(text, start, stop) if (period := _of(match)) is not None]
    found = _joined(text, found)
    if loose:
        found += _loose(text, start, stop, found)
    return sorted(found, key=lambda period: period.start)


def _joined(text: str, periods: list[Period]) -> list[Period]:
    """One year and six months -> 18 months."""
    joined: list[Period] = []
    for period in periods:
        last = joined[-1] if joined else None
        near = last is not None and re.fullmatch(r"\s*,?\s*and\s*", text[last.end : period.start])
        near = (
            near if not re.match(r"['’]?\s+(?:\w+\s+){0,2}(?:notice|prior|before)", text[period.end :][:40]) else None
        )
        if last and near and (last.unit, period.unit) == ("Y", "M") and period.count < 12:
            months = last.count * 12 + period.count
            joined[-1] = Period(months, "M", last.start, period.end, qualifier=last.qualifier)
        else:
            joined.append(period)
    return joined


def _of(match: re.Match[str]) -> Period | None:
    """The period of a match of _PERIOD; figures win over words where both stand."""
    digits = match["figure"] or match["digits"]
    count: Fraction | None
    if digits:
        half = digits.endswith(("½", "1/2"))
        plain = re.sub(r"\s*(?:½|1/2)$", "", digits)
        count = Fraction(plain) + (Fraction(1, 2) if half else 0) if plain else None
    else:
        number = number_from_words(match["word"])
        count = None if number is None else Fraction(number)
    if count is None or count <= 0 or (count >= 1900 and match["unit"][:1] in "yY"):  # "the 2014 fiscal year"
        return None
    if match["half"] and count.denominator == 1:
        count += Fraction(1, 2)
    return _made(count, match["unit"], match, match["qualifier"])


def _made(count: Fraction, unit: str, match: re.Match[str], qualifier: str) -> Period | None:
    """A period with its unit's letter; quarters become months."""
    letter = next((value for key, value in _LETTERS.items() if unit.casefold().startswith(key)), None)
    if letter is None:
        return None
    if letter == "Q":
        count, letter = count * 3, "M"
    business = letter == "D" and bool(re.search(r"business|working|banking|trading", qualifier, re.IGNORECASE))
    return Period(count, letter, match.start(), match.end(), business, " ".join(qualifier.casefold().split()))


def _loose(text: str, start: int, stop: int, taken: list[Period]) -> list[Period]:
    """Periods said without a number."""
    found = [Period(Fraction(6), "M", match.start(), match.end()) for match in _HALF.finditer(text, start, stop)]
    for match in _ANNIVERSARY.finditer(text, start, stop):
        if match["year"]:
            years = int(match["year"]) if match["year"].isdigit() else NUMBER_WORDS[match["year"].casefold()]
        else:
            years = ORDINALS.index(match["word"].casefold()) + 1 if match["word"] else int(match["figure"])
        if years:
            found.append(Period(Fraction(years), "Y", match.start(), match.end(), qualifier="anniversary"))
    for match in _ADVERB.finditer(text, start, stop):
        word = match["word"].casefold()
        count, unit = Fraction(1), "Y"
        if "month" in word:
            unit = "M"
        elif "week" in word:
            unit = "W"
        elif word.startswith("quarter"):
            count, unit = Fraction(3), "M"
        elif word.startswith(("semi", "bi")):
            count, unit = Fraction(6), "M"
        if not any(t.start < match.end() and match.start() < t.end for t in (*taken, *found)):
            found.append(Period(count, unit, match.start(), match.end(), qualifier=" ".join(word.split())))
    for match in _SINGLE.finditer(text, start, stop):
        period = _made(Fraction(1), match["unit"], match, match["qualifier"] or "")
        if period and not any(t.start < match.end() and match.start() < t.end for t in (*taken, *found)):
            found.append(period)
    return found
