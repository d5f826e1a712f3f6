"""How far a clause reaches: what a cap leaves out, how long a covenant lasts, where, and when payment is due."""

from __future__ import annotations

import re
from typing import Any

from app.analysis.values_periods import find_periods
from app.analysis.values_places import find_places

_CARVED = (
    ("gross negligence", r"gross(?:ly)?\s+negligen\w+"),
    (
        "wilful misconduct",
        r"wil?l?ful\w*\s+(?:misconduct|default|acts?|neglect|breach)|intentional\s+(?:misconduct|acts?|breach)",
    ),
    ("fraud", r"fraud\w*"),
    ("confidentiality", r"confidential\w*|non-?disclosure"),
    ("indemnity", r"indemni\w+"),
    ("intellectual property", r"intellectual\s+property|infring\w+|misappropriat\w+"),
    ("death or personal injury", r"death|(?:personal|bodily)\s+injur\w+"),
    (
        "payment",
        r"(?:payment|fees?)\s+(?:obligations?|due)|obligations?\s+(?:to\s+pay|of\s+payment)|amounts?\s+(?:due|payable)",
    ),
    ("data protection", r"data\s+(?:protection|privacy|breach|security)|personal\s+data"),
    (
        "what the law does not let limit",
        r"cannot\s+(?:lawfully\s+)?be\s+(?:excluded|limited)|(?:not\s+permitted\s+by|contrary\s+to)\s+(?:the\s+)?(?:applicable\s+)?law",
    ),
)
_EXCEPT = re.compile(
    r"\b(?:except\s+(?:for|in|with|as|to|that|where)|other\s+than|excluding|save\s+(?:for|in|as)|exception\s+of"
    r"|excepting"
    r"|(?:shall|will|do|does)\s+not\s+(?:apply|limit|in\s+any\s+way\s+limit|extend)|nothing\s+in\s+this"
    r"|not\s+(?:be\s+)?limited\s+by"
    r"|without\s+limiting|provided(?:,\s*however,)?\s+that)\b",
    re.IGNORECASE,
)
_ENDED = r"(?:terminat\w+|expir\w+|end\b|cessation|conclusion|leaves?\b|departure|severance)"
_AFTER = re.compile(
    rf"^[\s,)]*(?:\w+\s+){{0,3}}?(?:after|following|from|thereafter|post"
    rf"|subsequent)\b(?:[^.;]{{0,60}}?\b{_ENDED})?",
    re.IGNORECASE,
)
_DURING = re.compile(
    r"\b(?:during|throughout|for)\s+(?:the|its|such|this)\s+(?:\w+\s+){0,3}?(?:term|period|agreement)\b", re.IGNORECASE
)
_BACK = re.compile(
    r"\b(?:previous|preceding|prior|past|last|within|notice)\W+(?:the\W+)?(?:\w+\W+){0,2}$", re.IGNORECASE
)
_DEADLINE = re.compile(r"\b(?:no|not)\s+later\s+than\W+(?:\w+\W+){0,2}$|\bat\s+least\W+$|\bupon\W+$", re.IGNORECASE)
# "Upon termination ... for a period not to exceed ninety days": said before the period that it runs from the end.
_ONCE_ENDED = re.compile(
    rf"\b(?:upon|after|following|on|in\s+the\s+event\s+of)\s+(?:the\s+|a\s+|any\s+|such\s+)?(?:\w+\s+(?:or|and)\s+)?{_ENDED}",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"(?:wards?)?\s*(?:[,.;]|$)")  # "during the term and for six months after, ..."
_LASTS = re.compile(
    r"\b(?:for|up\s+to|not\s+to\s+exceed|not\s+exceeding|not\s+more\s+than|maximum\s+of)\s+(?:an?\s+)?(?:(?:further|additional|limited|maximum)\s+)?"
    r"(?:period\s+(?:of\s+)?)?(?:(?:of\s+)?up\s+to\s+)?$",
    re.IGNORECASE,
)
_WORLD = re.compile(
    r"\b(?:world-?\s{0,2}wide(?!\s+web)|throughout\s+the\s+(?:world|universe)|anywhere\s+in\s+the\s+world"
    r"|global(?:ly)?\s+basis)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:in|within|throughout|territor(?:y|ies)\s+(?:of|is|means|shall\s+mean)|outside(?:\s+of)?|for|and"
    r"|,)\s+(?:the\s+)?"
    r"(?:(?:entire|whole|continental)\s+)?(?:territor(?:y|ies)\s+of\s+)?(?:the\s+)?(?:State\s+of\s+)?$",
    re.IGNORECASE,
)
_REGION = re.compile(
    r"\b(?:(?:North|South|Central|Latin)\s+America|(?:Western\s+|Eastern\s+|Central\s+)?Europe(?:an\s+(?:Union|Economic\s+Area))?|Scandinavia"
    r"|(?:South-?\s?East\s+|East\s+)?Asia(?:\s+Pacific)?|(?:South(?:ern)?\s+)?Africa|(?:the\s+)?Middle\s+East|EMEA|the\s+EU|the\s+EEA|Benelux)\b"
)
_NET = re.compile(
    r"\bnet\s+(?P<days>\d{1,3})\b(?:\s*\(\d+\))?(?!\s*(?:%|per|sales|million|,?\d))(?P<unit>\s*days?)?", re.IGNORECASE
)
_FROM = re.compile(
    r"^[\s,)]*(?:\w+\s+){0,3}?(?:of|from|after|following)\s+(?:the\s+)?(?:(?:date|receipt|end|issue|issuance"
    r"|delivery|submission)\s+(?:of\s+)?"
    r"(?:\w+['’]?s?\s+){0,4}?)?(?P<what>invoices?|receipt|month|quarter|delivery|shipment|statement|acceptance)\b",
    re.IGNORECASE,
)


