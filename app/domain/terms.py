"""Defined terms of a contract: where defined, how often used, which are defined twice, never used, or never defined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.terms_usual import USUAL
from app.domain.word_index import folded as folded_letters
from app.domain.word_index import index_of

_DEFINERS = (  # words between the bracket and the term that say it is being defined
    "the|each|an?|collectively|together|jointly|individually|both|all|any|such|as|or|and|be|is|are|being|herein|hereinafter|"
    "hereafter|hereinbelow|sometimes|also|either|with|its|affiliates|called|known|named|to|referred|defined|respectively|"
    "for|purposes|of|this|Agreement|shall|mean|in"
)
_TERM = (
    r"[\"\u201c](?P<{0}>[A-Z][\w&'\u2019/-]*"
    r"(?: (?:[A-Z0-9][\w&'\u2019/-]*|of|and|or|the|for|to|in)){{0,7}}),?[\"\u201d]"
)
_MEANS = re.compile(
    _TERM.format("a") + r"\s*(?:,|\([^)]{0,60}\)|and|or|[\"\u201c][^\"\u201d]{1,60}[\"\u201d]){0,3}\s*"
    r"(?P<verb>shall mean|means?\b|(?:shall|will) have the (?:respective )?meanings?(?:\(s\))?|ha(?:s|ve) the meanings?"
    r"|(?:is|are|as) defined|refers? to|includes?\b)"
)
_BRACKETS = re.compile(r"\((?:(?:" + _DEFINERS + r")[ ,:]+){0,14}" + _TERM.format("b") + r"[^()]{0,80}\)")
_POINTER = re.compile(
    r"\s*(?:set forth|set out|given|ascribed|assigned|specified|provided|stated|described|indicated|defined|as defined|"
    r"in|to (?:it|such term|them)|thereto)\b[^.;\n]{0,60}?\b(?:\d|(?i:section|clause|article|paragraph)|Exhibit|"
    r"Schedule|Annex|preamble|recitals?|above|below|herein|Agreement|Cover Page|Order|introduct)"
)
_SCOPED = re.compile(
    r"purposes? of this (?:section|article|clause|paragraph|exhibit|schedule)|as used in this (?:Sec|Art|par)",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"(?:Exhibit|Schedule|Annex|Appendix|Attachment|Section|Part|Form|EXHIBIT|SCHEDULE)s? \Z")
_ALIAS = re.compile(r"[\"\u201d],? (?:and |or )?[\"\u201c]\Z")  # "Sale", "Sells" and "Sold" mean ...
_PREAMBLE = 6000  # names of parties are often given on the cover and again in the preamble
_SIGNED = re.compile(r"\bWITNESS WHEREOF\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"(?:capitalized|defined) terms[^.]{0,120}?(?:not (?:otherwise )?defined|meanings?|defined in)"
    r"|^[^\n]{0,200}\bAMENDMENT\b",
    re.IGNORECASE,
)
_DEFINED = (  # how a usual term may be defined without being quoted
    r"[\"\u201c(](?:the )?(?:\w+ ){0,2}WORDSs?\b|WORDSs?,? \(|\bWORDSs?[:\t]"
    r"|[.\n][ \t\xa0\d.]{0,8}(?:\([a-z]{1,3}\)[ \t\xa0]*)?WORDSs?(?:[ \xa0]*$|\.)"
    r"|WORDSs?\s+(?:means?|shall|is|will)\b|[*_\[{]WORDS|(?:Exhibit|Schedule) \w+[\s:.-]+WORDS"
)
_AFTER_A_WORD = re.compile(r"(?<![A-Za-z])[a-z]+,? \Z")
_LONGEST_WORD = 200
_FIRST_LETTERS = re.compile(r"\w{1,3}")
_EVERY_CONTRACT = frozenset({"agreement", "contract", "party", "parties", "amendment", "lease", "affiliate"})


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term: the places of its definitions (of the quoted words), and how often it is used outside them.

    `definitions` are real ones where there are any: "has the meaning given in Section 5" points to a definition and is
    listed only where no other is found; definitions for one clause only ("for purposes of this Section") do not count
    as second ones. `twice` says whether two definitions compete.
    """

    name: str
    definitions: tuple[tuple[int, int], ...]
    uses: int
    twice: bool = False

    @property
    def defined_twice(self) -> bool:
        """Two definitions compete."""
        return self.twice

    @property
    def unused(self) -> bool:
        """Defined and never used, in the singular or the plural."""
        return self.uses == 0 and " or " not in self.name


@dataclass(frozen=True, slots=True)
class Undefined:
    """A usual term of art that is used with capitals as if it were defined, and is not: its uses."""

    name: str
    uses: tuple[tuple[int, int], ...]


def find_terms(text: str) -> tuple[Term, ...]:
    """Defined terms in the order of their first definition."""
    real, pointers, scoped = _definitions(text)
    names = {*real, *pointers, *scoped}
    if not names:
        return ()
    every = {name: real.get(name, []) + pointers.get(name, []) + scoped.get(name, []) for name in names}
    uses = _uses(text, every)
    terms = []
    for name, spans in every.items():
        own = sorted(set(real.get(name) or spans))
        terms.append(Term(name, tuple(own), uses[name], _compete(text, name, sorted(set(real.get(name, []))))))
    return tuple(sorted(terms, key=lambda term: term.definitions[0]))


