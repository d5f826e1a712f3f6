"""The tables of a matter's database: what it holds, what was read, what was found. Mapped rows never leave storage."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.storage.types import AnyText, UtcTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables of a matter."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy's own protocol
        dt.datetime: UtcTime(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        bytes: LargeBinary(),
    }


class MatterRow(Base):
    """The one matter of this file."""

    __tablename__ = "matter"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[str]
    name: Mapped[str]
    created: Mapped[dt.datetime]
    our_parties: Mapped[list[Any]]
    affiliates: Mapped[list[Any]]
    deal_structure: Mapped[str]
    home_law: Mapped[str | None]
    reference_date: Mapped[str | None]
    playbook: Mapped[str]


class DocumentRow(Base):
    """Bytes, by their SHA-256."""

    __tablename__ = "documents"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    status: Mapped[str]
    reason: Mapped[str | None]
    page_count: Mapped[int | None]
    language: Mapped[str | None]
    ingest_version: Mapped[str]


class DocumentPathRow(Base):
    """A path under which a document was found, or a file its bytes lay in; in the order of finding."""

    __tablename__ = "document_paths"
    id: Mapped[int] = mapped_column(primary_key=True)
    document_sha256: Mapped[str] = mapped_column(ForeignKey("documents.sha256", ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(AnyText)
    is_file: Mapped[bool]  # where the bytes lay on this machine, else the path within what was dropped
    __table_args__ = (Index("uq_document_paths", "document_sha256", "is_file", "path", unique=True),)


class ContractRow(Base):
    """An agreement, made of parts."""

    __tablename__ = "contracts"
    contract_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(AnyText)
    kind: Mapped[str]
    our_role: Mapped[str]
    playbook: Mapped[str | None]
    confirmed: Mapped[bool]


class ContractPartRow(Base):
    """A document, or some of its pages, with its role in a contract."""

    __tablename__ = "contract_parts"
    contract_id: Mapped[str] = mapped_column(ForeignKey("contracts.contract_id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    document_sha256: Mapped[str] = mapped_column(ForeignKey("documents.sha256"), index=True)
    role: Mapped[str]
    first_page: Mapped[int | None]
    last_page: Mapped[int | None]


class FamilyProposalRow(Base):
    """The app's proposal that a contract belongs to another one as its amendment, schedule or side letter."""

    __tablename__ = "family_proposals"
    base_contract_id: Mapped[str] = mapped_column(
        ForeignKey("contracts.contract_id", ondelete="CASCADE"), primary_key=True
    )
    member_contract_id: Mapped[str] = mapped_column(
        ForeignKey("contracts.contract_id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str]
    reason: Mapped[str]
    score: Mapped[float]
    accepted: Mapped[bool | None]  # None: the lawyer has not said


class TextRow(Base):
    """A reading of a document; triggers forbid changing it. `body` is compressed UTF-8, `extras` packed JSON."""

    __tablename__ = "texts"
    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[str] = mapped_column(unique=True)
    source_sha256: Mapped[str] = mapped_column(index=True)  # no foreign key: the document is stored after its texts
    ingest_version: Mapped[str]
    view: Mapped[str]
    ocr_settings: Mapped[str]
    format: Mapped[str]
    page_source: Mapped[str | None]
    length: Mapped[int]
    body: Mapped[bytes]
    extras: Mapped[bytes]
    stored: Mapped[dt.datetime]


class RelocationRow(Base):
    """Where a span of one text stands in a later text; to_start is null where it was not relocated."""

    __tablename__ = "relocations"
    text_id: Mapped[str] = mapped_column(ForeignKey("texts.text_id"), primary_key=True)
    start: Mapped[int] = mapped_column(primary_key=True)
    end: Mapped[int] = mapped_column(primary_key=True)
    to_text_id: Mapped[str] = mapped_column(ForeignKey("texts.text_id"), primary_key=True)
    to_start: Mapped[int | None]
    to_end: Mapped[int | None]
    score: Mapped[float]


class ImportRow(Base):
    """What was dropped on the matter and how it was to be analysed; `ended` is null until all of it was."""

    __tablename__ = "imports"
    id: Mapped[int] = mapped_column(primary_key=True)
    paths: Mapped[list[Any]]
    options: Mapped[dict[str, Any]]
    started: Mapped[dt.datetime]
    ended: Mapped[dt.datetime | None]


class KeptPlaybookRow(Base):
    """A copy of a playbook that lies outside the matter; `source` is the path by which it was chosen."""

    __tablename__ = "kept_playbooks"
    source: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    sha256: Mapped[str]
    text: Mapped[str]


class NearDuplicateRow(Base):
    """Two contracts that share most of their words; the ids are in their order."""

    __tablename__ = "near_duplicates"
    contract_id: Mapped[str] = mapped_column(ForeignKey("contracts.contract_id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[str] = mapped_column(ForeignKey("contracts.contract_id", ondelete="CASCADE"), primary_key=True)
    likeness: Mapped[float]


class StandardFormRow(Base):
    """A form that the lawyer chose to compare with; its text is among the texts, `clauses` is packed JSON."""

    __tablename__ = "standard_forms"
    form_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(AnyText)
    kind: Mapped[str]
    text_id: Mapped[str] = mapped_column(ForeignKey("texts.text_id"))
    clauses: Mapped[bytes]
    added: Mapped[dt.datetime]


class FormComparisonRow(Base):
    """How a contract stands to its standard form; `inputs` is what it rests on, `payload` packed JSON."""

    __tablename__ = "form_comparisons"
    contract_id: Mapped[str] = mapped_column(ForeignKey("contracts.contract_id", ondelete="CASCADE"), primary_key=True)
    form_id: Mapped[str] = mapped_column(ForeignKey("standard_forms.form_id", ondelete="CASCADE"), index=True)
    inputs: Mapped[str]
    payload: Mapped[bytes]
