"""When the initial term ends: a date, one computed from a known start, "perpetual", or a blank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from app.analysis.values_dates import FoundDate, find_dates
from app.analysis.values_defined import Defined, date_terms, defined_date, plain_term
from app.analysis.values_other_periods import of_other
from app.analysis.values_periods import RENEW, Period, find_periods
from app.analysis.values_runs import day_before, from_start, month_end

_PERPETUAL = re.compile(
    r"\b(?:perpetual(?:ly)?|in\s+perpetuity|indefinite(?:ly)?|forever|perpetuity|without\s+(?:time\s+)?limit\w*"
    r"|(?:full|entire)\s+(?:period|term|duration|life)\s+of\s+(?:the\s+)?(?:\w+\s+)?(?:copyright|patent)s?|no\s+(?:fixed|definite)\s+term|evergreen)\b"
    r"|\b(?:until|till|when|unless(?:\s+and\s+until)?)\s+(?!(?:\w+\s+){0,2}(?:sooner|earlier)\b)(?:\w+\s+){0,8}?"
    r"(?:terminat\w+(?!\s+(?:earlier|sooner))|cancel\w+)\b",
    re.IGNORECASE,
)
_FOREVER = re.compile(
    r"perpetu|indefinit|forever|limit|copyright|patent|(?:fixed|definite)\s+term|evergreen", re.IGNORECASE
)
_OPEN = re.compile(
    r"\b(?:continu\w*|remain\w*|endure\w*|commence\w*)\b[^.;]{0,80}?\b(?:indefinitely|in\s+perpetuity|perpetuity)\b"
    r"|\bnot\s+be\s+(?:terminable|revocable)\b|\bfor\s+perpetuity\b|\bunlimited\s+(?:period|term|duration)\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:terminat\w*|expir\w*|continu\w*|ends?|effective|effect|force|ceas\w+|conclud\w+|lapses?|remain\w*|lasts?|valid"
    r"|exten[dt]\w*)\b[^.;]{0,120}?"
    r"\b(?:up\s?on|until|if|when|till|unless|earlie\w+|(?:so|as)\s+long\s+as|concurrent\w*|simultaneous\w*|co-?termin\w+"
    r"|on\s+(?:the\s+)?(?:date|day|completion|closing|occurrence)|at\s+(?:the\s+)?(?:end|close|completion|closing))\b"
    r"|\b(?:up\s?on|when|once|if|following|after)\b[^.;]{0,120}?\b(?:terminate[sd]?|expires?|ends?|cease[sd]?)\b"
    r"|\bceas\w+\s+(?:on|with)\b",
    re.IGNORECASE,
)
_AT_WILL = re.compile(
    r"\b(?:so|as)\s+long\s+as\b|\bfor\s+the\s+(?:life|duration)\s+of\b|\bat\s+will\b|\b(?:may"
    r"|can)\s+(?:be\s+)?terminat\w+|\bterminable\b"
    r"|\b(?:ongoing|open[\s-]ended)\b|\bnot\s+expire\b|\bno\s+expir\w+|\blast[\s-]to[\s-]expire\b"
    r"|\b(?:remain|continue|be|stay)s?\b[^.;\d]{0,40}\b(?:in\s+(?:full\s+)?(?:force|effect)|valid|effective|binding)\b"
    r"|\bterminat\w+\b[^.;]{0,60}\bin\s+the\s+event\b|\birrevocabl[ey]\b|\b(?:shall|will|may|do(?:es)?)\s+not\s+(?:be\s+)?terminat\w+|\bdate\s+of\s+termination\b",
    re.IGNORECASE,
)
_NAMED_END = re.compile(
    r"\b((?:(?:Initial|Original|Contract|Scheduled|Final|Outside|Stated|Services?|Agreement|Base|Primary|First|License"
    r"|Licence|Lease)\s+)?(?:(?:Expir(?:y|ation)|Termination|End|Maturity|Completion|Ending)\s+Date|Term|Period"
    r"|Expiration))\b"
)
_END = re.compile(
    r"\b(?:expir\w+|terminat\w+|end(?:s|ing)?|until|till|through|thru|up\s+to|on\s+or\s+before|conclu\w+|continu\w+"
    r"|no\s+later\s+than)\b"
    r"|\bto(?:\s+(?:and|including|inclusive|of|the|midnight|close|business|on|at|noon))*[\s,]*$|\d\s*[-–—]\s*$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]{0,80}\)|,?\s*\bunless\s+(?:[\w-]+\s+){0,5}?(?:terminated|renewed|extended|cancel\w+)\b,?")
_ABOUT = re.compile(
    r"\b(?:this|the|said)\s+(?:\w+\s+){0,3}?(?:agreement|contract|amendment|letter|lease|licen[cs]e|appointment|engagement"
    r"|arrangement|memorandum|deed)\b|\bterm\b|\b(?:contract|agreement|initial|consulting|endorsement|lease|licen[cs]e)\s+period\b"
    r"|\bengage[ds]?\b|\b(?:year|month)s?[\s-]+(?:agreement|contract|term|period)\b|\b(?:period|duration)\s+of\s+(?:the\s+)?(?:agreement|contract)\b|\bengagement\b|\bappoint\w+|\bexpir(?:es|ation|y)\b|\bhereof\b|\bduration\b",
    re.IGNORECASE,
)
_EXTENDED = re.compile(
    r"\b(?:is|are|been|hereby)\s+(?:\w+\s+)?extended\b[^.;]{0,60}?\b(?:to|until|through|thru)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_YEAR_END = re.compile(
    r"\bend\s+of\s+(?:the\s+)?(?:calendar\s+)?(?:year\s+)?(?P<year>(?:19|20)\d\d)\b(?!\s+(?:\w+\s+)?(?:season|fiscal))"
    r"|\b(?:through|until|ends?\s+with|throughout)\s+(?:the\s+)?(?:end\s+of\s+)?(?:the\s+)?(?:calendar\s+year\s+(?P<after>(?:19|20)\d\d)"
    r"|(?P<before>(?:19|20)\d\d)\s+calendar\s+year)\b",
    re.IGNORECASE,
)
_LAST_DAY = re.compile(
    r"\b(?:last\s+(?:calendar\s+|business\s+)?day|end)\s+(?:of|in)\s+(?:the\s+month\s+of\s+)?$", re.IGNORECASE
)
# "The term shall extend for ten years" grants a term; "shall extend for a further year" renews one.
_RUNS_ON = re.compile(
    r"\bexten[ds]+\s+(?:for|from|over|through|until)\b(?![^.;]*\b(?:further|additional|another|more|successive)\b)",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:(?:until|till|through)\s+(?:and\s+including\s+)?|(?:expires?|terminates?|ends?)\s+(?:on|upon|as\s+of)\s+)the\s+"
    r"(?P<term>(?!(?:Termination|Expir\w+|End|Ending|Effective)\s+Date)(?:[A-Z][\w’'/-]*\s+){1,4}(?:Date|Closing|Completion|Launch))\b"
)
# "On the date listed in the Cover Terms": an end is fixed, and stands in another place.
_ELSEWHERE = re.compile(
    r"\b(?:date|day|term|period)\s+(?:that\s+is\s+|as\s+)?(?:listed|set\s+(?:forth|out)|specified|stated|shown|indicated|identified|provided)"
    r"\s+(?:in|on|above|below|opposite)\b",
    re.IGNORECASE,
)
_ACROSS_PAGES = re.compile(r"(?:\s*\n[^\n]{0,90}){1,10}?\n\s*(?P<unit>months?|years?|days?)\b", re.IGNORECASE)
_OR_DATE = re.compile(
    r"[\s,;]*(?:\(?[ivab1-9]{1,3}\)\s*)?(?:and|or)\b[\s,]*(?:\(?[ivab1-9]{1,3}\)\s*)?(?:on\s+)?(?:the\s+)?"
)
_AFTER_SALE = re.compile(r"\W*(?:after|following)\s+(?:the\s+)?(?:\w+\s+){0,2}(?:closing|sale|death)\b", re.IGNORECASE)
_ENDS_ON = re.compile(
    r"\b(?:until|till|through|date\s+(?:that|which)\s+is|expires?|terminates?|ends?)\b[^.;]{0,40}$", re.IGNORECASE
)
_BUT_NOT = re.compile(r"\bto\s*,?\s*(?:but\s+)?(?:not\s+including|excluding)\s*,?\s*$", re.IGNORECASE)
_BLANK_TERM = re.compile(
    r"\b(?:term|period)\s+of\s+(?:\(?\s*(?:\[[\s_·●•.*?-]{0,60}\]|_[_\s]{0,60}|\.{3,60}|[●•])\s*\)?\s*){1,2}(?:calendar\s+)?"
    r"(?:day|week|month|year)"
    r"|\b(?:term|period)\s+of\s+(?:calendar\s+)?(?:years?|months?)\b(?!\s+to)",  # the number was lost on the way
    re.IGNORECASE,
)
_START = re.compile(
    r"\b(?:commenc\w+|beg[iau]n\w*|start\w*|from|effective|dated|as\s+of|after|since|notice|extended|renew\w*)\b",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"\b(?:term|period|effect|effective|minimum|force|continu\w+|remain\w*|commenc\w+|expir\w+|durat\w+|valid|begin\w*|last|end)\b",
    re.IGNORECASE,
)


def read_expiration(text: str, start: int, end: int, known: Mapping[str, str]) -> dict[str, Any] | None:
    """When the initial term ends: a date, computed from a known start where it is relative, "perpetual", or a blank.

    Where the passage itself does not say it, the contract's own definition of a term that it uses may ("Expiry Date").
    """
    if text[start:end].rstrip().endswith(":"):  # "until the earlier of:", and what follows is another passage
        end = min(len(text), end + 200)
    value = _read(text, start, end, known)
    if value is not None and (value.get("date") or value.get("term")):
        return value if _ABOUT.search(text, start, end) else value | {"aside": True}
    for defined in _definitions(text, start, end):
        said = _read(text, defined.start, defined.end, known)
        if said is not None and (said.get("date") or said.get("term")):
            return said
    return value


def _definitions(text: str, start: int, end: int) -> Iterator[Defined]:
    """Definitions, outside the passage, of the ends and terms that it names."""
    for match in _NAMED_END.finditer(text, start, end):
        for defined in date_terms(text).get(plain_term(match[1]), ()):
            if defined.end <= start or end <= defined.start:
                yield defined


def _read(text: str, start: int, end: int, known: Mapping[str, str]) -> dict[str, Any] | None:
    """What the words of one passage say."""
    number = re.search(r"(\d{1,3})\s*\)?\s*$", text[start:end])
    if number and (rest := _ACROSS_PAGES.match(text, end)):  # the passage breaks off in a number, at the page's end
        period = Period(Fraction(number[1]), rest["unit"][0].upper(), start + number.start(), rest.end())
        return from_start(text, (start, min(len(text), rest.end() + 120)), period, [], known)
    if number:
        end = min(len(text), end + 24)
    every = find_dates(text, start, end)
    dates = [date for date in every if date.iso]
    ends = [date for date in every if _closes(text[max(start, date.start - 100) : date.start])]
    whole = [date for date in ends if date.iso]
    if whole:
        return _dated_end(text, start, whole)
    if (year := _YEAR_END.search(text, start, end)) and not dates:
        iso = f"{year['year'] or year['after'] or year['before']}-12-31"
        return {"date": iso, "read_from": [year.start(), year.end()], "display": iso}
    open_end = _OPEN.search(text, start, end)
    term = (
        None
        if open_end and not re.search(r"initial\s+term", text[start:end], re.IGNORECASE)
        else _initial_term(text, start, end)
    )
    if term is not None:
        begins = [d.iso for d in dates if d.date and _START.search(text[max(start, d.start - 60) : d.start])]
        return from_start(text, (start, end), term, begins, known)
    if not open_end and (until := _until_named(text, start, end)):
        return until
    perpetual = open_end or _PERPETUAL.search(text, start, end)
    if perpetual and not open_end and not _FOREVER.search(perpetual.group()):
        span = [perpetual.start(), perpetual.end()]
        return {"perpetual": True, "until_terminated": True, "read_from": span, "display": "until terminated"}
    if perpetual:
        return {"perpetual": True, "read_from": [perpetual.start(), perpetual.end()], "display": "perpetual"}
    dates = [date for date in dates if not _START.search(text[max(start, date.start - 40) : date.start])]
    if dates:
        return {"date": dates[-1].iso, "read_from": [dates[-1].start, dates[-1].end], "display": dates[-1].iso}
    gap = _BLANK_TERM.search(text, start, end)
    if gap:
        return {"date": None, "blank": True, "read_from": [gap.start(), gap.end()], "display": "left blank"}
    if ends:
        return {"date": None, "blank": True, "read_from": [ends[0].start, ends[0].end], "display": "left blank"}
    event = _EVENT.search(text, start, end) or _AT_WILL.search(text, start, end)
    if event and _ELSEWHERE.search(text, start, end):
        return None
    if event is None and (loose := _initial_term(text, start, end, strict=False)):
        return from_start(text, (start, end), loose, [], known)
    if event:
        return {"perpetual": True, "event": True, "read_from": [event.start(), event.end()], "display": "no fixed end"}
    return None


def _dated_end(text: str, start: int, whole: Sequence[FoundDate]) -> dict[str, Any]:
    """The end that a passage dates: a month's last day, and the day before one that is excluded."""
    end_date = _ruling(text, start, whole)
    iso = end_date.iso
    if len(iso) == 7 and _LAST_DAY.search(text, max(start, end_date.start - 60), end_date.start):
        iso = month_end(f"{iso}-01")
    if _BUT_NOT.search(text, max(start, end_date.start - 40), end_date.start):
        iso = day_before(iso)
    return {"date": iso, "read_from": [end_date.start, end_date.end], "display": iso}


