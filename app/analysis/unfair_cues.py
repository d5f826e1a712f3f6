"""What makes a consumer term clearly unfair, put as conditions: who acts, on what, how freely, for which reasons.

The corpus calls a term clearly unfair where the business may end the contract or remove content without having to have
a reason (only potentially unfair where the reasons are said), where a court far from the consumer alone decides, and
where liability for injury is excluded. One word decides that ("for any reason"), and only in its place: too little
for weights of single words to learn from a few documents.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Who may act: any but the consumer.
_MAY = (
    r"(?<!you\s)(?<!who\s)(?<!which\s)\b(?:may|can|could|reserves?|retains?|(?:has|have) the right|right to"
    r"|(?:is|are)(?: each)? entitled|act to|will have|decide to|sole discretion|effective until)\b"
)
_END = (
    r"(?:terminat\w+|suspend\w*|discontinu\w+|clos(?:e|ing)|disabl\w+|deactivat\w+|cancel\w*|withdraw\w*|cease"
    r"|stop (?:offering|providing|supporting)|bann?(?:ed|ing)?|refus\w+ (?:access|service|to provide)"
    r"|(?:limit|restrict|block|prevent)\w* (?:\w+ ){0,8}(?:use|access|accounts?))"
)
_SERVICE = (
    r"\b(?:accounts?|services?|access|agreements?|terms|subscriptions?|memberships?|sites?|website|software"
    r"|products?|licen[cs]es?|relationship|features?|functions?|feeds?|trial|games?|offerings?|use)\b"
)
_REMOVE = (
    r"\b(?:remov\w+|delet\w+|edit\w*|screen|refus\w+ to (?:post|publish|display|distribute)|reject|block|disable"
    r"|moderate|take down|un-?share|make unavailable)\b"
)
_CONTENT = r"\b(?:content|post\w*|materials?|submissions?|UGC|reviews?|results|profiles?|information|forums?)\b"
_SAID: dict[str, str] = {
    "end": rf"\b{_END}\b",
    "ends": rf"{_MAY}[^.;]{{0,200}}?\b{_END}\b[^.;]{{0,120}}?{_SERVICE}"
    rf"|{_SERVICE}[^.;]{{0,60}}\b(?:may|can) be (?:\w+,? (?:or )?){{0,4}}{_END}",
    "removes": rf"{_MAY}[^.]{{0,200}}?{_REMOVE}[^.]{{0,120}}?{_CONTENT}"
    rf"|{_CONTENT}[^.]{{0,60}}\b(?:may|can) be (?:\w+,? (?:or )?){{0,3}}{_REMOVE}",
    "any reason": r"\b(?:any|no|whatever|other|any other) (?:or no )?reasons?\b|\bconvenience\b|\bat will\b",
    "any time": r"\bat any (?:time|moment)\b|\bfrom time to time\b",
    "discretion": r"\bdiscretion\b|\bsole option\b|\bat (?:our|its) option\b",
    "no notice": r"\bwithout (?:any )?(?:prior |further |advance |liability or )?(?:notice|notification|notifying"
    r"|warning)\b|\bwith or without\b|\bimmediately\b",
    "on notice": r"\b(?:by|upon|on|with) (?:giving|providing|notifying)?[^.]{0,40}\bnotice\b|\bby notifying\b"
    r"|\bmonths['\u2019] (?:prior )?notice\b",
    "for a reason": r"\b(?:if|where|when|because|in case|due to|in the event|insofar|unless|which|that) (?:that )?"
    r"(?:\w+[ ,]+){0,6}?(?:you|your|violat\w+|breach\w*|infring\w+|fraud\w*|illegal\w*|inactiv\w+|fail\w*"
    r"|believe|determin\w+|suspect\w*|required|deem\w*|comply|learn)\b|\bviolat\w+|\bbreach\w*|\binfring\w+"
    r"|\brepeat|\bcircumstances\b|\bgood cause\b|\bobjectionable\b|\bobjective\b|\bunlawful",
    "list": r":\W*$",  # what follows says when
    "you": r"\byou (?:may|can|agree not|must|shall|will not|have the right)\b",
    "change": r"\b(?:change|modify|amend|update|revise|alter|add)\w*\b[^.]{0,120}\b(?:terms|agreement|policy"
    r"|policies|conditions|fees?|prices?|provisions|features?|limits?|items|services?)\b",
    "other thing": r"\b(?:promotion\w*|contest|sweepstakes?|orders?|virtual|currency|payment|transaction|purchase"
    r"|reversal|advert\w*)\b",
    "court": r"\b(?:courts?|venue|forum|jurisdiction|judicial proceedings?)\b",
    "decides": r"\b(?:submit\w* to|submits?|submitted|consent\w* to|brought|resolved|litigated?|subject to|settled?"
    r"|have (?:exclusive )?jurisdiction|agree to the|shall be heard|tried|contest)\b",
    "home": r"\b(?:your (?:home|country|place|local|county|address|residence)|where you (?:live|reside)"
    r"|residence|domicile\w*|habitual\w*|mandatory|local (?:courts?|jurisdiction|law)|country in which"
    r"|home jurisdiction|relevant user)\b",
    "if you live": r"\bif you (?:live|reside|are located|are a resident)\b",
    "small claims": r"\bsmall claims\b",
    "arbitration": r"\barbitra\w+\b",
    "held": r"\b(?:conducted|governed|administered|take place|apply|located|held|initiated|office)\b",
    "injury": r"\b(?:personal|bodily|physical) injur\w+|\bdeath\b|\bgross negligence\b|\bintentional\b|\bwilful\b",
    "not liable": r"\b(?:not|no|neither|nor|never|disclaims?)\b[^.]{0,120}\b(?:liab\w+|responsib\w+)\b",
}
_NAMED_PLACE = re.compile(
    r"\b(?:[Cc]ourts?|[Jj]urisdiction|[Vv]enue|COURTS|JURISDICTION|located (?:in|within))\b[^.]{0,80}?"
    r"\b(?:in|of|within|the|for|OF|IN)\s+(?:the\s+)?(?:\w+\s+of\s+)?[A-Z][a-zA-Z]+"
)
_ACCEPTS = re.compile(
    r"\b(?:we|us|the (?:company|business|provider)) (?:are|is|(?:shall|will) be|remains?|accepts?) (?:\w+ ){0,2}"
    r"(?:liab\w+|responsib\w+)".replace(" ", r"\s+"),
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:not|no|nor|never|neither|only|except|unless|exceed|limit\w*|you are)\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(words.replace(" ", r"\s+"), re.IGNORECASE) for name, words in _SAID.items()}


def accepts_liability(piece: str) -> bool:
    """Whether a passage only says that the business is liable, which is fair: its words are those of an exclusion."""
    return bool(_ACCEPTS.search(piece)) and not _DENIES.search(piece)


def cues_of(piece: str) -> list[str]:
    """The names of the cues that hold of a passage."""
    said = {name for name, pattern in _patterns().items() if pattern.search(piece)}
    if _NAMED_PLACE.search(piece):
        said.add("place")
    return _acts(said) + _places(said)


def _acts(said: set[str]) -> list[str]:
    """How freely the business may end the contract or remove content."""
    reasoned, any_reason = "for a reason" in said, "any reason" in said
    soft = bool(said & {"any time", "discretion", "no notice", "on notice", "any reason"})
    free = any_reason or (bool(said & {"any time", "discretion", "no notice"}) and not reasoned)
    listed, other = "list" in said, "other thing" in said
    holds = {"soft alone": soft and not said & {"ends", "removes"}}
    for act in ("ends", "removes"):
        if act in said:
            holds |= {
                f"{act} freely": free and not listed and not other,
                f"{act} for any reason": any_reason and not other,
                f"{act} freely at any time": free and "any time" in said and not listed,
                f"{act} softly": soft,
                f"{act} on notice": "on notice" in said and not reasoned,
                f"{act} baldly": not soft and not reasoned and "you" not in said,
                f"{act} for a reason": reasoned and not any_reason,
                f"{act} as listed": listed,
                "you act": "you" in said,
            }
    holds["changes alone"] = "change" in said and "ends" not in said
    holds["soft end"] = "end" in said and soft and "ends" not in said
    holds["injury excluded"] = said >= {"injury", "not liable"}
    return [name for name, true in holds.items() if true]


def _places(said: set[str]) -> list[str]:
    """Whose courts decide, and where an arbitration is held."""
    court, home = "court" in said, "home" in said
    decides = court and "decides" in said
    holds = {
        "court decides": decides and not home and "small claims" not in said,
        "named court decides": decides and "place" in said and not home,
        "home court": court and home,
        "small claims": court and "small claims" in said,
        "court named": court and not decides,
        "court where you live": decides and "if you live" in said,
        "arbitration held": said >= {"arbitration", "held", "place"} and not home,
    }
    return [name for name, true in holds.items() if true]
