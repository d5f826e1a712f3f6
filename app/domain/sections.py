"""The section tree of a contract, from its text alone: numbered paragraphs and headings."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered or headed part. `number` is as printed ("1.2(a)", "Article IV"), "" where there is none.

    `level` counts from 1; [start, end) runs to the next section of the same or a higher level. Sorted by start.
    """

    number: str
    heading: str
    level: int
    start: int
    end: int


_LINE = re.compile(r"[^\n\f]+")
_WORD = re.compile(
    r"(?P<word>article|section|clause|schedule|exhibit|annex|appendix|attachment|addendum|part)\s+"
    r"(?P<id>[IVXLC]+|\d+(?:\.\d+)*|[A-Z](?:-\d+)?|one|two|three|four|five|six|seven|eight|nine|ten)\b\s*[.:)\u2013\u2014-]*",
    re.IGNORECASE,
)
_SIGN = re.compile(r"§+\s*(?P<id>\d+(?:\.\d+)*)\s*[.)]?")
_DECIMAL = re.compile(r"(?P<id>\d{1,3}(?:\.\d{1,3}){1,5})\s*[.)]?(?=\s|\()")
_NUMBER = re.compile(r"(?P<id>\d{1,3})\s*[.)](?=\s|\(|[A-Z]|$)")
_ROMAN_DOT = re.compile(r"(?P<id>[IVXL]{1,6})\s*[.)](?=\s)")
_LETTER_DOT = re.compile(r"(?P<id>[A-Za-z])\s*[.)](?=\s)")
_PAREN = re.compile(r"\((?P<id>[ivxl]{1,6}|[a-z]{1,2}|[A-Z]|\d{1,2})\)(?=\s|$|\()")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_TOC = re.compile(r"(?:\.\s?){4,}\s*\d+\s*$|\t\d+\s*$|\s{3,}\d{1,3}\s*$")
_RUN_IN = re.compile(r"(?P<heading>[A-Z\"“(][^.:;\n]{1,80}?)\s*(?:[.:]|\s[\u2013\u2014-])(?=\s|$)")
_MONTHS = re.compile(r"\s*(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
_SMALL = frozenset("a an and as at by for from in of on or the to with under upon per its no".split())
_TOP_WORDS = frozenset({"article", "schedule", "exhibit", "annex", "appendix", "attachment", "addendum", "part"})
_OUTER = frozenset({"schedule", "exhibit", "annex", "appendix", "attachment", "addendum"})


def roman_value(letters: str) -> int:
    """The value of a Roman number, 0 where the letters are none."""
    values = [_ROMAN.get(letter, 0) for letter in letters.lower()]
    if not values or 0 in values:
        return 0
    return sum(-v if any(v < w for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


@dataclass(slots=True)
class _Label:
    """A number at the start of a line: its style ("1", "1.1", "(a)", "(i)", ...) and its place in its sequence."""

    number: str
    style: str
    value: int
    length: int
    depth: int = 0


def _label(line: str) -> _Label | None:
    """The number that a line begins with, or None."""
    if match := _WORD.match(line):
        word, ident = match["word"], match["id"]
        rest = line[match.end() :].strip()
        if rest[:1].islower() or (word[0].islower() and not rest[:1].isupper()):
            return None  # "Section 5 of this Agreement ..." inside a sentence
        value = int(ident.split(".")[-1]) if ident[0].isdigit() else roman_value(ident) or ord(ident[0].upper()) - 64
        style = word.lower() if "." not in ident else "section"
        return _Label(f"{word.title() if word.isupper() else word} {ident}", style, value, match.end(), ident.count("."))
    if match := _SIGN.match(line):
        return _Label(f"§ {match['id']}", "section", int(match["id"].split(".")[-1]), match.end(), match["id"].count("."))
    if match := _DECIMAL.match(line):
        parts = match["id"].split(".")
        if re.match(r"\s*(?:million|billion|percent|%|per cent|hours?|days?|inches|feet|acres)\b", line[match.end() :]):
            return None
        if len(parts) == 2 and parts[1] == "0":
            return _Label(match["id"], "1", int(parts[0]), match.end())
        return _Label(match["id"], "1.1", int(parts[-1]), match.end(), len(parts) - 1)
    if match := _NUMBER.match(line):
        return None if _MONTHS.match(line, match.end()) else _Label(match["id"], "1", int(match["id"]), match.end())
    if match := _PAREN.match(line):
        return _paren(match["id"], match.end())
    if match := _ROMAN_DOT.match(line):
        return _Label(match["id"], "I", roman_value(match["id"]), match.end())
    if match := _LETTER_DOT.match(line):
        style = "A" if match["id"].isupper() else "a"
        return _Label(match["id"], style, ord(match["id"].lower()) - 96, match.end())
    return None


def _paren(ident: str, length: int) -> _Label:
    if ident.isdigit():
        return _Label(f"({ident})", "(1)", int(ident), length)
    if ident.isupper():
        return _Label(f"({ident})", "(A)", ord(ident) - 64, length)
    if len(ident) == 1 or ident[0] == ident[-1] and ident not in {"ii", "xx"} or not roman_value(ident):
        value = ord(ident[0]) - 96 + 26 * (len(ident) - 1)
        return _Label(f"({ident})", "(a)", value, length)
    return _Label(f"({ident})", "(i)", roman_value(ident), length)


def _is_capital_heading(line: str) -> bool:
    """An unnumbered heading: a short line in capitals that is no sentence."""
    text = line.strip()
    letters = [c for c in text if c.isalpha()]
    if not 4 <= len(letters) or len(text) > 90 or text[-1] in ",;" or ":" in text[:-1] or "_" in text or "/s/" in text:
        return False
    if sum(c.isupper() for c in letters) < 0.95 * len(letters):
        return False
    return len(text.split()) <= 12 and not re.search(r"\d{3,}|\b(?:INC|LLC|LTD|CORP|L\.P|BY)\b\.?", text)


def _heading_of(rest: str) -> str:
    """The heading that follows a number: a whole short line, or a run-in one that ends with a full stop or colon."""
    text = rest.strip(" \t.-\u2013\u2014:")
    if not text:
        return ""
    if len(text) <= 70 and not re.search(r"[.;:]\s", text) and _title_like(text):
        return text
    match = _RUN_IN.match(rest.strip())
    if match and _title_like(match["heading"]):
        return match["heading"].strip()
    return ""


def _title_like(text: str) -> bool:
    words = re.findall(r"[A-Za-z][\w'\u2019&-]*", text)
    if not words or len(words) > 12:
        return False
    lower = [word for word in words if word[0].islower() and word not in _SMALL]
    return not lower or (len(words) <= 4 and len(lower) == len(words) - 1 and words[0][0].isupper())


def find_sections(text: str) -> tuple[Section, ...]:
    """The sections of a text in order; [] nothing but prose. Linear in the length of the text."""
    stack: list[_Label] = []
    found: list[tuple[str, str, int, int]] = []  # number, heading, level, start
    for match in _LINE.finditer(text):
        line = match.group()
        body = line.lstrip(" \t*\u2022\xa0")
        start = match.start() + len(line) - len(body)
        if not body or _TOC.search(body):
            continue
        label = _label(body)
        if label is None:
            if _is_capital_heading(body):
                level = 2 if any(entry.style in _OUTER for entry in stack) else 1
                found.append(("", body.strip(), level, start))
            continue
        if not _fits(label, stack, body):
            continue
        _place(label, stack)
        found.append((label.number, _heading_of(body[label.length :]), len(stack), start))
    return _close(found, len(text))


def _fits(label: _Label, stack: list[_Label], body: str) -> bool:
    """Whether a number can be a section here: it goes on a sequence, begins one, or carries a heading."""
    if label.style in _TOP_WORDS or label.style in {"section", "clause", "1.1"}:
        return True
    for entry in stack:
        if entry.style == label.style and 0 < label.value - entry.value <= 3:
            return True
        if label.style == "(a)" and entry.style == "(i)" and roman_value(label.number.strip("()")) == entry.value + 1:
            return True
        if label.style == "(i)" and entry.style == "(a)" and len(label.number) == 3:
            return True
    return label.value == 1 or label.number == "(i)" or bool(_heading_of(body[label.length :]))


def _place(label: _Label, stack: list[_Label]) -> None:
    """Put the label on the stack at its level; the stack is then its chain of parents and itself."""
    single = label.number.strip("()")
    if label.style == "(a)" and len(single) == 1 and roman_value(single):
        _settle_roman(label, single, stack)
    if label.style in _OUTER:
        stack.clear()
    for index, entry in enumerate(stack):
        same = entry.style == label.style and (label.style != "1.1" or entry.depth == label.depth)
        deeper = label.style in {"1.1", "section"} and entry.style in {"1.1", "section"} and entry.depth >= label.depth
        if same or deeper:
            del stack[index:]
            break
    else:
        if label.style in {"article", "part", "1", "section", "clause", "1.1"}:
            rank = {"part": 0, "article": 1, "section": 2, "clause": 2, "1": 2, "1.1": 3}
            while stack and stack[-1].style not in _OUTER and rank.get(stack[-1].style, 9) > rank[label.style]:
                stack.pop()
    stack.append(label)


def _settle_roman(label: _Label, single: str, stack: list[_Label]) -> None:
    """Tell (i) the letter from (i) the Roman number by the sequence it goes on."""
    for entry in reversed(stack):
        if entry.style == "(a)" and label.value == entry.value + 1:
            return
        if entry.style == "(i)" and roman_value(single) == entry.value + 1:
            label.style, label.value = "(i)", roman_value(single)
            return
    if single == "i":
        label.style, label.value = "(i)", 1


def _close(found: list[tuple[str, str, int, int]], length: int) -> tuple[Section, ...]:
    """Give every section its end: where the next of its level or above begins."""
    ends = [length] * len(found)
    open_: list[int] = []
    for index, (_, _, level, start) in enumerate(found):
        while open_ and found[open_[-1]][2] >= level:
            ends[open_.pop()] = start
        open_.append(index)
    return tuple(Section(n, h, lv, s, ends[i]) for i, (n, h, lv, s) in enumerate(found))


def section_path(sections: tuple[Section, ...], offset: int) -> tuple[Section, ...]:
    """The sections that hold `offset`, outermost first."""
    index = bisect_right(sections, offset, key=lambda s: s.start)
    path: list[Section] = []
    level = 10**6
    while index and level > 1:
        index -= 1
        section = sections[index]
        if section.level < level:
            level = section.level
            if section.end > offset:
                path.append(section)
    return tuple(reversed(path))


def clause_number(sections: tuple[Section, ...], offset: int) -> str | None:
    """The number by which a lawyer cites the place: "12.3(a)", composed where only "(a)" is printed; None without."""
    cite = ""
    for section in section_path(sections, offset):
        if not section.number:
            continue
        if section.number.startswith("("):
            cite += section.number
        elif section.number.split()[0].lower() in _OUTER:
            cite = f"{section.number}, "
        else:
            outer = cite if cite.endswith(", ") else ""
            cite = outer + section.number
    return cite.rstrip(", ") or None
