"""The words that the second pass searches for: strong wordings, any of which makes a *missing* an *unclear*."""

from __future__ import annotations

SEARCH_WORDS: dict[str, str] = {
    "Document Name": r"\bagreement\b|\bcontract\b",
    "Parties": r"\bby and between\b|\bbetween\b|\bparties\b",
    "Agreement Date": r"\bdated as of\b|\bmade (?:and entered into )?(?:this|as of|on)\b|\bthis \w+ day of\b",
    "Effective Date": r"\beffective date\b|\beffective as of\b|\bcommencement date\b",
    "Expiration Date": (
        r"\bterm of this agreement\b|\binitial term\b|\bshall"
        r" expire\b|\bremain in (?:full )?(?:force|effect)\b"
    ),
    "Renewal Term": r"\brenewal term\b|\bautomatically renew\w*\b|\bsuccessive (?:terms|periods)\b|\brenewed for\b",
    "Notice Period To Terminate Renewal": (
        r"\bnotice of non-?renewal\b|\bintent(?:ion)?"
        r" not to renew\b|\belects? not to renew\b"
    ),
    "Governing Law": r"\bgoverned by\b|\bgoverning law\b|\bconstrued (?:and \w+ )?(?:in accordance with|under)\b",
    "Most Favored Nation": r"\bmost[ -]favou?red\b|\bno less favou?rable than\b|\bas favou?rable as\b",
    "Non-Compete": r"\bnon-?compet\w+\b|\bnot (?:to )?compete\b|\bcompeting (?:business|product)s?\b",
    "Exclusivity": (
        r"\bexclusivity\b|\bexclusive (?:right|distribut|suppl"
        r"|licen|provider|agent|basis)\w*\b|\bexclusively\b"
    ),
    "No-Solicit Of Customers": r"\bsolicit\w* (?:\w+ ){0,4}(?:customers?|clients?)\b",
    "Competitive Restriction Exception": r"\bnotwithstanding the (?:foregoing )?(?:exclusivity|non-?compet\w+)\b",
    "No-Solicit Of Employees": r"\bsolicit\w* (?:\w+ ){0,6}(?:employees?|personnel|employment)\b|\bnon-?solicitation\b",
    "Non-Disparagement": r"\bdisparag\w+\b",
    "Termination For Convenience": (
        r"\bfor convenience\b|\bwithout cause\b|\bfor any reason or (?:for"
        r" )?no reason\b|\bat any time (?:up)?on \w+ (?:\(\d+\) )?days\b"
    ),
    "Rofr/Rofo/Rofn": r"\bright of first (?:refusal|offer|negotiation)\b|\bfirst right to\b",
    "Change Of Control": r"\bchange (?:of|in) control\b|\bcontrolling interest\b",
    "Anti-Assignment": (
        r"\bmay not (?:be )?assign\w*\b|\bnot assign\b|\bassign(?:ed"
        r"|ment|able)? (?:\w+ ){0,8}without\b|\bno assignment\b"
    ),
    "Revenue/Profit Sharing": (
        r"\brevenue shar\w+\b|\bprofit shar\w+\b|\broyalt(?:y"
        r"|ies)\b|\bpercent(?:age)? of (?:net|gross)\b"
    ),
    "Price Restrictions": r"\bprice increases?\b|\bincrease (?:the|its|in) (?:prices?|fees)\b",
    "Minimum Commitment": (
        r"\bminimum (?:purchase|commitment|order|quantity"
        r"|royalt\w+|annual)\w*\b|\btake[ -]or[ -]pay\b"
    ),
    "Volume Restriction": r"\bmaximum (?:number|quantity|volume)\b|\bin excess of the (?:number|volume)\b",
    "Ip Ownership Assignment": (
        r"\bhereby assigns?\b|\bwork (?:made )?for hire\b|\bassigns?"
        r" (?:\w+ ){0,6}(?:right, title|intellectual property)\b"
    ),
    "Joint Ip Ownership": r"\bjointly own\w*\b|\bjoint(?:ly)? (?:ownership|owned|invent\w+)\b",
    "License Grant": r"\bgrants? (?:\w+ ){0,6}licen[sc]e\b|\blicen[sc]e to use\b",
    "Non-Transferable License": r"\bnon-?transferable\b|\bnot transferable\b",
    "Affiliate License-Licensor": r"\blicensor(?:'s|’s)? affiliates\b|\bits affiliates (?:\w+ ){0,3}grants?\b",
    "Affiliate License-Licensee": (
        r"\b(?:licensee|customer) and its affiliates\b"
        r"|\bsublicen[sc]e (?:\w+ ){0,4}affiliates\b"
    ),
    "Unlimited/All-You-Can-Eat-License": (
        r"\bunlimited (?:\w+ )?(?:licen[sc]e|use"
        r"|number|users)\b|\benterprise[ -]wide\b"
    ),
    "Irrevocable Or Perpetual License": r"\b(?:perpetual|irrevocable)\b",
    "Source Code Escrow": r"\bescrow agent\b|\bsource code escrow\b|\bin escrow\b",
    "Post-Termination Services": (
        r"\btransition (?:services|period|assistance)\b|\bsell["
        r" -]?off\b|\bwind[ -]?down\b|\bfollowing termination\b"
    ),
    "Audit Rights": r"\bright to audit\b|\baudit(?:s|ed)?\b|\binspect (?:\w+ ){0,4}(?:books|records)\b",
    "Uncapped Liability": (
        r"\bunlimited liability\b|\bshall not (?:limit|apply"
        r" to) (?:\w+ ){0,4}liability\b|\bgross negligence\b"
    ),
    "Cap On Liability": (
        r"\blimitation of liability\b|\bliability (?:\w+ ){0,10}(?:shall|will)"
        r" not exceed\b|\baggregate liability\b|\bconsequential damages\b"
    ),
    "Liquidated Damages": r"\bliquidated damages\b|\btermination fee\b|\bearly termination (?:fee|charge)\b",
    "Warranty Duration": r"\bwarranty period\b|\bwarrants? (?:\w+ ){0,8}for a period of\b",
    "Insurance": r"\binsurance\b",
    "Covenant Not To Sue": r"\bcovenants? not to (?:sue|contest|challenge)\b|\bnot (?:contest|challenge)\b",
    "Third Party Beneficiary": r"\bthird[ -]party beneficiar(?:y|ies)\b",
    "Indemnification": r"\bindemnif\w+\b|\bindemnit(?:y|ies)\b|\bhold harmless\b",
    "Confidentiality": r"\bconfidential(?:ity)?\b|\bnon-?disclosure\b",
    "Data Protection": r"\bpersonal (?:data|information)\b|\bdata protection\b|\bgdpr\b",
    "Force Majeure": r"\bforce majeure\b|\bacts? of god\b|\bbeyond (?:its|the|their) (?:reasonable )?control\b",
    "Payment Terms": r"\binvoices?\b|\bpayable\b|\bshall pay\b",
    "Dispute Resolution": r"\barbitrat\w+\b|\bmediation\b|\bjurisdiction of\b|\bexclusive venue\b",
    "Notices": r"\bnotices? (?:\w+ ){0,6}in writing\b|\bany notice\b|\ball notices\b",
}
