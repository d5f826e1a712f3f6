"""What the model is asked about each clause type: a definition in our own words, to be answered by yes or no.

What questions have in common stands at their beginning: the engine evaluates shared beginnings once.
"""

from __future__ import annotations

from app.domain.clauses import CLAUSE_TYPES

# What a clause of the type does, as the end of "Words that ...".
MEANINGS: dict[str, str] = {
    "Document Name": "give the title of this agreement itself",
    "Parties": "name a party that signs this agreement",
    "Agreement Date": "give the date on which this agreement is made or signed",
    "Effective Date": "say when this agreement takes effect",
    "Expiration Date": "say when the initial term ends or how long it lasts",
    "Renewal Term": "say whether or for how long this agreement is renewed",
    "Notice Period To Terminate Renewal": "say how long before the end notice stops renewal",
    "Governing Law": "say which law governs this agreement",
    "Most Favored Nation": "promise a party terms as good as those given to any third party",
    "Non-Compete": "restrict a party from competing or from working in some business or territory",
    "Exclusivity": "bind a party to deal only with the other or grant exclusive rights",
    "No-Solicit Of Customers": "forbid a party to solicit or divert the other's customers or partners",
    "Competitive Restriction Exception": "make an exception to a non-compete, exclusivity or no-solicit duty",
    "No-Solicit Of Employees": "forbid a party to solicit or hire the other's employees or contractors",
    "Non-Disparagement": "forbid a party to disparage the other",
    "Termination For Convenience": "let a party end this agreement without cause",
    "Rofr/Rofo/Rofn": "give a party a right of first refusal, offer or negotiation",
    "Change Of Control": "attach consent, termination or notice to a merger or change of control of a party",
    "Anti-Assignment": "forbid assignment of this agreement or require consent for it",
    "Revenue/Profit Sharing": "make a party share revenue, profit or royalties with the other",
    "Price Restrictions": "limit how far prices may be raised or lowered",
    "Minimum Commitment": "require a minimum order, payment or quantity",
    "Volume Restriction": "set a fee or duty once use exceeds a threshold",
    "Ip Ownership Assignment": "make intellectual property of one party the property of the other",
    "Joint Ip Ownership": "make intellectual property the joint property of the parties",
    "License Grant": "grant a licence from one party to the other",
    "Non-Transferable License": "say that a licence cannot be transferred or sublicensed",
    "Affiliate License-Licensor": "license rights that belong to affiliates of the licensor",
    "Affiliate License-Licensee": "extend a licence to affiliates of the licensee",
    "Unlimited/All-You-Can-Eat-License": "grant an enterprise-wide or unlimited licence",
    "Irrevocable Or Perpetual License": "grant an irrevocable or perpetual licence",
    "Source Code Escrow": "put source code in escrow or release it",
    "Post-Termination Services": "lay duties on a party after this agreement ends, such as transition",
    "Audit Rights": "let a party audit the other's books or premises",
    "Uncapped Liability": "leave a party's liability without limit for some cause",
    "Cap On Liability": "limit a party's liability by amount, kind of damage or time for claims",
    "Liquidated Damages": "fix in advance what is paid on breach or early termination",
    "Warranty Duration": "say how long a warranty lasts",
    "Insurance": "require a party to keep insurance",
    "Covenant Not To Sue": "forbid a party to sue the other or contest its intellectual property",
    "Third Party Beneficiary": "let someone who is no party enforce this agreement",
    "Indemnification": "oblige a party to indemnify or hold the other harmless",
    "Confidentiality": "oblige a party to keep information secret",
    "Data Protection": "govern the processing or security of personal data",
    "Force Majeure": "excuse a party for events beyond its control",
    "Payment Terms": "say when or how invoices or fees are to be paid",
    "Dispute Resolution": "say how disputes are resolved, as by court or arbitration",
    "Notices": "say how and where notices are sent",
}


_ANYWHERE = "Answer Yes or No: does any sentence of the excerpt"
OPENINGS = (_ANYWHERE,)  # what the many questions about one passage begin with: the engine reads it once for all


def gate_question(clause_type: str) -> str:
    """Whether the excerpt, which is a candidate's own words, is a clause of the type."""
    return f"Answer Yes or No: do these words {MEANINGS[clause_type]}?"


def presence_question(clause_type: str) -> str:
    """Whether the passage has a clause of the type anywhere."""
    return f"{_ANYWHERE} {MEANINGS[clause_type]}?"


assert tuple(MEANINGS) == CLAUSE_TYPES, "every clause type has its meaning, in the domain's order"
