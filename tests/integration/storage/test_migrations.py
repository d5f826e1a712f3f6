"""Tables and migrations agree; an older file is brought up behind a backup."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from matter_data import CHEAP, DOCUMENT, MATTER, PASSPHRASE, decide, fill
from sqlalchemy import MetaData

from app.errors import UserError
from app.storage import schema
from app.storage.app_database import AppDatabase
from app.storage.database import MatterDatabase
from app.storage.engine import connect, make_engine
from app.storage.files import MatterFiles
from app.storage.keys import key_from_header
from app.storage.tables_app import AppBase
from app.storage.tables_runs import Base

HEAD = schema.MATTER_HEAD
SECOND = '''"""A later step, for this test."""
from alembic import op
revision = "later"
down_revision = "{head}"
def upgrade() -> None:
    op.execute("UPDATE documents SET reason = 'migrated'")
    {more}
'''


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Migrations with a second step, and a program that wants it."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.default_migrations(), folder)
    (folder / "versions" / "later.py").write_text(SECOND.format(head=HEAD, more=""))
    monkeypatch.setattr(schema, "MATTER_HEAD", "later")
    return folder


@pytest.mark.parametrize(
    ("metadata", "head", "versions"),
    [(Base.metadata, schema.MATTER_HEAD, "versions"), (AppBase.metadata, schema.APP_HEAD, "app_versions")],
    ids=["matter", "app"],
)
def test_tables_and_migrations_agree(tmp_path: Path, metadata: MetaData, head: str, versions: str) -> None:
    config = schema.alembic_config(schema.default_migrations(), versions)
    assert ScriptDirectory.from_config(config).get_current_head() == head
    engine = make_engine(tmp_path / "x.db", None, read_only=False)
    schema.upgrade(engine, metadata, head, versions)
    assert schema.revision_of(engine) == head

    def ours(_: object, name: str | None, kind: str, *__: object) -> bool:
        return not (kind == "table" and str(name).startswith("texts_fts"))

    with engine.connect() as connection:
        options = {"include_object": ours, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_a_backup_keyed_alike_is_made_before_a_migration(path: Path, later: Path, passphrase: str | None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "MATTER_HEAD", HEAD)
        with MatterDatabase.create(path, MATTER, passphrase, cost=CHEAP) as database:
            fill(database)
            made = decide(database)
    with MatterDatabase.open(path, passphrase, migrations=later) as database:
        assert database.documents()[0].reason == "migrated"
        assert database.decisions() == [made]
    files = MatterFiles(path)
    key = key_from_header(files.header, passphrase) if passphrase else None
    raw = connect(files.backup(HEAD), key)
    assert raw.execute("SELECT reason FROM documents").fetchall() == [(DOCUMENT.reason,)]
    raw.close()


def test_a_migration_that_fails_changes_nothing(path: Path, later: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "MATTER_HEAD", HEAD)
        with MatterDatabase.create(path, MATTER) as database:
            fill(database)
    script = later / "versions" / "later.py"
    script.write_text(SECOND.format(head=HEAD, more='raise RuntimeError("half-way")'))
    with pytest.raises(RuntimeError):
        MatterDatabase.open(path, migrations=later)
    script.write_text(SECOND.format(head=HEAD, more=""))
    raw = connect(path, None)
    assert raw.execute("SELECT reason FROM documents").fetchall() == [(DOCUMENT.reason,)]
    assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
    raw.close()
    MatterDatabase.open(path, migrations=later).close()


def test_a_file_of_a_newer_version_is_left_alone(path: Path) -> None:
    MatterDatabase.create(path, MATTER).close()
    raw = connect(path, None)
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(UserError, match="newer version"):
        MatterDatabase.open(path)


def test_app_database_keeps_its_things(tmp_path: Path) -> None:
    app = AppDatabase(tmp_path)
    app.set_setting("window", {"width": 1280})
    app.set_setting("window", {"width": 1920})
    app.set_exam("ab", {"mark": "B"})
    app.remember("1", "Plain", tmp_path / "1.db", protected=False)
    app.remember("2", "Secret name", tmp_path / "2.db", protected=True)
    app.close()
    app = AppDatabase(tmp_path)
    assert app.setting("window") == {"width": 1920}
    assert app.setting("none", 3) == 3
    assert app.exam("ab") == {"mark": "B"}
    assert app.exam("cd") is None
    assert [(r.matter_id, r.name) for r in app.recent()] == [("2", None), ("1", "Plain")]
    app.close()
    assert all(b"Secret name" not in f.read_bytes() for f in tmp_path.iterdir())
