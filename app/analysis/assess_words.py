"""Words without which a passage is not signed as a clause of its type, and words that make it another type's.

The screener takes a passage for a clause by its looks; these words are the second look of a reader who asks whether
the passage says such a thing at all. They hold for every playbook, and are measured on the annotators' spans
(tests/benchmarks/bench_risk.py words).
"""

from __future__ import annotations

import re
from functools import lru_cache

_PASSES = (
    r"sell|sale|suppl|purchas|buy|distribut|appoint|market|licen[cs]|engag|deal|provid|offer|promot|endors"
    r"|sponsor|advertis"
    r"|manufactur|order|represent|use|contract with|enter into|grant|render|perform|solicit|procur|sourc|carry"
    r"|display"
)
_LISTED = 1200
_OTHERS = (
    r"\b(?:other|another|third|anyone|any one|elsewhere|else|competit|compet|no person"
    r"|any (?:person|entity|party|company))"
)
NEEDS: dict[str, str] = {
    "Change Of Control": (
        r"\bcontrol\w*\b|\bmerge[rds]?\b|\bmerging\b|\bconsolidat|\bacqui[rs]|\bownership\b|\bowner|\bshares?\b"
        r"|\bsharehold"
        r"|\bstock|\bequity\b|\bvoting\b|\bsale of\b|\bsells?\b|\bsold\b|\bsuccessor|\bassets\b|\bchange in\b"
        r"|\btakeover|\btransferee"
        r"|\breorgani[sz]|\boperation of law\b"
    ),
    "Exclusivity": (
        r"(?<!non)(?<!non-)\bexclusiv|\bsole(?:ly)?\b|\bonly (?:from|to|through|by|with|for|source|supplier"
        r"|provider|agent)"
        r"|\ball (?:of )?(?:its|their|his|her|the)\b[^.]{0,60}\b(?:requirement|need|purchase)|\brequirements\b"
        r"|\bpreferred\b"
        r"|\b(?:not|neither|nor|no|refrain|prohibit\w*|without|agrees? not)\b[^.;]{0,220}\b(?:"
        + _PASSES
        + r")[\s\S]{0,260}"
        + _OTHERS
        + r"|\b(?:not|neither|nor|refrain|prohibit\w*)\b[\s\S]{0,160}"
        + _OTHERS
        + r"|\b(?:not|neither|nor|refrain)\b[^.;]{0,100}\b(?:sell|manufactur|buy|purchas|distribut|licen[cs]e"
        r"|appoint|commerciali|market)"
        + r"|\bonly (?:\w+ ){0,4}(?:distributor|supplier|provider|source|system|service)|\ball from\b"
    ),
    "Non-Compete": (
        r"\bcompet|\bsimilar|\b(?:not|neither|nor|refrain|prohibit\w*|restrict\w*)\b[\s\S]{0,260}(?:\b(?:"
        + _PASSES
        + r")"
        r"|\b(?:other|another|third|business|engage|develop|open|acquire)\b)|\bstays? out\b"
    ),
    "Minimum Commitment": (
        r"\bminimum|\bat least\b|\bno(?:t)? (?:less|fewer) than\b|\bguarant|\bcommit|\bquota"
        r"|\btake[ -]or[ -]pay|\bthreshold"
        r"|\bshortfall|\bfixed\b|\bannual\b|\bper (?:year|annum|month|quarter)\b|\beach (?:year|month|quarter"
        r"|contract|calendar)"
        r"|\bone hundred|\bnon-?refundable|\btarget|\bshall (?:pay|purchase|order|buy|spend)|\bx{2,}\b|\*{2,}"
    ),
    "Anti-Assignment": (
        r"\bassign|\btransfer|\bdelegat|\bsub-?licen|\bsub-?contract|\bconvey|\bencumb|\bsuccessors?\b|\bnovat"
        r"|\bpersonal to\b|\bpledge"
    ),
    "Most Favored Nation": (
        r"\bfavou?r|\blower\b|\blowest\b|\bbest\b|\bbetter\b|\bmore (?:attractive|advantageous|beneficial)\b"
        r"|\bno (?:less|worse|higher)\b"
        r"|\bany other\b|\bequal to\b|\bcomparable\b|\bmatch\b|\bas (?:low|good)\b"
    ),
    "Irrevocable Or Perpetual License": (
        r"\bperpetu|\birrevocabl|\bin perpetuity\b|\bunlimited\b|\bforever\b|\bno(?:t|n)?[ -]?(?:be )?revo"
        r"|\bsurviv|\bperpetuity|\bnon-?terminab"
        r"|\bindefinite|\bfully[- ]paid|\bnever\b|\bwithout (?:time )?limit|\bfor the life\b|\bpaid[- ]up\b"
    ),
    "Ip Ownership Assignment": (
        r"\bassign|\bown(?:s|ed|er|ership)?\b|\btitle\b|\bproperty\b|\bwork(?:s)?[- ](?:made[- ])?for[- ]hire"
        r"|\bvest|\bbelong|\btransfer"
        r"|\bconvey|\binure"
    ),
    "Joint Ip Ownership": r"\bjoint|\bco-?own|\bboth\b|\btogether\b|\bequal|\bshared?\b|\bcollaborat|\bundivided",
    "Audit Rights": r"\baudit|\binspect|\bexamin|\breview|\brecords?\b|\bbooks\b|\bverif|\baccess\b|\bvisit"
    r"|\bcopies\b|\breports?\b",
    "Liquidated Damages": (
        r"\bliquidated\b|\bpenalt|\btermination (?:fee|payment|charge|amount)|\bfee\b|\bdamages\b|\bpay"
        r"|\bcharge|\bsum\b|\bcredit|\bforfeit"
        r"|\bcompensat|\brefund|\breimburse"
    ),
    "Source Code Escrow": r"\bescrow|\bsource code\b|\bsource material|\bdeposit",
    "Termination For Convenience": r"\bterminat|\bcancel|\bend\b|\bwithdraw|\bdiscontinu|\brescind|\bnotice\b"
    r"|\brevok|\bdissol|\belect\b",
    "Uncapped Liability": (
        r"\bliab|\blimit|\bindemn|\bdamages\b|\bcap\b|\bexcept|\bnotwithstanding\b|\bexclu|\bgross negligence\b"
        r"|\bwil?lful|\bloss"
    ),
    "Cap On Liability": (
        r"\bliab|\bdamages\b|\bexceed|\blimit|\bconsequential\b|\bindirect\b|\bloss|\bremed|\brespons|\bclaim"
        r"|\bindemn|\bwaive|\bbar(?:red)?\b"
        r"|\brecover"
    ),
    "Covenant Not To Sue": (
        r"\bcontest|\bchalleng|\bsue\b|\bdispute|\bclaim|\bwaiv|\battack|\bimpair|\bquestion\b|\bassert"
        r"|\breleas|\boppos|\binterfer|\bcovenant"
        r"|\bproceed|\bregist|\baction\b|\bdiminish|\bdiscredit|\bsuit|\binfring|\binvalid"
    ),
    "No-Solicit Of Employees": r"\bemploy(?!ees?\W*\Z)|\bhire|\bhiring\b|\bsolicit|\bpersonnel\b|\brecruit|\bstaff\b"
    r"|\bengage\b|\binduce|\bpersons?\b",
    "No-Solicit Of Customers": (
        r"\bsolicit|\bcustomer|\bclient|\baccounts?\b|\binduce|\bdivert|\bend[- ]user|\bmarket|\bcontact"
        r"|\bmembers?\b|\bemail|\bdeal|\bsell"
    ),
}
# Type -> pairs: words that make the passage something else, and words that make it the type's all the same.
NEVER: dict[str, tuple[tuple[str, str], ...]] = {
    "Covenant Not To Sue": (
        (
            r"\b(?:tarnish|impair|goodwill|reputation|disparag)\w*",
            r"\b(?:sue|suit|contest|challenge|dispute|assert|claim|attack|validity|invalid|proceeding|oppos)\w*",
        ),
    ),
    "Change Of Control": (
        (
            r"\b(?:death|incapacity)\b",
            r"\bchange (?:of|in) (?:the )?(?:control|ownership)\b|\bmerge|\bsale of\b|\bcontrolling\b",
        ),
        (
            r"\bcontrols?, (?:is|are) controlled by\b|\bpossession\b[^.]{0,60}\bpower to (?:direct|cause)\b",
            r"\bchange (?:of|in) (?:the )?(?:control|ownership)\b|\bterminat|\bconsent\b|\bmerge",
        ),
        (
            r"\b(?:insolven|bankrupt|receiver|liquidat|creditors|winding[- ]up|moratorium)\w*",
            r"\b(?:change (?:of|in) (?:the )?(?:control|ownership)|control\w*|merge\w*|merging|consolidat\w+"
            r"|acqui\w+|voting|shareholders?"
            r"|ownership|sale of|sells?|change in)\b",
        ),
        (
            r"\bchange (?:of|in) control\b[^.]{0,40}\bnot (?:be )?(?:considered |deemed "
            r"|constitute )?(?:to be )?an? assignment\b",
            "",
        ),
    ),
    "Ip Ownership Assignment": (
        (
            r"\b(?:equipment|tooling|machinery|furniture)\b",
            r"\b(?:intellectual|invent|patent|copyright|work product|works?\b|trade ?marks?|trade names?|know-how"
            r"|software|domain|data\b|design|improvement|technolog|developments?\b|proprietary|goodwill|deliverables?|materials)",
        ),
    ),
    "Exclusivity": (
        (
            r"\bused exclusively (?:in|for|by|with)\b|\bexclusive use (?:with|in)\b",
            r"\bsole\b|\bsolely\b|\bexclusive (?:right|licen[cs]|distribut|suppl|agent|territor|provider|dealer)"
            r"|\bcompet\w+\b|\b(?:sell|purchase|buy)\b",
        ),
        (r"\bany other purpose\b", r"\bexclusiv\w*\b|\bsell\w*\b|\bcompet\w+\b|\bsole\b|\bpurchase"),
        (
            r"\bfirst (?:refusal|offer|negotiation|right)\b",
            r"(?<!non)(?<!non-)\bexclusive(?:ly)?\b(?! (?:negotiat|right to negotiat|period))|\bsolely?\b",
        ),
        (
            r"\bexclusive (?:remed|jurisdiction|venue|forum|property|ownership|owner|control)",
            r"(?<!non)(?<!non-)\bexclusive(?:ly)?\b(?! (?:remed|jurisdiction|venue|forum|property|ownership"
            r"|owner|control))",
        ),
        (r"\bconfidential\w*\b|\bdisclos\w+\b", r"\bexclusiv\w*\b|\bsell\w*\b|\bcompet\w+\b|\bsole\b"),
        (r"\bnon-?exclusive(?:ly)?\b", r"(?<!non)(?<!non-)\bexclusive(?:ly)?\b|\bsole\b|\bcompet\w+\b|\bshall not\b"),
    ),
    "Non-Compete": (
        (
            r"\b(?:use|access)\b[^.;]{0,80}\b(?:product|software|services?|platform|documentation"
            r"|materials?)\b[^.;]{0,60}"
            r"\bto (?:develop|build|create)\b[^.;]{0,60}\bcompet",
            "",
        ),
        (r"\bsolicit\w*\b[^.]{0,120}\b(?:employees?|personnel)\b", r"\bcompet\w*\b"),
    ),
    "Minimum Commitment": ((r"\b(?:insurance|insured)\b|\bminimum limits?\b", r"\b(?:purchase|order|buy|royalt)"),),
    "Termination For Convenience": (
        (
            r"\A\W*upon (?:the )?(?:expiration|expiry|termination)\b",
            r"\bmay (?:be )?terminat|\bright to (?:terminat|cancel)|\bterminate (?:this|the)\b",
        ),
    ),
    "No-Solicit Of Employees": (
        (r"\b(?:outside|other) (?:employment|activit)", r"\bsolicit|\bhir(?:e|ing)\b|\brecruit|\binduce|\bentice"),
    ),
    "Anti-Assignment": ((r"\bpublic(?:ly|ity)?\b|\bpress release", r"\b(?:assign|transfer)"),),
}


@lru_cache(maxsize=128)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)


def says_so(clause_type: str, text: str, start: int, end: int) -> bool:
    """Whether text[start:end] has the words of its type, and none that make it something else."""
    passage = text[start:end]
    if passage.rstrip().endswith((":", "-", "—")):  # what is listed below belongs to it
        passage = text[start : end + _LISTED]
    needs = NEEDS.get(clause_type)
    if needs is not None and not _compiled(needs).search(passage):
        return False
    return not any(
        _compiled(never).search(passage) and not (unless and _compiled(unless).search(passage))
        for never, unless in NEVER.get(clause_type, ())
    )
