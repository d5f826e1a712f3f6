"""Governing law and forum: country and region, with the span each was read from."""

from __future__ import annotations

import re
from typing import Any

from app.analysis.values_places import Place, find_places
from app.analysis.values_seats import find_seat

_LAW_BEFORE = re.compile(r"\b(?:laws?|statutes|legislation)\b(?![^.;]{0,40}\bconflicts?\b)", re.IGNORECASE)
_NOT_LAW = re.compile(
    r"(?:courts?|arbitrat\w+|venue|jurisdiction|located|sitting|county"
    r"|city|office|headquart\w+|corporation|organi[sz]ed|incorporated)"
    r"\W+(?:[\w']+\W+){0,6}$",
    re.IGNORECASE,
)
_CONFLICT = re.compile(
    r"\b(?:without|exclu\w+|regardless|irrespective|notwithstanding|other\s+than|except)\b", re.IGNORECASE
)
_DEFENDANT = re.compile(
    r"\bdefendant|\bparty\s+against\s+(?:whom|which)|\bin\s+which\s+the\s+(?:property|facility|premises|services?)\b",
    re.IGNORECASE,
)
_FORUM = re.compile(
    r"\b(?:courts?|jurisdiction|venue|arbitrat\w+|litigation|proceedings?)\b[^.;]{0,120}?\b(?:in|of|for|at)\b",
    re.IGNORECASE,
)


def read_law(text: str, start: int, end: int) -> dict[str, Any] | None:
    """The law chosen in a clause: {country, region, law, others, read_from, text}; None where none is named."""
    laws = _chosen(text, start, end)
    if not laws:
        return None
    first = laws[0]
    value: dict[str, Any] = {
        "country": first.country,
        "region": first.region,
        "law": first.name,
        "read_from": [first.start, first.end],
        "display": first.name,
    }
    others = [place.name for place in laws[1:] if place.name != first.name]
    if others:
        value["others"] = list(dict.fromkeys(others))
    return value


def _chosen(text: str, start: int, end: int) -> list[Place]:
    """The places whose law the clause chooses, a region before its country."""
    places = find_places(text, start, end)
    chosen: list[Place] = []
    for place in places:
        before = text[max(start, place.start - 90) : place.start]
        law = list(_LAW_BEFORE.finditer(before))
        after = text[place.end : place.end + 24]
        direct = re.match(
            r"(?:\s+state)?(?:['’]s)?\s+(?:substantive\s+|internal\s+)?(?:law|statut)", after, re.IGNORECASE
        )
        if not law and not direct:
            continue
        gap = before[law[-1].end() :] if law else ""
        if not direct and (_NOT_LAW.search(gap) or re.search(r"[;]|\.\s+[A-Z]", gap)):
            continue
        chosen.append(place)
    if not chosen:
        chosen = [place for place in places if not _NOT_LAW.search(text[max(start, place.start - 50) : place.start])][
            :1
        ]
    return _merge(chosen)


def _merge(places: list[Place]) -> list[Place]:
    """Drop a country that only stands beside its own region ("the United States and the State of California")."""
    kept: list[Place] = []
    for place in places:
        if not place.region and any(other.country == place.country and other.region for other in places):
            continue
        if any(other.name == place.name for other in kept):
            continue
        kept.append(place)
    return kept


_NO_ARBITRATION = re.compile(
    r"\b(?:not\s+be|not|nor|neither|never|no\s+right\s+to)\s+(?:\w+\s+){0,2}?(?:submitted\s+to|subject\s+to|referred\s+to|settled\s+by|resolved\s+by)"
    r"\s+(?:\w+\s+)?arbitra\w+",
    re.IGNORECASE,
)


def read_forum(text: str, start: int, end: int) -> dict[str, Any] | None:
    """Where disputes go: {how: court or arbitration, place, read_from}; None where the clause does not say."""
    body = text[start:end]
    how = ""
    if re.search(r"\barbitra", _NO_ARBITRATION.sub(" ", body), re.IGNORECASE):
        how = "arbitration"
    elif re.search(r"\bcourts?\b|\bvenue\b|\bjurisdiction\b", body, re.IGNORECASE):
        how = "court"
    if not how:
        return None
    value: dict[str, Any] = {"how": how, "display": how}
    for match in _FORUM.finditer(text, start, end):
        places = find_places(text, match.end(), min(end, match.end() + 80))
        if places:
            value |= {"place": places[0].name, "read_from": [places[0].start, places[0].end]}
            value["display"] = f"{how}, {places[0].name}"
            return value
    for match in _FORUM.finditer(text, start, end):
        if seat := find_seat(text, match.start(), min(end, match.end() + 80)):
            place, city, begin, stop = seat
            return value | {"place": place, "city": city, "read_from": [begin, stop], "display": f"{how}, {city}"}
    return value