def _until_named(text: str, start: int, end: int) -> dict[str, Any] | None:
    """A term that lasts "until the Conversion Date": that date where the contract fixes it, else no fixed end."""
    named = _UNTIL.search(text, start, end)
    if named is None:
        return None
    term, span = " ".join(named["term"].split()), [named.start("term"), named.end("term")]
    if date := defined_date(text, term):
        return {"date": date.iso, "read_from": [date.start, date.end], "formula": f"the {term}", "display": date.iso}
    return {"perpetual": True, "event": True, "until": term, "read_from": span, "display": f"until the {term}"}


def _ruling(text: str, start: int, ends: Sequence[FoundDate]) -> FoundDate:
    """Which of several ends counts: the one the term is extended to, the later or earlier of two, or the first."""
    for date in ends[1:]:
        if _EXTENDED.search(text[max(start, date.start - 90) : date.start]):
            return date
    before = text[max(start, ends[0].start - 60) : ends[0].start]
    later = re.search(r"\b(?:later|latest)\s+(?:to\s+occur\s+)?of\b", before)
    earlier = re.search(r"\b(?:earlier|earliest|sooner)\s+(?:to\s+occur\s+)?of\b", before)
    if earlier and len(ends) > 1 and _OR_DATE.fullmatch(text, ends[0].end, ends[1].start):
        return min(ends[:2], key=lambda date: date.iso)
    return max(ends[:2], key=lambda date: date.iso) if later else ends[0]


