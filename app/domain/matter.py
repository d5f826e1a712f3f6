"""A matter: the client's parties, the deal, its documents and contracts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class DealStructure(StrEnum):
    """How the deal is done; some rules depend on it (an asset deal assigns, a share deal changes control)."""

    UNKNOWN = "unknown"
    SHARE = "share"
    ASSET = "asset"
    MERGER = "merger"


class Role(StrEnum):
    """Which side of a contract our client is on. Side-dependent rules need it."""

    UNKNOWN = "unknown"
    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    LICENSEE = "licensee"
    LICENSOR = "licensor"
    DISCLOSER = "discloser"
    RECIPIENT = "recipient"
    EMPLOYER = "employer"
    EMPLOYEE = "employee"
    CONTROLLER = "controller"
    PROCESSOR = "processor"
    TARGET = "target"
    MUTUAL = "mutual"


class ContractKind(StrEnum):
    """What sort of agreement a contract is, proposed by the app and corrected by the lawyer."""

    UNKNOWN = "unknown"
    NDA = "nda"
    SERVICES = "services"
    LICENCE = "licence"
    SUPPLY = "supply"
    DISTRIBUTION = "distribution"
    FRANCHISE = "franchise"
    EMPLOYMENT = "employment"
    CONSULTING = "consulting"
    DATA_PROCESSING = "data processing"
    JOINT_VENTURE = "joint venture"
    AMENDMENT = "amendment"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Matter:
    """What every contract of a matter shares. `matter_id` is a UUID4 in hex; times are UTC."""

    matter_id: str
    name: str
    created: dt.datetime
    our_parties: tuple[str, ...] = ()  # our client's names
    affiliates: tuple[str, ...] = ()
    deal_structure: DealStructure = DealStructure.UNKNOWN
    home_law: str | None = None
    reference_date: dt.date | None = None
    playbook: str = "commercial"


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes, by their SHA-256, with every path under which they were found (relative to the dropped folder)."""

    sha256: str
    size: int
    paths: tuple[str, ...]
    status: str  # a FileStatus value
    reason: str | None = None
    page_count: int | None = None
    language: str | None = None  # ISO 639-1, None where nothing was read
    ingest_version: str = ""  # of the reading that gave this status
    files: tuple[
        str, ...
    ] = ()  # where the bytes lay when they were imported (absolute); a name inside an archive after \0


class PartRole(StrEnum):
    """What a document is to its contract."""

    BASE = "base"
    AMENDMENT = "amendment"
    SCHEDULE = "schedule"
    SIDE_LETTER = "side letter"


@dataclass(frozen=True, slots=True)
class ContractPart:
    """A document, or its pages first_page..last_page, as part of a contract."""

    document_sha256: str
    role: PartRole = PartRole.BASE
    first_page: int | None = None
    last_page: int | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """An agreement. By default one document is one contract and `contract_id` follows from its SHA-256."""

    contract_id: str
    name: str
    parts: tuple[ContractPart, ...]
    kind: ContractKind = ContractKind.UNKNOWN
    our_role: Role = Role.UNKNOWN
    playbook: str | None = None  # None: the matter's
    confirmed: bool = False  # the lawyer set kind, role or playbook: proposals no longer overwrite them


def contract_id_of(document_sha256: str) -> str:
    """The id of the contract that one document makes, the same in every matter and after every restart."""
    return "c-" + document_sha256[:20]
