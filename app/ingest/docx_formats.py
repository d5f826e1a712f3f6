"""Numbers in Word's formats (ECMA-376 part 1, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_ROMANS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_IRREGULAR = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"


def roman(number: int) -> str:
    """Upper-case Roman; "" below 1."""
    parts = []
    for value, letters in _ROMANS:
        count, number = divmod(number, value) if number > 0 else (0, 0)
        parts.append(letters * count)
    return "".join(parts)


def _letters(number: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    """A, B, ..., Z, AA, BB, ...: Word repeats the letter."""
    if number < 1:
        return ""
    size = len(alphabet)
    return alphabet[(number - 1) % size] * min(20, (number - 1) // size + 1)


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _words(number: int) -> str:
    if number < 20:
        return _ONES[max(0, number)]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{_ONES[number // 100]} hundred" + (f" {_words(number % 100)}" if number % 100 else "")
    return str(number)


def _ordinal_words(number: int) -> str:
    words = _words(number)
    cut = max(words.rfind("-"), words.rfind(" ")) + 1
    word = words[cut:]
    ordinal = _IRREGULAR.get(word) or (word[:-1] + "ieth" if word.endswith("y") else word + "th")
    return words[:cut] + ordinal


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": lambda n: roman(n).lower(),
    "upperRoman": roman,
    "ordinal": _ordinal,
    "cardinalText": lambda n: _words(n).capitalize(),
    "ordinalText": lambda n: _ordinal_words(n).capitalize(),
    "hex": lambda n: f"{n:X}",
    "chicago": lambda n: _letters(n, "*\u2020\u2021\u00a7"),
    "russianLower": lambda n: _letters(n, _RUSSIAN),
    "russianUpper": lambda n: _letters(n, _RUSSIAN).upper(),
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "decimalEnclosedCircle": _circled,
    "numberInDash": lambda n: f"- {n} -",
    "decimalFullWidth": lambda n: str(n).translate({48 + d: 0xFF10 + d for d in range(10)}),
    "none": lambda n: "",
    "bullet": lambda n: "",
}


def formatted(number: int, form: str) -> str:
    """The number in a w:numFmt; "zeros:3" is Word 2010's custom 001, 002; unknown formats are shown as decimal."""
    if form.startswith("zeros:"):
        return str(number).zfill(int(form[6:]))
    return _FORMATS.get(form, str)(number)