# What a period before "of receipt" is for: the last such word decides.
_PAYS = re.compile(
    r"\b(?:pay\w*|paid|due|remit\w*|settl\w+|invoiced?s?"
    r"|(?P<other>notif\w+|disput\w+|object\w*|contest\w*|deliver\w*|reject\w*|inspect\w*|refund\w*))\b",
    re.IGNORECASE,
)


def carve_outs(text: str, start: int, end: int) -> list[dict[str, Any]]:
    """What a limit of liability leaves out, in order: after "except for", "shall not apply to" and the like."""
    found: dict[str, tuple[int, int]] = {}
    for trigger in _EXCEPT.finditer(text, start, end):
        stop = re.compile(r"[.;](?=\s)|\bin\s+no\s+event\b").search(text, trigger.end(), end)
        reach = min(end, trigger.end() + 500, stop.start() if stop else end)
        for name, words in _CARVED:
            match = re.compile(rf"\b(?:{words})\b", re.IGNORECASE).search(text, trigger.end(), reach)
            if match and name not in found:
                found[name] = match.span()
    ordered = sorted(found.items(), key=lambda item: item[1])
    return [{"what": name, "read_from": list(span)} for name, span in ordered]


def covenant_length(text: str, start: int, end: int) -> dict[str, Any] | None:
    """How long a covenant binds: {during_term, after_term, read_from}; a look-back ("in the past year") is none."""
    during = _DURING.search(text, start, end)
    value: dict[str, Any] = {"during_term": True} if during else {}
    span = list(during.span()) if during else []
    for period in find_periods(text, start, end, loose=True):
        before = text[max(start, period.start - 60) : period.start]
        if _BACK.search(before[-40:]) or _DEADLINE.search(before) or period.unit == "H":
            continue
        after = _AFTER.match(text[period.end : min(end, period.end + 110)])
        since = " ".join(after.group().casefold().split()) if after else ""
        ended = re.search(_ENDED, since) or "thereafter" in since
        if ended or (
            after and during and since.strip(" ,)") == "after" and _CLOSED.match(text, period.end + len(after.group()))
        ):
            value |= {"after_term": period.iso, "after_days": period.days, "text": period.words}
            span = [period.start, period.end]
            break
        if _LASTS.search(before) and _ONCE_ENDED.search(text, start, period.start):
            value |= {"after_term": period.iso, "after_days": period.days, "text": period.words}
            span = [period.start, period.end]
            break
    if not value:
        return None
    shown = ["the term"] * bool(value.get("during_term")) + [f"{value.get('text')} after"] * ("after_term" in value)
    return value | {"read_from": span, "display": " and ".join(shown)}


def territory(text: str, start: int, end: int) -> dict[str, Any] | None:
    """{territory: "worldwide" or names, territory_from}; None where the clause names none."""
    world = _WORLD.search(text, start, end)
    if world:
        return {"territory": "worldwide", "territory_from": list(world.span())}
    regions = [
        m for m in _REGION.finditer(text, start, end) if _WHERE.search(text[max(start, m.start() - 60) : m.start()])
    ]
    if regions:
        names = list(dict.fromkeys(_region(m.group()) for m in regions))
        return {
            "territory": names[0] if len(names) == 1 else names,
            "territory_from": [regions[0].start(), regions[-1].end()],
        }
    places = [p for p in find_places(text, start, end) if _WHERE.search(text[max(start, p.start - 60) : p.start])]
    courts = r"\b(?:laws?|courts?|organi[sz]ed|incorporated|located|offices?|business)\b[^.;]{0,60}$"
    places = [p for p in places if not re.search(courts, text[max(start, p.start - 80) : p.start], re.IGNORECASE)]
    if not places:
        return None
    names = list(dict.fromkeys(place.name for place in places))
    return {"territory": names[0] if len(names) == 1 else names, "territory_from": [places[0].start, places[-1].end]}


def _region(words: str) -> str:
    """A region's name without its article: "the EEA" -> "EEA", "Asia Pacific"."""
    return re.sub(r"^the\s+", "", " ".join(words.split()), flags=re.IGNORECASE)


def payment_due(text: str, start: int, end: int) -> dict[str, Any] | None:
    """When payment is due: {due, from, read_from}; "net 30" counts from the invoice."""
    net = _NET.search(text, start, end)
    if net:
        days = int(net["days"])
        return {
            "due": f"P{days}D",
            "days": days,
            "from": "invoice",
            "read_from": list(net.span()),
            "display": f"net {days} days",
        }
    for period in find_periods(text, start, end):
        since = _FROM.match(text[period.end : min(end, period.end + 120)])
        said = list(_PAYS.finditer(text, max(start, period.start - 160), period.start))
        if since and period.unit in "DWM" and not (said and said[-1]["other"]):
            what = since["what"].casefold().rstrip("s")
            value = {"due": period.iso, "days": period.days, "from": what, "read_from": [period.start, period.end]}
            return value | ({"business": True} if period.business else {}) | {"display": f"{period.words} from {what}"}
    return None
