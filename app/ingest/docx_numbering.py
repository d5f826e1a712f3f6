"""Clause numbers as Word shows them, from numbering.xml and styles.xml. Runs in the sandboxed child."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from app.domain.text import View
from app.ingest.docx_formats import formatted

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
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
    properties: Any = None  # its w:pPr: where the number and its words stand


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


def _form(node: Any) -> str:
    """The number format; custom zero-padded ones (in mc:AlternateContent) as "zeros:WIDTH"."""
    choice = node.find(f"{_MC}AlternateContent/{_MC}Choice/{W}numFmt")
    custom = (choice.get(f"{W}format") or "") if choice is not None else ""
    if re.match(r"0+1\b", custom):
        return f"zeros:{len(custom.split(',')[0].strip())}"
    fallback = node.find(f"{_MC}AlternateContent/{_MC}Fallback")
    return value_of(node, "numFmt") or value_of(fallback, "numFmt") or "decimal"


def _level(node: Any) -> Level:
    restart = value_of(node, "lvlRestart")
    return Level(
        start=_number(value_of(node, "start"), 1), form=_form(node),
        text=value_of(node, "lvlText") or "", suffix=value_of(node, "suff") or "tab", legal=switched_on(node, "isLgl"),
        restart=None if restart is None else _number(restart, 0), style=value_of(node, "pStyle"),
        properties=node.find(f"{W}pPr"),
    )  # fmt: skip


class Numbering:
    """Counts the numbered paragraphs of a document in order."""

    def __init__(self, numbering: Any, styles: Any, view: View = View.ACCEPTED) -> None:
        self._view = view
        self._chains: dict[str | None, list[Any]] = {}
        self._styles = {s.get(f"{W}styleId"): s for s in styles.iter(f"{W}style")} if styles is not None else {}
        self._default = next(
            (
                i
                for i, s in self._styles.items()
                if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") in {"1", "true"}
            ),
            None,
        )
        self.defaults = styles.findall(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if styles is not None else []
        self._lists: dict[str, ListDefinition] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._used: set[tuple[str, int]] = set()
        if numbering is not None:
            self._load(numbering)

    def _load(self, numbering: Any) -> None:
        abstracts = {a.get(f"{W}abstractNumId"): a for a in numbering.findall(f"{W}abstractNum")}
        by_style = {value_of(a, "styleLink"): i for i, a in abstracts.items() if value_of(a, "styleLink")}
        abstract_of = {num.get(f"{W}numId"): value_of(num, "abstractNumId") for num in numbering.findall(f"{W}num")}
        for num in numbering.findall(f"{W}num"):
            identity = value_of(num, "abstractNumId") or ""
            link = value_of(abstracts.get(identity), "numStyleLink")
            if link:
                own = self._styles.get(link)
                numbered = value_of(own.find(f"{W}pPr/{W}numPr"), "numId") if own is not None else None
                identity = by_style.get(link) or abstract_of.get(numbered) or identity
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

    def chain(self, style: str | None) -> list[Any]:
        """A style and what it is based on."""
        if style in self._chains:
            return self._chains[style]
        chain = self._chains[style] = []
        current = style or self._default
        while current in self._styles and self._styles[current] not in chain:
            chain.append(self._styles[current])
            current = value_of(self._styles[current], "basedOn")
        return chain

    def properties(self, paragraph: Any) -> Any:
        """The w:pPr that counts in this view: before a tracked change of formatting in the original one."""
        own = paragraph.find(f"{W}pPr")
        if own is None or self._view is View.ACCEPTED:
            return own
        before = own.find(f"{W}pPrChange/{W}pPr")
        return before if before is not None else own

    def _numbered(self, properties: Any) -> Any:
        """The w:numPr of a w:pPr; a number that was inserted by a tracked change is none in the original view."""
        node = properties.find(f"{W}numPr") if properties is not None else None
        if node is not None and self._view is View.ORIGINAL and node.find(f"{W}ins") is not None:
            return None
        return node

    def place(self, properties: Any) -> tuple[str, int] | None:
        """(numId, level) of a paragraph; each is inherited by itself, numId 0 takes the number away."""
        direct = self._numbered(properties)
        chain = self.chain(value_of(properties, "pStyle"))
        inherited = [(entry.get(f"{W}styleId"), self._numbered(entry.find(f"{W}pPr"))) for entry in chain]
        values = [value_of(direct, "numId"), *(value_of(node, "numId") for _, node in inherited)]
        num = next((value for value in values if value is not None), None)
        if num is None or num not in self._lists:
            return None
        level = value_of(direct, "ilvl")
        if level is None and values[0] is None:  # by style: the level that names the style is its own
            linked = {definition.style: str(index) for index, definition in self._lists[num].levels.items()}
            level = next((v for name, node in inherited if (v := linked.get(name) or value_of(node, "ilvl"))), None)
        elif level is None:
            level = next((v for _, node in inherited if (v := value_of(node, "ilvl")) is not None), None)
        return num, min(8, max(0, _number(level, 0)))

    def spot(self, properties: Any) -> tuple[str, int] | None:
        """place() of a paragraph that this view lacks: as it is written, whatever changes say of its number."""
        view, self._view = self._view, View.ACCEPTED
        found = self.place(properties)
        self._view = view
        return found

    def level(self, place: tuple[str, int]) -> Level | None:
        """The level of a list that a paragraph stands at."""
        return self._lists[place[0]].levels.get(place[1])

    def style_hides(self, style: str | None) -> bool:
        """Whether a character style hides its text."""
        if style is None:
            return False
        for entry in self.chain(style):
            own = entry.find(f"{W}rPr")
            if own is not None and own.find(f"{W}vanish") is not None:
                return switched_on(own, "vanish")
        return False

    def heading_level(self, properties: Any) -> int | None:
        """1 to 9 for a heading style or an outline level, else None."""
        own = value_of(properties, "outlineLvl")
        for entry in self.chain(value_of(properties, "pStyle")):
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
        if own.form == "bullet":
            return ("\u2022" if own.text else "", own.suffix)

        def shown(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            at = definition.levels.get(index, Level())
            form = "decimal" if own.legal and at.form not in _BULLETS else at.form
            return formatted(counters.get(index, at.start), form) if index <= level else ""

        return _PLACE.sub(shown, own.text), own.suffix
