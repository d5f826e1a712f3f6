"""Clause numbers as Word shows them, from numbering.xml and styles.xml. Runs in the sandboxed child."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BULLETS = {"bullet", "none"}
_PLACE = re.compile(r"%([1-9])")


@dataclass
class Level:
    """One level of a list: its format, its text with %N, where it starts and restarts."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None  # lvlRestart: restarts after that level (1-based); 0: never
    style: str | None = None


@dataclass
class ListDefinition:
    """A w:num: its levels with overrides, counted together with all w:num of the same abstract list."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    restarts: dict[int, int] = field(default_factory=dict)  # startOverride by level, applied at first use


def value_of(node: Any, name: str) -> str | None:
    """The w:val of a child, or None."""
    child = node.find(f"{W}{name}") if node is not None else None
    return child.get(f"{W}val") if child is not None else None


def switched_on(node: Any, name: str) -> bool:
    """Whether an on/off property is there and not switched off."""
    child = node.find(f"{W}{name}") if node is not None else None
    return child is not None and child.get(f"{W}val", "1") not in {"0", "false", "off", "none"}


def _number(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


def _level(node: Any) -> Level:
    restart = value_of(node, "lvlRestart")
    return Level(
        start=_number(value_of(node, "start"), 1), form=value_of(node, "numFmt") or "decimal",
        text=value_of(node, "lvlText") or "", suffix=value_of(node, "suff") or "tab", legal=switched_on(node, "isLgl"),
        restart=None if restart is None else _number(restart, 0), style=value_of(node, "pStyle"),
    )  # fmt: skip


class Numbering:
    """Counts the numbered paragraphs of a document in order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._styles = {s.get(f"{W}styleId"): s for s in styles.iter(f"{W}style")} if styles is not None else {}
        self._default = next(
            (i for i, s in self._styles.items() if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") in {"1", "true"}),
            None,
        )
        self._lists: dict[str, ListDefinition] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._used: set[tuple[str, int]] = set()
        if numbering is not None:
            self._load(numbering)

    def _load(self, numbering: Any) -> None:
        abstracts = {a.get(f"{W}abstractNumId"): a for a in numbering.findall(f"{W}abstractNum")}
        by_style = {value_of(a, "styleLink"): i for i, a in abstracts.items() if value_of(a, "styleLink")}
        for num in numbering.findall(f"{W}num"):
            identity = value_of(num, "abstractNumId") or ""
            link = value_of(abstracts.get(identity), "numStyleLink")
            if link:
                identity = by_style.get(link, identity)
            definition = ListDefinition(identity)
            if identity in abstracts:
                for node in abstracts[identity].findall(f"{W}lvl"):
                    definition.levels[_number(node.get(f"{W}ilvl"), 0)] = _level(node)
            for override in num.findall(f"{W}lvlOverride"):
                index = _number(override.get(f"{W}ilvl"), 0)
                node = override.find(f"{W}lvl")
                if node is not None:
                    definition.levels[index] = _level(node)
                start = value_of(override, "startOverride")
                if start is not None:
                    definition.restarts[index] = _number(start, 1)
            self._lists[num.get(f"{W}numId", "")] = definition

    def _chain(self, style: str | None) -> list[Any]:
        """A style and what it is based on."""
        chain: list[Any] = []
        current = style or self._default
        while current in self._styles and self._styles[current] not in chain:
            chain.append(self._styles[current])
            current = value_of(self._styles[current], "basedOn")
        return chain

    def place(self, properties: Any) -> tuple[str, int] | None:
        """(numId, level) of a paragraph; each is inherited by itself, numId 0 takes the number away."""
        style = value_of(properties, "pStyle")
        numbers = [properties.find(f"{W}numPr") if properties is not None else None]
        chain = self._chain(style)
        for entry in chain:
            own = entry.find(f"{W}pPr")
            numbers.append(own.find(f"{W}numPr") if own is not None else None)
        num = next((v for n in numbers if (v := value_of(n, "numId")) is not None), None)
        level = next((v for n in numbers if (v := value_of(n, "ilvl")) is not None), None)
        if num is None or num == "0" or num not in self._lists:
            return None
        if value_of(numbers[0], "numId") is None:  # by style: the level that names the style is its own
            names = [entry.get(f"{W}styleId") for entry in chain]
            for name in names:
                for index, definition in self._lists[num].levels.items():
                    if definition.style == name:
                        return num, index
        return num, min(8, max(0, _number(level, 0)))

    def heading_level(self, properties: Any) -> int | None:
        """1 to 9 for a heading style or an outline level, else None."""
        own = value_of(properties, "outlineLvl")
        for entry in self._chain(value_of(properties, "pStyle")):
            own = own or value_of(entry.find(f"{W}pPr"), "outlineLvl")
            name = (value_of(entry, "name") or "").lower()
            if re.fullmatch(r"heading [1-9]", name):
                return int(name[-1])
        return int(own) + 1 if own is not None and own.isdigit() and int(own) < 9 else None

    def label(self, num: str, level: int) -> tuple[str, str]:
        """(number as shown, what follows it) of the next paragraph at this place; counts it."""
        definition = self._lists[num]
        counters = self._counters.setdefault(definition.abstract, {})
        for index in range(level + 1):
            if index in definition.restarts and (num, index) not in self._used:
                self._used.add((num, index))
                counters[index] = definition.restarts[index] - 1
                if index < level:
                    counters[index] += 1
        own = definition.levels.get(level, Level())
        for index in range(level):
            counters.setdefault(index, definition.levels.get(index, Level()).start)
        counters[level] = counters.get(level, own.start - 1) + 1
        for index in [i for i in counters if i > level]:
            restart = definition.levels.get(index, Level()).restart
            if restart is None or (restart > 0 and level < restart):
                del counters[index]
        if own.form in _BULLETS:
            return ("\u2022" if own.form == "bullet" and own.text else "", own.suffix)

        def shown(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            at = definition.levels.get(index, Level())
            form = "decimal" if own.legal and at.form not in _BULLETS else at.form
            return formatted(counters.get(index, at.start), form) if index <= level else ""

        return _PLACE.sub(shown, own.text), own.suffix


def formatted(number: int, form: str) -> str:
    """A number in one of Word's formats (ECMA-376, 17.18.59)."""
    match form:
        case "lowerLetter" | "upperLetter":
            letter = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""
            return letter if form == "lowerLetter" else letter.upper()
        case "lowerRoman" | "upperRoman":
            return _roman(number) if form == "upperRoman" else _roman(number).lower()
        case "decimalZero":
            return f"{number:02}"
        case "ordinal":
            return f"{number}{_ordinal(number)}"
        case "cardinalText":
            return _words(number).capitalize()
        case "ordinalText":
            return _ordinal_words(number).capitalize()
        case "hex":
            return f"{number:X}"
        case "decimalEnclosedParen":
            return f"({number})"
        case "decimalEnclosedFullstop":
            return f"{number}."
        case "decimalEnclosedCircle":
            return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)
        case "numberInDash":
            return f"- {number} -"
        case "none" | "bullet":
            return ""
    return str(number)


def _roman(number: int) -> str:
    parts = []
    for value, letters in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
                           (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        count, number = divmod(number, value) if number > 0 else (0, 0)
        parts.append(letters * count)
    return "".join(parts)


def _ordinal(number: int) -> str:
    return "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


_ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
         "seventeen eighteen nineteen").split()  # fmt: skip
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
              "twelve": "twelfth"}  # fmt: skip


def _words(number: int) -> str:
    if number < 20:
        return _ONES[max(0, number)]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{_ONES[number // 100]} hundred" + (f" {_words(number % 100)}" if number % 100 else "")
    return str(number)


def _ordinal_words(number: int) -> str:
    head, dash, last = _words(number).rpartition("-")
    first, space, word = last.rpartition(" ")
    word = _IRREGULAR.get(word) or (word[:-1] + "ieth" if word.endswith("y") else word + "th")
    return head + dash + first + space + word
