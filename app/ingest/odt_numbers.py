"""Clause numbers of OpenDocument text: list styles, outline, lists that go on. Runs in the sandboxed child."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.ingest.docx_formats import formatted

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_PLACE = re.compile(r"%(\d{1,2})%")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; `form` is "" where it is not, `pattern` has %1% for level 1's number."""

    form: str
    pattern: str
    start: int = 1
    bullet: bool = False


class OdtNumbers:
    """List styles by name, and counters of lists, which other lists may carry on."""

    def __init__(self, roots: Iterable[Any]) -> None:
        self._styles: dict[str, dict[int, Level]] = {}
        self._of_paragraph: dict[str, str] = {}  # paragraph style: list style
        self._counters: dict[str, dict[int, int]] = {}
        self._last = ""
        for root in roots:
            for node in root.iter(f"{TEXT}list-style", f"{TEXT}outline-style"):
                name = "outline" if node.tag.endswith("outline-style") else node.get(f"{STYLE}name", "")
                self._styles[name] = dict(_levels(node))
            for node in root.iter(f"{STYLE}style"):
                if node.get(f"{STYLE}list-style-name"):
                    self._of_paragraph[node.get(f"{STYLE}name", "")] = node.get(f"{STYLE}list-style-name")

    def begin(self, node: Any, style: str) -> str:
        """The key of a text:list's counters: its own, or those of the list that it carries on."""
        own = node.get("{http://www.w3.org/XML/1998/namespace}id") or f"list {len(self._counters)}"
        goes_on = node.get(f"{TEXT}continue-list")
        if goes_on in self._counters:
            self._counters[own] = self._counters[goes_on]
        elif node.get(f"{TEXT}continue-numbering") == "true" and self._last.startswith(f"{style}\0"):
            self._counters[own] = self._counters[self._last.partition("\0")[2]]
        else:
            self._counters[own] = {}
        self._last = f"{style}\0{own}"
        return own

    def label(self, key: str, style: str, level: int, start: int | None = None) -> str:
        """The number of the next paragraph at a level (from 1); counts it."""
        levels = self._styles.get(style, {})
        counters = self._counters.setdefault(key, {})
        own = levels.get(level, Level("", ""))
        counters[level] = start if start is not None else counters.get(level, own.start - 1) + 1
        for deeper in [index for index in counters if index > level]:
            del counters[deeper]
        if own.bullet:
            return "\u2022"
        if not own.form:
            return ""

        def shown(match: re.Match[str]) -> str:
            at = levels.get(int(match[1]), Level("", ""))
            return formatted(counters.get(int(match[1]), at.start), _FORMS[at.form]) if at.form else ""

        return _PLACE.sub(shown, own.pattern)

    def list_style(self, paragraph_style: str) -> str:
        """The list style that a paragraph style brings, or ""."""
        return self._of_paragraph.get(paragraph_style, "")


def _levels(node: Any) -> Iterable[tuple[int, Level]]:
    for entry in node:
        number = entry.get(f"{TEXT}level", "")
        if not number.isdigit():
            continue
        level = int(number)
        if entry.tag == f"{TEXT}list-level-style-bullet":
            yield level, Level("", "", bullet=True)
            continue
        form = entry.get(f"{STYLE}num-format", "")
        start = entry.get(f"{TEXT}start-value", "1")
        pattern = entry.get(f"{_LOEXT}num-list-format")
        if pattern is None:
            count = entry.get(f"{TEXT}display-levels", "1")
            first = max(1, level - (int(count) if count.isdigit() else 1) + 1)
            middle = ".".join(f"%{index}%" for index in range(first, level + 1))
            pattern = f"{entry.get(f'{STYLE}num-prefix', '')}{middle}{entry.get(f'{STYLE}num-suffix', '')}"
        yield level, Level(form if form in _FORMS else "", pattern, int(start) if start.isdigit() else 1)