def _closes(before: str) -> bool:
    """Whether the words before a date make it an end: the last such word decides."""
    before = _ASIDE.sub(" ", before)
    ends = list(_END.finditer(before))
    starts = list(_START.finditer(before))
    if re.search(
        r"\b(?:end|expir|terminat|conclud)\w*\s+(?:(?:on|as\s+of|effective(?:\s+as\s+of)?)\s+)?(?:the\s+)?$",
        before,
        re.IGNORECASE,
    ):
        return True
    return bool(ends) and (not starts or ends[-1].start() > starts[-1].start()) or bool(_BUT_NOT.search(before))


def _initial_term(text: str, start: int, end: int, *, strict: bool = True) -> Period | None:
    """The first period that is a term, not a notice or a renewal; if not `strict`, of years or months without more."""
    for period in find_periods(text, start, end, loose=True):
        before = text[max(start, period.start - 120) : period.start]
        after = text[period.end : min(end, period.end + 60)]
        if re.match(r"\W*(?:prior\s+)?(?:written\s+)?(?:notice|prior)", after, re.IGNORECASE) or period.unit == "H":
            continue
        if re.search(r"\b(?:sale|closing|breach|purchase)\b", after, re.IGNORECASE) and period.unit != "Y":
            continue
        if of_other(text, start, end, period) or (
            strict and _AFTER_SALE.match(after) and not _ENDS_ON.search(before[-60:])
        ):
            continue
        renewing = RENEW.search(before[-70:])
        aside = renewing and re.search(
            r"\b(?:subject\s+to|unless|if\s+not|sooner|earlier)\b[^,;.]{0,40}$",
            before[: len(before[:-70]) + renewing.start()],
            re.IGNORECASE,
        )
        first = re.search(r"initial", before[-70:], re.IGNORECASE) or _RUNS_ON.search(
            f"{before[-70:]}{period.qualifier}"
        )
        if renewing and not aside and not first:
            continue
        yearly = period.qualifier == "anniversary" and re.search(
            r"\b(?:until|on|through|to)\b", before[-30:], re.IGNORECASE
        )
        granted = (
            yearly
            or period.unit in "YM"
            and re.search(r"\bfor\s+(?:an?\s+(?:period|term)\s+of\s+)?$", before, re.IGNORECASE)
        )
        if (
            granted
            or (not strict and period.unit in "YM")
            or _TERM.search(before)
            or re.match(
                r"[^.;]{0,30}\b(?:term|engagement|from|after|following|commencing)\b|-?\s?(?:agreement|contract)\b",
                after,
                re.IGNORECASE,
            )
        ):
            return period
    return None
