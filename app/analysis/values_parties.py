"""The parties: name, defined name, role and entity form, from the words that name them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.analysis.values_names import STRONG_FORM, bare_name, form_of, has_form, name_at, same_party
from app.analysis.values_party_labels import find_definitions, find_labels
from app.analysis.values_party_lists import Listed, find_letters, find_lists, weight
from app.analysis.values_party_spans import from_signatures, from_spans

_ROLES = {
    "customer": ("customer", "client", "buyer", "purchaser", "subscriber", "end user", "recipient of services"),
    "supplier": (
        "supplier", "seller", "vendor", "provider", "service provider", "contractor", "consultant", "manufacturer",
        "servicer", "independent contractor", "administrator", "servicing agent",
    ),
    "licensor": ("licensor", "franchisor", "owner", "developer"),
    "licensee": ("licensee", "franchisee"),
    "discloser": ("discloser", "disclosing party"),
    "recipient": ("recipient", "receiving party"),
    "employer": ("employer",),
    "employee": ("employee", "executive"),
    "controller": ("controller", "data controller"),
    "processor": ("processor", "data processor"),
    "distributor": ("distributor", "reseller", "dealer", "agent", "marketing affiliate", "network affiliate"),
}  # fmt: skip
_WORDS = {word for words in _ROLES.values() for word in words} | {"company", "parties", "party", "you"}
_OPENING = 30_000
_LABELLED = 6000
_ENOUGH = 3.9
_PAIR = 1.9
# White space without end is no part of a name, and no pattern need be tried at each of its places.
_GAP = re.compile(r"(\s{30})(\s+)(\s{30})")


@dataclass(frozen=True, slots=True)
class Party:
    """A party as the contract names it; [start, end) is its full name. Unknown parts are ""."""

    name: str
    defined: str
    role: str
    form: str
    start: int
    end: int

    def as_value(self) -> dict[str, Any]:
        """JSON-like."""
        span = [self.start, self.end]
        return {"name": self.name, "defined": self.defined, "role": self.role, "form": self.form, "read_from": span}


def read_parties(text: str, start: int, end: int) -> list[Party]:
    """The parties named in text[start:end), in order; a list that runs on is followed a little past the end."""
    found = _clean(text, _best_list(text, start, end))
    return found or _clean(text, [Listed(*span, "", True) for span in _formed(text, start, end)])


def _best_list(text: str, start: int, end: int) -> list[Listed]:
    """The first list of two defined parties, else the one that looks most like it.

    Once a list names two, a later one counts only if it names one of them too: a title page, then the opening words.
    """
    best: list[Listed] = []
    finders = (
        (find_lists, 0.9, _OPENING),
        (find_letters, 1.9, 8000),
        (find_labels, 1.9, 6000),
        (find_definitions, 3.9, 9000),
    )
    for finder, least, reach in finders:
        for found in finder(text, start, min(end, start + reach)):
            if not found or (found[0].start > _LABELLED and not _defined(found)):
                continue  # names in a body or a schedule, given no name of their own
            heavy = weight(text, found)
            if weight(text, best) >= _PAIR and not (_defined(found) > _defined(best) and _share(text, best, found)):
                continue
            if heavy >= _ENOUGH:
                return found
            if heavy > max(weight(text, best), least):
                best = found
    return best


def _beside(text: str) -> list[Listed]:
    """The defined parties of every list and label at the head: one in a sentence, the other on a form."""
    end = min(len(text), _LABELLED)
    lists = [*find_lists(text, 0, end), *find_labels(text, 0, end)]
    return [item for listed in lists for item in listed if item.defined]


def _defined(listed: Sequence[Listed]) -> int:
    """How many have a defined name."""
    return sum(bool(item.defined) for item in listed)


def _share(text: str, one: Sequence[Listed], other: Sequence[Listed]) -> bool:
    """Whether two lists have a party in common."""
    names = [text[item.start : item.end] for item in one if not item.blank]
    return any(same_party(name, text[item.start : item.end]) for item in other if not item.blank for name in names)


def _clean(text: str, listed: Sequence[Listed]) -> list[Party]:
    """Parties of a list, each once; "A and B" without a form of entity is two persons; defined names are none."""
    parties: list[Party] = []
    terms = {item.defined.casefold() for item in listed if item.defined}
    for item in listed:
        name = text[item.start : item.end]
        halves = re.search(r"\s+and\s+(?:the\s+)?", name)
        if halves and not item.formed:
            spans = [(item.start, item.start + halves.start()), (item.start + halves.end(), item.end)]
            if any(text[s:e].casefold() in terms or len(text[s:e].split()) < 2 for s, e in spans):
                if item.defined and not any(text[s:e].casefold() in terms | _WORDS for s, e in spans):
                    parties.append(_party(text, item))  # "Johnson and Johnson"
                continue
            parties += [_party(text, Listed(*span, item.defined, False)) for span in spans]
        else:
            parties.append(_party(text, item))
    shorts = {_plain(word) for party in parties if party.name for word in (party.defined,)}
    kept = [
        p
        for p in parties
        if not p.name or _plain(p.name) not in shorts - {_plain(p.defined)} or _plain(p.defined) == _plain(p.name)
    ]
    return _distinct([_nameless(party) for party in kept])


def _nameless(party: Party) -> Party:
    """A party whose name is no more than its role ("the Franchisee") is left without a name."""
    if (
        party.name
        and not party.form
        and (_plain(party.name) in _WORDS or _plain(party.name) == _plain(party.defined) and " " not in party.name)
    ):
        generic = _plain(party.name) in _WORDS
        return Party("", party.defined or party.name, party.role, "", party.start, party.end) if generic else party
    return party


def _plain(words: str) -> str:
    """For comparing defined names."""
    return re.sub(r"^the\s+", "", " ".join(words.casefold().split()).strip(" .,"))


def _formed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Names with an entity form at the beginnings of lines or after "and"."""
    spans = []
    for match in re.compile(r"(?:^|\n|\band\s|:)\s*").finditer(text, start, end):
        span = name_at(text, match.end(), end)
        if span and has_form(text[span[0] : span[1]]):
            spans.append(span)
    first = name_at(text, start, end)
    if first and has_form(text[first[0] : first[1]]) and first not in spans:
        spans.insert(0, first)
    return spans