def _definitions(text: str) -> tuple[dict[str, list[tuple[int, int]]], ...]:
    """Name to places of real definitions, of pointers to one, and of definitions for one clause only."""
    real: dict[str, list[tuple[int, int]]] = {}
    pointers: dict[str, list[tuple[int, int]]] = {}
    scoped: dict[str, list[tuple[int, int]]] = {}
    aliases: set[str] = set()
    for pattern, group in ((_MEANS, "a"), (_BRACKETS, "b")):
        for match in pattern.finditer(text):
            name, span = match[group].strip(" ,"), match.span(group)
            if len(name) < 2 or _LABELLED.search(text, max(0, span[0] - 12), span[0] - 1):
                continue
            kind = real
            if group == "a" and "mean" not in match["verb"][:5] and "includ" not in match["verb"]:
                if match["verb"].endswith("defined") or _POINTER.match(text, match.end()):
                    kind = pointers
            elif group == "a" and match["verb"].startswith("includ"):
                kind = scoped  # says more about a term, seldom defines it
            if _ALIAS.search(text, max(0, span[0] - 8), span[0]):
                aliases.add(name)
            if _SCOPED.search(text, max(0, span[0] - 160), span[0]):
                kind = scoped
            kind.setdefault(name, []).append(span)
    for kind in (real, pointers, scoped):
        for name in aliases:
            kind.pop(name, None)
    return real, pointers, scoped


def _uses(text: str, places: dict[str, list[tuple[int, int]]]) -> Counter[str]:
    """How often each name is used with a capital outside its definitions; singular and plural are one."""
    defined = {span for spans in places.values() for span in spans}
    folded: dict[str, str] = {}
    for name in places:
        for form in _forms(name.casefold()):
            folded.setdefault(form, name)
    for name in places:
        folded[name.casefold()] = name
    uses: Counter[str] = Counter()
    for match in _named(text, sorted(folded, key=len, reverse=True)):
        if match.span(1) not in defined and match[1][0].isupper():
            uses[folded[" ".join(match[1].casefold().split())]] += 1
    for name in places:  # a term inside a longer one ("Net Sales" in "Annual Net Sales") is used there too
        if not uses[name]:
            uses[name] = sum(
                uses[other] for other in places if other != name and re.search(rf"\b{re.escape(name)}\b", other)
            )
    return uses


def _named(text: str, names: Sequence[str]) -> Iterator[re.Match[str]]:
    """Where the names stand: at each place the longest, which come first; tried only where their first words stand."""
    by_start: dict[str, list[str]] = {}
    for name in names:
        by_start.setdefault(folded_letters(_FIRST_LETTERS.match(name)[0]), []).append(name)  # type: ignore[index]
    index, end = index_of(text), 0
    places: list[tuple[int, re.Pattern[str]]] = []
    for start, forms in by_start.items():
        one_of = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)
        pattern = re.compile(rf"({one_of})\b", re.IGNORECASE)
        places += [(place, pattern) for place in index.places((start,))]
    for place, pattern in sorted(places, key=lambda pair: pair[0]):
        if place >= end and (match := pattern.match(text, place)):
            end = match.end()
            yield match


def _forms(name: str) -> set[str]:
    """A name with its plural, singular and possessive."""
    forms = {name, name + "s", name + "es"}
    if name.endswith("y"):
        forms.add(name[:-1] + "ies")
    if name.endswith("ies"):
        forms.add(name[:-3] + "y")
    if name.endswith("es"):
        forms.add(name[:-2])
    if name.endswith("s") and not name.endswith("ss"):
        forms.add(name[:-1])
    return {form for form in forms if len(form) > 1}


def _compete(text: str, name: str, spans: list[tuple[int, int]]) -> bool:
    """Whether two of the definitions are different ones: not the same words again, nor a party named on every page."""
    if len(spans) < 2 or name.casefold() in _EVERY_CONTRACT or name.isupper():
        return False
    first, *others = spans
    before, signed = _before(text, first), _SIGNED.search(text)
    for other in others:
        if other[0] - first[1] <= 150 or (signed and other[0] > signed.start()):
            continue
        if not (_in_brackets(text, first) and _in_brackets(text, other)):
            return True
        if first[0] > _PREAMBLE and before != _before(text, other):
            return True
    return False


def _in_brackets(text: str, span: tuple[int, int]) -> bool:
    """Whether a definition stands in brackets behind what it names."""
    return text.rfind("(", max(0, span[0] - 60), span[0]) > text.rfind(")", max(0, span[0] - 60), span[0])


def _before(text: str, span: tuple[int, int]) -> str:
    """The words that a definition in brackets is about, folded."""
    return "".join(c for c in text[max(0, span[0] - 40) : span[0]].casefold() if c.isalnum())[-16:]


def undefined_terms(text: str) -> tuple[Undefined, ...]:
    """Usual terms of art ("Effective Date", "Net Sales") used with capitals at least twice and nowhere defined.

    A definition in any style counts: quoted, in brackets, "Term: ...", a row of a cover page, a heading of its own; and
    nothing is told of a text that takes its terms from another one, as amendments and schedules do.
    """
    if _ELSEWHERE.search(text):
        return ()
    found = []
    for name in USUAL:
        words = re.escape(name).replace(r"\ ", r"\s+")
        uses = [
            m.span()
            for m in re.finditer(rf"{words}s?\b(?![ ]?['\u2019\"\u201d(]| [A-Z0-9])", text)
            if _AFTER_A_WORD.search(text, max(0, m.start() - _LONGEST_WORD), m.start())
        ]
        if len(uses) >= 2 and not re.search(_DEFINED.replace("WORDS", words), text, re.MULTILINE | re.IGNORECASE):
            found.append(Undefined(name, tuple(uses)))
    return tuple(found)
