"""Names of companies and persons as contracts write them: where one begins and ends, and when two are the same."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from app.analysis.values_places import find_places

# Forms that end a name wherever they stand, and words that end one only where nothing of the name follows.
STRONG = (
    r"(?:S\.?A\.?(?:P\.?I|B)?\.?\s+[dD][eE]\s+C\.?\s?V|S\.\s?A\.\s?[ABCEK](?![\w&])"
    r"|S\.?\s+[dD][eE]\s+R\.?\s?L\.?(?:\s+[dD][eE]\s+C\.?\s?V)?"
    r"|Limited\s+Partnership|LIMITED\s+PARTNERSHIP|Limited\s+Liability\s+(?:Company|Partnership)"
    r"|LIMITED\s+LIABILITY\s+(?:COMPANY|PARTNERSHIP)|Incorporated|INCORPORATED|Inc|INC|inc(?=\.)|Corporation|CORPORATION|Corp|CORP|Limited|LIMITED|Ltd|LTD"
    r"|ltd(?=\.)|Pty|PTY|Pte|PTE"
    r"|Bhd|BHD|Berhad|BERHAD|GmbH|GMBH|KGaA|SARL|Sarl|SpA|Oyj|OYJ|PLLC|ApS|APS|PLC|Plc|plc|LLLP|LLP|LLC|Llc|llc"
    r"|L\s?\.\s?L\s?\.\s?C|LCC|L\.L\.L\.P|L\.L\.P|L\.\s?P|LP|P\.L\.C|S\.[àÀA]\.?\s?[rR]\.?\s?[lL]"
    r"|S\.\s?[AÀà]\.?\s?(?:R\.?\s?L|S|DE\s+C\.?V)?|SAS"
    r"|S\.p\.A|S\.P\.A|S\.r\.l|Srl|S\.L\.?U?|B\.\s?V|BV|N\.\s?V|NV|KG|A/S|S/A|ASA|Oy|OY|K\.\s?K|N\.\s?A|P\.\s?C|AG"
    r"|G\.?I\.?E|e\.V"
    r"|d\.o\.o|F\.?S\.?B|MHC|Unlimited|National\s+Association|NATIONAL\s+ASSOCIATION"
    r"|S\.C\.A|S\.n\.c|SNC|EURL|BVBA|SPRL|C\.\s?V|Ltda|LTDA|Lda|LDA|EIRELI|OAO|OOO|ZAO|PAO|[POC]?JSC|P\.J\.S\.C"
    r"|s\.r\.o|a\.s|Kft|Zrt|Nyrt|d\.d|[sS]p\.\s?z\s?o\.\s?o|(?:Gesellschaft\s+)?mbH|Aktiengesellschaft|AKTIENGESELLSCHAFT"
    r"|Aktiebolag|Kabushiki\s+Kaisha|A\.\s?Ş|W\.L\.L|WLL|FZE|FZCO|DMCC|Tbk|TBK|P\.\s?L\.\s?L\.\s?C)"
)
WEAK = (
    r"(?:Company|COMPANY|Co|CO|Trust|TRUST|Bank|BANK|University|UNIVERSITY|Fund|FUND|Partnership|PARTNERSHIP"
    r"|Foundation|FOUNDATION"
    r"|Association|ASSOCIATION|Authority|AUTHORITY|Partners|PARTNERS|Institute|INSTITUTE|Group|GROUP|Holdings"
    r"|HOLDINGS|SE|AB|SA|Associates|ASSOCIATES"
    r"|Bancorp|BANCORP|Society|SOCIETY|Hospital|College|Center|Centre|Ministry|Corporación|Organization"
    r"|Organisation|Cooperative"
    r"|Enterprises|ENTERPRISES|Laboratories|Systems|Technologies|Industries|International|INTERNATIONAL"
    r"|Pharmaceuticals|Funds|Stores|LP)"
)
_FORM_END = r"(?![\w&])"
STRONG_FORM = re.compile(rf"(?<![\w.]){STRONG}{_FORM_END}\.?", re.UNICODE)
ANY_FORM = re.compile(rf"(?<![\w.])(?:{STRONG}|{WEAK}){_FORM_END}\.?", re.UNICODE)
NAME_WORD = (
    r"(?:[A-ZÀ-Þ0-9][\w&.'’/+@!*\u00ad-]*|[a-z][\w-]*\.(?:com|net|org|biz|ai|io)\b|[a-z]{1,2}[A-Z-][\w-]+|[a-z]{3,5}[A-ZÀ-Þ][\w-]+"
    r"|[a-z]+_[\w]+|&|[*!]?[A-Z][\w]*)"
)
_LINK = r"(?:of|the|for|de|von|van|der|den|du|del|della|di|da|do|dos|das|la|le|les|y|e|et|und|in|and|at)"
_BRACKET = r"\(\s?(?:[A-Z][\w.&]*\s?){1,3}\)"
_WHITE = r"[ \t\r\f\v\xa0]*\n?[ \t\r\f\v\xa0]+|[ \t\r\f\v\xa0]*\n[ \t\r\f\v\xa0]*"
NAME = re.compile(
    rf"{NAME_WORD}(?:,?[ ]?\s?(?:<<\s)?(?:{STRONG})(?:\s>>)?{_FORM_END}\.?"
    rf"|(?:(?:{_WHITE}){_LINK}){{0,2}}(?:{_WHITE})(?:{NAME_WORD}|{_BRACKET})"
    rf"|,\s(?:{WEAK}(?=,\s{STRONG}{_FORM_END})|{NAME_WORD}(?=,\s(?:N\.\s?A\b|National\s+Association)))"
    rf"|,\s{NAME_WORD}(?=(?:,\s{NAME_WORD}){{0,3}}\s(?:&|and)\s(?:[A-Z][\w&.'’ ]*?,?\s{STRONG}"
    rf"|Co|Company|Sons|Associates){_FORM_END}))*"
)  # fmt: skip
# "Google, a Delaware corporation": what follows a name says that it is an entity's.
ENTITY = (
    r"(?:corporation|company|partnership|association|trust|bank|universit(?:y|ies)|institution|municipality"
    r"|cooperative|LLC|foundation|public\s+body|soci[eé]t[eé]|GmbH)"
)
_DESCRIBED = re.compile(rf"\s*,?\s+(?:an?|the)\s+(?:[\w-]+\s+){{0,6}}?{ENTITY}\b", re.IGNORECASE)
_NEVER = re.compile(
    r"^(?:a|an|of|this|that|these|those|any|which|such|each|either|whose|having|with|by|if|in|on|as|it|its|is|all|no"
    r"|whereas|now"
    r"|accepted|agreed|acknowledged|executed|sincerely|very\s+truly|yours|respectfully"
    r"|witnesseth|hereinafter|collectively|together|you|we|us|and|or|for|between|among|from|to|re|dear|ladies"
    r"|gentlemen|upon"
    r"|notwithstanding|subject\s+to|in\s+witness|www\S*|p\.?\s?o\.?\s?box|n/a|(?:19|20)\d\d|authori[sz]ed"
    r"|signator\w+|name|title|tel|fax|email|attention|attn"
    r"|address|execution|version|chief|bank\s+and|company\s+and|(?:first|second|third)\s+(?:amend\w*|of|day|part\w*)"
    r"|(?:section|article|exhibit|schedule|annex|appendix|suite|page|table|clause|item|note)s?\s+(?:\W|\d|[A-Z]\b"
    r"|of\b|[IVX]+\b))"
    r"(?:\b|$)(?![.]?\w)",
    re.IGNORECASE,
)
# Words that begin headings, labels and addresses; a name that begins with one needs a form of entity.
_LABELS = re.compile(
    r"^(?:located|articles?|section|exhibit|schedule|annex|appendix|suite|floor|street|agreement|contract|tel"
    r"|telephone|fax|phone"
    r"|email|e-mail|page|conditions|terms?|recitals?|background|address|attn|attention|name|title|date[ds]?"
    r"|effective|registration"
    r"|registered|organized|party|parties|source|purpose|definitions?|introduction|confidential|vat|signature"
    r"|signed|authori[sz]ed"
    r"|witness|state|province|jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|company\s+name"
    r"|customer\s+name|legal|full|amendment|see|version|execution|growth|contact|both|representations?|table)\b",
    re.IGNORECASE,
)
_NOT_WHOLE = re.compile(
    r"^(?:(?:the\s+)?(?:part(?:y|ies)|company|agreement|contract|term|customer|client|supplier|licen[sc](?:or|ee)"
    r"|consultant"
    r"|distributor|seller|buyer|purchaser|vendor|provider|services?|products?|effective date|owner|recipient"
    r"|undersigned"
    r"|corporation|bank|trust|fund|limited|llc|inc\.?|chief\s.*|president|director|united states.*|ceo|cfo)"
    r"|(?:[IVX]+|\d+)\.?|.)$",
    re.IGNORECASE,
)  # fmt: skip
_SMALL_WORD = re.compile(
    r"[ \t](?!(?:a|an|and|or|as|at|by|for|from|has|in|into|is|its|of|on|that|the|to|via|which|who|with"
    r"|between|among|agrees?"
    r"|shall|will|may|having|being|including|owns?|against|under|through|than)\b)[a-z]{3,12}[ \t]"
    rf"(?:[A-Z][\w&.'’-]*,?[ \t]){{1,4}}{STRONG}{_FORM_END}\.?"
)
_TITLES = re.compile(
    r"\b(?:agreement|amendment|exhibit|schedule)\b|\b(?:contract|act|order|statement|chapter|code)s?$", re.IGNORECASE
)
_FULL_STOP = re.compile(
    r"(?:Limited|Corporation|Company|Incorporated|LLC|LLP|PLC|plc|GmbH|mbH|AG|Aktiengesellschaft)\.$", re.IGNORECASE
)
_AFTER_PERSON = re.compile(r",?\s(?:Jr|Sr|II|III|M\.\s?D|Ph\.\s?D)\b\.?")
_LONGEST = 140
_FOR_ALL = re.compile(r"(?:Corporation|CORPORATION)\s+(?:for|FOR)\s+[A-Z]")  # "Corporation for Public Broadcasting"
_SERIES = re.compile(r"(?:Trust|TRUST)(?:,?\s+(?:Series|SERIES))?\s+(?:19|20)\d\d-\w+")
_PUBLIC = re.compile(r"^(?:the\s+)?(?:town|city|county|state|village|borough)\s+of\b", re.IGNORECASE)
_ROMAN = re.compile(r"\s(?:[IVX]+|of\s+(?:[A-Z][\w.]*|the\s+[A-Z]\w+)(?:\s[A-Z]\w+)?)(?![\w.])")
_DROPPED = (
    r"inc|incorporated|corp|corporation|llc|lcc|l l c|ltd|limited|llp|lllp|lp|plc|company|co|gmbh|ag|sa|bv|nv|na"
    r"|pty|pte|sarl|sas"
    r"|spa|srl|ab|as|oy|kk|pc|sa rl|s a|n a|l p|b v|n v|national association|mbh"
    r"|gesellschaft mbh|aktiengesellschaft|asa|oyj"
    r"|sa de cv|sab de cv|sapi de cv|s de rl de cv|s de rl|saa|sac|ltda|lda|private limited|pvt|bhd|sdn"
    r"|pjsc|ojsc|jsc|tbk"
)


def bare_name(name: str) -> str:
    """A name without case, punctuation, article and form of entity; what it trades as is left out."""
    plain = re.sub(r"^\s*(?:mr|ms|mrs|dr|messrs)\.?\s+", "", name.casefold())
    plain = re.split(r"\b(?:[df]\s?/?\s?[bk]\s?/?\s?a|doing business as|formerly known as)\b", plain)[0]
    plain = re.sub(r"[^\w\s&]", "", plain.replace("/", " ").replace("\u00ad", " "))
    bare = re.sub(rf"\b(?:{_DROPPED})\b", " ", re.sub(r"^\s*the\s+", "", plain))
    return " ".join(bare.split()) or " ".join(plain.split())


def same_party(one: str, other: str) -> bool:
    """Whether two names are one party, but for case, punctuation and form of entity."""
    first, second = bare_name(one), bare_name(other)
    return bool(first) and bool(second) and fuzz.token_sort_ratio(first, second) >= 90


def name_at(text: str, place: int, end: int) -> tuple[int, int] | None:
    """The span of the name that begins at `place`, or None. An article before it is left out."""
    article = re.compile(r"[Tt]he\s+|THE\s+").match(text, place, end)
    start = article.end() if article else place
    match = NAME.match(text, start, min(end, start + 3 * _LONGEST))
    if not match:
        return None
    stop = _through_small_word(text, start, _stop(text, start, match.end()), end)
    if text[stop : stop + 1] == ":" and (label := re.search(r"\s+\w+$", text[start:stop])):
        stop = start + label.start()
    while stop > start and text[stop - 1] in " ,;:\n\t&-":
        stop -= 1
    if (after := _AFTER_PERSON.match(text, stop, end)) and not has_form(text[start:stop]):
        stop = after.end()
    if _FULL_STOP.search(text, start, stop):
        stop -= 1
    name = text[start:stop]
    if _NEVER.match(name) or _NOT_WHOLE.match(" ".join(name.split())) or not re.search(r"[^\W\d_]{2}|^[A-Z]&", name):
        return None
    if (name[0].isdigit() or _LABELS.match(name)) and not (has_form(name) or _PUBLIC.match(name)):
        return None
    if re.search(r"\b\d+\.\d|\s\d+\s\d|\.\.\.", name) or len(name) > _LONGEST:
        return None
    return None if _TITLES.search(name) or is_place(name) else (start, stop)


def _stop(text: str, start: int, end: int) -> int:
    """Where the name ends: after its first strong form, before "and" with another name, or where the run ends."""
    two = re.search(r"\s+and\s+the\s|\s+(?:and|of)\s+its\b", text[start:end])
    end = start + two.start() if two else end
    first = text[start:end]
    for match in STRONG_FORM.finditer(first):
        if not match.start():
            continue
        stop = match.end()
        while more := re.compile(rf"\s*[,.&]?\s*(?:&\s)?(?:{STRONG}){_FORM_END}\.?").match(first, stop):
            stop = more.end()
        tail = re.compile(r"\s+(?:of|&)\s+").match(first, stop)
        if tail and tail.group().strip() == "&" or _FOR_ALL.match(first, match.start()):
            continue
        roman = _ROMAN.match(first, stop)
        return start + (roman.end() if roman else stop)
    last = first.find("\n")
    for match in ANY_FORM.finditer(first):
        if match.start() and (series := _SERIES.match(first, match.start())):
            return start + series.end()
        if match.start() and re.match(r"\s+and\s(?!(?:Trust|TRUST|Savings)\b)|\s*\n|\s+\d|\s*$", first[match.end() :]):
            return start + match.end()
    if _PUBLIC.match(first) and (place := re.compile(r",\s+[A-Z][a-zA-Z]+(?:\s[A-Z][a-z]+)?").match(text, end)):
        return place.end()
    return start + last if last > 0 and not has_form(first[:last]) and _alone(first[last:]) else end


def _through_small_word(text: str, start: int, stop: int, end: int) -> int:
    """The end of a name with one word in small letters: "Petro data Management Services Limited"."""
    if has_form(text[start:stop]):
        return stop
    more = _SMALL_WORD.match(text, stop, end)
    return more.end() if more else stop


def _alone(rest: str) -> bool:
    """Whether what follows on the next line does not end a name broken in two."""
    return not re.match(rf"\s*(?:[A-Z][\w&.'’-]*\s+){{0,2}}(?:{STRONG}|{WEAK}){_FORM_END}", rest)


def has_form(name: str) -> bool:
    """Whether a name bears a form of entity after its first word."""
    return any(match.start() for match in ANY_FORM.finditer(name))


def is_entity(text: str, start: int, end: int) -> bool:
    """Whether a name bears a form of entity, or what follows says that it has one."""
    return has_form(text[start:end]) or bool(_DESCRIBED.match(text, end)) and start < end


def looks_person(name: str) -> bool:
    """Whether a name without a form may be that of a person or a firm: two to five capitalised words, no role."""
    words = name.split()
    role = re.search(
        r"\d|\s(?:and|or)\s|\b(?:agents?|part(?:y|ies)|data|stock|shares|trustee|executive|company)$",
        name,
        re.IGNORECASE,
    )
    return (
        not role
        and 2 <= len(words) <= 5
        and all(w[:1].isupper() or w in ("of", "de", "van", "von", "the") for w in words)
    )


def form_of(name: str) -> str:
    """The form of entity at a name's end ("Co., Ltd."), "" without."""
    forms = [match for match in ANY_FORM.finditer(name) if match.start()]
    if not forms or not re.fullmatch(r"\W*(?:[IVX]+|of\s.*)?\W*", name[forms[-1].end() :]):
        return ""
    start = forms[-1].start()
    for earlier in reversed(forms[:-1]):
        if re.fullmatch(r"[\s,.]*", name[earlier.end() : start]):
            start = earlier.start()
    return name[start : forms[-1].end()]


@lru_cache(maxsize=4096)
def is_place(name: str) -> bool:
    """Whether the words are a jurisdiction and nothing else."""
    flat = " ".join(name.split()).strip(" ,.")
    return any(place.end - place.start >= len(flat) - 2 for place in find_places(flat))
