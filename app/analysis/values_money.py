"""Amounts of money, percentages, and multiples of fees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from app.analysis.values_periods import NUMBER_WORD, find_periods, number_from_words

_CURRENCIES = {
    "us$": "USD", "usd": "USD", "$": "USD", "u.s. dollars": "USD", "us dollars": "USD", "dollars": "USD",
    "united states dollars": "USD", "£": "GBP", "gbp": "GBP", "pounds sterling": "GBP", "€": "EUR", "eur": "EUR",
    "euros": "EUR", "euro": "EUR", "c$": "CAD", "cdn$": "CAD", "cad": "CAD", "a$": "AUD",
    "au$": "AUD", "aud": "AUD", "hk$": "HKD",
    "ca$": "CAD", "nz$": "NZD",
    "hkd": "HKD", "s$": "SGD", "¥": "JPY", "jpy": "JPY", "yen": "JPY", "rmb": "CNY", "cny": "CNY", "chf": "CHF",
    "inr": "INR", "rs.": "INR",
}  # fmt: skip
_SIGN = (
    r"(?:US\s?\$|U\.S\.\s?\$|CDN\s?\$|CA?\$|(?-i:(?<![A-Za-z])(?:AU?\$|AU\s\$))|NZ\s?\$|HK\$|S\$|\$|£|€|¥"
    r"|USD|GBP|EUR|CAD|AUD|HKD|JPY|RMB|CNY|CHF|INR|Rs\.)"
)
_NUMBER = r"(?<!\d)(?:\d{1,3}(?:,\s?\d{3}){1,6}(?!\d)|\d{1,18})(?:\.\d{1,9})?"  # bounded: no text takes long
_AMOUNT = re.compile(
    rf"(?P<sign>{_SIGN})\s?(?P<number>{_NUMBER})(?:\s?(?P<scale>million|billion|thousand|mm|m|k)\b)?"
    rf"|(?P<number2>{_NUMBER})\s?(?P<scale2>million|billion|thousand)?\s*(?P<name>U\.S\.\s+dollars"
    rf"|US\s+dollars|United\s+States\s+dollars|dollars|pounds\s+sterling|euros?|yen|USD|GBP|EUR)\b",
    re.IGNORECASE,
)
_SCALES = {"million": 6, "mm": 6, "m": 6, "billion": 9, "thousand": 3, "k": 3}
_PERCENT = re.compile((
r"(?<![\d.])(?P<figure>\d{1,3}(?:\.\d+)?)\s?(?:%"
r"|per\s?cent)|\b(?P<word>"
) + NUMBER_WORD + r")\s+per\s?cent", re.IGNORECASE)  # fmt: skip
_TIMES = re.compile(
    rf"\b(?:(?P<word>{NUMBER_WORD})(?:\s*\(\s*(?P<figure>\d+(?:\.\d+)?)\s*(?:x|times)?\s*\))?\s*(?:times"
    rf"|x)|(?P<digits>\d+(?:\.\d+)?)\s?(?:times|x\b)|(?P<twice>twice|double|two[\s-]?fold))"
    r"(?:\s*\(\s*\d+(?:\.\d+)?\s*(?:x|times)?\s*\))?"
    r"(?=\s+(?:the|all|any|an|its|annual|fees?|amounts?|total|aggregate|charges|such|\w+['’]s))",
    re.IGNORECASE,
)
_OPEN_TIMES = re.compile(
    r"[}\]_●]\s*(?:times|x)\b", re.IGNORECASE
)  # a multiple left blank: "{multiplier} times the fees"
_PAID = re.compile(
    r"\b(?:fees?|amounts?|sums?|revenues?|charges?|payments?|price|consideration"
    r"|compensation|monies|moneys|royalties)\b[^.;]{0,160}?"
    r"\b(?:paid|payable|receiv(?:ed|es)|due|owed|billed|invoiced|actually\s+paid)\b"
    r"|\b(?:total\s+)?value\s+of\s+(?:the|this|each|such|any)\s+(?:applicable\s+|relevant\s+)?"
    r"(?:work\s+order|order|contract|agreement|sow|statement\s+of\s+work)s?\b"
    r"|\b(?:purchase\s+price|contract\s+price|contract\s+value|annual\s+fees?"
    r"|subscription\s+fees?|total\s+fees|licen[cs]e\s+fees?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """`amount` in `currency` (ISO 4217) read from [start, end)."""

    amount: Decimal
    currency: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """For people: "USD 1,000,000"."""
        whole = self.amount == self.amount.to_integral_value()
        return f"{self.currency} {self.amount:,.0f}" if whole else f"{self.currency} {self.amount:,.2f}"


def find_amounts(text: str, start: int = 0, end: int | None = None) -> list[Amount]:
    """The amounts with a currency in text[start:end), in order."""
    found = []
    for match in _AMOUNT.finditer(text, start, len(text) if end is None else end):
        number = re.sub(r"[,\s]", "", match["number"] or match["number2"])
        scale = _SCALES.get((match["scale"] or match["scale2"] or "").casefold(), 0)
        sign = re.sub(r"\s+", " ", (match["sign"] or match["name"]).casefold())
        sign = plain if (plain := sign.replace(" ", "").replace(".", "")) in _CURRENCIES else sign
        try:
            amount = Decimal(number).scaleb(scale)
        except InvalidOperation:
            continue
        if scale and amount == amount.to_integral_value():
            amount = Decimal(int(amount))  # 10 million as 10000000, not 1.0E+7
        found.append(Amount(amount, _CURRENCIES.get(sign, "USD"), match.start(), match.end()))
    return found


def find_percentages(text: str, start: int = 0, end: int | None = None) -> list[tuple[float, int, int]]:
    """Percentages with their spans."""
    found = []
    for match in _PERCENT.finditer(text, start, len(text) if end is None else end):
        number = float(match["figure"]) if match["figure"] else number_from_words(match["word"])
        if number is not None:
            found.append((float(number), match.start(), match.end()))
    return found


def fee_multiple(text: str, start: int, end: int) -> tuple[float, int | None, int, int] | None:
    """A cap as a multiple of fees: (multiple, months looked back or None, start, end); None where it is none."""
    paid = _PAID.search(text, start, end)
    if not paid or _OPEN_TIMES.search(text, start, end):
        return None
    multiple = 1.0
    times = _TIMES.search(text, start, end)
    percents = [p for p in find_percentages(text, start, end) if p[1] < paid.end()]
    if times:
        digits = times["figure"] or times["digits"]
        if times["twice"]:
            multiple = 2.0
        elif digits:
            multiple = float(digits)
        else:
            multiple = float(number_from_words(times["word"]) or 1)
    elif percents:
        multiple = percents[0][0] / 100
    months = [round(p.days / 365 * 12) for p in find_periods(text, start, end, loose=True) if p.unit in "MY"]
    return multiple, months[0] if months else None, paid.start(), paid.end()