def _party(text: str, item: Listed) -> Party:
    """A party with its form and its role."""
    name = " ".join(text[item.start : item.end].split())
    plain = re.sub(r"^the\s+", "", item.defined.casefold())
    role = next((r for r, words in _ROLES.items() if plain in words), "")
    return Party(name, item.defined, role, form_of(name), item.start, item.end)


def _tail_of_one(party: Party, known: Sequence[Party]) -> bool:
    """Whether a name ends in a known one that has two words or more: it was read with words too many before it."""
    name = bare_name(party.name)
    return any(" " in bare_name(o.name) and name.endswith(f" {bare_name(o.name)}") for o in known)


def _distinct(parties: Sequence[Party]) -> list[Party]:
    """Each name once, the one with a defined name rather than the one without."""
    kept: list[Party] = []
    for party in parties:
        twin = next((i for i, other in enumerate(kept) if _twins(party, other)), None)
        if twin is None:
            kept.append(party)
        elif party.defined and not kept[twin].defined:
            kept[twin] = party
    return kept


def _twins(one: Party, other: Party) -> bool:
    """Whether two are the same party."""
    if not one.name or not other.name:
        return one.name == other.name and one.defined == other.defined
    first, second = bare_name(one.name), bare_name(other.name)
    forms = {form.casefold().strip(".") for form in (one.form, other.form)} - {""}
    return len(forms) < 2 and (
        first == second
        or not (has_form(one.name) and has_form(other.name))
        and (first.startswith(second + " ") or second.startswith(first + " "))
    )


def parties_in(text: str, sure: Iterable[tuple[int, int]], doubtful: Iterable[tuple[int, int]] = ()) -> list[Party]:
    """The contract's parties: from the list in its opening and the sure passages.

    Where these name fewer than two, from the doubtful passages too (names with an entity form only), then from the
    signatures.
    """
    text = _GAP.sub(lambda gap: f"{gap[1]}{chr(0) * len(gap[2])}{gap[3]}", text)
    listed = _best_list(text, 0, min(len(text), _OPENING))
    found = _merged(_clean(text, listed), _clean(text, from_spans(text, sorted(sure))))
    if not _defined(listed):  # a joint filing, a form: where the passages name few of those who sign, all these are
        signed = _clean(text, [item for item in from_signatures(text) if item.formed])
        with_signed = _merged(found, signed)
        found = with_signed if len(with_signed) > len(found) + max(1, 0.4 * len(found)) else found
    sources: tuple[Callable[[], list[Listed]], ...] = (
        lambda: _beside(text) if found else [],
        lambda: [item for item in from_spans(text, sorted(doubtful)) if item.formed],
        lambda: from_signatures(text),
    )
    for source in sources:
        if sum(bool(party.name) for party in found) >= 2:
            break
        found = _merged(found, _clean(text, source()))
    return found


def _strong(party: Party) -> bool:
    """Whether the name ends in a form of entity that is no word of another sense, as "Partners" is."""
    return bool(STRONG_FORM.search(party.form))


def _merged(found: Sequence[Party], more: Sequence[Party]) -> list[Party]:
    """The first with those of the second that are not among them by any of their names."""
    known = [party for party in found if party.name]
    terms = {_plain(word) for party in found for word in (party.name, party.defined)}
    new = []
    for party in more:
        plain = _plain(party.name)
        inside = any(bare_name(other.name).startswith(bare_name(party.name) + " ") for other in known)
        if not party.name or plain in terms or (inside and not _strong(party)) or _tail_of_one(party, known):
            continue
        if not any(same_party(party.name, other.name) for other in known):
            new.append(party)
    return _distinct([*found, *new])
