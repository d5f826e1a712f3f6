"""Clause types in a lawyer's words, for reports, notes and sentences."""

from __future__ import annotations

_TYPES = {
    "Rofr/Rofo/Rofn": "Rights of first refusal",
    "Ip Ownership Assignment": "IP ownership assignment",
    "Joint Ip Ownership": "Joint IP ownership",
    "License Grant": "Licence grant",
    "Non-Transferable License": "Non-transferable licence",
    "Affiliate License-Licensor": "Affiliate licence (licensor)",
    "Affiliate License-Licensee": "Affiliate licence (licensee)",
    "Unlimited/All-You-Can-Eat-License": "Unlimited licence",
    "Irrevocable Or Perpetual License": "Irrevocable or perpetual licence",
    "Most Favored Nation": "Most favoured nation",
    "No-Solicit Of Customers": "Non-solicitation of customers",
    "No-Solicit Of Employees": "Non-solicitation of employees",
    "Notice Period To Terminate Renewal": "Notice to stop renewal",
    "Revenue/Profit Sharing": "Revenue or profit sharing",
    "Anti-Assignment": "Assignment",
    "Competitive Restriction Exception": "Exception to a competitive restriction",
    "Third Party Beneficiary": "Third-party beneficiary",
}


def type_name(clause_type: str | None) -> str:
    """A clause type in words ("Change of control"), "" for None."""
    if clause_type is None:
        return ""
    known = _TYPES.get(clause_type)
    return known if known is not None else clause_type[:1] + clause_type[1:].lower().replace("ip ", "IP ")


def in_a_sentence(clause_type: str) -> str:
    """The name as it stands inside a sentence: "governing law", "IP ownership assignment"."""
    name = type_name(clause_type)
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
