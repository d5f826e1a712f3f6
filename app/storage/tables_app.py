"""The tables of app.db: settings, recent matters, exams, the user's models."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.storage.tables import NAMING
from app.storage.types import UtcTime


class AppBase(DeclarativeBase):
    """All tables of app.db."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy's own protocol
        dt.datetime: UtcTime(),
        dict[str, Any]: JSON(),
        bytes: LargeBinary(),
    }


class SettingRow(AppBase):
    """A setting; `value` is JSON text."""

    __tablename__ = "settings"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class RecentMatterRow(AppBase):
    """A matter the user opened; `name` is null for a protected one."""

    __tablename__ = "recent_matters"
    matter_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    path: Mapped[str]
    protected: Mapped[bool]
    last_opened: Mapped[dt.datetime]


class ExamRow(AppBase):
    """What the exam said of a model file; `result` is JSON-like."""

    __tablename__ = "exams"
    model_sha256: Mapped[str] = mapped_column(primary_key=True)
    result: Mapped[dict[str, Any]]
    taken: Mapped[dt.datetime]


class UserModelRow(AppBase):
    """A GGUF file the user pointed at."""

    __tablename__ = "user_models"
    path: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    sha256: Mapped[str]
    added: Mapped[dt.datetime]
