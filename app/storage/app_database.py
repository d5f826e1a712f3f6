"""app.db: settings, recent matters, model exams, the user's models. Nothing of a matter's contents."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from app.storage import schema
from app.storage.engine import Access, make_engine
from app.storage.errors import storage_errors
from app.storage.tables_app import AppBase, ExamRow, RecentMatterRow, SettingRow, UserModelRow
from app.storage.types import now


@dataclass(frozen=True, slots=True)
class RecentMatter:
    """A matter the user opened; `name` is None for a protected one."""

    matter_id: str
    name: str | None
    path: Path
    protected: bool
    last_opened: dt.datetime


@dataclass(frozen=True, slots=True)
class UserModel:
    """A GGUF file the user pointed at."""

    path: Path
    title: str
    sha256: str


class AppDatabase:
    """Open for the life of the app. Several instances may share it; each write is one short transaction."""

    def __init__(self, data_dir: Path, *, migrations: Path | None = None) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        self.folder = data_dir
        path = data_dir / "app.db"
        with storage_errors():
            engine = make_engine(path, None, read_only=False)
            try:
                schema.upgrade(engine, AppBase.metadata, schema.APP_HEAD, "app_versions", migrations)
            finally:
                engine.dispose()
        self._access = Access(path, None)

    def setting(self, key: str, default: Any = None) -> Any:
        """A JSON-like setting."""
        with self._access.read() as session:
            raw = session.scalar(select(SettingRow.value).where(SettingRow.key == key))
        return default if raw is None else json.loads(raw)

    def set_setting(self, key: str, value: Any) -> None:
        """Store a setting."""
        statement = insert(SettingRow).values(key=key, value=json.dumps(value))
        statement = statement.on_conflict_do_update(index_elements=["key"], set_={"value": statement.excluded.value})
        self._access.write(lambda s: s.execute(statement) and None)

    def remember(self, matter_id: str, name: str, path: Path, *, protected: bool) -> None:
        """Note that a matter was opened now; the name of a protected one is not kept."""
        values = {"name": None if protected else name, "path": str(path), "protected": protected, "last_opened": now()}
        statement = insert(RecentMatterRow).values(matter_id=matter_id, **values)
        statement = statement.on_conflict_do_update(index_elements=["matter_id"], set_=values)
        self._access.write(lambda s: s.execute(statement) and None)

    def recent(self) -> list[RecentMatter]:
        """Matters, most recently opened first."""
        with self._access.read() as session:
            rows = session.scalars(select(RecentMatterRow).order_by(RecentMatterRow.last_opened.desc()))
            return [RecentMatter(r.matter_id, r.name, Path(r.path), r.protected, r.last_opened) for r in rows]

    def forget(self, matter_id: str) -> None:
        """Remove a matter from the list, from the file's free pages and from its WAL."""
        self._access.write(
            lambda s: s.execute(delete(RecentMatterRow).where(RecentMatterRow.matter_id == matter_id)) and None
        )
        self._access.maintain("PRAGMA wal_checkpoint(TRUNCATE)")

    def exam(self, model_sha256: str) -> dict[str, Any] | None:
        """What the exam said of a model file, None where it sat none."""
        with self._access.read() as session:
            return session.scalar(select(ExamRow.result).where(ExamRow.model_sha256 == model_sha256))

    def set_exam(self, model_sha256: str, result: Mapping[str, Any]) -> None:
        """Keep an exam's result in place of an earlier one."""
        values = {"result": dict(result), "taken": now()}
        statement = insert(ExamRow).values(model_sha256=model_sha256, **values)
        statement = statement.on_conflict_do_update(index_elements=["model_sha256"], set_=values)
        self._access.write(lambda s: s.execute(statement) and None)

    def add_model(self, model: UserModel) -> None:
        """Remember a GGUF file."""
        values = {"title": model.title, "sha256": model.sha256, "added": now()}
        statement = insert(UserModelRow).values(path=str(model.path), **values)
        statement = statement.on_conflict_do_update(index_elements=["path"], set_=values)
        self._access.write(lambda s: s.execute(statement) and None)

    def models(self) -> list[UserModel]:
        """The user's models, in the order of adding."""
        with self._access.read() as session:
            rows = session.scalars(select(UserModelRow).order_by(UserModelRow.added))
            return [UserModel(Path(r.path), r.title, r.sha256) for r in rows]

    def close(self) -> None:
        """Close the file."""
        self._access.close()
