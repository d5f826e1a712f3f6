"""Defined terms of a contract: where defined, how often used, which are defined twice or never used."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_TERM = (
    r"[\"\u201c](?P<{0}>[A-Z][\w&'\u2019/-]*"
    r"(?: (?:[A-Z0-9][\w&'\u2019/-]*|of|and|or|the|for|to|in)){{0,7}}),?[\"\u201d]"
)
_MEANS = re.compile(
    _TERM.format("a") + r"\s*(?:,|\([^)]{0,60}\)|and|or|[\"\u201c][^\"\u201d]{1,60}[\"\u201d]){0,3}\s*"
    r"(?:shall mean|means?\b|shall have the meaning|has the meaning|have the meaning|is defined|refers? to|includes?\b)"
)
_BRACKETS = re.compile(r"\((?:[^()\"\u201c]{0,60})" + _TERM.format("b") + r"[^()]{0,80}\)")


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term: the places of its definitions (of the quoted words) and how often it is used outside them."""

    name: str
    definitions: tuple[tuple[int, int], ...]
    uses: int

    @property
    def defined_twice(self) -> bool:
        """More than one definition."""
        return len(self.definitions) > 1

    @property
    def unused(self) -> bool:
        """Defined and never used."""
        return self.uses == 0


def find_terms(text: str) -> tuple[Term, ...]:
    """Defined terms in the order of their first definition."""
    places: dict[str, list[tuple[int, int]]] = {}
    for pattern, group in ((_MEANS, "a"), (_BRACKETS, "b")):
        for match in pattern.finditer(text):
            places.setdefault(match[group].strip(" ,"), []).append(match.span(group))
    if not places:
        return ()
    names = sorted(places, key=len, reverse=True)
    uses: Counter[str] = Counter()
    defined = {span for spans in places.values() for span in spans}
    any_name = re.compile(
        r"\b(" + "|".join(re.escape(name) for name in names) + r")(?:s|es|['\u2019]s?)?\b", re.IGNORECASE
    )
    folded = {name.casefold(): name for name in names}
    for match in any_name.finditer(text):
        if match.span(1) not in defined and match[1][0].isupper():
            uses[folded[match[1].casefold()]] += 1
    terms = (Term(name, tuple(sorted(set(spans))), uses[name]) for name, spans in places.items())
    return tuple(sorted(terms, key=lambda term: term.definitions[0]))
