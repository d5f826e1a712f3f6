"""What a contract is and whose side we are on: proposals that the lawyer can correct."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from app.analysis.values_names import same_party
from app.analysis.values_parties import read_parties
from app.domain.matter import ContractKind, Role

_WINDOW = 1500
_WINDOWS = 5
_TITLES: tuple[tuple[ContractKind, str], ...] = (
    (
        ContractKind.AMENDMENT,
        (
            r"\bamendment\b|\bamended and restated\b(?!.*agreement)"
            r"|\baddendum\b|\bside letter\b|\bwaiver\b"
        ),
    ),
    (ContractKind.NDA, r"non-?\s?disclosure|\bconfidentiality agreement|\bNDA\b"),
    (ContractKind.DATA_PROCESSING, r"data processing|data protection (?:agreement|addendum)|\bDPA\b"),
    (ContractKind.EMPLOYMENT, r"\bemployment\b|offer letter|executive agreement|severance"),
    (ContractKind.CONSULTING, r"\bconsult\w+|independent contractor|advisory agreement"),
    (ContractKind.FRANCHISE, r"\bfranchise"),
    (
        ContractKind.JOINT_VENTURE,
        (
            r"joint venture|strategic alliance|\balliance"
            r" agreement|collaboration|co-?operation"
            r" agreement"
        ),
    ),
    (
        ContractKind.DISTRIBUTION,
        (
            r"distribut\w+|\breseller|remarket\w+|\bagency agreement"
            r"|dealer|sales representative|affiliate agreement"
        ),
    ),
    (ContractKind.SUPPLY, r"\bsupply\b|\bpurchase agreement|manufactur\w+"),
    (
        ContractKind.SERVICES,
        (
            r"\bservices?\b|hosting|maintenance|\boutsourc\w+|statement of work|\bcloud\b|transportation"
            r"|marketing agreement|sponsorship|endorsement|promotion|development agreement|co-?branding"
        ),
    ),
    (ContractKind.LICENCE, r"licen[cs]\w+|\bsoftware\b|intellectual property|content"),
)
_SIDES: dict[str, Role] = {
    "customer": Role.CUSTOMER,
    "supplier": Role.SUPPLIER,
    "licensor": Role.LICENSOR,
    "licensee": Role.LICENSEE,
    "discloser": Role.DISCLOSER,
    "recipient": Role.RECIPIENT,
    "employer": Role.EMPLOYER,
    "employee": Role.EMPLOYEE,
    "controller": Role.CONTROLLER,
    "processor": Role.PROCESSOR,
    "distributor": Role.CUSTOMER,
}
_OTHER_SIDE = {
    Role.CUSTOMER: Role.SUPPLIER,
    Role.SUPPLIER: Role.CUSTOMER,
    Role.LICENSOR: Role.LICENSEE,
    Role.LICENSEE: Role.LICENSOR,
    Role.DISCLOSER: Role.RECIPIENT,
    Role.RECIPIENT: Role.DISCLOSER,
    Role.EMPLOYER: Role.EMPLOYEE,
    Role.EMPLOYEE: Role.EMPLOYER,
    Role.CONTROLLER: Role.PROCESSOR,
    Role.PROCESSOR: Role.CONTROLLER,
}


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """py3langid's bundled model; it is loaded from the package, never fetched."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)


def detect_language(text: str) -> str:
    """ISO 639-1 of most of the text, from several windows of it; "" where there are too few words to tell."""
    words = re.sub(r"[\W\d_]+", " ", text).strip()
    if len(words) < 40:
        return ""
    step = max(_WINDOW, len(words) // _WINDOWS)
    windows = [words[start : start + _WINDOW] for start in range(0, len(words), step)][:_WINDOWS]
    votes = Counter(_identifier().classify(window)[0] for window in windows if len(window) >= 40 or len(windows) == 1)
    return str(votes.most_common(1)[0][0])


def propose_kind(text: str) -> ContractKind:
    """The kind of agreement, from its title and first lines."""
    for length in (200, 700):
        for kind, pattern in _TITLES:
            if re.search(pattern, text[:length], re.IGNORECASE):
                return kind
    return ContractKind.OTHER if "agreement" in text[:3000].casefold() else ContractKind.UNKNOWN


def propose_role(text: str, our_parties: Sequence[str]) -> Role:
    """Which side our client is on: by the defined name of the party that bears our client's name."""
    if not our_parties:
        return Role.UNKNOWN
    parties = read_parties(text, 0, min(len(text), 4000))
    ours = [party for party in parties if any(same_party(name, party.name) for name in our_parties)]
    if not ours:
        return Role.UNKNOWN
    if ours[0].role:
        return _SIDES.get(ours[0].role, Role.UNKNOWN)
    others = [_SIDES[party.role] for party in parties if party not in ours and party.role in _SIDES]
    if len(others) == 1:
        return _OTHER_SIDE.get(others[0], Role.UNKNOWN)
    if propose_kind(text) is ContractKind.NDA and re.search(r"\bmutual\b", text[:3000], re.IGNORECASE):
        return Role.MUTUAL
    return Role.UNKNOWN
