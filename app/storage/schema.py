"""Bringing a database to the present schema by Alembic, behind a backup keyed alike."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData

from app.errors import UserError
from app.storage.files import sync_folder

# What this version writes; a test holds them against the scripts. Known here so that opening loads no Alembic.
MATTER_HEAD = "0004"
APP_HEAD = "app_0001"
NEWER = "This file was made by a newer version of Privity: open it with that version."


def default_migrations() -> Path:
    """Alembic's folder, in a checkout and in a packaged app alike."""
    return Path(__file__).resolve().parents[2] / "migrations"


def revision_of(engine: Engine) -> str | None:
    """The revision of a database, None for an empty one."""
    with engine.connect() as connection:
        named = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
        if not connection.exec_driver_sql(named).scalar():
            return None
        revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return revision


def upgrade(
    engine: Engine, metadata: MetaData, head: str, versions: str,
    migrations: Path | None = None, before: Callable[[str], None] | None = None,
) -> None:  # fmt: skip
    """Bring the database to `head` in one transaction; `before` is called with the old revision if there is one."""
    old = revision_of(engine)
    if old == head:
        return
    from alembic import command
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = alembic_config(migrations or default_migrations(), versions)
    if old is not None:
        try:
            ScriptDirectory.from_config(config).get_revision(old)
        except CommandError:
            raise UserError(NEWER) from None
        if before is not None:
            before(old)
    with engine.begin() as connection:
        config.attributes.update(connection=connection, metadata=metadata)
        command.upgrade(config, "head")


def alembic_config(migrations: Path, versions: str) -> Any:
    """Alembic's settings without an ini file. `versions` is the folder of scripts: of a matter, or of app.db."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(migrations / versions).replace("%", "%%"))
    return config


def copy_database(source: Path, target: Path) -> None:
    """Copy a database whose WAL was folded in and which nobody else has open; encrypted stays encrypted."""
    part = target.with_name(target.name + ".part")
    shutil.copyfile(source, part)
    with part.open("rb+") as copied:
        os.fsync(copied.fileno())
    part.replace(target)
    sync_folder(target.parent)
